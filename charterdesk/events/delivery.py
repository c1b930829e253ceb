"""Delivering events to whoever listens: reactions, the rules in force, and webhooks.

Events are told in waves: the first of every subject, the second, and so on, so that each listener hears those of a
subject in order while one that can (`react_together`) does the same for many tickets in one go. Across subjects
there is no order.

What fails becomes a row of its own and is tried again; later events of the same subject wait behind it, for
that handler alone, so that it hears them in order. After `ATTEMPTS` tries it is parked: operators are told,
the queue behind it moves on, and when an operator has it tried again it comes late.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self

from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg.errors import LockNotAvailable

from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.events.effort import Effort
from charterdesk.events.events import DeliveryParked
from charterdesk.events.log import BEGINNING, Cause, ChainTooLong, Entry, caused_by, entry_of, publish
from charterdesk.events.models import Delivery
from charterdesk.events.names import COLUMNS
from charterdesk.events.reactions import MAIN, Handler, handlers_of
from charterdesk.events.rules import Judge, RulesInForce
from charterdesk.events.webhooks.listening import HooksInForce

BACK_OFF = (1, 5, 30, 120, 600)  # seconds before the second try, the third, ...
ATTEMPTS = len(BACK_OFF) + 1
FIRST_PIECE = 10  # so many events at once at least, however slow they were so far
EVERYBODY = "*"  # the handler of a delivery that all who listen have still to hear
LOCK_TIMEOUT_MS = 400  # below deadlock_timeout: when we and a person block each other, we give way

log = logging.getLogger(__name__)


class Listener(Protocol):
    """Somebody to be told: a reaction, or a version of a rule."""

    @property
    def name(self) -> str:
        """The name that failed deliveries are kept by."""

    def hear(self, entries: Sequence[Entry]) -> None:
        """Be told of `entries`, each of another subject."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What was set up to listen to events beside the reactions of the code."""

    rules: RulesInForce
    hooks: HooksInForce

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """The rules in force at `moment` or since, and the webhooks. Two queries."""
        return cls(RulesInForce.at(moment), HooksInForce.now())


def listeners_of(entry: Entry, in_force: InForce | None, *, lane: str = "") -> list[Listener]:
    """Everybody who listens to `entry`, or those of one `lane`: reactions first, then rules by their position, then
    webhooks; what was set up is heard in the main lane.
    """
    heard = handlers_of(entry.code) if entry.event else []
    reactions: list[Handler] = [one for one in heard if one.lane == lane] if lane else heard
    if in_force is None:
        return [*reactions]
    return [*reactions, *in_force.rules.judges_of(entry), *in_force.hooks.hearers_of(entry)]


def deliver(entries: Sequence[Entry], *, lane: str = "", seconds: float = 60.0) -> int:
    """Deliver `entries`, in the caller's transaction, for about `seconds` of `Effort`; return how many were, from the
    first on. To everybody, or to those of one `lane`.

    The first piece is delivered however late it is: whoever asks must get on.

    Whatever a listener raises is raised: the caller rolls back and delivers them `deliver_carefully`.
    """
    if not entries:
        return 0
    effort = Effort()
    in_force, queues = _what_holds(entries, lane)
    done = 0
    while done < len(entries) and (not done or effort.seconds() <= seconds):
        piece = _piece(entries[done:], lane, seconds=seconds - effort.seconds())
        spent: dict[tuple[str, str], list[float]] = {}
        for listeners, wave in waves(piece, in_force, lane=lane):
            before = effort.seconds()
            _tell(wave, listeners, queues)
            spent.setdefault((lane, wave[0].code), []).append((effort.seconds() - before) / len(wave))
        _pace.update({what: max(each) for what, each in spent.items()})
        done += len(piece)
    return done


_pace: dict[tuple[str, str], float] = {}
"""Seconds of effort an event of each code took when this process last told a lane of it. Of many at once each takes
less: the next piece is longer then, until it fills the time."""


def _piece(entries: Sequence[Entry], lane: str, *, seconds: float) -> Sequence[Entry]:
    """As many of `entries`, from the first on, as are told in `seconds` by what their like took last."""
    size, unknown = 0, seconds / FIRST_PIECE
    for entry in entries:
        seconds -= _pace.get((lane, entry.code), unknown)
        if seconds < 0:
            break
        size += 1
    return entries[: max(size, FIRST_PIECE)]


