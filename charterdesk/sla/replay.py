"""The check that clocks are what the log says: every clock reckoned again from the events, and compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
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
from charterdesk.sla.storing import Kept, Rounds
from charterdesk.tickets.events import TicketOpened

AT_ONCE = 500
COMPARED = [name for name in storing.PLAIN if name not in ("warn_at", "warned_at", "warned_percent", "breached_at")]
_LOG = f"SELECT {COLUMNS} FROM events_event WHERE subject = ANY (%s) AND code = ANY (%s) ORDER BY id"
_READ: tuple[type[Event], ...] = (TicketOpened, TicketPromised, TargetsReplaced, *HEARD)


@dataclass(frozen=True)
class Difference:
    """A clock's field that is not what the log says it should be; `round` counts the clocks of its kind."""

    ticket_id: int
    kind: str
    field: str
    stored: Any
    reckoned: Any
    round: int = 1


def compare(ticket_id: int) -> list[Difference]:
    """Where the stored clocks of a ticket differ from its log; empty when all is well. At most five queries."""
    return list(compare_all([ticket_id]))


def compare_all(ticket_ids: Iterable[int] | None = None) -> Iterator[Difference]:
    """Compare many tickets, by default all that were ever promised anything. Five queries for each 500."""
    if ticket_ids is None:
        ticket_ids = Promise.objects.order_by("pk").values_list("pk", flat=True).iterator()
    waiting = iter(ticket_ids)
    while some := list(islice(waiting, AT_ONCE)):
        kept = storing.load(some)
        found = replay_all(list(kept.values()))
        for ticket_id in some:
            if ticket_id in kept:
                yield from _compared(kept[ticket_id], found[ticket_id])


def replay_all(kept: Sequence[Kept]) -> dict[int, Rounds]:
    """The clocks of tickets by their log, up to the event each was last reckoned with. Three queries.

    What was chosen is read from our own events, not chosen again: policies may have changed since.
    """
    entries: dict[str, list[Entry]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LOG, [[f"ticket:{one.ticket_id}" for one in kept], [cls.code for cls in _READ]])
        for row in cursor.fetchall():
            entry = entry_of(row)
            entries.setdefault(entry.subject, []).append(entry)
    versions = _Versions.of(entry.event for each in entries.values() for entry in each)
    return {one.ticket_id: _replay(entries.get(f"ticket:{one.ticket_id}", []), one, versions) for one in kept}


def _replay(entries: Sequence[Entry], kept: Kept, versions: "_Versions") -> Rounds:
    chosen = {entry.event.event_id: entry.event for entry in entries if isinstance(entry.event, TargetsChosen)}
    standing: Standing | None = None
    rounds: Rounds = {}
    for entry in entries:
        if entry.id > kept.applied_id:
            break
        if isinstance(entry.event, TicketOpened) and entry.id in chosen:
            standing = course.begin(versions.terms(chosen[entry.id]), entry.at, is_ours=entry.event.is_ours)
        elif standing and isinstance(entry.event, HEARD):
            choice = partial(_choice, chosen, entry, standing.terms, versions)
            standing = course.go_on(standing, entry.event, entry.at, choice)
        if standing:
            rounds |= storing.rounds_of(standing.hands)
    return rounds


def _choice(
    chosen: dict[int, TargetsChosen], entry: Entry, former: Terms | None, versions: "_Versions"
) -> Terms | None:
    """What held after `entry`: what was chosen for it, else what held before."""
    found = chosen.get(entry.id)
    return versions.terms(found) if found else former


@dataclass
class _Versions:
    """The versions of policies and calendars that events name, each read once."""

    policies: dict[int, PolicyVersion]
    calendars: dict[int, CalendarVersion]
    known: dict[tuple[int, int], Terms] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event | None]) -> "_Versions":
        """Those that `events` name. Two queries."""
        chosen = [event for event in events if isinstance(event, TargetsChosen)]
        return cls(
            PolicyVersion.objects.in_bulk({one.policy_version_id for one in chosen if one.policy_version_id}),
            CalendarVersion.objects.in_bulk({one.calendar_version_id for one in chosen if one.calendar_version_id}),
        )

    def terms(self, chosen: TargetsChosen) -> Terms | None:
        """What was chosen; None where nothing was promised."""
        policy_id, calendar_id = chosen.policy_version_id, chosen.calendar_version_id
        if policy_id is None or calendar_id is None:
            return None
        if (policy_id, calendar_id) not in self.known:
            terms = terms_of(self.policies[policy_id], self.calendars[calendar_id])
            self.known[policy_id, calendar_id] = terms
        return self.known[policy_id, calendar_id]


def _compared(kept: Kept, reckoned: Rounds) -> Iterator[Difference]:
    for name in sorted({*kept.rounds, *reckoned}):
        yield from _differences(kept.ticket_id, name, kept.rounds.get(name), reckoned.get(name))


def _differences(
    ticket_id: int, name: tuple[str, int], stored: Hand | None, reckoned: Hand | None
) -> Iterator[Difference]:
    kind, number = name
    different = partial(Difference, ticket_id, kind, round=number)
    if stored is None or reckoned is None:
        yield different("clock", stored is not None, reckoned is not None)
        return
    for column in COMPARED:
        one, other = getattr(stored, column), getattr(reckoned, column)
        if one != other:
            yield different(column, one, other)
    late = pass_time(reckoned, stored.breached_at or reckoned.started_at, inclusive=True)
    if stored.breached_at != late.breached_at:
        yield different("breached_at", stored.breached_at, late.breached_at)
