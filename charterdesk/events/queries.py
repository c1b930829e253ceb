"""What operators ask: how far behind are we, what failed, what is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob

from charterdesk.base.clock import now
from charterdesk.events.log import Entry, entry_of
from charterdesk.events.models import Delivery, JobError, LoggedEvent, Timer
from charterdesk.events.position import Place, Snapshot, sql_new, sql_piece
from charterdesk.events.reactions import LANES, MAIN

COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a reader is behind: events (counted to `COUNTED` at most) and the age in seconds of the oldest."""

    events: int
    seconds: float


def lag() -> Lag:
    """How far the lane that is furthest behind is. Two statements a lane, which read at most `COUNTED` events."""
    behind = [_lag_of(lane) for lane in LANES]
    return Lag(max(each.events for each in behind), max(each.seconds for each in behind))


def _lag_of(lane: str) -> Lag:
    place = read_place(lane)
    if place.target:
        sql = sql_piece(place.position, place.target, after=place.offset_id, limit=COUNTED)
    else:
        sql = sql_new(place.position, floor=place.floor_id, limit=COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), min(at) FROM ({sql}) behind")
        count, oldest = cursor.fetchone()
    return Lag(count, max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0)


def read_place(name: str = MAIN) -> Place:
    """How far a lane has come; the beginning for one that never read. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, target, offset_id, floor_id, seen_id FROM events_reader WHERE name = %s", [name]
        )
        row = cursor.fetchone()
    if row is None:
        return Place(name)
    position, target, offset, floor, seen = row
    return Place(name, Snapshot.read(position), Snapshot.read(target) if target else None, offset, floor, seen)


def parked_deliveries() -> QuerySet[Delivery]:
    """What no handler could take, the latest first."""
    return Delivery.objects.filter(state=Delivery.PARKED).order_by("-id")


def waiting_deliveries() -> QuerySet[Delivery]:
    """What is tried again by itself, the next first."""
    return Delivery.objects.filter(state=Delivery.WAITING).order_by("next_try_at", "id")


def parked_timers() -> QuerySet[Timer]:
    """Timers whose operation failed for good, the latest first."""
    return Timer.objects.filter(state=Timer.PARKED).order_by("-id")


def overdue_timers() -> QuerySet[Timer]:
    """Timers that should have fired, the most overdue first."""
    return Timer.objects.filter(state=Timer.RUNNING, try_at__lt=Now()).order_by("try_at", "id")


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up."""

    id: int
    name: str
    args: dict[str, Any]
    attempts: int
    error: str
    at: datetime | None


def failed_jobs(limit: int = 100) -> list[FailedJob]:
    """Jobs that were given up, the latest first. Two statements."""
    jobs = list(ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:limit])
    errors = JobError.objects.in_bulk([job.pk for job in jobs])
    return [
        FailedJob(
            job.pk,
            job.task_name,
            {name: value for name, value in job.args.items() if not name.startswith("_")},
            job.attempts,
            errors[job.pk].error if job.pk in errors else "",
            errors[job.pk].at if job.pk in errors else None,
        )
        for job in jobs
    ]


def count_trouble() -> dict[str, int]:
    """How many deliveries, timers and jobs wait for an operator. One statement on partial indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM events_delivery WHERE state = 'parked'), "
            "(SELECT count(*) FROM events_timer WHERE state = 'parked'), "
            "(SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')"
        )
        return dict(zip(("deliveries", "timers", "jobs"), cursor.fetchone(), strict=True))


def history(subject: str, *, after: int = 0, limit: int = 500) -> list[Entry]:
    """The events of one subject (its key), in order, after number `after`. One statement, an index range per piece."""
    rows = LoggedEvent.objects.filter(subject=subject, pk__gt=after).order_by("pk")
    return [entry_of(row) for row in _columns(rows)[:limit]]


def _columns(rows: QuerySet[LoggedEvent]) -> Any:
    return rows.values_list("id", "at", "code", "subject", "actor", "cause_id", "depth", "data", "facts")


def position() -> str:
    """Where the log is now, for a page to hand to the live stream as `last`: it misses nothing, however slowly the
    page opens its stream. Ask before reading what the page shows. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (now_seen,) = cursor.fetchone()
    return str(now_seen)
