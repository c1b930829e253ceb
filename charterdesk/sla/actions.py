"""Every write to promises: clocks start, stand, go on and end as events say; timers warn and call them late."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import COLUMNS, Entry, caused_by, entry_of, event_row, publish, write_events
from charterdesk.events.operations import operation
from charterdesk.events.reactions import Heard
from charterdesk.events.timers import cancel_timer, set_timer, timer_row, write_timers
from charterdesk.people.actions import notify
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.sla import course, storing
from charterdesk.sla.choosing import Case, case_at, choose
from charterdesk.sla.course import Standing
from charterdesk.sla.events import (
    PolicyChanged,
    PromiseMoved,
    TargetBreached,
    TargetMet,
    TargetNearing,
    TargetsReplaced,
    TicketPromised,
)
from charterdesk.sla.models import Policy, PolicyVersion, Promise
from charterdesk.sla.reckoning import FIRST_REPLY, RESOLUTION, RUNNING, STOPPED, Hand, Terms, pass_time
from charterdesk.tickets.actions import set_due
from charterdesk.tickets.actions.details import Due
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import TicketOpened
from charterdesk.tickets.models import Ticket

_AFTER = f"SELECT {COLUMNS} FROM events_event WHERE subject = %s AND id > %s AND code = ANY (%s) ORDER BY id"


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
    terms: dict[Case, Terms | None] = {}
    begun = []
    for event, entry in opened:
        if event.ticket_id not in known:
            case = case_at(entry.facts, event.ticket_id)
            if case not in terms:
                terms[case] = choose(case)
            begun.append((event, entry, course.begin(terms[case], entry.at)))
    if not begun:
        return
    storing.create((event.ticket_id, standing, entry.id) for event, entry, standing in begun)
    set_due([_due_of(event.ticket_id, standing) for event, _entry, standing in begun])
    timers, events = [], []
    for event, entry, standing in begun:
        with caused_by(entry):
            events.append(
                event_row(_promised_event(event, entry, standing), on=entry.subject, by=SYSTEM, facts=entry.facts)
            )
            if look_at := _next_look(standing):
                timers.append(timer_row(**_look(event.ticket_id, look_at)))
    write_timers(timers)
    write_events(events)


def _promised_event(event: TicketOpened, entry: Entry, standing: Standing) -> TicketPromised:
    return TicketPromised(
        ticket_id=event.ticket_id,
        team_id=event.team_id,
        contact_id=event.contact_id,
        message_id=event.message_id,
        channel=event.channel,
        event_id=entry.id,
        **_chosen(standing),
    )


@transaction.atomic(savepoint=False)
def follow_ticket(ticket_id: int, entry: Entry) -> None:
    """Let `entry` do to the clocks what it does. Nothing happens when it was reckoned with before."""
    ticket = lock(Ticket(pk=ticket_id))
    promise = storing.load(ticket_id)
    if promise and entry.id > promise.applied_id:
        _advance(ticket, promise, [entry])


@operation("sla.look")
@transaction.atomic(savepoint=False)
def look_at_clocks(ticket_id: int, *, by: Actor, at: str) -> None:
    """The time `at` (ISO 8601) has come for a clock: warn, or call it late. What a timer performs.

    The ticket is locked and its log read up to now first, so that an answer given in time always counts, even if
    its reaction is still to come.
    """
    ticket = lock(Ticket(pk=ticket_id))
    promise = storing.load(ticket_id)
    if promise:
        _advance(ticket, promise, _entries_after(ticket, promise.applied_id), until=datetime.fromisoformat(at))


def _entries_after(ticket: Ticket, number: int) -> list[Entry]:
    """What happened to the clocks of `ticket` after event `number`. One query, by the index on subjects."""
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [ticket.key, number, [cls.code for cls in course.HEARD]])
        return [entry_of(row) for row in cursor.fetchall()]


def _advance(ticket: Ticket, promise: Promise, entries: Iterable[Entry], *, until: datetime | None = None) -> None:
    """Reckon with `entries`, then with the time `until`; store and make known what changed."""
    before = storing.standing_of(promise)
    standing, applied_id = before, promise.applied_id
    for entry in entries:
        if entry.event is None:
            continue
        following = course.go_on(standing, entry.event, entry.at, partial(_choose_for, ticket.pk, entry))
        if following.terms != standing.terms:
            replaced = TargetsReplaced(
                ticket_id=ticket.pk, team_id=ticket.team_id, event_id=entry.id, **_chosen(following)
            )
            publish(replaced, on=ticket, by=SYSTEM)
        standing, applied_id = following, entry.id
    if until:
        standing = _warn(ticket, standing.each(lambda hand: pass_time(hand, until, inclusive=True)), until)
    if standing != before or applied_id != promise.applied_id:
        storing.save(promise, before, standing, applied_id=applied_id)
    _make_known(ticket, before, standing)
    _keep_ticket(ticket.pk, standing, before=None if until else before)


def _choose_for(ticket_id: int, entry: Entry) -> Terms | None:
    """What holds after `entry`, by what the ticket was then."""
    return choose(case_at(entry.facts, ticket_id))


def _warn(ticket: Ticket, standing: Standing, at: datetime) -> Standing:
    """Publish that targets are near, once each."""

    def warned(hand: Hand) -> Hand:
        if hand.next_at is None or hand.warned_at or hand.warn_at is None or hand.warn_at > at:
            return hand
        nearing = TargetNearing(ticket_id=ticket.pk, team_id=ticket.team_id, kind=hand.kind, due_at=hand.due_at)
        publish(nearing, on=ticket, by=SYSTEM)
        return hand.warn(at)

    return standing.each(warned)


def _make_known(ticket: Ticket, before: Standing, after: Standing) -> None:
    """Publish what became of each clock: moved, met, broken."""
    about = {"ticket_id": ticket.pk, "team_id": ticket.team_id}
    for kind, hand in after.hands.items():
        former = before.hands.get(kind)
        if hand == former:
            continue
        former_due_at = former.due_at if former else None
        if hand.state == RUNNING and hand.due_at != former_due_at:
            moved = PromiseMoved(**about, kind=kind, due_at=hand.due_at, former_due_at=former_due_at)
            publish(moved, on=ticket, by=SYSTEM)
        if hand.breached_at and not (former and former.breached_at):
            broken = TargetBreached(**about, kind=kind, due_at=hand.due_at, policy_version_id=hand.policy_version_id)
            publish(broken, on=ticket, by=SYSTEM)
        if hand.state == STOPPED and not hand.breached_at and hand.stopped_at:
            met = TargetMet(**about, kind=kind, due_at=hand.due_at, met_at=hand.stopped_at)
            publish(met, on=ticket, by=SYSTEM)


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


def _promised(standing: Standing) -> datetime | None:
    """When a solution is or was promised."""
    hand = standing.hands.get(RESOLUTION)
    return hand.due_at if hand else None


def _keep_ticket(ticket_id: int, standing: Standing, *, before: Standing | None = None) -> None:
    """Keep the ticket's due times and its timer as `standing` asks; with `before`, only what differs from it."""
    due = _due_of(ticket_id, standing)
    if before is None or due != _due_of(ticket_id, before):
        set_due([due])
    look_at = _next_look(standing)
    if before is not None and look_at == _next_look(before):
        return
    if look_at is None:
        cancel_timer(_timer_of(ticket_id))
    else:
        set_timer(**_look(ticket_id, look_at))


