"""The check that clocks are what the log says: every clock reckoned again from the events, and compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from charterdesk.calendars.models import CalendarVersion
from charterdesk.events.log import COLUMNS, Entry, Event, entry_of
from charterdesk.sla import course, storing
from charterdesk.sla.choosing import terms_of
from charterdesk.sla.course import HEARD, Standing
from charterdesk.sla.events import TargetsChosen, TargetsReplaced, TicketPromised
from charterdesk.sla.models import PolicyVersion, Promise
from charterdesk.sla.reckoning import Hand, Terms, pass_time
from charterdesk.tickets.events import TicketOpened

COMPARED = [name for name in storing.PLAIN if name not in ("warn_at", "warned_at", "breached_at")]
_LOG = f"SELECT {COLUMNS} FROM events_event WHERE subject = %s AND code = ANY (%s) ORDER BY id"


@dataclass(frozen=True)
class Difference:
    """A clock's field that is not what the log says it should be."""

    ticket_id: int
    kind: str
    field: str
    stored: Any
    reckoned: Any


def compare(ticket_id: int) -> list[Difference]:
    """Where the stored clocks of a ticket differ from its log; empty when all is well. At most six queries."""
    promise = storing.load(ticket_id)
    if promise is None:
        return []
    stored = storing.standing_of(promise)
    reckoned = replay(ticket_id, until=promise.applied_id)
    kinds = sorted({*stored.hands, *(reckoned.hands if reckoned else {})})
    return [
        difference
        for kind in kinds
        for difference in _differences(
            ticket_id, kind, stored.hands.get(kind), reckoned.hands.get(kind) if reckoned else None
        )
    ]


def compare_all(ticket_ids: Iterable[int] | None = None) -> Iterator[Difference]:
    """Compare many tickets, by default all that were ever promised anything."""
    if ticket_ids is None:
        ticket_ids = Promise.objects.order_by("pk").values_list("pk", flat=True).iterator()
    for ticket_id in ticket_ids:
        yield from compare(ticket_id)


def replay(ticket_id: int, *, until: int) -> Standing | None:
    """How a ticket stands by its log up to event `until`, or None where the log does not have its promise.

    What was chosen is read from our own events, not chosen again: policies may have changed since.
    """
    entries = _entries(f"ticket:{ticket_id}")
    chosen = {entry.event.event_id: entry.event for entry in entries if isinstance(entry.event, TargetsChosen)}
    standing: Standing | None = None
    for entry in entries:
        if entry.id > until:
            break
        if isinstance(entry.event, TicketOpened) and entry.id in chosen:
            standing = course.begin(_terms(chosen[entry.id]), entry.at)
        elif standing and isinstance(entry.event, HEARD):
            choose = partial(_choice, chosen, entry, standing.terms)
            standing = course.go_on(standing, entry.event, entry.at, choose)
    return standing


def _entries(subject: str) -> list[Entry]:
    wanted: tuple[type[Event], ...] = (TicketOpened, TicketPromised, TargetsReplaced, *HEARD)
    codes = [cls.code for cls in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_LOG, [subject, codes])
        return [entry_of(row) for row in cursor.fetchall()]


def _choice(chosen: dict[int, TargetsChosen], entry: Entry, former: Terms | None) -> Terms | None:
    """What held after `entry`: what was chosen for it, else what held before."""
    found = chosen.get(entry.id)
    return _terms(found) if found else former


def _terms(chosen: TargetsChosen) -> Terms | None:
    if chosen.policy_version_id is None or chosen.calendar_version_id is None:
        return None
    policy = PolicyVersion.objects.get(pk=chosen.policy_version_id)
    return terms_of(policy, CalendarVersion.objects.get(pk=chosen.calendar_version_id))


def _differences(ticket_id: int, kind: str, stored: Hand | None, reckoned: Hand | None) -> Iterator[Difference]:
    if stored is None or reckoned is None:
        yield Difference(ticket_id, kind, "clock", stored is not None, reckoned is not None)
        return
    for name in COMPARED:
        one, other = getattr(stored, name), getattr(reckoned, name)
        if one != other:
            yield Difference(ticket_id, kind, name, one, other)
    late = pass_time(reckoned, stored.breached_at or reckoned.started_at, inclusive=True)
    if stored.breached_at != late.breached_at:
        yield Difference(ticket_id, kind, "breached_at", stored.breached_at, late.breached_at)
