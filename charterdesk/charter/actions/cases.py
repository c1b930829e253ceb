"""Cases begin with a request and move with what happens to it; timers call them broken when their time is up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.charter import measuring
from charterdesk.charter.actions.figures import add_figures, counted_as, difference
from charterdesk.charter.clocks import Clocks, times_of
from charterdesk.charter.content import Objective
from charterdesk.charter.events import ObjectiveBroken
from charterdesk.charter.in_force import Binding, binding_at, binding_of, bindings
from charterdesk.charter.measuring import BROKEN, Course, Excluded, Hand
from charterdesk.charter.models import Bound, Case, Exclusion
from charterdesk.events.log import COLUMNS, Entry, caused_by, entry_of, event_row, write_events
from charterdesk.events.models import Timer
from charterdesk.events.operations import operation
from charterdesk.events.reactions import Heard
from charterdesk.events.timers import timer_row, write_timers
from charterdesk.tickets.events import TicketEvent, TicketOpened
from charterdesk.tickets.models import Ticket

_AFTER = f"SELECT {COLUMNS} FROM events_event WHERE subject = %s AND id > %s AND code = ANY (%s) ORDER BY id"
MOVING = (
    "state", "running_since", "used", "due_at", "ended_at", "decided_at", "day", "count", "exclusion",
)  # fmt: skip
OF_HAND = ("objective", "number", "started_at", *(name for name in MOVING if name != "exclusion"))


@dataclass(kw_only=True)
class Step:
    """What one event, or the time, does to the cases of one ticket."""

    bound: Bound
    course: Course
    cases: dict[tuple[str, int], Case]
    team_id: int
    entry: Entry | None
    versions: dict[str, Any]
    """Calendar versions by objective."""


# What events and timers call never refuses: it needs a transaction, but no savepoint to go back to.
@transaction.atomic(savepoint=False)
def follow(heard: Heard[TicketEvent]) -> None:
    """Let events, each of another ticket, do to its cases what they do. No statement on a desk without a charter.

    Otherwise some ten, however many tickets there are. What was reckoned with before changes nothing.
    """
    if not bindings():
        return
    opened = [(event, entry) for event, entry in heard if isinstance(event, TicketOpened)]
    moved = [(event, entry) for event, entry in heard if not isinstance(event, TicketOpened)]
    _store([*_begun(opened), *_moved(moved)])


def _begun(opened: Sequence[tuple[TicketOpened, Entry]]) -> list[Step]:
    """Bind new requests to the version in force when they came; what the house opened for itself promises nothing."""
    bound = [(event, entry, binding_at(entry.at)) for event, entry in opened if not event.is_ours]
    binding = {event.ticket_id: found for event, _entry, found in bound if found}
    if not binding:
        return []
    known = set(Bound.objects.filter(pk__in=binding).values_list("pk", flat=True))
    new = [(event, entry) for event, entry in opened if event.ticket_id in binding.keys() - known]
    if not new:
        return []
    clocks = Clocks([each.charter for each in binding.values()], {event.team_id for event, _entry in new})
    return [_first_step(event, entry, binding[event.ticket_id], clocks) for event, entry in new]


def _first_step(event: TicketOpened, entry: Entry, binding: Binding, clocks: Clocks) -> Step:
    versions = {each.code: clocks.version_for(each, event.team_id) for each in binding.charter.objectives}
    course = measuring.begin(
        binding.charter, entry.facts or {}, entry.at, lambda objective: times_of(versions[objective.code], objective)
    )
    bound = Bound(ticket_id=event.ticket_id, version_id=binding.id, applied_id=entry.id)
    return Step(bound=bound, course=course, cases={}, team_id=event.team_id, entry=entry, versions=versions)


def _moved(moved: Iterable[tuple[TicketEvent, Entry]]) -> list[Step]:
    by_ticket = {event.ticket_id: entry for event, entry in moved}
    steps = [step for step in _standing(by_ticket) if by_ticket[step.bound.pk].id > step.bound.applied_id]
    for step in steps:
        step.entry = by_ticket[step.bound.pk]
        _take(step, step.entry)
    return steps


def _take(step: Step, entry: Entry) -> None:
    step.course = measuring.go_on(step.course, entry.event, entry.at)
    step.bound.applied_id = entry.id


def _standing(ticket_ids: Iterable[int]) -> list[Step]:
    """How these tickets stand, locked; those that no charter binds are left out. Two statements."""
    bounds = list(Bound.objects.select_for_update().filter(pk__in=list(ticket_ids)).order_by("pk"))
    found: dict[int, list[Case]] = {bound.pk: [] for bound in bounds}
    if found:
        for case in Case.objects.filter(ticket_id__in=list(found)).select_related("calendar_version").order_by("pk"):
            found[case.ticket_id].append(case)
    steps = ((bound, binding_of(bound.version_id), found[bound.pk]) for bound in bounds)
    return [_step(bound, binding, cases) for bound, binding, cases in steps if binding and cases]


def _step(bound: Bound, binding: Binding, cases: list[Case]) -> Step:
    versions = {case.objective: case.calendar_version for case in cases}

    def clock(objective: Objective) -> Any:
        return times_of(versions[objective.code], objective)

    course = Course(charter=binding.charter, hands=tuple(map(hand_of, cases)), clock=clock)
    by_key = {(case.objective, case.number): case for case in cases}
    return Step(bound=bound, course=course, cases=by_key, team_id=cases[0].team_id, entry=None, versions=versions)


def hand_of(case: Case) -> Hand:
    """A stored case as it is reckoned with."""
    return Hand(**{name: getattr(case, name) for name in OF_HAND})


@operation("charter.look")
@transaction.atomic(savepoint=False)
def look_at_cases(ticket_id: int, *, by: Actor, at: str) -> None:
    """The time `at` (ISO 8601) has come for a promise of the charter: call it broken. What a timer performs.

    The log is read up to now first, so that what was done in time counts, even if its reaction is still to come.
    """
    for step in _standing([ticket_id]):
        for entry in _entries_after(ticket_id, step.bound.applied_id):
            _take(step, entry)
        step.course = measuring.pass_time(step.course, datetime.fromisoformat(at), inclusive=True)
        _store([step])


def _entries_after(ticket_id: int, number: int) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [f"ticket:{ticket_id}", number, [cls.code for cls in measuring.HEARD]])
        return [entry_of(row) for row in cursor.fetchall()]


def _store(steps: Sequence[Step]) -> None:
    """Store how cases stand now: themselves, the figures they make, the next look, and what was broken."""
    if not steps:
        return
    changed = [(step, hand) for step in steps for hand in step.course.hands if _differs(step, hand)]
    exclusions = excluded_times() if any(hand.decided_at for _step, hand in changed) else []
    before = [counted_as(case) for step, hand in changed if (case := step.cases.get((hand.objective, hand.number)))]
    newly = [(step, hand) for step, hand in changed if _is_newly_broken(step, hand)]
    rows = [_row(step, hand, exclusions) for step, hand in changed]
    _write(rows)
    add_figures(difference(before, map(counted_as, rows)))
    Bound.objects.bulk_create(
        [step.bound for step in steps],
        update_conflicts=True,
        unique_fields=["ticket"],
        update_fields=["applied_id"],
    )
    _set_timers(steps)
    by_key = {(row.ticket_id, row.objective, row.number): row for row in rows}
    broken = [(step, by_key[step.bound.pk, hand.objective, hand.number]) for step, hand in newly]
    make_broken_known([(row, step.entry) for step, row in broken if row.exclusion_id is None])


def _differs(step: Step, hand: Hand) -> bool:
    case = step.cases.get((hand.objective, hand.number))
    return case is None or hand_of(case) != hand


def _is_newly_broken(step: Step, hand: Hand) -> bool:
    case = step.cases.get((hand.objective, hand.number))
    return hand.state == BROKEN and (case is None or case.state != BROKEN)


def _row(step: Step, hand: Hand, exclusions: Sequence[Excluded]) -> Case:
    return row_of(step.bound, hand, step.team_id, step.versions[hand.objective], exclusions)


def row_of(bound: Bound, hand: Hand, team_id: int, version: Any, exclusions: Sequence[Excluded]) -> Case:
    """A case to be stored."""
    return Case(
        ticket_id=bound.pk,
        version_id=bound.version_id,
        calendar_version=version,
        team_id=team_id,
        exclusion_id=measuring.excluded_by(hand, team_id, exclusions),
        **{name: getattr(hand, name) for name in OF_HAND},
    )


def _write(rows: Sequence[Case]) -> None:
    if rows:
        Case.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["ticket", "objective", "number"],
            update_fields=list(MOVING),
        )


def excluded_times() -> list[Excluded]:
    """All times beyond control, as they are declared now. One query."""
    return [
        Excluded(each.pk, each.begins_at, each.ends_at, frozenset(each.objectives), frozenset(each.team_ids))
        for each in Exclusion.objects.filter(withdrawn_at=None).order_by("pk")
    ]


def _set_timers(steps: Sequence[Step]) -> None:
    """Look again when time alone will decide something. Two statements at most."""
    rows, over = [], []
    for step in steps:
        former = [case.due_at for case in step.cases.values() if case.state == Case.RUNNING and case.due_at]
        look_at = measuring.next_look(step.course)
        if look_at == min(former, default=None):
            continue
        name = f"charter:{step.bound.pk}"
        if look_at is None:
            over.append(name)
            continue
        args = {"ticket_id": step.bound.pk, "at": look_at.isoformat()}
        rows.append(timer_row(name, due_at=look_at, operation="charter.look", **args))
    write_timers(rows)
    if over:
        Timer.objects.filter(name__in=over).delete()


def make_broken_known(broken: Sequence[tuple[Case, Entry | None]]) -> None:
    """Publish that promises were broken, each with what led to it. Two statements."""
    if not broken:
        return
    tickets = Ticket.objects.in_bulk([case.ticket_id for case, _entry in broken])
    rows = []
    for case, entry in broken:
        ticket = tickets[case.ticket_id]
        event = ObjectiveBroken(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            case_id=case.pk,
            objective=case.objective,
            version_id=case.version_id,
            due_at=case.due_at,
        )
        if entry is None:
            rows.append(event_row(event, on=ticket, by=SYSTEM))
            continue
        with caused_by(entry):
            rows.append(event_row(event, on=ticket, by=SYSTEM))
    write_events(rows)
