"""The worker: carries out reactions, rules and timers, runs jobs, and calls webhooks.

Several may run: they share the jobs, while each lane of the log, the timers and the webhooks are in the hands of one
and the others stand by. A process may do some of the parts only: two do not wait for each other's Python.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection
from functools import partial

from django.db import DatabaseError

from charterdesk.base.clock import now
from charterdesk.events.delivery import deliver_due, gave_way
from charterdesk.events.job_worker import run_jobs_until
from charterdesk.events.names import EVENTS, WEBHOOKS
from charterdesk.events.partitions import make_partitions
from charterdesk.events.queries import read_place
from charterdesk.events.reactions import INDEX, MAIL, MAIN
from charterdesk.events.reader import read_batch
from charterdesk.events.restored import mend_index
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.events.timers import fire_due, next_due
from charterdesk.events.turns import LOOK_EVERY_S, keep_running, turn_of
from charterdesk.events.vital_signs import PARTS, say_goodbye, say_that_we_live
from charterdesk.events.wake import stop_waking
from charterdesk.events.webhooks.sender import call_due, forget_old_calls

BEAT_S = 3.0
UPKEEP_S = 600.0
END_S = 15.0
ACTIVE, STAND_BY = "active", "stand_by"

log = logging.getLogger(__name__)


def main(stop: threading.Event | None = None, *, parts: Collection[str] = PARTS) -> None:
    """Do these `parts` until told to stop: by `stop`, or in a process of its own by SIGTERM or SIGINT. Then finish in
    order.
    """
    if stop is None:
        stop = told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: told.set())
    Worker(stop, parts).run()


class Worker:
    """The threads of one worker process, and what each does."""

    def __init__(self, stop: threading.Event, parts: Collection[str] = PARTS) -> None:
        self.stop = stop
        self.parts = parts
        self.part = "worker" if MAIN in parts else "mailroom"
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at = now()
        self.state: dict[str, str] = {}
        self._moved: dict[str, float] = {}

    def run(self) -> None:
        """Start the parts, say every few seconds that we live, end the parts when told to."""
        known: dict[str, Callable[[], None]] = {
            MAIN: self._react,
            MAIL: partial(self._react_beside, MAIL),
            INDEX: partial(self._react_beside, INDEX),
            "timers": self._fire,
            "jobs": self._run_jobs,
            "webhooks": self._call_webhooks,
        }
        threads = [self._start(part, known[part]) for part in self.parts]
        keep_running("heartbeat", self._live, self.stop)
        for thread in threads:
            thread.join(END_S)
        stop_waking()
        keep_running("goodbye", lambda: say_goodbye(self.name), _Once())

    def _start(self, part: str, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=keep_running, args=(part, work, self.stop), name=part)
        thread.start()
        return thread

    def _react(self) -> None:
        """Deliver the log's events to the main lane, when it is our turn."""
        self._moves(MAIN, STAND_BY)
        with turn_of(MAIN, self.stop, channel=EVENTS) as turn:
            load_default_rules()
            read_batch()  # in another cluster than before, this finds its place anew, and the log's index follows
            look_after_the_log()
            while turn and not self.stop.is_set():
                busy = read_batch() + deliver_due()
                self._moves(MAIN, ACTIVE)
                if not busy:
                    turn.wait()

    def _react_beside(self, lane: str) -> None:
        """Deliver them to another lane."""
        self._moves(lane, STAND_BY)
        with turn_of(lane, self.stop, channel=EVENTS) as turn:
            while turn and not self.stop.is_set():
                busy = read_batch(lane)
                self._moves(lane, ACTIVE)
                if not busy:
                    turn.wait()

    def _fire(self) -> None:
        """Fire timers, when it is our turn."""
        self._moves("timers", STAND_BY)
        with turn_of("timers", self.stop, channel="charterdesk_timers") as turn:
            while turn and not self.stop.is_set():
                fire_due()
                self._moves("timers", ACTIVE)
                turn.wait(_seconds_to_next())

    def _run_jobs(self) -> None:
        """Run jobs, beside the other workers."""
        self._moves("jobs", ACTIVE)
        run_jobs_until(self.stop)

    def _call_webhooks(self) -> None:
        """Send webhooks what they have to hear, when it is our turn."""
        self._moves("webhooks", STAND_BY)
        with turn_of("webhooks", self.stop, channel=WEBHOOKS) as turn:
            while turn and not self.stop.is_set():
                busy = call_due()
                self._moves("webhooks", ACTIVE)
                if not busy:
                    turn.wait()

    def _moves(self, part: str, state: str) -> None:
        self.state[part] = state
        self._moved[part] = time.monotonic()

    def _live(self) -> None:
        """Say that we live, and look after the log if reading it is ours, until told to stop."""
        looked = -UPKEEP_S
        while not self.stop.is_set():
            say_that_we_live(self.name, part=self.part, started_at=self.started_at, state=self._seen())
            if MAIN in self.parts and time.monotonic() - looked >= UPKEEP_S:
                looked = time.monotonic()
                look_after_the_log()
            self.stop.wait(BEAT_S)

    def _seen(self) -> dict[str, str]:
        """What each part does, "stuck" where one has not moved for a minute (a listener that never returns)."""
        still = time.monotonic() - 60
        stuck = {p for p, s in self.state.items() if s == ACTIVE and p != "jobs" and self._moved[p] < still}
        return {part: "stuck" if part in stuck else state for part, state in self.state.items()}


class _Once(threading.Event):
    """A stop that lets `keep_running` do its work a single time."""

    def is_set(self) -> bool:
        was_set = super().is_set()
        self.set()
        return was_set


def _seconds_to_next() -> float:
    """How long the next timer leaves us; a second at most, for those set meanwhile."""
    due_at = next_due()
    seconds = (due_at - now()).total_seconds() if due_at else LOOK_EVERY_S
    return min(max(seconds, 0.01), LOOK_EVERY_S)


def look_after_the_log() -> None:
    """Make its next pieces, mend its index after a restore, and forget what webhooks were sent long ago.

    What has to wait is tried again later.
    """
    try:
        make_partitions()
        mend_index(read_place().floor_id)
        forget_old_calls()
    except DatabaseError as error:
        if gave_way(error):
            log.info("the log is looked after in ten minutes: somebody writes to it just now")
        else:
            log.warning("the log could not be looked after, next try in ten minutes: %s", error)
