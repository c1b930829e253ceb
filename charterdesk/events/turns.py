"""Taking turns: of all workers one reads the log, one fires timers; the others stand by.

The turn is an advisory lock on a connection of its own, which also listens for wake-ups. It only keeps the others
quiet: what makes double work impossible are the row locks of reader and timers.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zlib import crc32

import psycopg
from django.db import DatabaseError, connection

from charterdesk.events.wake import connect

LOOK_EVERY_S = 1.0
CALM_S = 30.0

log = logging.getLogger(__name__)


class Turn:
    """It is our turn; `wait` for something to do."""

    def __init__(self, own: psycopg.Connection) -> None:
        self._own = own

    def wait(self, seconds: float = LOOK_EVERY_S) -> None:
        """Return when woken, or after `seconds`. Raises `psycopg.Error` when the connection, and the turn, are lost."""
        for _notification in self._own.notifies(timeout=seconds, stop_after=1):
            return


@contextmanager
def turn_of(part: str, stop: threading.Event, *, channel: str) -> Iterator[Turn | None]:
    """Wait until it is our turn to be `part`, listening on `channel`; None when told to stop before."""
    with connect() as own:
        while not stop.is_set():
            if own.execute("SELECT pg_try_advisory_lock(%s)", (_number(part),)).fetchone() == (True,):
                own.execute(f"LISTEN {channel}")
                log.info("%s: our turn", part)
                yield Turn(own)
                return
            stop.wait(LOOK_EVERY_S)
        yield None


def keep_running(part: str, work: Callable[[], None], stop: threading.Event) -> None:
    """Run `work` again and again until told to stop, with a growing pause after each failure.

    A database that restarts is a pause, no more. Meant for the body of a thread: gives its connection back.
    """
    pause = 0.5
    while not stop.is_set():
        began = time.monotonic()
        try:
            work()
            pause = 0.5
        except (psycopg.Error, DatabaseError, OSError) as error:
            log.warning("%s: the database is away, next try in %.1f s: %s", part, pause, str(error).partition("\n")[0])
        except Exception:
            log.exception("%s failed, next try in %.1f s", part, pause)
        finally:
            connection.close()
        if time.monotonic() - began > CALM_S:
            pause = 0.5
        if stop.wait(pause):
            return
        pause = min(pause * 2, CALM_S / 3)


def _number(part: str) -> int:
    """The advisory lock of a part: a number of our own in the 64 bits all users of the database share."""
    return (0x63686172 << 32) | crc32(part.encode())