def _due_of(ticket_id: int, standing: Standing) -> Due:
    return Due(ticket_id, _next_due(standing), _promised(standing))


def _timer_of(ticket_id: int) -> str:
    return f"sla:{ticket_id}"


def _look(ticket_id: int, at: datetime) -> dict[str, Any]:
    """The timer that looks at the clocks of a ticket."""
    return {
        "key": _timer_of(ticket_id),
        "due_at": at,
        "operation": "sla.look",
        "ticket_id": ticket_id,
        "at": at.isoformat(),
    }


@operation("sla.alert")
@transaction.atomic
def alert_staff(ticket: Ticket, *, by: Actor, code: str) -> None:
    """Tell whoever has `ticket` that its promise needs them; where nobody has it, the leads of its team."""
    agents = [ticket.assignee_id] if ticket.assignee_id else _leads_of(ticket.team_id)
    notify(agents, code=code, about=ticket.key, by=by)


def _leads_of(team_id: int) -> list[int]:
    leads = Agent.objects.filter(memberships__team_id=team_id, role=Agent.LEAD, is_active=True)
    return list(leads.values_list("pk", flat=True))


@transaction.atomic
def create_policy(*, by: Actor, name: str, **fields: Any) -> PolicyVersion:
    """Put a new policy in force, for requests that come from now on; `fields` are those of `PolicyVersion`.

    Raises `Refused`: `sla.no_target`, `sla.no_such_<condition>`, `sla.warn_percent`.
    """
    return _put_in_force(PolicyVersion(policy=Policy.objects.create(), number=1, name=name), by=by, **fields)


@transaction.atomic
def change_policy(policy: Policy, *, by: Actor, **fields: Any) -> PolicyVersion:
    """Change what `policy` says. Promises already given stay as they were given. Raises as `create_policy`."""
    Policy.objects.select_for_update().get(pk=policy.pk)
    version = policy.versions.latest("number")
    policy.versions.filter(active_until=None).update(active_until=now())
    version.pk, version.number, version.active_from, version.active_until = None, version.number + 1, now(), None
    version._state.adding = True
    return _put_in_force(version, by=by, **fields)


@transaction.atomic
def retire_policy(policy: Policy, *, by: Actor) -> None:
    """Take `policy` out of force; promises already given stay. Nothing happens when it is out already."""
    if policy.versions.filter(active_until=None).update(active_until=now()):
        publish(PolicyChanged(policy_id=policy.pk), on=policy, by=by)


def _put_in_force(version: PolicyVersion, *, by: Actor, **fields: Any) -> PolicyVersion:
    for name, value in fields.items():
        setattr(version, name, value)
    _check(version)
    version.save()
    publish(PolicyChanged(policy_id=version.policy_id, version=version.number), on=version.policy, by=by)
    return version


def _check(version: PolicyVersion) -> None:
    """Refuse what could never match or never be kept."""
    targets = [target for target in (version.first_reply, version.resolution) if target is not None]
    if not targets or min(targets) <= timedelta(0):
        raise Refused("sla.no_target", _("Set at least one target, longer than no time at all."))
    if not 1 <= version.warn_percent <= 100:
        raise Refused("sla.warn_percent", _("Warn at a share from 1 to 100 percent."))
    known: dict[str, Any] = {
        "types": dict(Ticket.TYPES),
        "priorities": dict(Ticket.PRIORITIES),
        "channels": dict(Ticket.CHANNELS),
        "languages": dict(LANGUAGES),
        "pauses": (Ticket.PENDING, Ticket.ON_HOLD),
    }
    for name, values in known.items():
        if unknown := [value for value in getattr(version, name) if value not in values]:
            message = _("“%(value)s” is not known here. Choose from the list.") % {"value": unknown[0]}
            raise Refused(f"sla.no_such_{name}", message)
