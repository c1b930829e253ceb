"""Many rows of a table in one statement and one value, for what reactions write in waves.

`bulk_create` asks every field of every row how to write its value, and psycopg then quotes each: of a hundred rows that
takes Python several times as long as PostgreSQL takes to store them. Here the rows travel as one text of JSON.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Field, Model
from django.utils.functional import Promise


def insert_rows(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Store new rows of one table as `bulk_create` does, and number them. One statement, none for no rows.

    Values are those their columns hold: texts, numbers, times, spans of time, bytes, lists, what JSON can hold; what
    only the database knows (`db_default`) it sets. With `ignore_conflicts` rows that are there already are left out,
    and none is numbered. Raises `TypeError` for any other value.
    """
    if not rows:
        return
    fields, sql = _statement(type(rows[0]), ignore_conflicts)
    written = [{field.column: field.pre_save(row, True) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [msgspec.json.encode(written, enc_hook=_plain).decode()])
        if cursor.description:
            for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = number
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(model: type[Model], ignore_conflicts: bool) -> tuple[list["Field[Any, Any]"], str]:
    """The fields that are written, and how; bytes travel as base64."""
    table, number = model._meta.db_table, model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not number and not _is_set_there(field)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_read(field) for field in fields)
    given = ", ".join(f'"{field.column}" {_type(field)}' for field in fields)
    sql = f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM jsonb_to_recordset(%s::jsonb) AS row ({given})'
    if ignore_conflicts:
        return fields, f"{sql} ON CONFLICT DO NOTHING"
    return fields, f'{sql} RETURNING "{number.column}"' if number else sql


def _is_set_there(field: "Field[Any, Any]") -> bool:
    return field.generated or (field.has_db_default() and not field.has_default())


def _type(field: "Field[Any, Any]") -> str:
    return "text" if _is_bytes(field) else str(field.db_type(connection))


def _read(field: "Field[Any, Any]") -> str:
    return f"decode(\"{field.column}\", 'base64')" if _is_bytes(field) else f'"{field.column}"'


def _is_bytes(field: "Field[Any, Any]") -> bool:
    return field.get_internal_type() == "BinaryField"


def _plain(value: object) -> object:
    """The text of what is more than a plain one: marked as safe, or put off until its language is known."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{value!r} can't be written as JSON")
