"""What each event of a ticket does to its clocks, one after the other: the same for live tickets and for replay."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from charterdesk.events.log import Event
from charterdesk.sla import reckoning
from charterdesk.sla.reckoning import FIRST_REPLY, PAUSED, RESOLUTION, Hand, Terms
from charterdesk.tickets.events import (
    MessageQueued,
    TicketClassified,
    TicketClosed,
    TicketEvent,
    TicketMoved,
    TicketPaused,
    TicketPrioritised,
    TicketReopened,
    TicketResumed,
    TicketSolved,
)

HEARD: tuple[type[TicketEvent], ...] = (
    MessageQueued,
    TicketPaused,
    TicketResumed,
    TicketSolved,
    TicketReopened,
    TicketClosed,
    TicketPrioritised,
    TicketClassified,
    TicketMoved,
)
OPEN, SOLVED, CLOSED = "open", "solved", "closed"
KINDS = (FIRST_REPLY, RESOLUTION)
Choice = Callable[[], Terms | None]


@dataclass(frozen=True)
class Standing:
    """How a ticket stands: what holds for it, its clocks by kind, its status, and whether an agent has answered."""

    terms: Terms | None
    status: str = OPEN
    is_answered: bool = False
    hands: dict[str, Hand] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing is owed for now."""
        return self.status in (SOLVED, CLOSED)

    def each(self, change: Callable[[Hand], Hand], *kinds: str) -> "Standing":
        """The same with the clocks of `kinds` (all of them, when none is named) changed."""
        chosen = kinds or KINDS
        hands = {kind: change(hand) if kind in chosen else hand for kind, hand in self.hands.items()}
        return replace(self, hands=hands)


def begin(terms: Terms | None, at: datetime) -> Standing:
    """A new request at `at`: every clock that `terms` ask for starts."""
    started = {kind: reckoning.start(kind, terms, at) for kind in KINDS} if terms else {}
    return Standing(terms, hands={kind: hand for kind, hand in started.items() if hand})


def go_on(standing: Standing, event: Event, at: datetime, choose: Choice) -> Standing:
    """How it stands after `event`, which happened at `at`. `choose` says what holds; asked when that may change."""
    standing = standing.each(lambda hand: reckoning.pass_time(hand, at))
    match event:
        case MessageQueued(agent_id=int(), side_thread_id=None):
            return _answered(standing, at)
        case TicketPaused(status=status):
            return _wait(replace(standing, status=status), at)
        case TicketResumed():
            return _wait(replace(standing, status=OPEN), at)
        case TicketSolved():
            return _stop(replace(_answered(standing, at), status=SOLVED), at, RESOLUTION)
        case TicketClosed():
            return _drop(replace(standing, status=CLOSED), at)
        case TicketReopened():
            return _reopen(replace(standing, status=OPEN), at)
        case TicketPrioritised() | TicketClassified() | TicketMoved():
            return _replace_terms(standing, choose(), at)
    return standing


def _answered(standing: Standing, at: datetime) -> Standing:
    """A person has answered: the first reply is given."""
    return _stop(replace(standing, is_answered=True), at, FIRST_REPLY)


def _stop(standing: Standing, at: datetime, kind: str) -> Standing:
    terms = standing.terms
    return standing.each(lambda hand: reckoning.stop(hand, terms.calendar, at), kind) if terms else standing


def _drop(standing: Standing, at: datetime) -> Standing:
    terms = standing.terms
    return standing.each(lambda hand: reckoning.drop(hand, terms.calendar, at)) if terms else standing


def _wait(standing: Standing, at: datetime) -> Standing:
    """Let the solution's clock stand or run, as the status says."""
    terms, why = standing.terms, standing.status
    if terms is None or standing.is_over:
        return standing
    if why in terms.pauses:
        return standing.each(lambda hand: reckoning.pause(hand, terms.calendar, at, why), RESOLUTION)
    return standing.each(lambda hand: reckoning.resume(hand, terms, at) if hand.state == PAUSED else hand, RESOLUTION)


def _reopen(standing: Standing, at: datetime) -> Standing:
    """What was done was not enough, or was not given: a solution is owed again, an answer if none was given."""
    terms = standing.terms
    if terms is None:
        return standing
    owed = {RESOLUTION} if standing.is_answered else {RESOLUTION, FIRST_REPLY}
    return standing.each(
        lambda hand: reckoning.resume(hand, terms, at) if hand.kind in terms.targets else hand,
        *(kind for kind in KINDS if kind in owed),
    )


def _replace_terms(standing: Standing, terms: Terms | None, at: datetime) -> Standing:
    """Other targets hold from `at` on."""
    former = standing.terms
    if _same(former, terms):
        return standing
    hands: dict[str, Hand] = {}
    for kind in KINDS:
        hand = standing.hands.get(kind)
        calendar = former.calendar if former else terms.calendar if terms else None
        if calendar is None or (hand is None and _is_too_late(standing, kind)):
            continue
        changed = reckoning.retarget(hand, kind, calendar, terms, at)
        if changed:
            hands[kind] = changed
    return _wait(replace(standing, terms=terms, hands=hands), at)


def _is_too_late(standing: Standing, kind: str) -> bool:
    """Whether what a clock of `kind` would ask for has been done."""
    return standing.is_over or (kind == FIRST_REPLY and standing.is_answered)


def _same(one: Terms | None, other: Terms | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.policy_version_id, one.calendar_version_id) == (
        other.policy_version_id,
        other.calendar_version_id,
    )
