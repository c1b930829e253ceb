"""For tests: carry out now what the worker would carry out after the commit.

A pytest plugin too (`pytest_plugins = ["charterdesk.events.testing"]`): fixtures `run_reactions`, `run_jobs`,
`fire_timers`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from charterdesk.base.clock import now
from charterdesk.events.delivery import deliver
from charterdesk.events.log import entry_of
from charterdesk.events.models import Reader, Timer
from charterdesk.events.names import COLUMNS
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.events.timers import perform_timer
from charterdesk.events.wake import stop_waking

_READER = "testing"


def run_reactions() -> int:
    """Deliver every event not delivered yet, and those they cause, until none is left; return how many.

    What a reaction raises is raised here. Works inside a test's transaction, where the worker could not see.
    """
    load_default_rules()
    reader, _ = Reader.objects.get_or_create(name=_READER)
    delivered = 0
    while rows := _rows_after(reader.floor_id):
        with transaction.atomic():
            delivered += deliver([entry_of(row) for row in rows])
            reader.floor_id = int(rows[-1][0])
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
    """Fire all timers due by `until` (now, by default), in order of their due times; return how many.

    What an operation raises is raised here.
    """
    due = Timer.objects.filter(due_at__lte=until or now(), state=Timer.RUNNING).order_by("due_at", "id")
    fired = 0
    while timer := due.first():
        perform_timer(timer)
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
