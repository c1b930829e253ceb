"""What a bulk load needs of the database: numbers from its sequences, counts, search, and readers that look past it."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

from charterdesk.events.partitions import make_partitions
from charterdesk.events.queries import read_place
from charterdesk.events.reactions import LANES
from charterdesk.events.restored import mend_index

_TAKEN = 0x64656D6F  # "demo": two loaders never take numbers from one sequence at once
_NOT_SERIAL = {"tickets_number": "tickets_number", "events_event": "events_event_id_seq"}


def take(raw: psycopg.Connection[Any], table: str, count: int) -> int:
    """Take `count` numbers from the sequence of `table` and return the first; 0 for none."""
    if not count:
        return 0
    with raw.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TAKEN])
        sequence = _NOT_SERIAL.get(table)
        if sequence is None:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (sequence,) = cursor.fetchone() or ("",)
        cursor.execute("SELECT setval(%s::regclass, nextval(%s::regclass) + %s)", [sequence, sequence, count - 1])
        (last,) = cursor.fetchone() or (0,)
    return int(last) - count + 1


def finish(say: Callable[[str], None]) -> None:
    """Set right what is kept beside the rows: sums, the planner's statistics, and where the log is read on from."""
    say("counting, and teaching the planner")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tickets_fold_counts()")
        cursor.executemany(_READ_ON, [[lane] for lane in LANES])
        cursor.execute("ANALYZE")
    make_partitions()  # here nobody waits for these two; later all who write would
    mend_index(read_place().floor_id)


# What is in the log has happened long ago and had its effects: nobody is to react to it.
_READ_ON = """
    INSERT INTO events_reader (name, position, target, offset_id, floor_id, seen_id, system_identifier)
    SELECT %s, pg_current_snapshot()::text, '', 0, coalesce(max(id), 0), coalesce(max(id), 0),
           (SELECT system_identifier::text FROM pg_control_system())
    FROM events_event
    ON CONFLICT (name) DO UPDATE SET position = excluded.position, target = '', offset_id = 0,
        floor_id = excluded.floor_id, seen_id = excluded.seen_id, system_identifier = excluded.system_identifier
"""
