"""Clocks start, stand, go on and end as events say; timers warn and call them late. Of many tickets at once."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.events.log import (
    COLUMNS,
    Cause,
    Entry,
    Event,
    EventRow,
    caused_by,
    entry_of,
    event_row,
    write_events,
)
from charterdesk.events.operations import Call, operation, operation_together
from charterdesk.events.reactions import Heard
from charterdesk.events.timers import TimerRow, cancel_timers_of, timer_row, write_timers
from charterdesk.people.entitled import is_anything_sold
from charterdesk.sla import course, storing
from charterdesk.sla.choosing import Case, Request, cases_of, choose
from charterdesk.sla.course import Standing
from charterdesk.sla.events import (
    PromiseMoved,
    TargetBreached,
    TargetMet,
    TargetNearing,
    TargetsReplaced,
    TermsReconsidered,
    TicketPromised,
)
from charterdesk.sla.models import Promise
from charterdesk.sla.reckoning import FIRST_REPLY, RESOLUTION, RUNNING, STOPPED, Hand, Terms
from charterdesk.sla.storing import Change, Kept, Rounds
from charterdesk.tickets.actions import set_due
from charterdesk.tickets.actions.details import Due
from charterdesk.tickets.events import RequesterChanged, TicketEvent, TicketOpened
from charterdesk.tickets.models import Ticket

BUSY = timedelta(milliseconds=300)
_AFTER = f"""
SELECT {", ".join(f"event.{name}" for name in COLUMNS.split(", "))}
FROM unnest(%s::text[], %s::bigint[]) AS since (subject, id)
JOIN events_event event ON event.subject = since.subject AND event.id > since.id AND event.code = ANY (%s)
ORDER BY event.id
"""


# What events and timers call never refuses: it needs a transaction, but no savepoint to go back to.
@transaction.atomic(savepoint=False)
def promise_tickets(opened: Heard[TicketOpened]) -> None:
    """Start the clocks of new requests at the times of their opening, and make the due times known.

    Once per ticket, however often it is called. Six statements, and one for each kind of case: choose, look who has
    a promise, store promises and clocks, set the tickets' due times, set timers, publish.
    """
    known = set(
        Promise.objects.filter(pk__in=[event.ticket_id for event, _entry in opened]).values_list("pk", flat=True)
    )
    new = [(event, entry) for event, entry in opened if event.ticket_id not in known]
    if not new:
        return
    terms: dict[Case, Terms | None] = {}
    begun = []
    cases = cases_of([Request(event.ticket_id, entry.facts, entry.at) for event, entry in new])
    for (event, entry), case in zip(new, cases, strict=True):
        if case not in terms:
            terms[case] = choose(case)
        begun.append((event, entry, course.begin(terms[case], entry.at, is_ours=event.is_ours)))
    storing.create((event.ticket_id, standing, entry.id) for event, entry, standing in begun)
    set_due([_due_of(event.ticket_id, standing) for event, _entry, standing in begun])
    timers, events = [], []
    for event, entry, standing in begun:
        with caused_by(entry):
            events.append(
                event_row(_promised_event(event, entry, standing), on=entry.subject, by=SYSTEM, facts=entry.facts)
            )
            if look_at := _next_look(standing):
                timers.append(_timer(event.ticket_id, look_at))
    write_timers(timers)
    write_events(events)


def _promised_event(event: TicketOpened, entry: Entry, standing: Standing) -> TicketPromised:
    return TicketPromised(
        ticket_id=event.ticket_id,
        team_id=event.team_id,
        contact_id=event.contact_id,
        message_id=event.message_id,
        channel=event.channel,
        is_ours=event.is_ours,
        event_id=entry.id,
        **_chosen(standing),
    )


@transaction.atomic(savepoint=False)
def follow_tickets(heard: Iterable[tuple[int, Entry]]) -> None:
    """Let entries (each with the ticket it is about) do to the clocks what they do.

    Nothing happens for those reckoned with before. Three statements to read, and at most six to write.
    """
    entries: dict[int, list[Entry]] = {}
    for ticket_id, entry in heard:
        entries.setdefault(ticket_id, []).append(entry)
    tickets = _lock(entries)
    kept = storing.load([*tickets])
    followed = [Followed(tickets[pk], kept[pk]) for pk in tickets if pk in kept]
    for each in followed:
        for entry in entries[each.ticket.pk]:
            each.hear(entry)
    _keep(followed)


@operation("sla.look")
def look_at_clocks(ticket_id: int, *, by: Actor, at: str) -> None:
    """The time `at` (ISO 8601) has come for a clock: warn, or call it late. What a timer performs.

    The ticket is locked and its log read up to now first, so that an answer given in time always counts, even if
    its reaction is still to come.
    """
    _look({ticket_id: _Look(datetime.fromisoformat(at))})


@operation_together("sla.look")
def look_at_many(calls: Sequence[Call]) -> None:
    """As `look_at_clocks`, for the clocks of many tickets in one transaction: eleven statements at most.

    A ticket that somebody else holds is not waited for: it is looked at again in a moment.
    """
    looks = {call.args["ticket_id"]: _Look(datetime.fromisoformat(call.args["at"]), cause=call.cause) for call in calls}
    _look(looks, wait=False)


@dataclass(frozen=True, slots=True)
class _Look:
    """Until when to reckon, and what led to it (None: what leads here)."""

    at: datetime
    cause: Cause | None = None

    def as_cause(self) -> AbstractContextManager[None]:
        """What is published inside has this cause."""
        return caused_by(self.cause) if self.cause else nullcontext()


@transaction.atomic(savepoint=False)
def _look(looks: Mapping[int, _Look], *, wait: bool = True) -> None:
    tickets = _lock(looks, wait=wait)
    kept = storing.load([*tickets])
    entries = _entries_after(kept)
    followed = []
    for pk, ticket in tickets.items():
        if pk in kept:
            each = Followed(ticket, kept[pk])
            with looks[pk].as_cause():
                for entry in entries.get(ticket.key, ()):
                    each.hear(entry)
                each.look(looks[pk].at)
            followed.append(each)
    _keep(followed)
    if not wait:
        _look_again({pk: look for pk, look in looks.items() if pk not in tickets})


def _look_again(missed: Mapping[int, _Look]) -> None:
    """Set the timers of tickets that somebody holds, for when they will be free; of those that are gone, none."""
    there = Ticket.objects.filter(pk__in=list(missed)).values_list("pk", flat=True) if missed else ()
    rows = []
    for pk in there:
        with missed[pk].as_cause():
            rows.append(_timer(pk, missed[pk].at, try_at=now() + BUSY))
    write_timers(rows)


def _lock(ticket_ids: Iterable[int], *, wait: bool = True) -> dict[int, Ticket]:
    """The tickets, read afresh and held in the order of their ids until the transaction ends. One query."""
    rows = Ticket.objects.select_for_update(of=("self",), skip_locked=not wait).order_by("pk")
    return {ticket.pk: ticket for ticket in rows.filter(pk__in=list(ticket_ids))}


def _entries_after(kept: Mapping[int, Kept]) -> dict[str, list[Entry]]:
    """What happened since each was last reckoned with, by subject. One query, by the index on subjects."""
    subjects = [f"ticket:{pk}" for pk in kept]
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [subjects, [one.applied_id for one in kept.values()], HEARD_CODES])
        found: dict[str, list[Entry]] = {}
        for row in cursor.fetchall():
            entry = entry_of(row)
            found.setdefault(entry.subject, []).append(entry)
    return found


HEARD_CODES = [cls.code for cls in course.HEARD]


@dataclass
class Followed:
    """A ticket in our hands whose clocks are reckoned with: how it was kept, how it stands, what is to be published."""

    ticket: Ticket
    kept: Kept
    standing: Standing = field(init=False)
    rounds: Rounds = field(init=False)
    applied_id: int = field(init=False)
    rows: list[EventRow] = field(default_factory=list)
    was_looked_at: bool = False

    def __post_init__(self) -> None:
        self.standing, self.rounds, self.applied_id = self.kept.standing, dict(self.kept.rounds), self.kept.applied_id

    def hear(self, entry: Entry) -> None:
        """Reckon with `entry`; nothing happens when it was reckoned with before."""
        if entry.event is None or entry.id <= self.applied_id or not course.is_heard(entry.event):
            return
        with caused_by(entry):
            before = self.standing
            choice = partial(self._choose, entry)
            self._go_on(course.go_on(before, entry.event, entry.at, choice))
            self.applied_id = entry.id
            if self.standing.terms != before.terms:
                self._say(TargetsReplaced(**self._about, event_id=entry.id, **_chosen(self.standing)))
            self._make_known(before)

    def look(self, at: datetime) -> None:
        """Reckon with the time `at`: late from then on, or a warning is given."""
        before = self.standing
        standing, warned = course.look(before, at)
        self._go_on(standing)
        self.was_looked_at = True
        for one in warned:
            self._say(TargetNearing(**self._about, kind=one.kind, due_at=one.due_at, percent=one.percent))
        self._make_known(before)

    @property
    def has_changed(self) -> bool:
        """Whether anything is to be stored."""
        return self.standing != self.kept.standing or self.applied_id != self.kept.applied_id

    @property
    def change(self) -> Change:
        """What is to be stored."""
        return Change(self.kept, self.standing, self.rounds, self.applied_id)

    @property
    def _about(self) -> dict[str, Any]:
        return {"ticket_id": self.ticket.pk, "team_id": self.ticket.team_id}

    def _choose(self, entry: Entry) -> Terms | None:
        """What holds after `entry`, by what the ticket was then. Another customer alone changes nothing where nothing
        was ever sold."""
        if isinstance(entry.event, RequesterChanged) and not is_anything_sold():
            return self.standing.terms
        (case,) = cases_of([Request(self.ticket.pk, entry.facts, entry.at)])
        return choose(case)

    def _go_on(self, standing: Standing) -> None:
        self.standing = standing
        self.rounds |= storing.rounds_of(standing.hands)

    def _say(self, event: Event) -> None:
        self.rows.append(event_row(event, on=self.ticket, by=SYSTEM))

    def _make_known(self, before: Standing) -> None:
        """Publish what became of each clock: moved, met, broken."""
        for kind, hand in self.standing.hands.items():
            former = before.hands.get(kind)
            if former and former.round != hand.round:
                former = None
            if hand != former:
                self._tell(hand, former)

    def _tell(self, hand: Hand, former: Hand | None) -> None:
        about = {**self._about, "kind": hand.kind, "due_at": hand.due_at}
        former_due_at = former.due_at if former else None
        if hand.state == RUNNING and hand.due_at != former_due_at:
            self._say(PromiseMoved(**about, former_due_at=former_due_at))
        if hand.breached_at and not (former and former.breached_at):
            self._say(TargetBreached(**about, policy_version_id=hand.policy_version_id, round=hand.round))
        is_done = hand.state == STOPPED and not (former and former.state == STOPPED)
        if is_done and not hand.breached_at and hand.stopped_at:
            self._say(TargetMet(**about, met_at=hand.stopped_at, round=hand.round))


def _keep(followed: Sequence[Followed]) -> None:
    """Store what changed, publish it, keep the tickets' due times and set their timers."""
    changed = [each for each in followed if each.has_changed]
    storing.save([each.change for each in changed])
    write_events([row for each in followed for row in each.rows])
    due = [
        due
        for each in changed
        if (due := _due_of(each.ticket.pk, each.standing)) != _due_of(each.ticket.pk, each.kept.standing)
    ]
    if due:
        set_due(due)
    _set_timers(followed)


