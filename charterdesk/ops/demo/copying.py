"""Rows on their way into PostgreSQL: COPY's text form, written as fast as Python can."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg

Row = Sequence[Any]


def _text(value: str) -> str:
    """A text: what COPY reads as the end of a value or a row is written with a backslash."""
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    if "\n" in value:
        value = value.replace("\n", "\\n")
    if "\t" in value or "\r" in value:
        value = value.replace("\t", "\\t").replace("\r", "\\r")
    return value


def _array(values: Sequence[Any]) -> str:
    """An array of numbers or of texts."""
    if not values:
        return "{}"
    return "{" + ",".join(str(v) if isinstance(v, int) else _quoted(v) for v in values) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return _text(f'"{escaped}"')


# By the exact type: of all ways to choose, the one that costs least ten million times.
_WRITTEN: dict[type[Any], Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _value: "\\N",
    datetime: datetime.isoformat,
    timedelta: lambda value: f"{value.total_seconds():.6f} seconds",
    list: _array,
    tuple: _array,
}


def line(row: Row) -> str:
    """A row as a line. Raises `KeyError` for a type COPY is not told how to write."""
    return "\t".join([_WRITTEN[type(value)](value) for value in row]) + "\n"


def lines(rows: Iterable[Row]) -> bytes:
    """Rows as COPY reads them."""
    return "".join([line(row) for row in rows]).encode()


def copy(connection: psycopg.Connection[Any], table: str, columns: Sequence[str], written: bytes) -> None:
    """Write what `lines` made into `table`: one COPY, none for no rows. Names are ours, never from outside."""
    if not written:
        return
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as writer:
            writer.write(written)
