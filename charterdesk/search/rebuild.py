"""Indexing everything again: in batches, beside the desk's work, from where it was interrupted."""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django.db.models.functions import Now

from charterdesk.search.counting import count_by_tag, count_words, frequent_words, hold_counting
from charterdesk.search.findable import Findable, kind_of, kinds
from charterdesk.search.index import write_range
from charterdesk.search.models import Document, Rebuild

BATCH = 5_000
TYPOS = (
    "CREATE INDEX CONCURRENTLY IF NOT EXISTS search_word_typos ON search_word USING gin (word gin_trgm_ops)"
    " WHERE is_plain",
    "CREATE INDEX CONCURRENTLY IF NOT EXISTS search_word_letters ON search_word"
    " USING gin (search_letters(word) gin_trgm_ops) WHERE is_plain AND octet_length(word) > length(word)",
)
Say = Callable[[str], None]


def rebuild(kind: str, *, say: Say = lambda text: None, writers: int = 1) -> int:
    """Index all of `kind` again and return how many primary keys were passed; goes on with one that was interrupted.

    Searches, and what is written meanwhile, go on: what exists is replaced row by row. A batch holds the index's lock
    for about a second. Several `writers` work on connections of their own, so not inside a transaction.
    """
    findable = kind_of(kind)
    run = Rebuild.objects.filter(kind=kind, finished_at=None).first() or _begin(kind, findable.table)
    began, counted_at, frequent = run.done_to, run.done_to + BATCH, frequent_words()
    while run.done_to < run.up_to:
        with transaction.atomic():
            hold_counting()
            run.done_to = _write_batches(findable, run, frequent, writers)
            run.save(update_fields=["done_to"])
        if run.done_to >= counted_at:  # early on often: the frequent words are known by their counts
            _count()
            frequent = frequent_words()
            counted_at = min(2 * run.done_to, run.done_to + 100_000)
            say(f"{kind}: {run.done_to:,} of {run.up_to:,}")
    run.finished_at = Now()
    run.save(update_fields=["finished_at"])
    _count()
    return run.up_to - began


def rebuild_all(*, say: Say = lambda text: None) -> None:
    """Rebuild every kind. On an empty index the indexes of words are made last, several times as fast with nothing to
    miss, and all cores write."""
    is_first = not Document.objects.exists()
    if is_first:
        _run("DROP INDEX IF EXISTS search_document_words, search_word_typos, search_word_letters")
    try:
        for kind in kinds():
            rebuild(kind, say=say, writers=(os.cpu_count() or 1) if is_first else 1)
    finally:
        say("making the index of words")
        _run("SET maintenance_work_mem = '512MB'")
        _run(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS search_document_words ON search_document USING gin (tags, vector)"
        )
        if _run("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"):
            for index in TYPOS:
                _run(index)
        _run("RESET maintenance_work_mem")
    count_teams()
    _run("ANALYZE search_document, search_word, search_tagword")


def count_teams() -> None:
    """Count frequent words by tag as far as words are counted."""
    while count_by_tag():
        pass


def _write_batches(findable: Findable, run: Rebuild, frequent: list[str], writers: int) -> int:
    """Write the next batch, or one for each of several writers at the same time; return where they end."""
    ends = [run.done_to]
    while len(ends) <= writers and ends[-1] < run.up_to:
        ends.append(_end_of_batch(findable.table, ends[-1], run.up_to))
    ranges = list(itertools.pairwise(ends))
    if len(ranges) == 1:
        write_range(findable, *ranges[0], frequent=frequent)
    else:
        with ThreadPoolExecutor(len(ranges)) as pool:
            list(pool.map(lambda one: _write_apart(findable, one, frequent), ranges))
    return ends[-1]


def _write_apart(findable: Findable, between: tuple[int, int], frequent: list[str]) -> None:
    """Write a range on this thread's own connection, and give that back."""
    try:
        write_range(findable, *between, frequent=frequent)
    finally:
        connection.close()


def _count() -> None:
    while count_words():
        pass


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
