"""Waking readers after commit, from a connection of its own.

A NOTIFY inside the writing transaction takes one lock for the whole cluster at commit and halves the write
rate. So a commit only pokes a thread; the thread says NOTIFY once for all commits of some milliseconds. A
wake-up that is lost is a delay of a second at most: every reader also looks by itself.
"""

import logging
import os
import threading
from contextlib import suppress

import psycopg
from django.db import connection, transaction

from charterdesk.events.names import EVENTS, JOBS, WEBHOOKS

COALESCE_S = 0.004
NAME = "charterdesk wake-ups"
IDLE_S = 5.0

log = logging.getLogger(__name__)
_PAYLOAD = {EVENTS: "", JOBS: '{"type": "job_inserted", "job_id": 0}'}


class Waker:
    """One thread and one connection per process that turn many pokes into few NOTIFYs."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._poked = threading.Condition()
        self._channels: set[str] = set()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def poke(self, channel: str) -> None:
        """Have `channel` notified within some milliseconds. Never blocks, never fails."""
        with self._poked:
            self._channels.add(channel)
            if self._thread is None or not self._thread.is_alive():
                self._stopping = False
                self._thread = threading.Thread(target=self._run, name="charterdesk-wake", daemon=True)
                self._thread.start()
            self._poked.notify()

    def stop(self) -> None:
        """Close the connection and end the thread; the next poke starts it again."""
        with self._poked:
            self._stopping = True
            self._poked.notify()
            thread = self._thread
        if thread and thread is not threading.current_thread():
            thread.join(timeout=5)

    def is_of_this_process(self) -> bool:
        """Whether this was made by this process: a fork takes the object along, but not its thread."""
        return self._pid == os.getpid()

    def _run(self) -> None:
        """Notify until idle for `IDLE_S`; a broken connection costs this wake-up, no more."""
        own: psycopg.Connection | None = None
        try:
            while channels := self._next():
                try:
                    own = own or connect()
                    _notify(own, channels)
                except psycopg.Error as error:
                    log.warning("could not wake readers, they look by themselves every second: %s", error)
                    _close(own)
                    own = None
        finally:
            _close(own)

    def _next(self) -> set[str]:
        """Wait for pokes, let some milliseconds' worth of them gather; empty when it is time to end."""
        with self._poked:
            if not self._channels and not self._stopping:
                self._poked.wait(IDLE_S)
            if not self._channels:
                self._thread = None
                return set()
            self._poked.wait_for(lambda: self._stopping, COALESCE_S)
            channels, self._channels = self._channels, set()
            return channels


def connect() -> psycopg.Connection:
    """A connection of its own to Django's database, outside the pool and with autocommit."""
    params = connection.get_connection_params()
    for django_only in ("cursor_factory", "context"):
        params.pop(django_only, None)
    return psycopg.connect(**{**params, "application_name": NAME}, autocommit=True)


def _notify(own: psycopg.Connection, channels: set[str]) -> None:
    for channel in channels:
        own.execute("SELECT pg_notify(%s, %s)", (channel, _PAYLOAD.get(channel, "")))


def _close(own: psycopg.Connection | None) -> None:
    if own is not None:
        with suppress(psycopg.Error):
            own.close()


_waker = Waker()


def wake(channel: str) -> None:
    """Wake whoever listens to `channel`, now."""
    global _waker
    if not _waker.is_of_this_process():
        _waker = Waker()
    _waker.poke(channel)


def wake_events() -> None:
    """Wake the readers of the log."""
    wake(EVENTS)


def wake_jobs() -> None:
    """Wake the job workers."""
    wake(JOBS)


def wake_webhooks() -> None:
    """Wake whoever calls webhooks."""
    wake(WEBHOOKS)


_WAKERS = {EVENTS: wake_events, JOBS: wake_jobs, WEBHOOKS: wake_webhooks}


def wake_after_commit(channel: str) -> None:
    """Wake whoever listens to `channel` once the transaction in hand has committed."""
    transaction.on_commit(_WAKERS[channel])


def stop_waking() -> None:
    """Close the connection of the wake-ups, for example before a test database is dropped."""
    if _waker.is_of_this_process():
        _waker.stop()