def deliver_carefully(entries: Sequence[Entry], *, lane: str = "", seconds: float = 60.0) -> int:
    """As `deliver`, but one by one, and each listener in a savepoint: who fails is told again, the others go on."""
    if not entries:
        return 0
    effort = Effort()
    in_force, queues = _what_holds(entries, lane)
    for count, entry in enumerate(entries, start=1):
        for listener in listeners_of(entry, in_force, lane=lane):
            if _has_to_wait(entry, listener, queues):
                _queue(entry, listener.name)
            else:
                _tell_carefully(entry, listener, queues)
        if effort.seconds() > seconds:
            return count
    return len(entries)


def waves(
    entries: Sequence[Entry], in_force: InForce | None, *, lane: str = ""
) -> Iterator[tuple[list[Listener], list[Entry]]]:
    """`entries` in groups that the same listen to, each with at most one of a subject; in order for every subject."""
    seen: Counter[str] = Counter()
    groups: dict[tuple[int, str, tuple[str, ...]], tuple[list[Listener], list[Entry]]] = {}
    for entry in entries:
        listeners = listeners_of(entry, in_force, lane=lane)
        key = (seen[entry.subject], entry.code, tuple(listener.name for listener in listeners))
        seen[entry.subject] += 1
        groups.setdefault(key, (listeners, []))[1].append(entry)
    for key in sorted(groups, key=lambda key: key[0]):
        yield groups[key]


Queues = set[tuple[str, str]]


def _what_holds(entries: Sequence[Entry], lane: str) -> tuple[InForce | None, Queues]:
    """Who may listen to `entries` beside reactions, and who has still to hear earlier events of their subjects."""
    in_force = InForce.at(entries[0].at) if lane in ("", MAIN) else None
    return in_force, _queues({entry.subject for entry in entries})


def _has_to_wait(entry: Entry, listener: Listener, queues: Queues) -> bool:
    return (listener.name, entry.subject) in queues or (EVERYBODY, entry.subject) in queues


def _tell(entries: Sequence[Entry], listeners: Iterable[Listener], queues: Queues) -> None:
    for listener in listeners:
        waiting = [entry for entry in entries if _has_to_wait(entry, listener, queues)]
        for entry in waiting:
            _queue(entry, listener.name)
        if told := [entry for entry in entries if entry not in waiting] if waiting else entries:
            listener.hear(told)


def _tell_carefully(entry: Entry, listener: Listener, queues: Queues) -> None:
    if error := _try(entry, listener):
        delivery = Delivery(event_id=entry.id, subject=entry.subject, handler=listener.name)
        with caused_by(entry):
            state = note_failure(delivery, error)
        if state == Delivery.WAITING:
            queues.add((listener.name, entry.subject))


def _try(entry: Entry, listener: Listener) -> Exception | None:
    """Tell `listener` in a savepoint and return what it raised. A lost connection is raised."""
    try:
        with transaction.atomic():
            listener.hear([entry])
    except Exception as error:
        if connection_lost():
            raise
        if isinstance(error, Refused) and isinstance(listener, Judge):
            listener.note_refused(entry, error)
            return None
        if gave_way(error):
            log.info("%s gives way on event %s %s: somebody holds what it needs", listener.name, entry.id, entry.code)
        else:
            log.warning("%s failed on event %s %s", listener.name, entry.id, entry.code, exc_info=True)
        return error
    return None


def connection_lost() -> bool:
    """Whether the database went away (then nothing was the listener's fault)."""
    return connection.connection is None or connection.connection.closed


def gave_way(error: BaseException) -> bool:
    """Whether it failed only because somebody else held a row or a table for longer than we wait: no mistake of
    anybody's, to be told in a line and tried again.
    """
    return isinstance(error.__cause__, LockNotAvailable)


def note_failure(delivery: Delivery, error: Exception) -> str:
    """Save that `delivery` failed: to be tried again after a while, or parked and announced. Returns its state."""
    delivery.attempts += 1
    delivery.error = describe(error)
    hopeless = isinstance(error, ChainTooLong)
    if hopeless or delivery.attempts >= ATTEMPTS:
        delivery.state, delivery.next_try_at = Delivery.PARKED, Now()
        delivery.save()
        _announce(delivery, "chain_too_long" if hopeless else "failed")
    else:
        delivery.next_try_at = Now() + timedelta(seconds=BACK_OFF[delivery.attempts - 1])
        delivery.save()
    return delivery.state


