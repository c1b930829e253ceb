"""The tables of an export as this database has them: columns, order of rows, sequences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from charterdesk.base import exported
from charterdesk.base.exported import Part

_COLUMNS = """
    SELECT attname, attnotnull AND atttypid = 'jsonb'::regtype FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_KEY = """
    SELECT a.attname, a.attcollation <> 0 FROM pg_index AS i
      CROSS JOIN unnest(i.indkey::int[]) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY k.place
"""
_TABLES = """
    SELECT c.relname FROM pg_class AS c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY c.relname
"""
_OWNED = """
    SELECT attname, pg_get_serial_sequence(%s, attname) FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
_NAMED = """
    SELECT DISTINCT c.relname, o.relname FROM pg_constraint AS k
      JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS o ON o.oid = k.confrelid
     WHERE k.contype = 'f' AND c.oid <> o.oid AND k.connamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True)
class Table:
    """A part of the export with its columns; of those in `never_null` a null means the JSON value null."""

    part: Part
    columns: tuple[str, ...]
    never_null: frozenset[str]
    order: str

    @property
    def name(self) -> str:
        """As the database calls it."""
        return self.part.table

    @property
    def rows(self) -> str:
        """The statement that gives all its rows, each as one line of JSON."""
        query = self.part.query or f"SELECT {listed(self.columns)} FROM {self.name} ORDER BY {self.order}"
        return f"SELECT row_to_json(r) FROM ({query}) AS r"


def listed(columns: Sequence[str]) -> str:
    """Columns as SQL lists them; names are the database's own."""
    return ", ".join(f'"{column}"' for column in columns)


def tables(connection: psycopg.Connection[Any]) -> list[Table]:
    """All tables of an export, each after those it names where that can be. Two or three short statements each."""
    parts = [part for name in _in_order(connection) if (part := exported.part_of(name))]
    return [_table(connection, part) for part in parts]


def names(connection: psycopg.Connection[Any]) -> list[str]:
    """Every table of the schema. One statement."""
    return [name for (name,) in connection.execute(_TABLES)]


def unspoken(connection: psycopg.Connection[Any]) -> list[str]:
    """Tables nobody has said anything of: an export would lose them."""
    return [name for name in names(connection) if not exported.is_known(name)]


def _in_order(connection: psycopg.Connection[Any]) -> list[str]:
    """Names of all tables, those first that others refer to; the same order for the same schema."""
    named: dict[str, set[str]] = {name: set() for name in names(connection)}
    for table, other in connection.execute(_NAMED):
        if table in named and other in named:
            named[table].add(other)
    order: list[str] = []
    while named:
        ready = [name for name, others in named.items() if not others & named.keys()] or list(named)[:1]
        order += ready
        for name in ready:
            del named[name]
    return order


def sequences(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, bool]]:
    """The last number of each sequence, and whether it was given, by the sequence's name."""
    found = set(exported.sequences())
    for table in tables(connection):
        owned = connection.execute(_OWNED, [table.name, table.name]).fetchall()
        found |= {name.rpartition(".")[2] for column, name in owned if name and column in table.columns}
    return {name: _last(connection, name) for name in sorted(found)}


def _last(connection: psycopg.Connection[Any], sequence: str) -> tuple[int, bool]:
    number, was_given = connection.execute(f"SELECT last_value, is_called FROM {sequence}").fetchone() or (1, False)
    return int(number), bool(was_given)


def _table(connection: psycopg.Connection[Any], part: Part) -> Table:
    rows = connection.execute(_COLUMNS, [part.table]).fetchall()
    never_null = frozenset(name for name, is_so in rows if is_so)
    if part.query:
        asked = connection.execute(f"SELECT * FROM ({part.query}) AS r LIMIT 0").description or ()
        return Table(part, tuple(column.name for column in asked), never_null, "")
    key = connection.execute(_KEY, [part.table]).fetchall()
    order = ", ".join(f'"{name}" COLLATE "C"' if is_text else f'"{name}"' for name, is_text in key)
    return Table(part, tuple(name for name, _ in rows if name not in part.omit), never_null, order or "1")
