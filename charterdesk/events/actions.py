"""What operators do with what failed: have it tried again, or give it up and say why."""

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.events.events import FailureDropped, FailureRetried
from charterdesk.events.log import HasKey, key_of, publish
from charterdesk.events.models import Delivery, Dropped, JobError, Timer
from charterdesk.events.names import EVENTS, JOBS
from charterdesk.events.wake import wake_after_commit


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: HasKey | str = SYSTEM) -> None:
    """Have a parked delivery tried again at once; later events of its subject wait behind it meanwhile."""
    changed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.PARKED).update(
        state=Delivery.WAITING, attempts=0, next_try_at=Now()
    )
    _require_found(changed)
    _tell(FailureRetried(kind="delivery", number=delivery.pk), by)
    wake_after_commit(EVENTS)


@transaction.atomic
def drop_delivery(delivery: Delivery, *, reason: str, by: HasKey | str) -> None:
    """Give a parked delivery up. Raises `Refused` when it is gone or no reason is given."""
    deleted, _rows = Delivery.objects.filter(pk=delivery.pk, state=Delivery.PARKED).delete()
    _require_found(deleted)
    _note(f"{delivery.handler} {delivery.subject} {delivery.event_id}", delivery.error, reason, by)
    _tell(FailureDropped(kind="delivery", number=delivery.pk), by)


@transaction.atomic
def retry_timer(timer: Timer, *, by: HasKey | str = SYSTEM) -> None:
    """Have a parked timer fire again at once."""
    changed = Timer.objects.filter(pk=timer.pk, state=Timer.PARKED).update(
        state=Timer.RUNNING, attempts=0, try_at=Now()
    )
    _require_found(changed)
    _tell(FailureRetried(kind="timer", number=timer.pk), by)


@transaction.atomic
def drop_timer(timer: Timer, *, reason: str, by: HasKey | str) -> None:
    """Give a parked timer up. Raises `Refused` when it is gone or no reason is given."""
    deleted, _rows = Timer.objects.filter(pk=timer.pk, state=Timer.PARKED).delete()
    _require_found(deleted)
    _note(timer.name, timer.error, reason, by)
    _tell(FailureDropped(kind="timer", number=timer.pk), by)


@transaction.atomic
def retry_job(number: int, *, by: HasKey | str = SYSTEM) -> None:
    """Have a job that was given up run again at once. Raises `Refused` when it is not there or not failed.

    Of a job by the clock the next run may wait already: then that one is it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [number])
        _require_found(cursor.rowcount)
        try:
            with transaction.atomic():
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number])
        except IntegrityError:
            JobError.objects.filter(job_id=number).delete()
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
    _tell(FailureRetried(kind="job", number=number), by)
    wake_after_commit(JOBS)


@transaction.atomic
def drop_job(number: int, *, reason: str, by: HasKey | str) -> None:
    """Give a failed job up. Raises `Refused` when it is not there or no reason is given."""
    job = ProcrastinateJob.objects.filter(pk=number, status="failed").first()
    if job is None:
        raise _not_parked()
    error = JobError.objects.filter(job_id=number).first()
    _note(f"{job.task_name} {job.args}", error.error if error else "", reason, by)
    JobError.objects.filter(job_id=number).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
    _tell(FailureDropped(kind="job", number=number), by)


def _tell(event: FailureRetried | FailureDropped, by: HasKey | str) -> None:
    publish(event, on=f"{event.kind}:{event.number}", by=by)


def _require_found(found: object) -> None:
    if not found:
        raise _not_parked()


def _not_parked() -> Refused:
    return Refused("events.not_parked", _("This is not waiting for you any more."))


def _note(what: str, error: str, reason: str, by: HasKey | str) -> None:
    if not reason.strip():
        raise Refused("events.reason_needed", _("Say why this is given up."))
    Dropped.objects.create(what=what, error=error, reason=reason.strip(), actor=key_of(by))