def _set_timers(followed: Sequence[Followed]) -> None:
    """Set the timer of each ticket for the next time one of its clocks is to be looked at, where that is another."""
    rows, over = [], []
    for each in followed:
        look_at, pk = _next_look(each.standing), each.ticket.pk
        if not each.was_looked_at and look_at == _next_look(each.kept.standing):
            continue
        if look_at:
            rows.append(_timer(pk, look_at))
        elif not each.was_looked_at:  # the one that brought us here is gone already
            over.append(_timer_of(pk))
    write_timers(rows)
    if over:
        cancel_timers_of(over)


def _chosen(standing: Standing) -> dict[str, Any]:
    """What holds, as the fields of an event."""
    terms = standing.terms
    return {
        "policy_version_id": terms.policy_version_id if terms else None,
        "calendar_version_id": terms.calendar_version_id if terms else None,
        "first_reply_due_at": _due(standing, FIRST_REPLY),
        "resolution_due_at": _due(standing, RESOLUTION),
    }


def _due(standing: Standing, kind: str) -> datetime | None:
    hand = standing.hands.get(kind)
    return hand.due_at if hand and hand.is_owed else None


def _next_due(standing: Standing) -> datetime | None:
    """The promise to be kept next: what lists sort by. A clock that stands asks for nothing now."""
    running = [h.due_at for h in standing.hands.values() if h.state == RUNNING and h.due_at]
    return min(running, default=None)


