"""Setting timers and taking them back: one row each, by a key of one's own."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Keyed
from charterdesk.events.log import BEGINNING, HasKey, key_of, this_cause
from charterdesk.events.models import Timer

TimerRow = tuple[str, datetime, datetime, str, str, str, str, int | None, int]


def set_timer(
    key: str,
    *,
    due_at: datetime,
    operation: str,
    on: Keyed | str | None = None,
    by: HasKey | str = SYSTEM,
    **args: Any,
) -> None:
    """Have `operation` performed on `on` at `due_at` (UTC), under a `key` of your own
    ("sla:first_reply:1042").

    Setting a key again moves and replaces it, also one that has failed. It fires within a second or so, in
    the order of due times; what it writes and that it has fired are one transaction. One statement.
    """
    write_timers([timer_row(key, due_at=due_at, operation=operation, on=on, by=by, **args)])


def timer_row(
    key: str,
    *,
    due_at: datetime,
    operation: str,
    on: Keyed | str | None = None,
    by: HasKey | str = SYSTEM,
    **args: Any,
) -> TimerRow:
    """What `set_timer` writes, for `write_timers`; under the cause that holds now."""
    cause = (this_cause() or BEGINNING).later((due_at - now()).total_seconds())
    return (
        key, due_at, due_at, operation, key_of(on) if on else "", key_of(by),
        msgspec.json.encode(args).decode(), cause.event_id, cause.depth,
    )  # fmt: skip


def write_timers(rows: Sequence[TimerRow]) -> None:
    """Set timers of different keys, in one statement."""
    if not rows:
        return
    places = ", ".join([_TIMER] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_SET.format(rows=places), [value for row in rows for value in row])


_TIMER = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, 'running', 0, '')"
_SET = """
    INSERT INTO events_timer
        (key, due_at, try_at, operation, subject, actor, args, cause_id, depth, state, attempts, error)
    VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, try_at = excluded.try_at,
        operation = excluded.operation, subject = excluded.subject, actor = excluded.actor, args =
        excluded.args, cause_id = excluded.cause_id, depth = excluded.depth, state = 'running', attempts = 0,
        error = ''
"""


def cancel_timer(key: str) -> bool:
    """Take the timer back; return whether one was set. One statement."""
    deleted, _ = Timer.objects.filter(name=key).delete()
    return bool(deleted)


def cancel_timers_of(keys: Collection[str]) -> None:
    """Take back the timers of these keys, those that are set. One statement."""
    Timer.objects.filter(name__in=keys).delete()


def cancel_timers(prefix: str) -> int:
    """Take back all timers whose key starts with `prefix`; return how many there were. One statement."""
    deleted, _ = Timer.objects.filter(name__startswith=prefix).delete()
    return deleted
