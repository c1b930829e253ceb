"""What lists of files say about the scanner, at no statement of their own."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from charterdesk.scanning.clamd import is_set_up
from charterdesk.scanning.models import FileScan

_WORDS = dict(FileScan.STATES)


def scan_columns(sha256: str = "sha256") -> dict[str, Subquery]:
    """`scan` and `found` of a file, to be selected beside the others; none where no scanner is set up."""
    if not is_set_up():
        return {}
    scans: QuerySet[Any] = FileScan.objects.filter(sha256=OuterRef(sha256))
    return {name: Subquery(scans.values(column)[:1]) for name, column in (("scan", "state"), ("found", "found"))}


def scan_note(state: str | None, found: str | None) -> str:
    """What stands beside a file: nothing for one that is clean."""
    if not state or state == FileScan.CLEAN:
        return ""
    return f"{_WORDS[state]} ({found})" if found else str(_WORDS[state])
