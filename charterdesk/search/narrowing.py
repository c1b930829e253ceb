"""A search for part of what there is: some kinds, languages, teams, a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from charterdesk.search.audience import kind_tag


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What every hit has besides the words; nothing set narrows nothing.

    Of `tags` (such as a team's) it has one. Both times count: from `since` on, before `until`.
    """

    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[tuple[str, Any]]:
        """What stands in the statement, and its parameter. Tags go by the index, the rest by the rows found."""
        kinds = [kind_tag(kind) for kind in self.kinds]
        possible: list[tuple[str, Any]] = [
            ("tags && %s::text[]", kinds),
            ("tags && %s::text[]", list(self.tags)),
            ("language = ANY(%s)", list(self.languages)),
            ("created_at >= %s", self.since),
            ("created_at < %s", self.until),
        ]
        return [(text, value) for text, value in possible if value]


EVERYTHING = Narrowing()
