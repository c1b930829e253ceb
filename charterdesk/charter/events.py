"""What the charter makes known."""

from dataclasses import dataclass
from datetime import datetime

from charterdesk.events.log import Event
from charterdesk.tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class CharterEvent(Event):
    """A fact about one version of the charter."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class CharterDrafted(CharterEvent):
    """Somebody began a new version."""


@dataclass(frozen=True, kw_only=True)
class CharterChanged(CharterEvent):
    """A draft says something else; `parts` are codes of what changed, such as `objectives`."""

    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CharterApproved(CharterEvent):
    """Somebody who did not write the draft approved it."""


@dataclass(frozen=True, kw_only=True)
class CharterPublished(CharterEvent):
    """A version binds what begins from `effective_at` on."""

    number: int
    effective_at: datetime


@dataclass(frozen=True, kw_only=True)
class CharterDiscarded(CharterEvent):
    """A draft was thrown away."""


@dataclass(frozen=True, kw_only=True)
class ExclusionDeclared(Event):
    """A time beyond control does not count: for `objectives`, or for all where none is named."""

    exclusion_id: int
    begins_at: datetime
    ends_at: datetime
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExclusionWithdrawn(Event):
    """It counts after all."""

    exclusion_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectiveBroken(TicketEvent):
    """A promise of the charter was not kept on a ticket; once for each case, however late it ends."""

    case_id: int
    objective: str
    version_id: int
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerObjectiveBroken(Event):
    """Who called was not answered as the charter promises; once for each promise. The subject is their call."""

    answer_id: int
    objective: str
    version_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class RemedyEvent(TicketEvent):
    """A fact about one remedy; `kind` is apology, escalation, credit or refund."""

    remedy_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class RemedyBooked(RemedyEvent):
    """The charter names it, and it is owed: done at once, or `waiting` for approval."""

    waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class RemedyApproved(RemedyEvent):
    """Somebody who may said yes; `missing` more have to."""

    missing: int = 0


@dataclass(frozen=True, kw_only=True)
class RemedyDone(RemedyEvent):
    """The customer has it."""


@dataclass(frozen=True, kw_only=True)
class RemedyRefused(RemedyEvent):
    """Somebody who may said no, with a reason."""


@dataclass(frozen=True, kw_only=True)
class RemedySuspended(RemedyEvent):
    """It is not owed: what broke the promise was beyond control."""
