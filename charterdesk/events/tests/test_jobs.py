"""Jobs: put off with the transaction, retried, shown to operators when given up, run again when a worker dies."""

import asyncio
import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events import job_worker, queries
from charterdesk.events.actions import drop_job, retry_job
from charterdesk.events.models import Dropped, JobError, LoggedEvent
from charterdesk.events.reader import read_batch
from charterdesk.events.tests import jobs
from charterdesk.events.tests.pumps import PumpFailed, fail_pump, reacting
from charterdesk.events.tests.test_worker import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def plumbers():
    jobs.ran.clear()
    jobs.broken.clear()


@pytest.fixture
def job_runner():
    """Runs jobs in a thread while the test lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=job_worker.run_jobs_until, args=(stop,))
    thread.start()
    yield
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


def test_a_job_of_a_transaction_that_is_rolled_back_never_runs(run_jobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.call_plumber.defer(name="Mario")
        raise ZeroDivisionError

    assert run_jobs() == 0


def test_putting_a_job_off_wants_named_arguments():
    with pytest.raises(TypeError, match="name the arguments"):
        jobs.call_plumber.defer("Mario")


def test_no_trigger_notifies_inside_the_writing_transaction():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'procrastinate_jobs'::regclass AND NOT tgisinternal"
        )
        names = {name for (name,) in cursor.fetchall()}

    assert "procrastinate_jobs_notify_queue_job_inserted_v1" not in names
    assert names


def test_a_job_runs_and_leaves_no_row(job_runner):
    with transaction.atomic():
        jobs.call_plumber.defer(name="Mario")

    eventually(lambda: jobs.ran == ["Mario"] and not ProcrastinateJob.objects.exists())


def test_a_job_given_up_is_shown_with_its_error_and_can_be_tried_again(job_runner):
    jobs.broken.add("Mario")
    with transaction.atomic():
        number = jobs.call_plumber.defer(name="Mario")
    eventually(lambda: [job.id for job in queries.failed_jobs()] == [number])
    failed = queries.failed_jobs()[0]
    assert (failed.name, failed.args) == ("events.tests.call_plumber", {"name": "Mario"})
    assert failed.error.startswith("ConnectionError: Mario does not answer (call_plumber, line")
    assert queries.count_trouble() == {"deliveries": 0, "timers": 0, "jobs": 1}

    jobs.broken.clear()
    retry_job(number)
    eventually(lambda: jobs.ran == ["Mario"])
    eventually(lambda: queries.failed_jobs() == [])


def test_a_failed_job_by_the_clock_is_tried_again_by_the_run_that_waits():
    failed, waiting = by_the_clock("failed"), by_the_clock("todo")
    JobError.objects.create(job_id=failed, error="no broom", at=now())

    retry_job(failed)

    assert list(ProcrastinateJob.objects.values_list("id", "status")) == [(waiting, "todo")]
    assert not JobError.objects.exists()


def test_an_operator_gives_a_failed_job_up_with_a_reason(job_runner):
    jobs.broken.add("Mario")
    with transaction.atomic():
        number = jobs.call_plumber.defer(name="Mario")
    eventually(lambda: queries.failed_jobs() != [])

    with pytest.raises(Refused, match="why"):
        drop_job(number, reason=" ", by="agent:1")
    drop_job(number, reason="he retired", by="agent:1")
    assert queries.failed_jobs() == []
    assert Dropped.objects.get().reason == "he retired"


def test_a_job_whose_worker_was_killed_is_run_again(job_runner):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id) "
            "VALUES ('events.tests.call_plumber', 'default', '{\"name\": \"Luigi\"}', 'doing', %s)",
            [dead],
        )

    eventually(lambda: jobs.ran == ["Luigi"])


def by_the_clock(status: str, worker: int | None = None) -> int:
    """A run of the sweep by the clock in the queue; its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queueing_lock, queue_name, args, status, worker_id) "
            "VALUES (%s, %s, 'default', '{\"timestamp\": 1}', %s, %s) RETURNING id",
            ["events.tests.sweep.clock", "events.tests.sweep.clock", status, worker],
        )
        return int(cursor.fetchone()[0])


def test_a_job_by_the_clock_whose_worker_was_killed_keeps_no_other_from_running():
    """Its next run waits already when it is missed: nothing at all was run any more, no mail left."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (dead,) = cursor.fetchone()
    _missed, waiting = by_the_clock("doing", dead), by_the_clock("todo")

    async def rescue() -> None:
        worker_app = app.with_connector(job_worker._connector())
        async with worker_app.open_async():
            with suppress(TimeoutError):
                await asyncio.wait_for(job_worker._rescue(worker_app), timeout=1)

    asyncio.run(rescue())

    assert list(ProcrastinateJob.objects.values_list("id", "status")) == [(waiting, "todo")]


def test_what_a_job_publishes_is_caused_by_the_event_that_led_to_it(run_jobs):
    failed = fail_pump(1)
    with reacting(PumpFailed, call=lambda event: jobs.publish_repair.defer(pump_id=event.pump_id)):
        read_batch()
    with transaction.atomic():
        run_jobs()

    repaired = LoggedEvent.objects.get(code="pump.repaired")
    assert (repaired.cause_id, repaired.depth) == (failed, 1)


def test_a_job_by_the_clock_is_registered_once_for_all_workers():
    registered = [key for key in app.periodic_registry.periodic_tasks if key[0].startswith("events.tests")]

    assert registered == [("events.tests.sweep.clock", "")]
    assert asyncio.iscoroutinefunction(app.tasks["events.tests.sweep.clock"].func) is False
