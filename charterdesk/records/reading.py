"""An import: an export back into an empty desk, by COPY, in one transaction: all of it is there, or nothing changed."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import psycopg
from psycopg import errors

from charterdesk.base import exported
from charterdesk.base.files import FileStore
from charterdesk.events.partitions import make_pieces_up_to
from charterdesk.events.reactions import LANES
from charterdesk.records.sources import BadExport, Bytes, Ends, Line, Source
from charterdesk.records.tables import Table, listed, names, tables

BATCH_ROWS, BATCH_BYTES = 5000, 4 * 1024**2
Say = Callable[[str], None]
_Row = dict[str, msgspec.Raw]
_STAGE = "CREATE TEMP TABLE records_line (number bigint, line json) ON COMMIT DROP"
# What is in the log has happened long ago and had its effects; what had not waits as deliveries.
_READ_ON = """
    INSERT INTO events_reader (name, position, target, offset_id, floor_id, seen_id, system_identifier)
    SELECT lane, pg_current_snapshot()::text, '', 0, last, last,
           (SELECT system_identifier::text FROM pg_control_system())
      FROM unnest(%s::text[]) AS lane, (SELECT coalesce(max(id), 0) AS last FROM events_event) AS log
"""
_MISSING = re.compile(r"Key \((?P<column>\w+)\)=\((?P<value>.*)\) is not present")


@dataclass
class Loaded:
    """What came in: rows by table, and files."""

    rows: Counter[str] = field(default_factory=Counter)
    files: int = 0


def read_export(connection: psycopg.Connection[Any], source: Source, store: FileStore, *, say: Say) -> Loaded:
    """Put everything of `source` in place of what the desk holds. In the caller's transaction.

    The search index is empty afterwards: `rebuild_all` makes it again. Raises `BadExport`, which says where the
    export is wrong; files that were stored by then stay, named by no row. Memory: a batch of lines.
    """
    found = {table.name: table for table in tables(connection)}
    _refuse_unknown(source, found)
    _empty(connection, list(found))
    _set_sequences(connection, source.head.sequences)
    if last := source.head.sequences.get("events_event_id_seq"):
        make_pieces_up_to(last[0])
    connection.execute(_STAGE)
    loaded = Loaded()
    for batch in _batches(source):
        if isinstance(batch, Bytes):
            _store(store, batch)
            loaded.files += 1
        elif isinstance(batch, Ends):
            _compare(loaded, batch)
        else:
            columns = source.head.tables[batch[0].table]
            _write(connection, found[batch[0].table], columns, batch)
            loaded.rows[batch[0].table] += len(batch)
    _finish(connection)
    say(f"{loaded.rows.total():,} rows and {loaded.files:,} files")
    return loaded


def _refuse_unknown(source: Source, found: dict[str, Table]) -> None:
    for name, columns in source.head.tables.items():
        unknown = set(columns) - set(found[name].columns) if name in found else {"the whole table"}
        if unknown:
            said = ", ".join(sorted(unknown))
            raise BadExport(
                f"This was exported by charterdesk {source.head.version}, which knows more of {name} ({said}) "
                "than this version. Install that version or a later one."
            )


def _empty(connection: psycopg.Connection[Any], known: Sequence[str]) -> None:
    """Take out what an empty desk begins with: default rules and policies, and their traces."""
    emptied = [name for name in names(connection) if exported.is_emptied(name)]
    connection.execute(f"TRUNCATE {', '.join([*known, *emptied])} RESTART IDENTITY CASCADE")


def _set_sequences(connection: psycopg.Connection[Any], sequences: dict[str, tuple[int, bool]]) -> None:
    for name, (last, was_given) in sequences.items():
        if connection.execute("SELECT to_regclass(%s)", [name]).fetchone() != (None,):
            connection.execute("SELECT setval(%s::regclass, %s, %s)", [name, last, was_given])


def _batches(source: Source) -> Iterator[list[Line] | Bytes | Ends]:
    """Lines of one table, as many as are written at once; whatever else there is, one by one."""
    lines: list[Line] = []
    size = 0
    for item in source.items():
        is_line = isinstance(item, Line)
        if lines and (not isinstance(item, Line) or item.table != lines[0].table or size > BATCH_BYTES):
            yield lines
            lines, size = [], 0
        if not is_line:
            yield item  # type: ignore[misc]  # no line, so a file or the end
            continue
        assert isinstance(item, Line)
        if item.table not in source.head.tables:
            raise BadExport(f"{item.place}: the head of this export names no table {item.table!r}.")
        lines.append(item)
        size += len(item.row) + BATCH_BYTES // BATCH_ROWS
    if lines:
        yield lines


def _write(connection: psycopg.Connection[Any], table: Table, columns: Sequence[str], lines: Sequence[Line]) -> None:
    """Write a batch; where one of its lines is wrong, say which."""
    for line in lines:
        _check_fields(line, columns)
    try:
        with connection.transaction():
            _copy(connection, table, columns, lines)
    except psycopg.Error as error:
        if isinstance(error, psycopg.OperationalError):
            raise
        if len(lines) == 1:
            raise BadExport(f"{lines[0].place}: {_said(error)}") from error
        half = len(lines) // 2
        _write(connection, table, columns, lines[:half])
        _write(connection, table, columns, lines[half:])


def _check_fields(line: Line, columns: Sequence[str]) -> None:
    try:
        given = msgspec.json.decode(line.row, type=_Row)
    except msgspec.DecodeError as error:
        raise BadExport(f"{line.place}: {error}") from error
    if given.keys() != set(columns):
        wrong = sorted(given.keys() ^ set(columns))
        raise BadExport(f"{line.place}: fields missing or unknown: {', '.join(wrong)}.")


def _copy(connection: psycopg.Connection[Any], table: Table, columns: Sequence[str], lines: Sequence[Line]) -> None:
    written = b"".join([b"%d\t%s\n" % (at, line.row.replace(b"\\", b"\\\\")) for at, line in enumerate(lines)])
    with connection.cursor() as cursor:
        with cursor.copy("COPY records_line FROM STDIN") as writer:
            writer.write(written)
        cursor.execute(
            f"INSERT INTO {table.name} ({listed(columns)}) SELECT {_values(table, columns)} "
            f"FROM records_line AS s, json_populate_record(NULL::{table.name}, s.line) AS r ORDER BY s.number"
        )
        cursor.execute("TRUNCATE records_line")


def _values(table: Table, columns: Sequence[str]) -> str:
    """The columns of a row; where a column is never null, a null in JSON is the JSON value null."""
    never = table.never_null
    return ", ".join(f"coalesce(r.\"{c}\", 'null'::jsonb)" if c in never else f'r."{c}"' for c in columns)


def _store(store: FileStore, file: Bytes) -> None:
    stored = store.store(file.content)
    if stored.sha256 != file.sha256:
        raise BadExport(f"file {file.sha256} is damaged: its bytes have the SHA-256 {stored.sha256}.")


def _compare(loaded: Loaded, ends: Ends) -> None:
    wrong = [name for name, count in ends.rows.items() if loaded.rows[name] != count]
    if wrong:
        name = wrong[0]
        raise BadExport(f"{name}: {loaded.rows[name]} rows instead of {ends.rows[name]}; the export was changed.")
    if loaded.files != ends.files:
        raise BadExport(f"{loaded.files} files instead of {ends.files}; the export was changed.")


def _finish(connection: psycopg.Connection[Any]) -> None:
    """Check what rows say of each other, fold the counts, and read the log on from its end."""
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("SELECT tickets_fold_counts()")
    connection.execute(_READ_ON, [list(LANES)])


@contextmanager
def naming_lines(source: Source) -> Iterator[None]:
    """Say of a row that names another which is not there where it stands, too."""
    try:
        yield
    except (errors.ForeignKeyViolation, errors.IntegrityError) as error:
        raise BadExport(_placed(source, error) or _said(error)) from error


def _placed(source: Source, error: psycopg.Error) -> str:
    """The line at fault, where the export is a folder that can be read again."""
    found = _MISSING.search(error.diag.message_detail or "")
    path = getattr(source, "path", None)
    if not found or path is None:
        return ""
    name = f"{error.diag.table_name}.jsonl"
    with (path / name).open("rb") as opened:
        for number, line in enumerate(opened, 1):
            if str(json.loads(line).get(found["column"])) == found["value"]:
                return f"{name}, line {number}: {_said(error)}"
    return ""


def _said(error: psycopg.Error) -> str:
    """What the database said, on one line."""
    detail = error.diag.message_detail
    return f"{error.diag.message_primary or error}{f' ({detail})' if detail else ''}"
