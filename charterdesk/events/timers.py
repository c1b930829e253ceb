"""Timers: operations to be performed at a time, kept as rows; running ones cost nothing."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from charterdesk.events.delivery import ATTEMPTS, BACK_OFF, connection_lost, describe, gave_way, work_in_background
from charterdesk.events.events import TimerParked
from charterdesk.events.log import BEGINNING, Cause, caused_by, publish
from charterdesk.events.models import Timer
from charterdesk.events.operations import Call, is_done_together, perform, perform_all
from charterdesk.events.skipped import Skipped
from charterdesk.events.timer_rows import TimerRow as TimerRow
from charterdesk.events.timer_rows import cancel_timer as cancel_timer
from charterdesk.events.timer_rows import cancel_timers as cancel_timers
from charterdesk.events.timer_rows import cancel_timers_of as cancel_timers_of
from charterdesk.events.timer_rows import set_timer as set_timer
from charterdesk.events.timer_rows import timer_row as timer_row
from charterdesk.events.timer_rows import write_timers as write_timers

TOGETHER = 500  # so many timers at most in one transaction

log = logging.getLogger(__name__)


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
    except Exception as error:
        if connection_lost():
            raise
        _log_failure(error, f"{len(timers)} timers of {timers[0].operation}")
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
        _log_failure(error, f"timer {timer.name}")
        _note_failure(timer, error)
        return False
    return True


def _log_failure(error: Exception, what: str) -> None:
    """With the way it came, but where it only gave way: that is a line."""
    if gave_way(error):
        log.info("%s: somebody holds what is needed, tried again later", what)
    else:
        log.warning("%s failed", what, exc_info=error)


@transaction.atomic
def perform_timer(timer: Timer) -> None:
    """Perform the operation of `timer`; what it raises is raised.

    The row goes first: an operation that sets its own timer again means the next one.
    """
    Timer.objects.filter(pk=timer.pk).delete()
    with caused_by(Cause(timer.cause_id, timer.depth)):
        came_to = perform(timer.operation, by=timer.actor, on=timer.subject or None, **timer.args)
    if isinstance(came_to, Skipped):
        log.debug("timer %s: nothing was done (%s)", timer.name, came_to.code)


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
