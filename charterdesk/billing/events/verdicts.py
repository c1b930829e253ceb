"""What is known of free or charged."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class VerdictReasonSaved(Event):
    """A reason for free or charged was made, changed or moved."""

    reason_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VerdictReasonRemoved(Event):
    """A reason for free or charged is no more."""

    reason_id: int


@dataclass(frozen=True, kw_only=True)
class VerdictEvent(Event):
    """A fact about what was said of a request (`about`, its key): free or charged."""

    about: str
    verdict_id: int


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(VerdictEvent):
    """It was said for the first time, or anew: `outcome` is `free` or `charged`, `kind` that of the reason."""

    outcome: str
    kind: str
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class VerdictWithdrawn(VerdictEvent):
    """Nothing is said of it any more: it was no request after all, or went on in another."""


@dataclass(frozen=True, kw_only=True)
class VerdictAccepted(VerdictEvent):
    """Its customer accepted what it costs."""


@dataclass(frozen=True, kw_only=True)
class VerdictContested(VerdictEvent):
    """Its customer says that it is wrong."""

    contest_id: int


@dataclass(frozen=True, kw_only=True)
class ContestDecided(VerdictEvent):
    """A lead decided; `is_upheld` says whether the customer was right."""

    contest_id: int
    is_upheld: bool
