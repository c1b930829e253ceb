"""Writing the index: what is new, what has changed, what is gone, what belongs to somebody else now.

Everything is done in SQL, a batch in one statement; text does not pass through this process unless it comes from
here (`put`). One writer at a time holds the lock, so what was read last is what is written last, and documents get
their numbers in the order of their commits.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction

from charterdesk.search.findable import Findable, kind_of, kinds

USUAL_WORDS = 40
BATCH = 500
MOST_ATTEMPTS = 5
LOCK = 0x73656172  # "sear"
ROOM = "64MB"  # in which a rebuild sorts a batch; with what the server has by itself it goes to the disk

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Document:
    """Something to be found that no registered kind reads from a table.

    `source` is its key ("page:7"), `parent` the key of what it belongs to, `audience` the tags of who may find it,
    `reference` names it is found by exactly, `quality` (0 to 1) how well it served others.
    """

    source: str
    audience: Sequence[str]
    title: str
    created_at: datetime
    body: str = ""
    parent: str = ""
    language: str = "simple"
    reference: Sequence[str] = ()
    quality: float = 0.0


def put(documents: Iterable[Document], *, usual_words: int = USUAL_WORDS) -> None:
    """Make `documents` findable as soon as the transaction commits; replaces those of the same source.

    Two statements. A text longer than a row takes is indexed in several, so that no word of it is lost.
    """
    rows = [asdict(document) for document in documents]
    if rows:
        _write(_GIVEN, [msgspec.json.encode(rows).decode()], [row["source"] for row in rows], usual_words)


def remove(sources: Collection[str]) -> None:
    """Take documents out. One statement."""
    with transaction.atomic():
        _lock()
        _execute("DELETE FROM search_document WHERE source = ANY(%s)", [list(sources)])


def refresh(kind: str, ids: Collection[int]) -> None:
    """Read these of a registered kind again: new and changed ones are indexed, those gone are taken out.

    Two statements, about half a millisecond a document.
    """
    findable = kind_of(kind)
    sources = [f"{kind}:{pk}" for pk in ids]
    _write(_read(findable, "ANY(%s)"), [list(ids)], sources, findable.usual_words)


def move(parents: Collection[str]) -> None:
    """Read again to whom everything under `parents` belongs: parent and audience, not the text.

    A statement, and two for each kind found there.
    """
    with transaction.atomic():
        _lock()
        rows = _execute("SELECT DISTINCT source FROM search_document WHERE parent = ANY(%s)", [list(parents)])
        for kind, ids in _by_kind(source for (source,) in rows).items():
            findable = kind_of(kind)
            _execute(_MOVE.format(source=_read(findable, "ANY(%s)")), [ids])
            _drop_gone(_read(findable, "ANY(%s)"), [ids], [f"{kind}:{pk}" for pk in ids])


def note(*sources: str) -> None:
    """Have registered `sources` read again soon after this transaction commits. One short statement."""
    _note(sources, is_parent=False)


def note_under(*parents: str) -> None:
    """Have `move` done for `parents` soon after this transaction commits. One short statement."""
    _note(parents, is_parent=True)


def _note(keys: Sequence[str], *, is_parent: bool) -> None:
    _execute(
        "INSERT INTO search_noted (key, is_parent, attempts) SELECT key, %s, 0 FROM unnest(%s::text[]) AS key",
        [is_parent, list(keys)],
    )
    if not any(waiting[1] == _index_after_commit for waiting in connection.run_on_commit):
        transaction.on_commit(_index_after_commit, robust=True)


def _index_after_commit() -> None:
    """Once a transaction, however much it noted; whoever noted first works it off for everybody."""
    index_noted()


class _Noted(NamedTuple):
    key: str
    is_parent: bool
    attempts: int


def index_noted() -> int:
    """Index what was noted, in batches, until nothing is left; return how many notes there were.

    What can't be indexed is tried again with the next notes, some times, and then kept with its error.
    """
    done = 0
    while count := _index_batch():
        done += count
        _execute("SELECT gin_clean_pending_list('search_document_words')", [])
        if count < BATCH:
            break
    return done


@transaction.atomic
def _index_batch() -> int:
    _lock()
    noted = [_Noted(*row) for row in _execute(_TAKE, [MOST_ATTEMPTS, BATCH])]
    try:
        with transaction.atomic():
            _index(noted)
    except Exception:
        log.info("a batch could not be indexed; its documents are tried one by one", exc_info=True)
        for one in noted:
            _index_alone(one)
    return len(noted)


def _index(noted: Sequence[_Noted]) -> None:
    """Read again what these name; a kind that no installed package registers (any more) is passed over."""
    known = set(kinds())
    for kind, ids in _by_kind(one.key for one in noted if not one.is_parent).items():
        if kind in known:
            refresh(kind, ids)
    if parents := {one.key for one in noted if one.is_parent}:
        move(parents)


def _index_alone(one: _Noted) -> None:
    try:
        with transaction.atomic():
            _index([one])
    except Exception as error:
        log.warning("%s could not be indexed", one.key, exc_info=True)
        _execute(
            "INSERT INTO search_noted (key, is_parent, attempts, error) VALUES (%s, %s, %s, %s)",
            [one.key, one.is_parent, one.attempts + 1, f"{type(error).__name__}: {error}"[:1000]],
        )


def _by_kind(sources: Iterable[str]) -> dict[str, list[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for source in sources:
        kind, _, number = source.partition(":")
        found[kind].add(int(number))
    return {kind: sorted(ids) for kind, ids in sorted(found.items())}


@transaction.atomic
def _write(source: str, params: list[Any], sources: list[str], usual_words: int) -> None:
    _lock()
    _drop_gone(source, params, sources)
    statement = _WRITE.format(source=source, **_ONE_BY_ONE)
    _execute(statement, [*params, usual_words])


def _drop_gone(source: str, params: list[Any], sources: list[str]) -> None:
    """Delete what is no longer to be found, and surplus parts of what has become shorter."""
    _execute(_GONE.format(source=source), [*params, sources])


def write_range(findable: Findable, after: int, up_to: int, *, frequent: Sequence[str]) -> None:
    """Index all of a kind with primary keys in (`after`, `up_to`]; for a rebuild. Two statements.

    `frequent` are the words that get strong forms, looked up once for many ranges. Ranges that do not overlap may be
    written at the same time, and then nobody may count words meanwhile: their numbers come mixed.
    """
    with transaction.atomic():
        _execute("SELECT pg_advisory_xact_lock_shared(%s), set_config('work_mem', %s, true)", [LOCK, ROOM])
        read = _read(findable, "ALL(%s)").replace("s.id = ALL(%s)", "s.id > %s AND s.id <= %s")
        statement = _WRITE.format(source=read, **_MANY)
        _execute(statement, [after, up_to, findable.usual_words, list(frequent)])


@transaction.atomic
def drop_gone(after: int, limit: int) -> tuple[int, int]:
    """Of the `limit` documents after number `after`, take out those that no table holds (any more).

    Returns the last number looked at (0 at the end) and how many went. Two statements, and one for each kind found.
    """
    _lock()
    rows = _execute("SELECT id, source FROM search_document WHERE id > %s ORDER BY id LIMIT %s", [after, limit])
    for kind, ids in _by_kind({source for _pk, source in rows}).items():
        if kind in kinds():
            _drop_gone(_read(kind_of(kind), "ANY(%s)"), [ids], [f"{kind}:{pk}" for pk in ids])
    ((left,),) = _execute("SELECT count(*) FROM search_document WHERE id = ANY(%s)", [[pk for pk, _source in rows]])
    return (rows[-1][0] if rows else 0), len(rows) - left


def retry_parked() -> None:
    """Have what could not be indexed before tried again with the next notes. One statement."""
    _execute("UPDATE search_noted SET attempts = 0 WHERE attempts >= %s", [MOST_ATTEMPTS])


def _lock() -> None:
    _execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _read(findable: Findable, which: str) -> str:
    """The statement that reads `which` of a kind, in the columns `_WRITE` wants."""
    quality = "s.quality" if findable.has_quality else "0"
    return (
        f"SELECT '{findable.kind}:' || s.id AS source, s.parent, s.audience, s.language,"
        f" coalesce(s.title, '') AS title, coalesce(s.body, '') AS body, s.reference, s.created_at,"
        f" {quality}::float8 AS quality"
        f" FROM ({findable.select}) AS s WHERE s.id = {which}"
    )


def _execute(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.fetchall() if cursor.description else []


_TAKE = """
    DELETE FROM search_noted WHERE id IN (
        SELECT id FROM search_noted WHERE attempts < %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING key, is_parent, attempts
"""
_GIVEN = """
    SELECT source, parent, audience, language, title, body, reference, created_at, quality
      FROM jsonb_to_recordset(%s::jsonb)
    AS given (source text, parent text, audience text[], language text, title text, body text, reference text[],
              created_at timestamptz, quality float8)
"""
# A part is at most 60,200 characters; two neighbours share 200, so that no word or short phrase is cut in two.
_LAST_PART = "greatest(length({text}.body) - 201, 0) / 60000"
_GONE = f"""
    WITH source AS MATERIALIZED ({{source}})
    DELETE FROM search_document AS kept WHERE kept.source = ANY(%s) AND NOT EXISTS (
        SELECT 1 FROM source WHERE source.source = kept.source AND kept.part <= {_LAST_PART.format(text="source")}
    )
"""
_WRITE = f"""
    WITH source AS MATERIALIZED ({{source}}),
    pieces AS MATERIALIZED (
        SELECT source.*, part, substr(body, part * 60000 + 1, 60200) AS piece
          FROM source CROSS JOIN LATERAL generate_series(0, {_LAST_PART.format(text="source")}) AS part
    ), worded AS MATERIALIZED (
        SELECT pieces.*, search_vector(language, title, piece) AS words FROM pieces
    ), measured AS MATERIALIZED (
        SELECT worded.*, 1.2::float8 * (0.25::float8 + 0.75::float8 * {{length}} / %s) AS norm,
               nextval(pg_get_serial_sequence('search_document', 'id')) AS id FROM worded ORDER BY created_at, source
    ){{more}}
    INSERT INTO search_document AS kept
           (id, source, part, parent, tags, language, title, body, created_at, quality, length_norm, vector)
    SELECT id, source, part, coalesce(parent, ''),
           audience || ARRAY['k:' || split_part(source, ':', 1), 'n:' || (id >> 15)],
           coalesce(language, 'simple'), title, piece, created_at, quality, norm,
           words || {{strong}} || coalesce(array_to_tsvector(
               (SELECT array_agg('#' || name) FROM (SELECT lower(regexp_replace(each, '[^[:alnum:]]', '', 'g')) AS name
                  FROM unnest(reference) AS each) AS names WHERE name <> '')), '')
      FROM measured {{joined}}
    ON CONFLICT (source, part) DO UPDATE SET
        parent = excluded.parent, language = excluded.language, title = excluded.title, body = excluded.body,
        tags = trim_array(excluded.tags, 1) || ('n:' || (kept.id >> 15)), created_at = excluded.created_at,
        quality = excluded.quality, length_norm = excluded.length_norm, vector = excluded.vector
    WHERE (kept.parent, kept.language, kept.title, kept.body, kept.quality, trim_array(kept.tags, 1))
        IS DISTINCT FROM
          (excluded.parent, excluded.language, excluded.title, excluded.body, excluded.quality,
           trim_array(excluded.tags, 1)){{or_differs}}
"""
# A rebuild also writes rows whose words are not what their text gives: damaged ones, and of words frequent since.
_OR_DIFFERS = " OR kept.vector IS DISTINCT FROM excluded.vector OR kept.length_norm <> excluded.length_norm"
# What `search_strong` gives, for many documents by one join: a third of the time.
_STRONG_OF_MANY = """, strong AS MATERIALIZED (
        SELECT measured.id, array_to_tsvector(array_agg('^' || step.name || found.lexeme)) AS forms
          FROM measured CROSS JOIN LATERAL unnest(measured.words) AS found
          JOIN unnest(%s::text[]) AS frequent (word) ON frequent.word = found.lexeme
          JOIN (VALUES ('1', 0.9::float8), ('2', 1.2), ('3', 1.4), ('4', 1.55)) AS step (name, least)
            ON 2.2::float8 / (1 + norm / (
                   cardinality(found.positions) + CASE WHEN 'A' = ANY(found.weights) THEN 2 ELSE 0 END)) >= step.least
         GROUP BY measured.id
    )"""
# What `search_length` gives, without calling it for each.
_LENGTH_OF_MANY = "(SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(words))"
_ONE_BY_ONE = {
    "length": "search_length(words)",
    "more": "",
    "strong": "search_strong(words, norm)",
    "joined": "",
    "or_differs": "",
}
_MANY = {
    "length": _LENGTH_OF_MANY,
    "more": _STRONG_OF_MANY,
    "strong": "coalesce(forms, '')",
    "joined": "LEFT JOIN strong USING (id)",
    "or_differs": _OR_DIFFERS,
}
_MOVE = """
    WITH source AS MATERIALIZED ({source}),
    aimed AS (
        SELECT source, coalesce(parent, '') AS parent, audience || ('k:' || split_part(source, ':', 1)) AS tags
          FROM source
    )
    UPDATE search_document AS kept SET parent = aimed.parent, tags = aimed.tags || ('n:' || (kept.id >> 15))
      FROM aimed
     WHERE kept.source = aimed.source AND (kept.parent, trim_array(kept.tags, 1))
           IS DISTINCT FROM (aimed.parent, aimed.tags)
"""
