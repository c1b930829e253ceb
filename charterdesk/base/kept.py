"""Reads of which only the values change: their SQL is written once for a process, not anew for each reader.

Writing it takes Django longer than PostgreSQL needs to answer, and so does planning it, which a connection does once,
too. For the few reads that every page makes; what depends on who reads (`visible_to`) stays an ordinary query set.
"""

import copy
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")


class Given(Value):
    """In the query set of a `Kept`: the value called `name`, known when it is read."""

    sql = "%s"

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A place for the value; which one is told by this object among the parameters."""
        return self.sql, [self]


class AnyGiven(Given):
    """One of the values of the list called `name`: `filter(pk=AnyGiven("pks"))`."""

    sql = "ANY(%s)"


class Kept(Generic[M, Row]):
    """A read of which only the values (`Given`) change. `make` is called once: nothing of the moment may be in it, nor
    what a setting decides.

    Values go to the database as they are given: whole numbers, texts, times, lists of them. `one_plan` False: which
    plan is good hangs on them (a ticket of four messages, one of thousands), so each time it is planned anew.
    """

    def __init__(self, make: Callable[[], QuerySet[M, Row]], *, one_plan: bool = True) -> None:
        self._make, self._one_plan = make, one_plan
        self._kept: tuple[QuerySet[M, Row], SQLCompiler, str, Sequence[str]] | None = None

    def rows(self, **given: Any) -> list[Row]:
        """All that is found. One statement. Raises `KeyError` for a value that is missing."""
        found, compiler, sql, names = self._kept or self._write()
        values = tuple(given[name] for name in names)
        read: Any = copy.copy(compiler)
        read.connection = connections[DEFAULT_DB_ALIAS]  # this thread's
        read.as_sql = lambda *_how: (sql, values)
        found = found.all()
        found.query.get_compiler = lambda *_how, **_more: read  # type: ignore[method-assign]
        with read.connection.prepared() if self._one_plan else nullcontext():
            return list(found)

    def first(self, **given: Any) -> Row | None:
        """What is found first. One statement."""
        return next(iter(self.rows(**given)), None)

    def _write(self) -> tuple[QuerySet[M, Row], SQLCompiler, str, Sequence[str]]:
        """The values that never change become part of the text: the server plans by them."""
        found = self._make()
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            written = ["%s" if isinstance(each, Given) else _literal(cursor, each) for each in params]
        text = sql.replace("%%", "%%%%") % tuple(written)
        self._kept = found, compiler, text, [each.value for each in params if isinstance(each, Given)]
        return self._kept


def _literal(cursor: Any, value: Any) -> str:
    """`value` as it stands in the text of a statement that still has places for others."""
    text: str = cursor.mogrify("%s", [value])
    return text.replace("%", "%%")
