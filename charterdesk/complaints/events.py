"""What complaints make known. Ids and codes only."""

from dataclasses import dataclass

from charterdesk.events.log import Event
from charterdesk.tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class ComplaintTaken(TicketEvent):
    """A ticket is a complaint, of `kind`, about ticket `about_id` if about one."""

    complaint_id: int
    kind: str
    about_id: int | None = None
    level_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintEscalated(TicketEvent):
    """Its customer was not content, or we were not: the next level decides anew."""

    complaint_id: int
    level_id: int
    former_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(TicketEvent):
    """It was decided: `verdict` is `upheld`, `partly` or `not_upheld`."""

    complaint_id: int
    decision_id: int
    verdict: str
    level_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndependenceLost(TicketEvent):
    """Everybody who could work on it is concerned: nobody could be kept out."""

    complaint_id: int


@dataclass(frozen=True, kw_only=True)
class ComplaintLevelDefined(Event):
    """A level was added or changed; `fields` are the names of what differs."""

    level_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComplaintLevelRetired(Event):
    """A level decides no more."""

    level_id: int
