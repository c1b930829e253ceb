"""How often words occur: counted in batches behind the writers, so that no writer waits for the row of a word."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from charterdesk.search.index import ROOM

BATCH = 50_000
HIGHEST_ID = 2**62
LOCK = 0x776F7264  # "word"

_NEXT = """
    SELECT counted.document_id, (SELECT max(id) FROM (
        SELECT id FROM search_document WHERE id > counted.document_id AND id <= %s ORDER BY id LIMIT %s) AS next)
    FROM search_counted AS counted
"""
# Contacts' tags and chunks are left out: there are as many as contacts, and nobody asks. Of each kind it is kept how
# long its documents are: the sum of their `length_norm` in thousandths, and of how many documents.
_WORDS = """
    SELECT word, documents, word !~ '[0-9^#@.:&%%=+]' AND length(word) BETWEEN 3 AND 30 AS is_plain FROM (
        SELECT word, count(*) AS documents FROM search_document, unnest(tsvector_to_array(vector)) AS word
         WHERE id > %s AND id <= %s GROUP BY word) AS counted
    UNION ALL
    SELECT '@' || tag, count(*), false FROM search_document, unnest(tags) AS tag
     WHERE id > %s AND id <= %s AND tag !~ '^[nc]:' GROUP BY tag
    UNION ALL
    SELECT counted.word || split_part(source, ':', 1), counted.number, false FROM (
        SELECT min(source) AS source, count(*) AS many, round(1000 * sum(length_norm))::bigint AS norms
          FROM search_document WHERE id > %s AND id <= %s GROUP BY split_part(source, ':', 1)) AS kind
     CROSS JOIN LATERAL (VALUES ('@norms:', norms), ('@normed:', many)) AS counted (word, number)
"""
_COUNT = f"""
    INSERT INTO search_word AS kept (word, documents, is_plain) {_WORDS}
    ON CONFLICT (word) DO UPDATE SET documents = kept.documents + excluded.documents
"""
_COUNTED = """
    UPDATE search_counted SET document_id = %s,
           documents = documents + (SELECT count(*) FROM search_document WHERE id > %s AND id <= %s)
"""


FREQUENT = 500
"""Words that so many documents have get strong forms; `search_strong` says the same."""


def hold_counting() -> None:
    """Let nobody count until this transaction ends. One statement, which waits for a count under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s), set_config('work_mem', %s, true)", [LOCK, ROOM])


def frequent_words() -> list[str]:
    """The words that get strong forms. One statement, which reads the table of words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_word WHERE documents >= %s AND word !~ '^[@^]'", [FREQUENT])
        return [word for (word,) in cursor.fetchall()]


def _try_to_hold(cursor: CursorWrapper) -> bool:
    """Have nobody else count until this transaction ends, with room to do it in memory. One statement."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s), set_config('work_mem', %s, true)", [LOCK, ROOM])
    is_held, _room = cursor.fetchone() or (False, "")
    return bool(is_held)


@transaction.atomic
def count_words(limit: int = BATCH) -> bool:
    """Count the words of the next `limit` documents; return whether there were any. Some 20,000 a second."""
    with connection.cursor() as cursor:
        if not _try_to_hold(cursor):
            return False  # another worker is at it
        return _count_next(cursor, limit)


@transaction.atomic
def count_up_to(last: int) -> None:
    """Count the words of what is not counted yet, up to document `last`.

    For whoever holds counting (`hold_counting`), and knows that no document with a lower number is still to come.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [ROOM])
        while _count_next(cursor, BATCH, last):
            pass


def _count_next(cursor: CursorWrapper, limit: int, last: int = HIGHEST_ID) -> bool:
    cursor.execute("INSERT INTO search_counted (id, document_id, documents) VALUES (1, 0, 0) ON CONFLICT DO NOTHING")
    after, up_to = _next_range(cursor, limit, last)
    if up_to is None:
        return False
    cursor.execute(_COUNT, [after, up_to] * 3)
    cursor.execute(_COUNTED, [up_to, after, up_to])
    return True


@transaction.atomic
def count_anew() -> None:
    """Count the words of all documents from nothing, as if none had ever been changed or taken out.

    Whoever searches meanwhile goes by the counts there were. Counting by team begins anew as well (`count_by_tag`).
    """
    hold_counting()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE word_anew ON COMMIT DROP AS SELECT * FROM search_word WHERE false")
        cursor.execute("DELETE FROM search_counted")
        cursor.execute("INSERT INTO search_counted (id, document_id, documents) VALUES (1, 0, 0)")
        while (between := _next_range(cursor))[1] is not None:
            after, up_to = between
            cursor.execute(f"INSERT INTO word_anew (word, documents, is_plain) {_WORDS}", [after, up_to] * 3)
            cursor.execute(_COUNTED, [up_to, after, up_to])
        cursor.execute("DELETE FROM search_word")
        cursor.execute("DELETE FROM search_tagword")
        cursor.execute(
            "INSERT INTO search_word (word, documents, is_plain)"
            " SELECT word, sum(documents)::bigint, bool_or(is_plain) FROM word_anew GROUP BY word"
        )


def _next_range(cursor: CursorWrapper, limit: int = BATCH, last: int = HIGHEST_ID) -> tuple[int, int | None]:
    """Between which numbers (after, up to) the next documents to be counted stand; up to None where all are."""
    cursor.execute(_NEXT, [last, limit])
    after, up_to = cursor.fetchone() or (0, None)
    return after, up_to


_NEXT_BY_TAG = """
    SELECT by_tag_id, (SELECT max(id) FROM (SELECT id FROM search_document
            WHERE id > counted.by_tag_id AND id <= counted.document_id ORDER BY id LIMIT %s) AS next)
    FROM search_counted AS counted
"""
EVERY = 8  # of so many documents one is counted by tag: the counts only steer
# Only words that are frequent by now: of others it does not matter where they are.
_COUNT_BY_TAG = f"""
    INSERT INTO search_tagword AS kept (tag, word, documents)
    SELECT tag, counted.word, ndoc * {EVERY}
      FROM (SELECT DISTINCT tag FROM search_document, unnest(tags) AS tag
             WHERE id > %s AND id <= %s AND tag ~ '^(t:.*|staff|signed-in|public)$') AS tags
     CROSS JOIN LATERAL ts_stat(format('SELECT vector FROM search_document WHERE id > %%s AND id <= %%s'
           ' AND id %%%% {EVERY} = 0 AND (tags || ''{{}}''::text[]) @> ARRAY[%%L]',
           %s::bigint, %s::bigint, tag)) AS counted
      JOIN search_word AS known ON known.word = counted.word AND known.documents >= %s
    ON CONFLICT (tag, word) DO UPDATE SET documents = kept.documents + excluded.documents
"""


@transaction.atomic
def count_by_tag(limit: int = BATCH) -> bool:
    """Count the frequent words of the next `limit` counted documents by tag; return whether there were any."""
    with connection.cursor() as cursor:
        if not _try_to_hold(cursor):
            return False  # another worker is at it
        cursor.execute(_NEXT_BY_TAG, [limit])
        after, up_to = cursor.fetchone() or (0, None)
        if up_to is None:
            return False
        cursor.execute(_COUNT_BY_TAG, [after, up_to, after, up_to, FREQUENT])
        cursor.execute("UPDATE search_counted SET by_tag_id = %s", [up_to])
    return True
