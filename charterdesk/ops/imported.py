"""An import with Django set up: rows and files in one transaction, then the index of search."""

from pathlib import Path
from typing import IO

from django.db import connection, transaction

from charterdesk.base.files import file_store
from charterdesk.channels.models import MailAccount, Outgoing
from charterdesk.ops.problems import Problem
from charterdesk.records.reading import naming_lines, read_export
from charterdesk.records.sources import BadExport, FolderSource, Source, StreamSource
from charterdesk.search.rebuild import rebuild_all


def load(named: str, *, is_stream: bool, stdin: IO[bytes], path: Path) -> None:
    """Import what `named` names; say what may surprise. Raises `Problem`, and then nothing has changed."""
    try:
        source: Source = StreamSource(stdin) if is_stream else FolderSource(path)
        with naming_lines(source), transaction.atomic():
            connection.ensure_connection()
            read_export(connection.connection, source, file_store(), say=print)
    except BadExport as error:
        raise Problem(f"{named} was not imported, and nothing has changed. {error}") from error
    rebuild_all(say=print)
    _say_what_may_surprise()


def _say_what_may_surprise() -> None:
    if sealed := [one for one in MailAccount.objects.exclude(sealed=b"") if not one.secrets]:
        print(
            f"{len(sealed)} mail accounts need their password again: it is sealed with the secret key of the desk "
            "that was exported. Copy that key here to keep them."
        )
    if waiting := Outgoing.objects.filter(state__in=(Outgoing.QUEUED, Outgoing.IN_FLIGHT)).count():
        print(f"{waiting} mails wait to be sent, and are when the desk starts (--hold-mail holds them back)")
