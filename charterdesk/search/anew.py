"""Making the whole index anew beside a running desk: its indexes, what is missing, wrong or gone, and the counts."""

from collections.abc import Callable

from django.db import connection

from charterdesk.base.refused import Refused
from charterdesk.search.counting import count_anew
from charterdesk.search.index import drop_gone, index_noted, retry_parked
from charterdesk.search.models import Document, Rebuild
from charterdesk.search.rebuild import count_teams, rebuild_all

BATCH = 5_000
LOCK = 0x616E6577  # "anew"
_INVALID = """
    SELECT indexrelid::regclass::text FROM pg_index
     WHERE NOT indisvalid AND indrelid IN ('search_document'::regclass, 'search_word'::regclass)
"""


def make_anew(*, restart: bool = False, say: Callable[[str], None] = lambda text: None) -> int:
    """Bring the index to what the tables say, and return how many documents it holds.

    Searches and all other work go on; what exists is replaced row by row, and vectors stay with texts that did not
    change. Goes on with a run that was interrupted, unless told to `restart`. Not inside a transaction. Raises
    `Refused("search.at_work")` where another process is at it.
    """
    if not _scalar("SELECT pg_try_advisory_lock(%s)", LOCK):
        raise Refused("search.at_work", "The index is being made anew already.")
    try:
        _make_anew(restart=restart, say=say)
    finally:
        _scalar("SELECT pg_advisory_unlock(%s)", LOCK)
    return Document.objects.count()


def _make_anew(*, restart: bool, say: Callable[[str], None]) -> None:
    if restart:
        Rebuild.objects.filter(finished_at=None).delete()
    is_empty = not Document.objects.exists()
    _renew_indexes(say)
    count_anew()  # which words are frequent says how each document is written
    rebuild_all(say=say)
    if not is_empty:
        say(f"{_drop_all_gone():,} documents taken out that no table holds any more")
        count_anew()
        count_teams()
    retry_parked()
    index_noted()


def _renew_indexes(say: Callable[[str], None]) -> None:
    """Have PostgreSQL make its own indexes anew; what an interrupted one left goes first. Nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(_INVALID)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
        say("making PostgreSQL's indexes anew")
        cursor.execute("REINDEX TABLE CONCURRENTLY search_document")
        cursor.execute("REINDEX TABLE CONCURRENTLY search_word")


def _drop_all_gone() -> int:
    last, gone = drop_gone(0, BATCH)
    while last:
        last, more = drop_gone(last, BATCH)
        gone += more
    return gone


def _scalar(sql: str, value: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        (answer,) = cursor.fetchone() or (False,)
    return bool(answer)
