"""What a charter says, as one document: plain data, kept whole with each version, with every text by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

import msgspec
from django.utils.translation import get_language, gettext_lazy

from charterdesk.base.money import Money

Words = dict[str, str]
"""A text by language code; what is missing falls back."""

TIME: Final = "time"
COUNT: Final = "count"
MEASURES = [(TIME, gettext_lazy("time between two steps")), (COUNT, gettext_lazy("how often something happens"))]
OPENED, WRITTEN, CALLED = "opened", "written", "called"
STARTS = [
    (OPENED, gettext_lazy("the request comes in")),
    (WRITTEN, gettext_lazy("the customer writes and waits for an answer")),
    (CALLED, gettext_lazy("the customer calls and waits on the line")),
]
ACKNOWLEDGED, ASSIGNED, ANSWERED, SOLVED = "acknowledged", "assigned", "answered", "solved"
STOPS = [
    (ACKNOWLEDGED, gettext_lazy("it is acknowledged")),
    (ASSIGNED, gettext_lazy("somebody has taken it on")),
    (ANSWERED, gettext_lazy("a person answers")),
    (SOLVED, gettext_lazy("it is solved")),
]
REOPENED, ROUNDS, ANSWERS, MOVES = "reopened", "rounds", "answers", "moves"
COUNTED = [
    (REOPENED, gettext_lazy("reopened after it was solved")),
    (ROUNDS, gettext_lazy("the customer had to write again")),
    (ANSWERS, gettext_lazy("answers by a person")),
    (MOVES, gettext_lazy("handed to another team")),
]
APOLOGY: Final = "apology"
ESCALATION: Final = "escalation"
CREDIT: Final = "credit"
REFUND: Final = "refund"
KINDS = [
    (APOLOGY, gettext_lazy("apology by mail")),
    (ESCALATION, gettext_lazy("a lead takes over")),
    (CREDIT, gettext_lazy("credit on the next invoice")),
    (REFUND, gettext_lazy("refund")),
]
EVENT: Final = "event"
DAY: Final = "day"
BASES = [(EVENT, gettext_lazy("once for each broken promise")), (DAY, gettext_lazy("for each day it stays broken"))]
WITH_MONEY = (CREDIT, REFUND)


@dataclass(frozen=True, kw_only=True)
class Objective:
    """A measured promise: for which requests, from what to what, on which clock, how much, and for how many.

    Empty conditions fit every request. `within_s` is open time in seconds: on the calendar `calendar_id`, else on the
    team's own hours; with `always` every hour of every day counts. A count is kept up to `limit`, or from it on with
    `at_least`. `target` is the share to be kept, in percent, over `window` days.
    """

    code: str
    title: Words
    promise: Words = field(default_factory=dict)
    measure: Literal["time", "count"] = TIME
    types: list[str] = field(default_factory=list)
    priorities: list[int] = field(default_factory=list)
    team_ids: list[int] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    start: str = OPENED
    stop: str = ANSWERED
    within_s: int = 0
    calendar_id: int | None = None
    always: bool = False
    pauses: list[str] = field(default_factory=list)
    counted: str = REOPENED
    limit: int = 0
    at_least: bool = False
    target: float = 95.0
    window: int = 90

    @property
    def is_on_line(self) -> bool:
        """Whether it is measured on calls, each of which is a case of its own, rather than on requests."""
        return self.measure == TIME and self.start == CALLED

    @property
    def within(self) -> timedelta:
        """The time promised."""
        return timedelta(seconds=self.within_s)

    def fits(self, facts: Mapping[str, Any]) -> bool:
        """Whether a request with these facts (an event's snapshot) belongs to its population."""
        one_of = (
            (self.types, facts.get("type")),
            (self.priorities, facts.get("priority")),
            (self.team_ids, facts.get("team_id")),
            (self.channels, facts.get("channel")),
            (self.languages, facts.get("language")),
        )
        if any(wanted and value not in wanted for wanted, value in one_of):
            return False
        return not self.tags or not set(self.tags).isdisjoint(facts.get("tags") or ())


@dataclass(frozen=True, kw_only=True)
class Right:
    """What a customer may claim whatever happens."""

    code: str
    title: Words
    text: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What we do to keep the promises: a recurring duty, who performs it, how often, and what proves it."""

    code: str
    title: Words
    text: Words = field(default_factory=dict)
    performer: Words = field(default_factory=dict)
    rhythm: Words = field(default_factory=dict)
    proof: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What follows by itself when one of `objectives` (all, where none is named) is broken.

    `cap` is the most for one broken promise, `cap_year` for one customer in a calendar year; "" for no such cap. What
    goes above `approve_above` waits for a manager, above `two_above` for two; "" for no such limit. A remedy by the
    day is booked for at most `days`.
    """

    code: str
    title: Words
    kind: Literal["apology", "escalation", "credit", "refund"] = APOLOGY
    objectives: list[str] = field(default_factory=list)
    basis: Literal["event", "day"] = EVENT
    amount: str = ""
    currency: str = "EUR"
    cap: str = ""
    cap_year: str = ""
    approve_above: str = ""
    two_above: str = ""
    days: int = 30

    @property
    def money(self) -> Money | None:
        """How much each time; None for what costs nothing."""
        return Money.of(self.amount, self.currency) if self.kind in WITH_MONEY and self.amount else None

    def limit(self, text: str) -> Decimal | None:
        """One of its limits as a number; None for none."""
        return Decimal(text) if text else None

    def is_for(self, objective: str) -> bool:
        """Whether it follows when that objective is broken."""
        return not self.objectives or objective in self.objectives


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom to turn to, by name; `level` 1 takes complaints, 2 is the level above. Post is an address on paper."""

    code: str
    name: str
    role: Words = field(default_factory=dict)
    level: int = 1
    email: str = ""
    phone: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class Charter:
    """The whole document. `language` is the one that other languages fall back to."""

    language: str = "en"
    title: Words = field(default_factory=dict)
    intro: Words = field(default_factory=dict)
    legal: Words = field(default_factory=dict)
    objectives: list[Objective] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)
    contacts: list[Person] = field(default_factory=list)

    @cached_property
    def by_code(self) -> Mapping[str, Objective]:
        """Its objectives by code."""
        return {each.code: each for each in self.objectives}

    def objective(self, code: str) -> Objective | None:
        """The objective of that code."""
        return self.by_code.get(code)

    def remedy(self, code: str) -> Remedy | None:
        """The remedy of that code."""
        return next((each for each in self.remedies if each.code == code), None)

    def said(self, words: Mapping[str, str]) -> str:
        """`words` in the active language, else in the charter's own, else in any; "" for none."""
        language = (get_language() or "").partition("-")[0]
        return words.get(language) or words.get(self.language) or next((text for text in words.values() if text), "")


def read(data: Mapping[str, Any]) -> Charter:
    """The charter that `data` (as `written` gives it) holds. Raises `msgspec.ValidationError`."""
    return msgspec.convert(data, Charter)


def written(charter: Charter) -> dict[str, Any]:
    """`charter` as JSON holds it."""
    data: dict[str, Any] = msgspec.to_builtins(charter)
    return data


def clean(words: Mapping[str, str]) -> Words:
    """`words` without languages that say nothing."""
    return {language: text.strip() for language, text in words.items() if text and text.strip()}


def languages_of(charter: Charter) -> list[str]:
    """The languages in which something of it is written, the charter's own first."""
    spoken: set[str] = set()
    parts: Iterable[Any] = [*charter.objectives, *charter.rights, *charter.measures, *charter.remedies]
    for words in (charter.title, charter.intro, charter.legal, *(each.title for each in parts)):
        spoken.update(words)
    return [charter.language, *sorted(spoken - {charter.language})]
