"""Timers: operations to be performed at a time, kept as rows; running ones cost nothing."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models.functions import Now

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Keyed
from charterdesk.events.delivery import ATTEMPTS, BACK_OFF, connection_lost, describe, work_in_background
from charterdesk.events.events import TimerParked
from charterdesk.events.log import BEGINNING, Cause, HasKey, caused_by, key_of, publish, this_cause
from charterdesk.events.models import Timer
from charterdesk.events.operations import Call, is_done_together, perform, perform_all

TOGETHER = 500  # so many timers at most in one transaction

TimerRow = tuple[str, datetime, datetime, str, str, str, str, int | None, int]

log = logging.getLogger(__name__)


def set_timer(
    key: str,
    *,
    due_at: datetime,
    operation: str,
    on: Keyed | str | None = None,
    by: HasKey | str = SYSTEM,
    **args: Any,
) -> None:
    """Have `operation` performed on `on` at `due_at` (UTC), under a `key` of your own
    ("sla:first_reply:1042").

    Setting a key again moves and replaces it, also one that has failed. It fires within a second or so, in
    the order of due times; what it writes and that it has fired are one transaction. One statement.
    """
    write_timers([timer_row(key, due_at=due_at, operation=operation, on=on, by=by, **args)])


def timer_row(
    key: str,
    *,
    due_at: datetime,
    operation: str,
    on: Keyed | str | None = None,
    by: HasKey | str = SYSTEM,
    **args: Any,
) -> TimerRow:
    """What `set_timer` writes, for `write_timers`; under the cause that holds now."""
    cause = (this_cause() or BEGINNING).later((due_at - now()).total_seconds())
    return (
        key, due_at, due_at, operation, key_of(on) if on else "", key_of(by),
        msgspec.json.encode(args).decode(), cause.event_id, cause.depth,
    )  # fmt: skip


def write_timers(rows: Sequence[TimerRow]) -> None:
    """Set timers of different keys, in one statement."""
    if not rows:
        return
    places = ", ".join([_TIMER] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_SET.format(rows=places), [value for row in rows for value in row])


_TIMER = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, 'running', 0, '')"
_SET = """
    INSERT INTO events_timer
        (key, due_at, try_at, operation, subject, actor, args, cause_id, depth, state, attempts, error)
    VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, try_at = excluded.try_at,
        operation = excluded.operation, subject = excluded.subject, actor = excluded.actor, args =
        excluded.args, cause_id = excluded.cause_id, depth = excluded.depth, state = 'running', attempts = 0,
        error = ''
"""


def cancel_timer(key: str) -> bool:
    """Take the timer back; return whether one was set. One statement."""
    deleted, _ = Timer.objects.filter(name=key).delete()
    return bool(deleted)


def cancel_timers_of(keys: Collection[str]) -> None:
    """Take back the timers of these keys, those that are set. One statement."""
    Timer.objects.filter(name__in=keys).delete()


def cancel_timers(prefix: str) -> int:
    """Take back all timers whose key starts with `prefix`; return how many there were. One statement."""
    deleted, _ = Timer.objects.filter(name__startswith=prefix).delete()
    return deleted


def fire_due(limit: int = 100) -> int:
    """Fire what is due, the most overdue first, each in a transaction of its own; return how many were tried.

    Where an operation can do the same for many at once, others of it that are due go with the first, in its
    transaction: what falls due in the same second is over in seconds, however much it is.
    """
    tried = 0
    while tried < limit and (fired := _fire_next()):
        tried += fired
    return tried


@transaction.atomic
def _fire_next() -> int:
    work_in_background()
    due = Timer.objects.filter(state=Timer.RUNNING, try_at__lte=Now()).order_by("try_at", "id")
    due = due.select_for_update(skip_locked=True)
    timer = due.first()
    if timer is None:
        return 0
    if is_done_together(timer.operation):
        others = due.filter(operation=timer.operation).exclude(pk=timer.pk)
        return fire_together([timer, *others[: TOGETHER - 1]])
    fire(timer)
    return 1


def fire_together(timers: Sequence[Timer]) -> int:
    """Perform timers of one operation, whose rows are locked, at once; one by one if that fails. Returns how many."""
    try:
        _perform_timers(timers)
    except Exception:
        if connection_lost():
            raise
        log.warning("%s timers of %s failed together", len(timers), timers[0].operation, exc_info=True)
        for timer in timers:
            fire(timer)
    return len(timers)


@transaction.atomic
def _perform_timers(timers: Sequence[Timer]) -> None:
    Timer.objects.filter(pk__in=[timer.pk for timer in timers]).delete()
    calls = [Call(timer.subject, timer.actor, timer.args, Cause(timer.cause_id, timer.depth)) for timer in timers]
    perform_all(timers[0].operation, calls)


def fire(timer: Timer) -> bool:
    """Perform `timer`, whose row is locked, or note why it failed, to be tried again; return whether it worked."""
    try:
        perform_timer(timer)
    except Exception as error:
        if connection_lost():
            raise
        log.warning("timer %s failed", timer.name, exc_info=True)
        _note_failure(timer, error)
        return False
    return True


@transaction.atomic
def perform_timer(timer: Timer) -> None:
    """Perform the operation of `timer`; what it raises is raised.

    The row goes first: an operation that sets its own timer again means the next one.
    """
    Timer.objects.filter(pk=timer.pk).delete()
    with caused_by(Cause(timer.cause_id, timer.depth)):
        perform(timer.operation, by=timer.actor, on=timer.subject or None, **timer.args)


def _note_failure(timer: Timer, error: Exception) -> None:
    timer.attempts += 1
    timer.error = describe(error)
    if timer.attempts < ATTEMPTS:
        timer.try_at = Now() + timedelta(seconds=BACK_OFF[timer.attempts - 1])
        timer.save()
        return
    timer.state = Timer.PARKED
    timer.save()
    with caused_by(Cause(timer.cause_id, BEGINNING.depth)):
        publish(TimerParked(timer_id=timer.pk, operation=timer.operation), on=timer, by=timer.actor)


def next_due() -> datetime | None:
    """When the next timer is due, or None. One statement."""
    running = Timer.objects.filter(state=Timer.RUNNING).order_by("try_at", "id")
    return running.values_list("try_at", flat=True).first()
