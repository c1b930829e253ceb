"""For tests: carry out now what the worker would carry out after the commit.

A pytest plugin too (`pytest_plugins = ["charterdesk.events.testing"]`): fixtures `run_reactions`, `run_jobs`,
`fire_timers`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from charterdesk.base.clock import now
from charterdesk.events.delivery import deliver
from charterdesk.events.log import COLUMNS, entry_of
from charterdesk.events.models import Reader, Timer
from charterdesk.events.operations import perform
from charterdesk.events.wake import stop_waking

_READER = "testing"


def run_reactions() -> int:
    """Deliver every event not delivered yet, and those they cause, until none is left; return how many.

    What a reaction raises is raised here. Works inside a test's transaction, where the worker could not see.
    """
    reader, _ = Reader.objects.get_or_create(name=_READER)
    delivered = 0
    while rows := _rows_after(reader.floor_id):
        for row in rows:
            deliver(entry_of(row))
            delivered += 1
        reader.floor_id = rows[-1][0]
        reader.save(update_fields=["floor_id"])
    return delivered


def run_jobs() -> int:
    """Run every job that is due, and those they put off, until none is left; return how many.

    What a job raises is raised here. Jobs put off to a later time stay.
    """
    ran = 0
    while due := _due_job():
        number, task, args = due
        app.tasks[task].func(**args)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [number])
        ran += 1
    return ran


def fire_timers(until: datetime | None = None) -> int:
    """Fire all timers due by `until` (now, by default), in order of their due times; return how many."""
    fired = 0
    while (
        timer := Timer.objects.filter(due_at__lte=until or now(), state=Timer.RUNNING)
        .order_by("due_at", "id")
        .first()
    ):
        timer.delete()
        perform(timer.operation, by=timer.actor, on=timer.subject or None, **timer.args)
        fired += 1
    return fired


def _rows_after(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE id > %s ORDER BY id LIMIT 200", [number])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _due_job() -> tuple[int, str, dict[str, object]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args::text FROM procrastinate_jobs WHERE status = 'todo' "
            "AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY priority DESC, id LIMIT 1"
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1], msgspec.json.decode(row[2]))


@pytest.fixture(name="run_reactions")
def _run_reactions() -> Callable[[], int]:
    return run_reactions


@pytest.fixture(name="run_jobs")
def _run_jobs() -> Callable[[], int]:
    return run_jobs


@pytest.fixture(name="fire_timers")
def _fire_timers() -> Callable[..., int]:
    return fire_timers


@pytest.fixture(autouse=True)
def _no_waker_outlives_its_test() -> Iterator[None]:
    """The wake-ups' connection would keep the test database from being dropped."""
    yield
    stop_waking()
