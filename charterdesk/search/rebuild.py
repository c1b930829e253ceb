"""Indexing everything again: in batches, beside the desk's work, from where it was interrupted."""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection, transaction
from django.db.models.functions import Now

from charterdesk.search.counting import count_by_tag, count_up_to, count_words, frequent_words, hold_counting
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
_HAS_INDEX = "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('search_document_words') AND indisvalid"
Say = Callable[[str], None]


def rebuild(kind: str, *, say: Say = lambda text: None, writers: int = 1) -> int:
    """Index all of `kind` again and return how many primary keys were passed; goes on with one that was interrupted.

    Searches, and what is written meanwhile, go on: what exists is replaced row by row. A batch holds the index's lock
    for about a second. Several `writers` work on connections of their own, so not inside a transaction.
    """
    passed = _rebuild(kind, _Counting(), say, writers)
    _count()
    return passed


class _Counting:
    """When words are counted: early on often, as the frequent ones are known by their counts; then ever more seldom."""

    def __init__(self) -> None:
        self.passed, self.due, self.frequent = 0, BATCH, frequent_words()

    @property
    def is_due(self) -> bool:
        """Whether it is time."""
        return self.passed >= self.due

    def done(self) -> None:
        """Go by what was counted, until it is time again."""
        self.frequent, self.due = frequent_words(), min(2 * self.passed, self.passed + 100_000)


def _rebuild(kind: str, counting: _Counting, say: Say, writers: int) -> int:
    """Index all of `kind` again, but for its last words' counts; return how many primary keys were passed."""
    findable = kind_of(kind)
    run = Rebuild.objects.filter(kind=kind, finished_at=None).first() or _begin(kind, findable.table)
    began = run.done_to
    while (done := run.done_to) < run.up_to:
        is_counted = counting.is_due
        with transaction.atomic():
            hold_counting()
            _write_batches(findable, run, counting, writers)
            run.save(update_fields=["done_to"])
        counting.passed += run.done_to - done
        if is_counted:
            counting.done()
            say(f"{kind}: {run.done_to:,} of {run.up_to:,}")
    run.finished_at = Now()
    run.save(update_fields=["finished_at"])
    return run.up_to - began


def rebuild_all(*, say: Say = lambda text: None) -> None:
    """Rebuild every kind. On an empty index all cores write, and the index of words is made last, several times as fast
    with nothing to miss, while words are still being counted; so it goes on where that was killed. Not inside a
    transaction."""
    is_first = not Document.objects.exists() or not _run(_HAS_INDEX)
    if is_first:
        _run("DROP INDEX IF EXISTS search_document_words, search_word_typos, search_word_letters")
    try:
        counting = _Counting()
        for kind in kinds():
            _rebuild(kind, counting, say, (os.cpu_count() or 1) if is_first else 1)
    finally:
        say("making the index of words")
        _at_once(_index_documents, _count_and_index_words)
    _run("ANALYZE search_document, search_word, search_tagword")


def _index_documents() -> None:
    _make_index(
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS search_document_words ON search_document USING gin (tags, vector)"
    )


def _count_and_index_words() -> None:
    _count()
    count_teams()
    if _run("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"):
        for index in TYPOS:
            _make_index(index)


def _make_index(sql: str) -> None:
    _run("SET maintenance_work_mem = '512MB'")
    try:
        _run(sql)
    finally:
        _run("RESET maintenance_work_mem")


def count_teams() -> None:
    """Count frequent words by tag as far as words are counted."""
    while count_by_tag():
        pass


def _write_batches(findable: Findable, run: Rebuild, counting: _Counting, writers: int) -> None:
    """Write the next batch, in as many ranges at the same time as there are `writers`, and note in `run` where it ends.

    Where it is time, what was written before is counted beside. Whoever else writes is let in between batches only, so
    all up to the highest number is there by now.
    """
    ends = _ends_of_batch(findable.table, run.done_to, run.up_to, writers)
    ranges = itertools.pairwise([run.done_to, *ends])
    works = [partial(write_range, findable, *one, frequent=counting.frequent) for one in ranges]
    if counting.is_due:
        works.insert(0, partial(count_up_to, _run("SELECT max(id) FROM search_document")))
    if writers == 1:
        for work in works:
            work()
    else:
        _at_once(*works)
    run.done_to = ends[-1]


def _at_once(*works: Callable[[], None]) -> None:
    """Do `works` at the same time, each on a connection of its own; wait for all of them, and raise what one raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(_apart, work) for work in works]:
            done.result()


def _apart(work: Callable[[], None]) -> None:
    """Do it on this thread's own connection, and give that back."""
    try:
        work()
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


def _ends_of_batch(table: str, after: int, last: int, writers: int) -> list[int]:
    """The primary keys at which the next ranges end, at most `BATCH` rows for each writer, as many for one as for the
    other: keys may have gaps."""
    sql = f"""
        SELECT max(id) FROM (
            SELECT id, ntile({writers}) OVER (ORDER BY id) AS writer FROM (
                SELECT id FROM {table} WHERE id > {after} AND id <= {last} ORDER BY id LIMIT {BATCH * writers}
            ) AS next) AS shared
         GROUP BY writer ORDER BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [end for (end,) in cursor.fetchall()] or [last]


def _run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else 0
