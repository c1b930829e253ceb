"""What surges and circulars make known. Ids and codes only."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class SurgeEvent(Event):
    """A fact about many similar requests of one team."""

    surge_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class SurgeNoticed(SurgeEvent):
    """Many new tickets speak of the same; `tickets` is how many there were then."""

    tickets: int


@dataclass(frozen=True, kw_only=True)
class SurgeBegun(SurgeEvent):
    """Somebody of the team says that more than one has it; `tickets` is how many were found."""

    tickets: int


@dataclass(frozen=True, kw_only=True)
class SurgeWidened(SurgeEvent):
    """Somebody of the team named more tickets that belong to it; `tickets` is how many."""

    tickets: int


@dataclass(frozen=True, kw_only=True)
class SurgeDismissed(SurgeEvent):
    """Somebody looked: they have nothing to do with each other."""


@dataclass(frozen=True, kw_only=True)
class ProblemMade(SurgeEvent):
    """A problem was opened for them; ticket `problem_id` is what they are part of."""

    problem_id: int


@dataclass(frozen=True, kw_only=True)
class ProblemJoined(SurgeEvent):
    """Tickets became part of a problem; `tickets` is how many."""

    problem_id: int
    tickets: int


@dataclass(frozen=True, kw_only=True)
class CircularStarted(Event):
    """One answer goes to the customers of many tickets; `about` is the key of why."""

    circular_id: int
    about: str
    tickets: int


@dataclass(frozen=True, kw_only=True)
class CircularFinished(Event):
    """It went to `sent` of them; `passed` could not be written to. `is_stopped`: somebody called a halt."""

    circular_id: int
    about: str
    sent: int
    passed: int
    is_stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class SurgeTermsChanged(Event):
    """Other numbers of similar requests are pointed out."""

    terms_id: int
