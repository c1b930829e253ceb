"""Timers: operations to be performed at a time, kept as rows; running ones cost nothing."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from charterdesk.base.keys import SYSTEM, Keyed
from charterdesk.events.log import HasKey, key_of
from charterdesk.events.models import Timer


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

    Setting a key again moves and replaces it, also one that has fired or failed. It fires within a second or
    so, in the order of due times, at least once: the operation must bear being performed twice. One
    statement.
    """
    values = (
        key,
        due_at,
        operation,
        key_of(on) if on else "",
        key_of(by),
        msgspec.json.encode(args).decode(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO events_timer (key, due_at, try_at, operation, subject, actor, args, state, attempts,
            error) VALUES (%s, %s, %s, %s, %s, %s, %s, 'running', 0, '')
            ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, try_at = excluded.try_at,
                operation = excluded.operation, subject = excluded.subject, actor = excluded.actor,
                args = excluded.args, state = 'running', attempts = 0, error = ''
            """,
            (key, due_at, due_at, *values[2:]),
        )


def cancel_timer(key: str) -> bool:
    """Take the timer back; return whether one was running. One statement."""
    deleted, _ = Timer.objects.filter(name=key).delete()
    return bool(deleted)


def cancel_timers(prefix: str) -> int:
    """Take back all timers whose key starts with `prefix`; return how many there were. One statement."""
    deleted, _ = Timer.objects.filter(name__startswith=prefix).delete()
    return deleted
