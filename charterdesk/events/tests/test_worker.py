"""The worker as it runs: its threads, its turn, its end, and a database that goes away."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinatePeriodicDefer
from procrastinate.periodic import PeriodicDeferrer

from charterdesk.base.clock import now
from charterdesk.events import vital_signs
from charterdesk.events.models import Heartbeat, LoggedEvent, Timer
from charterdesk.events.queries import lag
from charterdesk.events.tests import jobs
from charterdesk.events.tests.pumps import PumpFailed, fail_pump, operating, reacting
from charterdesk.events.timers import set_timer
from charterdesk.events.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 60  # a busy machine makes new connections slowly


def eventually(what):
    """Wait until `what()` holds; the test fails when it does not within `PATIENCE_S`."""
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until, "it never came to pass"
        time.sleep(0.02)


@pytest.fixture
def start_worker(monkeypatch):
    """Start workers in threads; they end with the test."""
    monkeypatch.setattr("charterdesk.events.worker.BEAT_S", 0.1)
    running = []

    def start():
        worker = Worker(threading.Event())
        thread = threading.Thread(target=worker.run)
        running.append((worker, thread))
        thread.start()
        return worker

    yield start
    for worker, _thread in running:
        worker.stop.set()
    for _worker, thread in running:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


@pytest.fixture
def heard():
    numbers = []
    with reacting(PumpFailed, call=lambda event: numbers.append(event.pump_id)):
        yield numbers


def test_a_worker_carries_out_reactions_timers_and_jobs(start_worker, heard):
    fired = []
    jobs.ran.clear()
    with operating("pumps.oil", lambda *, by: fired.append(by)):
        start_worker()
        fail_pump(1)
        with transaction.atomic():
            set_timer("oil", due_at=now() + timedelta(seconds=0.2), operation="pumps.oil")
            jobs.call_plumber.defer(name="Mario")
        eventually(lambda: heard == [1] and fired == ["system"] and jobs.ran == ["Mario"])

    eventually(lambda: not Timer.objects.exists())


def test_a_worker_says_that_it_lives_and_takes_its_leave(start_worker):
    worker = start_worker()
    eventually(lambda: vital_signs.what_is_missing() == [])

    worker.stop.set()
    eventually(lambda: not Heartbeat.objects.exists())
    assert vital_signs.what_is_missing() == [*vital_signs.PARTS]


def test_a_second_worker_stands_by_and_takes_over(start_worker, heard):
    first = start_worker()
    eventually(lambda: first.state.get("reactions") == "active")
    second = start_worker()
    eventually(lambda: second.state.get("reactions") == "stand_by")
    fail_pump(1)
    eventually(lambda: heard == [1])
    assert second.state["reactions"] == "stand_by"

    first.stop.set()
    eventually(lambda: second.state["reactions"] == "active")
    fail_pump(2)
    eventually(lambda: heard == [1, 2])


def end_all_connections():
    """Every connection to the test database but ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] > 0


def test_a_worker_outlives_the_loss_of_all_its_connections(start_worker, heard):
    start_worker()
    fail_pump(1)
    eventually(lambda: heard == [1] and lag().events == 0)  # cut off before it is noted, it would be told again
    end_all_connections()
    jobs.ran.clear()
    with transaction.atomic():
        jobs.call_plumber.defer(name="Luigi")
    fail_pump(2)

    eventually(lambda: heard == [1, 2] and jobs.ran == ["Luigi"])
    assert LoggedEvent.objects.filter(code="pump.failed").count() == 2
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # it may hold connections that this test ended


def test_what_runs_by_the_clock_goes_on_after_the_loss_of_all_connections(start_worker, monkeypatch):
    look = PeriodicDeferrer.get_previous_tasks

    def look_anew(self, at):
        """It remembers what it has deferred, and would be still until the next minute."""
        self.last_defers.clear()
        return look(self, at)

    monkeypatch.setattr(PeriodicDeferrer, "get_previous_tasks", look_anew)
    monkeypatch.setattr(PeriodicDeferrer, "get_next_tick", lambda self, at: 0.2)
    start_worker()
    eventually(lambda: ProcrastinatePeriodicDefer.objects.exists())
    end_all_connections()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")

    eventually(lambda: ProcrastinatePeriodicDefer.objects.exists())
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # it may hold connections that this test ended
