"""What a program sends and gets of rules (see `rules.py`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Given, Id, Words, line, one_of
from charterdesk.events.conditions import OPERATORS, WORD_OPERATORS
from charterdesk.tickets.ready_made import BY_CODE

Name = Annotated[str, line(200, least=1)]
Reason = Annotated[str, line(300)]
Code = Annotated[str, line(100, least=1)]
Position = Annotated[int, Field(ge=0, le=9999), WHOLE]
Day = Annotated[int, Field(ge=1, le=7), WHOLE]
Scalar = str | int | float | bool
ReadyMadeCode = Annotated[str, one_of(BY_CODE)]
DID = (
    "Each operation with its key and arguments; one that did nothing says why: `skipped` is a code, `reason` the same "
    "in words."
)
BODY = "What it says, as `GET /rules/{rule_id}` gives it; `GET /rules/words` has what can be said."


class Span(Given):
    """A time in hours."""

    hours: Annotated[float, Field(ge=-8784, le=8784)] = Field(examples=[72])


class Around(Given):
    """Before (negative hours) or after a date of the ticket."""

    date: Code = Field(examples=["ticket.due_at"])
    hours: Annotated[float, Field(ge=-8784, le=8784)] = Field(examples=[-4])


class Every(Given):
    """A schedule: every so many hours, or a time of day on some days (1 is Monday) in a zone."""

    hours: Annotated[int, Field(ge=1, le=24), WHOLE] = ABSENT
    time: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = Field(
        ABSENT, examples=["08:00"]
    )
    days: list[Day] = Field(ABSENT, max_length=7, examples=[[1, 5]])
    zone: Code = Field(ABSENT, examples=["Europe/Dublin"])


class Condition(Given):
    """`all` or `any` of some conditions, `not` one, a field compared, a question, or an expression in CEL."""

    model_config = ConfigDict(strict=True, extra="forbid", populate_by_name=True)

    all: list[Condition] = Field(ABSENT, max_length=100)
    any: list[Condition] = Field(ABSENT, max_length=100)
    not_: Condition = Field(ABSENT, alias="not")
    field: Code = Field(ABSENT, examples=["ticket.priority"])
    op: Annotated[str, one_of([*OPERATORS, *WORD_OPERATORS])] = Field(ABSENT, examples=["is"])
    value: Scalar | list[Scalar] | None = Field(ABSENT, examples=[1])
    predicate: Code = Field(ABSENT, examples=["within_hours"])
    cel: Annotated[str, line(1000, least=1)] = Field(ABSENT, examples=["ticket.priority <= 2"])


class Deed(Given):
    """Something a rule does: an operation and what it takes."""

    operation: Code = Field(examples=["tickets.tag"])
    args: dict[Code, Any] = Field(ABSENT, examples=[{"add": ["leak"]}])
    on: Code = Field(ABSENT, description="Another row to act on, such as `ticket:{event.target_id}`.")


class RuleBody(Given):
    """When, if, then, and how often."""

    model_config = ConfigDict(strict=True, extra="forbid", populate_by_name=True)

    when: list[Code] = Field(ABSENT, max_length=50, description="Codes of events.", examples=[["ticket.opened"]])
    wait: Span = Field(ABSENT, description="So long after the event.")
    around: Around = ABSENT
    every: Every = ABSENT
    desk: bool = Field(ABSENT, description="A schedule about no ticket: it mails or calls a webhook.")
    if_: Condition = Field(ABSENT, alias="if", description="Left out: always.")
    then: list[Deed] = Field(max_length=50, examples=[[{"operation": "tickets.tag", "args": {"add": ["leak"]}}]])
    team: Id = Field(ABSENT, description="Only tickets of this team.")
    once: bool = Field(ABSENT, description="Once for each ticket.")
    at_most: Annotated[int, Field(ge=1, le=100_000), WHOLE] = Field(ABSENT, description="So often in an hour.")
    stop: bool = Field(ABSENT, description="No later rule acts on an event it acted on.")


class NewRule(Given):
    """A rule to be."""

    name: Name = Field(examples=["Tag leaks"])
    body: RuleBody
    position: Position = Field(ABSENT, description="Rules that hear the same event act in this order.")
    reason: Reason = ""
    is_on: bool = Field(False, description="Whether it acts from now on.")


class RuleTexts(Given):
    """Rules in TOML."""

    text: Words = Field(examples=['[[rule]]\nname = "Tag leaks"\nwhen = ["ticket.opened"]\n'])
    reason: Reason = ""
    is_on: bool = False


class NewVersion(Given):
    """What a rule shall say: `body` or `text`, or what it says with another name."""

    name: Name = ABSENT
    body: RuleBody = Field(ABSENT, description=BODY)
    text: Words = Field(ABSENT, description="One rule in TOML, in place of name and body.")
    reason: Reason = Field("", description="Why, for whoever looks later.")
    is_on: bool = False


class Switch(Given):
    """On or off."""

    is_on: bool


class Place(Given):
    """Where among the others."""

    position: Position


class WhyGivenUp(Given):
    """Why something is given up."""

    reason: Annotated[str, line(300, least=1)] = Field(examples=["the ticket was a test"])


class TrialAsked(Asked):
    """On how much it is tried."""

    days: Annotated[int, Field(ge=1, le=31)] = 7
    most: Annotated[int, Field(ge=1, le=10_000, description="Events to look at, at most.")] = 10_000


class RuleOut(BaseModel):
    """A rule as it stands in force, or as it was or shall be last."""

    id: int
    name: str
    slug: str = Field(description="Of one the desk brings; else empty.")
    position: int
    is_on: bool
    version: int
    team_id: int | None = Field(description="Whose tickets alone it acts on.")
    body: dict[str, Any]


class ListedRule(RuleOut):
    """A rule, with how it fares."""

    acted_at: datetime | None = None
    failures: int = Field(0, description="Events it could not act on, and waits to be looked at for.")
    held_today: int = Field(0, description="How often a bound held it back in the last day.")


class Rules(BaseModel):
    """Rules, in the order in which they act."""

    items: list[ListedRule]


class RuleText(BaseModel):
    """A rule in TOML."""

    text: str


class RuleVersionOut(BaseModel):
    """What a rule said, from when until when."""

    number: int
    body: dict[str, Any]
    is_on: bool
    actor: str = Field(examples=["agent:7"])
    reason: str
    created_at: datetime
    active_from: datetime | None = Field(description="null: a draft")
    active_until: datetime | None


class RuleVersions(BaseModel):
    """The newest first."""

    items: list[RuleVersionOut]


class TrialOut(BaseModel):
    """What it would have done on one event."""

    event_id: int | None = Field(description="null for one that goes by the clock")
    at: datetime
    code: str
    subject: str
    verdict: str = Field(description="`match`, `erased` (nobody can tell any more) or `error`")
    would_do: list[dict[str, Any]] = Field(description=DID)
    is_recorded: bool = Field(description="What it really said then.")
    error: str
    held: str = Field(description="The bound that kept it from acting.")


class RuleTrial(BaseModel):
    """What a rule would have done."""

    version: int
    looked_at: int
    is_capped: bool
    counts: dict[str, int] = Field(examples=[{"match": 3, "no_match": 40}])
    items: list[TrialOut]


class RuleRunOut(BaseModel):
    """What a rule did on one event."""

    event_id: int
    subject: str
    version: int
    did: list[dict[str, Any]] = Field(description=DID)
    error: str
    held: str
    at: datetime


class RuleRuns(BaseModel):
    """The latest first."""

    items: list[RuleRunOut]


class WhyOut(RuleRunOut):
    """What a rule did on a ticket, and by which values."""

    rule_id: int
    rule: str
    values: dict[str, Any] | None = Field(description="null once they were erased")


class Whys(BaseModel):
    """The latest first."""

    items: list[WhyOut]


class ChainLink(BaseModel):
    """One event of a chain of causes."""

    event_id: int
    code: str
    subject: str
    actor: str
    at: datetime


class RuleFailureOut(BaseModel):
    """An event that a rule could not act on."""

    id: int
    event_id: int
    subject: str
    error: str
    attempts: int
    at: datetime
    chain: list[ChainLink] = Field(description="What led there, the first cause first.")


class RuleFailures(BaseModel):
    """The latest first."""

    items: list[RuleFailureOut]


class ReadyMadeOut(BaseModel):
    """A set of rules that most desks want."""

    code: str
    name: str
    what: str
    is_sketch: bool = Field(description="Somebody has to fill something in first.")
    is_there: bool


class ReadyMadeRules(BaseModel):
    """All of them."""

    items: list[ReadyMadeOut]


class RuleFieldOut(BaseModel):
    """A field that conditions can ask of."""

    code: str
    name: str
    of: str
    kind: str


class RuleOperationOut(BaseModel):
    """Something a rule can do, and what it needs and takes."""

    name: str
    what: str
    needs: list[str]
    takes: list[str]


class RuleWords(BaseModel):
    """What rules may say."""

    events: list[str]
    sources: list[str] = Field(description="What fields may begin with.")
    fields: list[RuleFieldOut] = Field(description="Those that forms offer.")
    comparisons: list[str]
    questions: list[str]
    dates: list[str]
    operations: list[RuleOperationOut]
