"""What sla makes known. Kinds are `first_reply`, `next_reply` and `resolution`; a due time of None means that none is
promised.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from charterdesk.events.log import Event
from charterdesk.tickets.events import TicketEvent, TicketOpened


@dataclass(frozen=True, kw_only=True)
class TargetsChosen(TicketEvent):
    """What holds for a ticket was decided, by what event `event_id` said of it; ids are of versions."""

    event_id: int
    policy_version_id: int | None = None
    calendar_version_id: int | None = None
    first_reply_due_at: datetime | None = None
    resolution_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TicketPromised(TargetsChosen):
    """A new request was given its due times; published also where no target applies. `message_id` is its first;
    `is_ours` where the house opened it and nobody outside waits for an answer."""

    beside: ClassVar[str] = TicketOpened.code
    contact_id: int
    message_id: int
    channel: str
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class TargetsReplaced(TargetsChosen):
    """Type, priority, team or entitlement changed, and other targets hold from then on."""


@dataclass(frozen=True, kw_only=True)
class TermsReconsidered(TicketEvent):
    """What the ticket's customer is entitled to may have changed: which targets hold is to be looked at again."""


@dataclass(frozen=True, kw_only=True)
class TargetEvent(TicketEvent):
    """A fact about one clock of a ticket."""

    kind: str
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseMoved(TargetEvent):
    """The time by which we promised it is another now: work went on after a pause, or other targets hold."""

    former_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TargetNearing(TargetEvent):
    """So much of the promised time is used that somebody should see to it: `percent` of it, a step of the policy's."""

    percent: int = 0


@dataclass(frozen=True, kw_only=True)
class TargetMet(TargetEvent):
    """It was done in time, at `met_at`. `round` as in `target.breached`."""

    met_at: datetime
    round: int = 1


@dataclass(frozen=True, kw_only=True)
class TargetBreached(TargetEvent):
    """`due_at` passed and it was not done. Published once per promise, however much later it is done.

    `round` counts the promises of this kind on the ticket: the next reply is owed once for each question.
    """

    policy_version_id: int
    round: int = 1


@dataclass(frozen=True, kw_only=True)
class AnswerEvent(Event):
    """A fact about somebody who waits on the line for an answer: the subject is their call or chat."""

    wait_id: int
    team_id: int
    channel: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerAwaited(AnswerEvent):
    """Somebody waits since `asked_at`; `due_at` is None where nothing is promised them."""

    asked_at: datetime
    due_at: datetime | None = None
    policy_version_id: int | None = None
    calendar_version_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerEnded(AnswerEvent):
    """They wait no more, since `ended_at`; `is_late`: after the time that was promised."""

    asked_at: datetime
    ended_at: datetime
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerGiven(AnswerEnded):
    """A person answered."""


@dataclass(frozen=True, kw_only=True)
class AnswerForgone(AnswerEnded):
    """They went unanswered."""


@dataclass(frozen=True, kw_only=True)
class AnswerBreached(AnswerEvent):
    """`due_at` passed, and nobody had answered. Published once."""

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(Event):
    """A policy was made, changed (`version` holds from now on) or taken out of force (`version` is None)."""

    policy_id: int
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class ChannelHoursChanged(Event):
    """A channel has other opening hours (None: those of each team) for promises given from now on."""

    channel: str
    calendar_id: int | None = None