def _next_look(standing: Standing) -> datetime | None:
    return min((hand.next_at for hand in standing.hands.values() if hand.next_at), default=None)


def _due_of(ticket_id: int, standing: Standing) -> Due:
    """The promise to be kept next, and when a solution is or was promised."""
    hand = standing.hands.get(RESOLUTION)
    return Due(ticket_id, _next_due(standing), hand.due_at if hand else None)


def _timer_of(ticket_id: int) -> str:
    return f"sla:{ticket_id}"


def _timer(ticket_id: int, at: datetime, *, try_at: datetime | None = None) -> TimerRow:
    """The timer that looks at the clocks of a ticket at `at`, or for it when it is free (`try_at`)."""
    due_at, text = try_at or at, at.isoformat()
    return timer_row(_timer_of(ticket_id), due_at=due_at, operation="sla.look", ticket_id=ticket_id, at=text)


@transaction.atomic
def reconsider_tickets(ticket_ids: Iterable[int], *, by: Actor) -> None:
    """What these tickets' customers are entitled to may have changed: look again at which targets hold for them.

    The time already used counts. What is over is left alone. One event each; two statements.
    """
    tickets = _lock(ticket_ids)
    events: list[tuple[TicketEvent, Ticket]] = [
        (TermsReconsidered(ticket_id=ticket.pk, team_id=ticket.team_id), ticket)
        for ticket in tickets.values()
        if ticket.is_open
    ]
    write_events([event_row(event, on=ticket, by=by) for event, ticket in events])
