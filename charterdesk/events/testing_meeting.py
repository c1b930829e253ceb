"""Two actions that meet, in the one order that harms where a lock is missing; neither clocks nor luck decide it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from threading import Event
from typing import Any

from django.db import DatabaseError, connection, connections, transaction

from charterdesk.base.refused import Refused

Deed = Callable[[], Any]
LOOK_S = 0.02
WAITS = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"


def meet(first: Deed, second: Deed) -> tuple[Any, Any]:
    """Do `first`, and before it commits begin `second`, each on a connection of its own; what each returned.

    `first` commits when `second` has ended, or waits for a lock: so a `second` that does not hold what it reads has
    read by then what is about to change. Of what was raised the code of a `Refused`, else the name of the error. In a
    test that commits.
    """
    is_done, may_commit = Event(), Event()
    pids: list[int] = []

    def begin() -> Any:
        try:
            with transaction.atomic():
                said = first()
                is_done.set()
                may_commit.wait()
            return said
        finally:
            is_done.set()

    def follow() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(int(cursor.fetchone()[0]))
        return second()

    with ThreadPoolExecutor(2) as pool:
        try:
            before = pool.submit(_said, begin)
            is_done.wait()
            after = pool.submit(_said, follow)
            while not after.done() and not _waits(pids):
                wait_for([after], timeout=LOOK_S)
        finally:
            may_commit.set()
    return before.result(), after.result()


def _said(deed: Deed) -> Any:
    try:
        return deed()
    except Refused as error:
        return error.code
    except DatabaseError as error:
        return type(error).__name__
    finally:
        connections.close_all()


def _waits(pids: list[int]) -> bool:
    """Whether the connection of `pids`, once it is known, waits for somebody else's lock."""
    if not pids:
        return False
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [pids[0]])
        return bool(cursor.fetchone() == (True,))
