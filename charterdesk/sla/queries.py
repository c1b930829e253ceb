"""What others ask of promises: how they stand, and why something is due when it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from charterdesk.base.clock import now
from charterdesk.base.kept import AnyGiven, Given, Kept
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calendars.queries import Opening, opening
from charterdesk.people.models import Team
from charterdesk.sla.models import KINDS, RESOLUTION, ChannelHours, Clock
from charterdesk.sla.storing import read_stretches

REPLY = "reply"
Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """What the promise line of a ticket shows: the promise to be kept next, else the last one that was due.

    `kind` is "reply" or "resolution", `target` which of the targets it is, and `round` counts those of one target.
    `pauses` are the spans in which the clock stood, in order; the last may still last. `met_at` is when it was done.
    `state` is kept, broken (done late), late, paused, soon (the share of time at which the policy first warns is used)
    or running; `margin` is the time left, negative when late: of real time, not of open time.
    """

    ticket_id: int
    kind: str
    state: str
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    pauses: Sequence[Pause]
    margin: timedelta
    is_broken: bool
    target: str = ""
    round: int = 1

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands now."""
        return self.state == "paused"


def promise_lines(ticket_ids: Iterable[int], *, at: datetime | None = None) -> dict[int, PromiseLine]:
    """The promise line of each ticket that was promised something, as it stands `at` (now). One query."""
    at = at or now()
    clocks: dict[int, list[Clock]] = {}
    asked = list(ticket_ids)
    for clock in _CLOCKS.rows(tickets=asked) if asked else ():
        clocks.setdefault(clock.promise_id, []).append(clock)
    return {ticket_id: _line(_foremost(each), at) for ticket_id, each in clocks.items()}


_SHOWN = (
    "promise_id", "kind", "round", "state", "started_at", "due_at", "warn_at", "warned_at", "stopped_at", "breached_at",
    "stretches",
)  # fmt: skip
_ORDER = [kind for kind, _name in KINDS]
_CLOCKS = Kept(
    lambda: (
        Clock.objects.filter(promise_id=AnyGiven("tickets"))
        .exclude(state=Clock.DROPPED)
        .only(*_SHOWN)
        .order_by("round")
    )
)


def promise_lines_of(ticket_id: int, *, at: datetime | None = None) -> list[PromiseLine]:
    """Every promise of one ticket, replies before the solution; of the next reply the latest round. One query."""
    return promise_lines_beside(ticket_id, (), at=at)[0]


def promise_lines_beside(
    ticket_id: int, others: Iterable[int], *, at: datetime | None = None
) -> tuple[list[PromiseLine], dict[int, PromiseLine]]:
    """What `promise_lines_of` tells of one ticket, and `promise_lines` of the others beside it. One query."""
    at = at or now()
    clocks: dict[int, list[Clock]] = {ticket_id: []}
    for clock in _CLOCKS.rows(tickets=[ticket_id, *others]):
        clocks.setdefault(clock.promise_id, []).append(clock)
    latest = {clock.kind: clock for clock in clocks.pop(ticket_id)}
    own = [_line(latest[kind], at) for kind in _ORDER if kind in latest]
    return own, {pk: _line(_foremost(each), at) for pk, each in clocks.items()}


def foremost(lines: Sequence[PromiseLine]) -> PromiseLine | None:
    """The promise to be kept next; when all is done, the last."""
    return next((line for line in lines if line.met_at is None), lines[-1] if lines else None)


_HOURS = Kept(lambda: ChannelHours.objects.select_related("calendar").filter(channel=Given("channel")))


def openings_of(teams: Sequence[Team], channel: str, *, at: datetime | None = None) -> dict[int, Opening]:
    """How each of `teams` (their calendars loaded) stands `at` (now) for what comes by `channel`. One query."""
    own = _HOURS.first(channel=channel)
    at = at or now()
    return {team.pk: opening((own.calendar if own else team.calendar).times, at) for team in teams}


def opening_for(team: Team, channel: str, *, at: datetime | None = None) -> Opening:
    """How `team` stands `at` (now) for what comes by `channel`. One query."""
    own = ChannelHours.objects.filter(channel=channel).values("calendar_id")[:1]
    calendar = BusinessCalendar.objects.get(pk=Coalesce(Subquery(own), Value(team.calendar_id)))
    return opening(calendar.times, at or now())


def _foremost(clocks: list[Clock]) -> Clock:
    """What is to be done next; of what is done, the solution, then the latest reply."""

    def rank(clock: Clock) -> tuple[int, float]:
        order = (Clock.RUNNING, Clock.PAUSED, Clock.STOPPED).index(clock.state)
        if clock.state == Clock.STOPPED:
            return order, -float("inf") if clock.kind == RESOLUTION else -clock.started_at.timestamp()
        return order, clock.due_at.timestamp() if clock.due_at else 0.0

    return min(clocks, key=rank)


def _line(clock: Clock, at: datetime) -> PromiseLine:
    reached = clock.stopped_at or at
    return PromiseLine(
        ticket_id=clock.promise_id,
        kind=RESOLUTION if clock.kind == RESOLUTION else REPLY,
        target=clock.kind,
        round=clock.round,
        state=_state(clock, at),
        started_at=clock.started_at,
        due_at=clock.due_at,
        met_at=clock.stopped_at,
        pauses=[(s.since, s.until) for s in read_stretches(clock.stretches) if s.why],
        margin=clock.due_at - reached if clock.due_at else timedelta(0),
        is_broken=clock.breached_at is not None,
    )


def _state(clock: Clock, at: datetime) -> str:
    if clock.state == Clock.STOPPED:
        return "broken" if clock.breached_at else "kept"
    if clock.breached_at or (clock.state == Clock.RUNNING and clock.due_at and clock.due_at < at):
        return "late"
    if clock.state == Clock.PAUSED:
        return "paused"
    return "soon" if clock.warned_at or (clock.warn_at and clock.warn_at <= at) else "running"


def unseen_breaches(*, at: datetime | None = None) -> int:
    """How many running clocks are past their due time and not yet called late: the timers' backlog. One query."""
    late = Clock.objects.filter(state=Clock.RUNNING, breached_at=None, due_at__lt=at or now())
    return late.count()
