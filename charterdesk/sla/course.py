"""What each event of a ticket does to its clocks, one after the other: the same for live tickets and for replay."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from msgspec.structs import replace

from charterdesk.events.log import Event
from charterdesk.sla import reckoning
from charterdesk.sla.events import TermsReconsidered
from charterdesk.sla.reckoning import (
    DROPPED,
    FIRST_REPLY,
    NEXT_REPLY,
    NOT_PROMISED,
    PAUSED,
    RESOLUTION,
    STOPPED,
    Hand,
    Terms,
)
from charterdesk.tickets.events import (
    MessageQueued,
    MessageReceived,
    RequesterChanged,
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
    MessageReceived,
    MessageQueued,
    TicketPaused,
    TicketResumed,
    TicketSolved,
    TicketReopened,
    TicketClosed,
    TicketPrioritised,
    TicketClassified,
    TicketMoved,
    RequesterChanged,
    TermsReconsidered,
)
OPEN, SOLVED, CLOSED = "open", "solved", "closed"
KINDS = (FIRST_REPLY, NEXT_REPLY, RESOLUTION)
Choice = Callable[[], Terms | None]


class Standing(msgspec.Struct, frozen=True):
    """How a ticket stands: what holds for it, its clocks by kind, its status, and whether an agent has answered.

    `asked_at` is when the customer wrote again after an answer, and has had none since. Of a kind that comes round
    again (the next reply) the clock of the last round stands here.
    """

    terms: Terms | None
    status: str = OPEN
    is_answered: bool = False
    asked_at: datetime | None = None
    hands: dict[str, Hand] = msgspec.field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing is owed for now."""
        return self.status in (SOLVED, CLOSED)

    def each(self, change: Callable[[Hand], Hand], *kinds: str) -> "Standing":
        """The same with the clocks of `kinds` (all of them, when none is named) changed."""
        chosen = kinds or KINDS
        hands = {kind: change(hand) if kind in chosen else hand for kind, hand in self.hands.items()}
        return replace(self, hands=hands)

    def owes(self, kind: str) -> bool:
        """Whether the ticket, as it stands, asks for what a clock of `kind` measures."""
        if self.is_over:
            return False
        if kind == FIRST_REPLY:
            return not self.is_answered
        return kind == RESOLUTION or self.asked_at is not None


@dataclass(frozen=True)
class Warned:
    """A clock reached a step of its warnings: `percent` of its time is used."""

    kind: str
    percent: int
    due_at: datetime | None


def is_heard(event: Event) -> bool:
    """Whether `event` may do something to clocks: not what machines wrote, nor what passed between us and others."""
    match event:
        case MessageReceived(is_first=first, is_automatic=automatic, side_thread_id=aside):
            return not first and not automatic and aside is None
        case MessageQueued(agent_id=agent_id, side_thread_id=aside):
            return agent_id is not None and aside is None
    return isinstance(event, HEARD)


def begin(terms: Terms | None, at: datetime, *, is_ours: bool = False) -> Standing:
    """A new request at `at`: every clock that `terms` ask for starts; that of the next reply once there was one.

    One that `is_ours` owes nobody a reply.
    """
    return _start_owed(Standing(terms, is_answered=is_ours), KINDS, at)


def go_on(standing: Standing, event: Event, at: datetime, choose: Choice) -> Standing:
    """How it stands after `event`, which happened at `at`. `choose` says what holds; asked when that may change."""
    if not is_heard(event):
        return standing
    standing = standing.each(lambda hand: reckoning.pass_time(hand, at))
    match event:
        case MessageReceived():
            return _asked(standing, at)
        case MessageQueued():
            return _answered(standing, at)
        case TicketPaused(status=status):
            return _wait(replace(standing, status=status), at)
        case TicketResumed():
            return _wait(replace(standing, status=OPEN), at)
        case TicketSolved():
            return _stop(replace(_answered(standing, at), status=SOLVED), at, RESOLUTION)
        case TicketClosed():
            return _drop(replace(standing, status=CLOSED, asked_at=None), at)
        case TicketReopened():
            return _go_on_owed(replace(standing, status=OPEN), at, reckoning.SOLVED)
    return _replace_terms(standing, choose(), at)


