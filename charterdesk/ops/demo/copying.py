"""Rows on their way into PostgreSQL: COPY's text form, written as fast as Python can."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg

Row = Sequence[Any]

_SPECIAL = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def field(value: Any) -> str:
    """One value in COPY's text form. Lists and tuples become arrays of text or of numbers."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_SPECIAL) if "\n" in value or "\\" in value or "\t" in value else value
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.6f} seconds"
    if isinstance(value, list | tuple):
        return _array(value)
    raise TypeError(f"COPY is not told how to write a {type(value).__name__}")


def _array(values: Sequence[Any]) -> str:
    if not values:
        return "{}"
    return "{" + ",".join(str(v) if isinstance(v, int) else _quoted(v) for v in values) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.translate(_SPECIAL)


def line(row: Row) -> str:
    """A row as a line."""
    return "\t".join([field(value) for value in row]) + "\n"


def copy(connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write `rows` into `table`; return how many they were. One COPY; names are ours, never from outside."""
    lines = [line(row) for row in rows]
    if lines:
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as writer:
                writer.write("".join(lines).encode())
    return len(lines)
