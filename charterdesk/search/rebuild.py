"""Indexing everything again: in batches, beside the desk's work, from where it was interrupted."""

from collections.abc import Callable

from django.db import connection
from django.db.models.functions import Now

from charterdesk.search.counting import count_words
from charterdesk.search.findable import kind_of, kinds
from charterdesk.search.index import write_range
from charterdesk.search.models import Document, Rebuild

BATCH = 2_000


def rebuild(kind: str, *, say: Callable[[str], None] = lambda text: None) -> int:
    """Index all of `kind` again and return how many primary keys were passed; goes on with one that was interrupted.

    Searches, and what is written meanwhile, go on: what exists is replaced row by row. A batch holds the index's lock
    for about a second.
    """
    findable = kind_of(kind)
    run = Rebuild.objects.filter(kind=kind, finished_at=None).first() or _begin(kind, findable.table)
    began, counted_at = run.done_to, run.done_to + BATCH
    while run.done_to < run.up_to:
        until = _end_of_batch(findable.table, run.done_to, run.up_to)
        write_range(findable, run.done_to, until)
        run.done_to = until
        run.save(update_fields=["done_to"])
        if run.done_to >= counted_at:  # early on often: the frequent words are known by their counts
            while count_words():
                pass
            counted_at = min(2 * run.done_to, run.done_to + 100_000)
            say(f"{kind}: {run.done_to} of {run.up_to}")
    run.finished_at = Now()
    run.save(update_fields=["finished_at"])
    while count_words():
        pass
    return run.up_to - began


def rebuild_all(*, say: Callable[[str], None] = lambda text: None) -> None:
    """Rebuild every kind. On an empty index the words' index is made last: several times as fast, nothing to miss."""
    is_first = not Document.objects.exists()
    if is_first:
        _run("DROP INDEX IF EXISTS search_document_words")
    try:
        for kind in kinds():
            rebuild(kind, say=say)
    finally:
        say("making the index of words")
        _run("SET maintenance_work_mem = '512MB'")
        _run(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS search_document_words ON search_document USING gin (tags, vector)"
        )
        _run("RESET maintenance_work_mem")
    _run("ANALYZE search_document, search_word")


def _begin(kind: str, table: str) -> Rebuild:
    highest = _run(f"SELECT coalesce(max(id), 0) FROM {table}")
    run, _created = Rebuild.objects.update_or_create(
        kind=kind, defaults={"done_to": 0, "up_to": highest, "started_at": Now(), "finished_at": None}
    )
    run.refresh_from_db()
    return run


def _end_of_batch(table: str, after: int, last: int) -> int:
    """The primary key at which a batch of `BATCH` rows ends: keys may have gaps."""
    sql = f"SELECT max(id) FROM (SELECT id FROM {table} WHERE id > {after} ORDER BY id LIMIT {BATCH}) AS next"
    return min(_run(sql) or last, last)


def _run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else 0
