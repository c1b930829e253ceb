"""How events move the cases of one ticket. Plain reckoning: no database, no clock; the same live and when recounted.

A case of time runs on a calendar, stands while a pause of its objective lasts, and is decided when the step it waits
for is done or its time is up. A case of counting is decided when the request closes, or when there was too much.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from charterdesk.calendars.arithmetic import Calendar, CalendarError, add, between
from charterdesk.charter.content import (
    ACKNOWLEDGED,
    ANSWERED,
    ANSWERS,
    ASSIGNED,
    COUNT,
    MOVES,
    OPENED,
    REOPENED,
    ROUNDS,
    SOLVED,
    TIME,
    WRITTEN,
    Charter,
    Objective,
)
from charterdesk.events.log import Entry, Event
from charterdesk.tickets.events import (
    MessageQueued,
    MessageReceived,
    TicketAssigned,
    TicketClosed,
    TicketEvent,
    TicketMoved,
    TicketOpened,
    TicketPaused,
    TicketReopened,
    TicketResumed,
    TicketSolved,
)

HEARD: tuple[type[TicketEvent], ...] = (
    TicketOpened, MessageReceived, MessageQueued, TicketAssigned, TicketMoved, TicketPaused, TicketResumed,
    TicketSolved, TicketReopened, TicketClosed,
)  # fmt: skip
RUNNING, PAUSED, KEPT, BROKEN, DROPPED = "running", "paused", "kept", "broken", "dropped"
NOT_OURS = frozenset({"junk", "merged", "customer"})
"""Reasons for closing that owe nothing more: it was no request, goes on elsewhere, or is no longer wanted."""
NO_TIME = timedelta(0)
Clock = Callable[[Objective], Calendar]


@dataclass(frozen=True, kw_only=True)
class Hand:
    """A case as it stands. `used` is the open time counted before `running_since`."""

    objective: str
    number: int = 1
    state: str = RUNNING
    started_at: datetime
    running_since: datetime | None = None
    used: timedelta = NO_TIME
    due_at: datetime | None = None
    ended_at: datetime | None = None
    decided_at: datetime | None = None
    day: date | None = None
    count: int = 0

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.state in (RUNNING, PAUSED)


@dataclass(frozen=True, kw_only=True)
class Course:
    """All cases of one ticket, and the charter they are measured by."""

    charter: Charter
    hands: tuple[Hand, ...]
    clock: Clock

    def each(self, change: Callable[[Hand, Objective], Hand]) -> "Course":
        """The same with every case changed whose objective the charter has."""
        known = self.charter.by_code
        hands = tuple(change(hand, known[hand.objective]) if hand.objective in known else hand for hand in self.hands)
        return replace(self, hands=hands)


def begin(charter: Charter, facts: Mapping[str, object], at: datetime, clock: Clock) -> Course:
    """The cases of a request that comes in `at`: one for each objective that fits it."""
    hands = [_started(each, at, clock) for each in charter.objectives if not each.is_on_line and each.fits(facts)]
    return Course(charter=charter, hands=tuple(hand for hand in hands if hand), clock=clock)


def _started(objective: Objective, at: datetime, clock: Clock, number: int = 1) -> Hand | None:
    """A new case; None where its calendar never opens, so that nothing can be promised."""
    hand = Hand(objective=objective.code, number=number, started_at=at)
    return hand if objective.measure == COUNT else _running(hand, objective, at, clock)


def _running(hand: Hand, objective: Objective, at: datetime, clock: Clock) -> Hand | None:
    try:
        due_at = add(clock(objective), at, objective.within - hand.used)
    except CalendarError:
        return None
    return replace(hand, state=RUNNING, running_since=at, due_at=due_at, ended_at=None, decided_at=None, day=None)


def go_on(course: Course, event: Event | None, at: datetime) -> Course:
    """How the cases stand after `event`, which happened `at`."""
    course = pass_time(course, at)
    if isinstance(event, MessageQueued | MessageReceived):
        return _said(course, event, at)
    match event:
        case TicketAssigned():
            return _done(course, at, ASSIGNED)
        case TicketMoved():
            return _counted(course, at, MOVES)
        case TicketPaused(status=status):
            return course.each(lambda hand, objective: _waiting(hand, objective, at, status, course.clock))
        case TicketResumed():
            return course.each(lambda hand, objective: _resumed(hand, objective, at, course.clock))
        case TicketSolved():
            return _done(course, at, ASSIGNED, ANSWERED, SOLVED)
        case TicketReopened():
            reopened = course.each(lambda hand, objective: _reopened(hand, objective, at, course.clock))
            return _counted(reopened, at, REOPENED)
        case TicketClosed(reason=reason):
            return course.each(lambda hand, objective: _closed(hand, objective, at, reason, course.clock))
    return course


def _said(course: Course, event: MessageQueued | MessageReceived, at: datetime) -> Course:
    """Somebody wrote: the customer, a person of ours, or the desk by itself. Third parties change nothing."""
    match event:
        case MessageQueued(agent_id=int(), side_thread_id=None):
            return _counted(_done(course, at, ANSWERED), at, ANSWERS)
        case MessageQueued(agent_id=None, template="acknowledgement" | "complaint"):  # of two kinds
            return _done(course, at, ACKNOWLEDGED)
        case MessageReceived(side_thread_id=None, is_first=False, is_automatic=False, contact_id=int()):
            return _counted(_asked(course, at), at, ROUNDS)
    return course


def pass_time(course: Course, at: datetime, *, inclusive: bool = False) -> Course:
    """Call broken what was due before `at` (or at it) and is not done."""

    def passed(hand: Hand, objective: Objective) -> Hand:
        if hand.state != RUNNING or hand.due_at is None or not (hand.due_at < at or (inclusive and hand.due_at == at)):
            return hand
        return _decided(hand, BROKEN, hand.due_at, course.clock(objective))

    return course.each(passed)


def next_look(course: Course) -> datetime | None:
    """When time alone will decide something."""
    return min((hand.due_at for hand in course.hands if hand.state == RUNNING and hand.due_at), default=None)


def _decided(hand: Hand, state: str, at: datetime, calendar: Calendar) -> Hand:
    return replace(hand, state=state, decided_at=at, day=at.astimezone(calendar.tz).date())


def _done(course: Course, at: datetime, *steps: str) -> Course:
    """Steps that cases of time wait for were done."""

    def done(hand: Hand, objective: Objective) -> Hand:
        if objective.measure != TIME or objective.stop not in steps or hand.ended_at:
            return hand
        if hand.state == BROKEN:
            return replace(hand, ended_at=at)
        return _kept(hand, at, course.clock(objective)) if hand.is_open else hand

    return course.each(done)


def _kept(hand: Hand, at: datetime, calendar: Calendar) -> Hand:
    used = hand.used + (between(calendar, hand.running_since, at) if hand.running_since else NO_TIME)
    return replace(_decided(hand, KEPT, at, calendar), ended_at=at, used=used, running_since=None)


def _asked(course: Course, at: datetime) -> Course:
    """The customer wrote again: an answer is owed anew where the charter promises one each time."""
    new: list[Hand] = []
    for objective in course.charter.objectives:
        mine = [hand for hand in course.hands if hand.objective == objective.code]
        is_each = objective.measure == TIME and objective.start == WRITTEN
        if is_each and mine and all(hand.ended_at or hand.state == DROPPED for hand in mine):
            started = _started(objective, at, course.clock, max(hand.number for hand in mine) + 1)
            new += [started] if started else []
    return replace(course, hands=(*course.hands, *new))


def _counted(course: Course, at: datetime, what: str) -> Course:
    """Something happened that an objective counts: too often is broken at once."""

    def counted(hand: Hand, objective: Objective) -> Hand:
        if objective.measure != COUNT or objective.counted != what or not hand.is_open:
            return hand
        hand = replace(hand, count=hand.count + 1)
        if not objective.at_least and hand.count > objective.limit:
            return _decided(hand, BROKEN, at, course.clock(objective))
        return hand

    return course.each(counted)


def _waiting(hand: Hand, objective: Objective, at: datetime, status: str, clock: Clock) -> Hand:
    if objective.measure != TIME or not hand.is_open:
        return hand
    if status not in objective.pauses:
        return _resumed(hand, objective, at, clock)
    if hand.state == PAUSED or hand.running_since is None:
        return hand
    used = hand.used + between(clock(objective), hand.running_since, at)
    return replace(hand, state=PAUSED, used=used, running_since=None)


def _resumed(hand: Hand, objective: Objective, at: datetime, clock: Clock) -> Hand:
    return (_running(hand, objective, at, clock) or hand) if hand.state == PAUSED else hand


def _reopened(hand: Hand, objective: Objective, at: datetime, clock: Clock) -> Hand:
    """What was solved was not: its time goes on. A count is open again; what was broken stays so."""
    if objective.measure == COUNT and hand.state == KEPT:
        return replace(hand, state=RUNNING, decided_at=None, day=None, ended_at=None)
    if objective.measure == TIME and objective.stop == SOLVED and objective.start == OPENED and hand.state == KEPT:
        return _running(hand, objective, at, clock) or hand
    return replace(hand, ended_at=None) if hand.state == BROKEN and objective.stop == SOLVED else hand


def _closed(hand: Hand, objective: Objective, at: datetime, reason: str, clock: Clock) -> Hand:
    """The end: what is still to be done is owed no more, and counts are judged."""
    if hand.state == BROKEN:
        return hand if hand.ended_at else replace(hand, ended_at=at)
    if not hand.is_open:
        return hand
    if reason in NOT_OURS or objective.measure == TIME:
        return replace(hand, state=DROPPED, ended_at=at, running_since=None)
    enough = hand.count >= objective.limit if objective.at_least else hand.count <= objective.limit
    return replace(_decided(hand, KEPT if enough else BROKEN, at, clock(objective)), ended_at=at)


@dataclass(frozen=True)
class Excluded:
    """A time beyond control, as it is looked up. No objectives and no teams are all of them."""

    id: int
    begins_at: datetime
    ends_at: datetime
    objectives: frozenset[str]
    team_ids: frozenset[int]

    def touches(self, objective: str, team_id: int, since: datetime, until: datetime) -> bool:
        """Whether a case of that objective and team, promised for that span, falls into it."""
        if (self.objectives and objective not in self.objectives) or (self.team_ids and team_id not in self.team_ids):
            return False
        return since < self.ends_at and until > self.begins_at


def excluded_by(hand: Hand, team_id: int, exclusions: Sequence[Excluded]) -> int | None:
    """The exclusion that takes a decided case out of the figures; None where none does."""
    if hand.state not in (KEPT, BROKEN) or hand.decided_at is None:
        return None
    found = (each.id for each in exclusions if each.touches(hand.objective, team_id, hand.started_at, hand.decided_at))
    return next(found, None)


def replay(charter: Charter, entries: Sequence[Entry], clock: Clock, until: datetime | None) -> Course | None:
    """The cases of a ticket from all that happened to it, as they stood at `until` (at the last of it, where that is
    None); None without its opening."""
    course: Course | None = None
    for entry in entries:
        if isinstance(entry.event, TicketOpened):
            course = course or begin(charter, entry.facts or {}, entry.at, clock)
        elif course is not None:
            course = go_on(course, entry.event, entry.at)
    return pass_time(course, until) if course and until else course
