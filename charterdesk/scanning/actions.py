"""Having files looked at, and keeping what was found."""

from collections.abc import Iterable
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.files import open_stored
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.scanning.clamd import QUICK, FileTooLarge, ScannerAway, is_set_up, scan
from charterdesk.scanning.events import FileHeld, FileInfected
from charterdesk.scanning.models import FileScan


# It refuses nothing: it needs a transaction, but no savepoint to go back to.
@transaction.atomic(savepoint=False)
def have_scanned(sha256s: Iterable[str]) -> None:
    """Have stored files looked at that never were; until then they are held. Nothing where no scanner is set up.

    Two statements, and one for each new file.
    """
    wanted = sorted({name for name in sha256s if name}) if is_set_up() else []
    if not wanted:
        return
    known = set(FileScan.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    new = [name for name in wanted if name not in known]
    FileScan.objects.bulk_create([FileScan(sha256=name) for name in new], ignore_conflicts=True)
    for asked in FileScan.objects.filter(sha256__in=new):
        publish(FileHeld(scan_id=asked.pk), on=asked, by=SYSTEM)


def refuse_infected(stream: BinaryIO) -> None:
    """Look at a file while its uploader waits; the stream stands where it stood afterwards.

    Raises `Refused("scanning.infected")`. A scanner that is away, slow or takes no file so large lets it pass: it is
    stored and held until looked at.
    """
    if not is_set_up():
        return
    start = stream.tell()
    try:
        found = scan(stream, seconds=QUICK)
    except (ScannerAway, FileTooLarge):
        found = ""
    finally:
        stream.seek(start)
    if found:
        message = _(
            "A virus was found in this file (%(name)s); it was not kept. Check your device, or send another file."
        )
        raise Refused("scanning.infected", message % {"name": found})


def look_at(sha256: str) -> None:
    """Look at a stored file and keep what was found. Raises `ScannerAway`: it is tried again, and stays held."""
    try:
        with open_stored(sha256) as stored:
            found, state = scan(stored), FileScan.CLEAN
    except FileTooLarge:
        found, state = "", FileScan.TOO_LARGE
    except FileNotFoundError:
        FileScan.objects.filter(sha256=sha256).delete()  # let go meanwhile
        return
    keep_verdict(sha256, state=FileScan.INFECTED if found else state, found=found)


@transaction.atomic
def keep_verdict(sha256: str, *, state: str, found: str = "") -> None:
    """Keep what the scanner said; nothing where it said so before."""
    scanned, _is_new = FileScan.objects.select_for_update().get_or_create(sha256=sha256)
    if (scanned.state, scanned.found) == (state, found):
        return
    scanned.state, scanned.found, scanned.scanned_at = state, found, now()
    scanned.save()
    if state == FileScan.INFECTED:
        publish(FileInfected(scan_id=scanned.pk, found=found), on=scanned, by=SYSTEM)


def held(sha256: str) -> FileScan | None:
    """The scan for which this file is held, or None when it may be handed out. One statement where a scanner is set up.

    A file that came before there was a scanner is looked at now, and held until then.
    """
    if not is_set_up():
        return None
    scanned = FileScan.objects.filter(sha256=sha256).first()
    if scanned is None:
        have_scanned([sha256])
        scanned = FileScan(sha256=sha256)
    return scanned if scanned.is_held else None