def describe(error: BaseException) -> str:
    """An error in one line for the operator, with the place it came from."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" ({trace.tb_frame.f_code.co_name}, line {trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {error}{place}"[:2000]


def deliver_due(limit: int = 50) -> int:
    """Try again what is due, the oldest of each queue, each in a transaction of its own; return how many were tried."""
    tried = 0
    while tried < limit and _deliver_next():
        tried += 1
    return tried


_NEXT_DUE = """
    SELECT d.* FROM events_delivery d WHERE d.state = 'waiting' AND d.next_try_at <= now() AND NOT EXISTS (
        SELECT 1 FROM events_delivery e WHERE e.state = 'waiting' AND e.subject = d.subject
        AND e.event_id < d.event_id AND (e.handler IN (d.handler, '*') OR d.handler = '*')
    ) ORDER BY d.event_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
"""


@transaction.atomic
def _deliver_next() -> bool:
    """Take the first due delivery that waits behind none, and tell its listener."""
    work_in_background()
    for delivery in Delivery.objects.raw(_NEXT_DUE):
        attempt(delivery)
        return True
    return False


def attempt(delivery: Delivery) -> bool:
    """Tell the listener of `delivery` now, in the caller's transaction; return whether it went well."""
    entry = read_entry(delivery.event_id)
    if entry is None or delivery.handler == EVERYBODY:
        delivery.delete()
        deliver_carefully([entry] if entry else [])
        return True
    error = _try(entry, _listener(delivery.handler, entry))
    if error is None:
        delivery.delete()
        return True
    note_failure(delivery, error)
    return False


def _listener(name: str, entry: Entry) -> Listener:
    """Who listens to `entry` by that name; where nobody does (any more), telling them fails."""
    found = [x for x in listeners_of(entry, InForce.at(entry.at)) if x.name == name]
    return found[0] if found else _Nobody(name)


@dataclass(frozen=True, slots=True)
class _Nobody:
    """Stands for a listener that no installed package has any more."""

    name: str

    def hear(self, entries: Sequence[Entry]) -> None:
        raise LookupError(f"nobody called {self.name} listens to {entries[0].code}")


def read_entry(number: int) -> Entry | None:
    """The entry of that number, or None. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE id = %s", [number])
        row = cursor.fetchone()
    return entry_of(row) if row else None


def work_in_background() -> None:
    """For the transaction in hand: give way where a person holds a row for long, and do not wait for the disk.

    If the machine loses power in that moment, effects and position are lost together and the events are delivered
    again. Nothing can have left the house by then: a job is taken by a commit that waits, and so for all before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}; SET LOCAL synchronous_commit = off")


def _queue(entry: Entry, handler: str) -> None:
    """Let `entry` wait behind an earlier event that `handler` has still to hear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_delivery (event_id, subject, handler, state, attempts, next_try_at, error) "
            "VALUES (%s, %s, %s, 'waiting', 0, now(), '') ON CONFLICT (event_id, handler) DO NOTHING",
            [entry.id, entry.subject, handler],
        )


def _queues(subjects: Iterable[str]) -> Queues:
    """Handler and subject of all that waits for these subjects. One statement."""
    with connection.cursor() as cursor:  # one list: the ORM would write hundreds of placeholders for every batch
        cursor.execute(
            "SELECT handler, subject FROM events_delivery WHERE state = 'waiting' AND subject = ANY(%s)",
            [list(subjects)],
        )
        return set(cursor.fetchall())


def _announce(delivery: Delivery, reason: str) -> None:
    """Tell operators that `delivery` is parked; in a chain of its own, and never about the telling itself."""
    entry = read_entry(delivery.event_id)
    if entry and entry.code != DeliveryParked.code:
        event = DeliveryParked(event_id=entry.id, handler=delivery.handler, reason=reason)
        with caused_by(Cause(entry.id, BEGINNING.depth)):
            publish(event, on=delivery, by=SYSTEM)
