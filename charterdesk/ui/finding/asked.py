"""What a page of search was asked: words, and what narrows them; and the addresses that ask for something else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.people.models import LANGUAGES
from charterdesk.search.audience import team_tag
from charterdesk.search.narrowing import Narrowing
from charterdesk.ui.finding.families import Family
from charterdesk.ui.finding.looking import kinds_of

LONGEST = 300  # characters
TIMES = {
    "day": (timedelta(days=1), _("in the last day")),
    "week": (timedelta(days=7), _("in the last week")),
    "month": (timedelta(days=31), _("in the last month")),
    "year": (timedelta(days=366), _("in the last year")),
}
ANY_LANGUAGE, ANY_TIME, ANY_TEAM = _("any language"), _("at any time"), _("any team")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`family` is a code, `language` one of the desk's, `time` one of `TIMES`, `team` a primary key; "" is any."""

    words: str = ""
    family: str = ""
    language: str = ""
    time: str = ""
    team: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """What the address of a page says; what makes no sense narrows nothing."""
        words = " ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST]
        family, language, time, team = (query.get(name, "") for name in ("kind", "language", "time", "team"))
        return cls(
            words=words,
            family=family if kinds_of([family]) else "",
            language=language if language in dict(LANGUAGES) else "",
            time=time if time in TIMES else "",
            team=team if team.isdecimal() and len(team) < 19 else "",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the words is asked for."""
        return bool(self.family or self.language or self.time or self.team)

    def within(self) -> Narrowing:
        """The same for the index."""
        return Narrowing(
            kinds=kinds_of([self.family]),
            languages=(self.language,) if self.language else (),
            tags=(team_tag(int(self.team)),) if self.team else (),
            since=now() - TIMES[self.time][0] if self.time else None,
        )

    def query(self, **more: str) -> str:
        """The part of an address behind the question mark that asks for this, and for `more`."""
        given = {"q": self.words, "kind": self.family, "language": self.language, "time": self.time, "team": self.team}
        return urlencode({name: value for name, value in (given | more).items() if value})

    def tabs(self, families: list[Family], counts: Mapping[str, int] | None) -> list[dict[str, Any]]:
        """A tab for everything and one for each family, with how many things it has where that is known."""
        everything = {"name": _("Everything"), "query": replace(self, family="").query(), "is_here": not self.family}
        return [everything] + [
            {
                "name": family.names,
                "query": replace(self, family=family.code).query(),
                "is_here": self.family == family.code,
                "count": None if counts is None or self.family else counts.get(family.code, 0),
            }
            for family in families
        ]
