"""An export on its way out: one picture of the database, read by COPY and passed on as it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from charterdesk import __version__
from charterdesk.base.files import FileStore
from charterdesk.records.tables import Table, sequences, tables
from charterdesk.records.targets import FORMAT, Target

Say = Callable[[str], None]
# JSON holds neither of these two bytes, so that PostgreSQL writes each row as it is, without a quote.
AS_IT_IS = r"(FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')"
_FORMS = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"
)


@dataclass(frozen=True)
class Written:
    """What went out: rows by table, and files."""

    rows: dict[str, int]
    files: int


def write_export(url: str, target: Target, store: FileStore, *, stamp: str, say: Say) -> Written:
    """Write everything the desk behind `url` holds, while it is in use; `stamp` names its schema.

    Rows are of one moment. Files come after them: each is stored before the row that names it, so that none is missing.
    Memory: the names of all files, and the largest row.
    """
    with psycopg.connect(url) as connection:
        picture(connection)
        found = tables(connection)
        target.head(_head(connection, found, stamp))
        rows = {table.name: write_table(connection, table, target) for table in found}
    say(f"{sum(rows.values()):,} rows of {len(rows)} tables")
    files = _write_files(target, store)
    target.end({"rows": rows, "files": files})
    return Written(rows, files)


def picture(connection: psycopg.Connection[Any]) -> None:
    """From here on everything read is of this one moment, and written the same way everywhere."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    connection.execute(_FORMS)


def write_table(connection: psycopg.Connection[Any], table: Table, target: Target, rows: str = "") -> int:
    """Pass the rows of `table` (those of the statement `rows`, where given) on to `target`; return how many."""
    target.table(table.name)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY ({rows or table.rows}) TO STDOUT {AS_IT_IS}") as lines:
        for block in lines:
            written = bytes(block)
            count += written.count(b"\n")
            target.lines(written)
    return count


def _head(connection: psycopg.Connection[Any], found: list[Table], stamp: str) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": __version__,
        "schema": stamp,
        "tables": {table.name: list(table.columns) for table in found},
        "sequences": {name: list(last) for name, last in sequences(connection).items()},
    }


def _write_files(target: Target, store: FileStore) -> int:
    count = 0
    for sha256 in sorted(store.names()):
        try:
            opened = store.open(sha256)
        except FileNotFoundError:
            continue  # deleted since we listed it, as a redaction does
        with opened:
            target.file(sha256, opened)
        count += 1
    return count
