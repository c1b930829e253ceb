"""Reads that somebody asks again word for word, as programs do: their SQL is written and planned the first time.

Unlike `Kept`, nothing changes from one time to the next but what is found; who asks something else has another text.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from charterdesk.base.postgresql.prepared import prepared_cursor


class AskedAgain:
    """The texts of such reads, by what was asked; `most` of them, then they are written anew."""

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._texts: dict[Hashable, str] = {}

    def rows(self, question: Hashable, make: Callable[[], QuerySet[Any, Any]]) -> list[tuple[Any, ...]]:
        """The rows of the query set `make` gives, as the database gives them: for columns that Django need not convert.

        `question` is all that `make` goes by: who asks, as a whole, and for what. Nothing of the moment may be in it,
        nor what is looked up. One statement; none where nobody could find anything.
        """
        text = self._texts.get(question)
        if text is None:
            try:
                text = _written(make())
            except EmptyResultSet:
                return []
            if len(self._texts) >= self._most:
                self._texts.clear()
            self._texts[question] = text
        with prepared_cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall())


def _written(found: QuerySet[Any, Any]) -> str:
    """The query set's SQL with its values in it, as Django would send it."""
    sql, params = found.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    with connection.cursor() as cursor:
        text: str = cursor.mogrify(sql, params)
        return text