def look(standing: Standing, at: datetime) -> tuple[Standing, list[Warned]]:
    """How it stands at `at`, at which a clock is to be looked at: late from then on, or a warning is given."""
    standing = standing.each(lambda hand: reckoning.pass_time(hand, at, inclusive=True))
    terms = standing.terms
    if terms is None:
        return standing, []
    given: list[Warned] = []

    def warned(hand: Hand) -> Hand:
        hand, steps = reckoning.warn(hand, terms, at)
        given.extend(Warned(hand.kind, step, hand.due_at) for step in steps)
        return hand

    return standing.each(warned), given


def _asked(standing: Standing, at: datetime) -> Standing:
    """The customer has written. Once there was an answer, another is owed from the first such message on."""
    if not standing.is_answered or standing.asked_at:
        return standing
    return _start_owed(replace(standing, asked_at=at), (NEXT_REPLY,), at)


def _answered(standing: Standing, at: datetime) -> Standing:
    """A person has answered: the first reply is given, or the next one."""
    return _stop(replace(standing, is_answered=True, asked_at=None), at, FIRST_REPLY, NEXT_REPLY)


def _start_owed(standing: Standing, kinds: Iterable[str], at: datetime) -> Standing:
    """Start the clocks of `kinds` that are owed: a first one, or the next round of one that is over."""
    hands, terms = dict(standing.hands), standing.terms
    for kind in kinds:
        former = hands.get(kind)
        if terms is None or not standing.owes(kind) or (former and former.is_owed):
            continue
        if hand := reckoning.start(kind, terms, at, round=former.round + 1 if former else 1):
            hands[kind] = hand
    return replace(standing, hands=hands)


def _stop(standing: Standing, at: datetime, *kinds: str) -> Standing:
    terms = standing.terms
    return standing.each(lambda hand: reckoning.stop(hand, terms.calendar, at), *kinds) if terms else standing


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


def _go_on_owed(standing: Standing, at: datetime, why: str) -> Standing:
    """Let every clock run that is owed and does not: with the time already used, or from `at` if it never ran.

    `why` says what lay between. After a reopening that is a solution, and an answer if none was given.
    """
    terms = standing.terms
    if terms is None:
        return standing
    hands = {
        kind: reckoning.resume(hand, terms, at, why) if _is_to_go_on(standing, hand, terms) else hand
        for kind, hand in standing.hands.items()
    }
    missing = [kind for kind in KINDS if kind not in hands or (kind == NEXT_REPLY and not hands[kind].is_owed)]
    return _start_owed(replace(standing, hands=hands), missing, at)


def _is_to_go_on(standing: Standing, hand: Hand, terms: Terms) -> bool:
    """Whether a clock that is over is owed again. What was answered stays answered; a next reply is another one."""
    if hand.state not in (STOPPED, DROPPED) or hand.kind not in terms.targets or not standing.owes(hand.kind):
        return False
    return hand.kind != NEXT_REPLY or (hand.state == DROPPED and _is_of_this_question(standing, hand))


def _is_of_this_question(standing: Standing, hand: Hand) -> bool:
    return standing.asked_at is not None and hand.started_at >= standing.asked_at


def _replace_terms(standing: Standing, terms: Terms | None, at: datetime) -> Standing:
    """Other targets hold from `at` on."""
    former = standing.terms
    if _same(former, terms):
        return standing
    if former:
        standing = standing.each(
            lambda hand: reckoning.retarget(hand, former.calendar, terms, at) if hand.is_owed else hand
        )
    return _wait(_go_on_owed(replace(standing, terms=terms), at, NOT_PROMISED), at)


def _same(one: Terms | None, other: Terms | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.policy_version_id, one.calendar_version_id) == (
        other.policy_version_id,
        other.calendar_version_id,
    )
