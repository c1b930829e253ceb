"""The pieces of the log: ten million events each, made before they are needed.

By number, not by time: the log grows as fast as the desk works, the sequence says exactly which piece comes next, and
the history of one subject needs one short look into the index of each piece.
"""

import logging

from django.db import connection, transaction

ROWS = 10_000_000
AHEAD = 2
LOCK_TIMEOUT_MS = 2000

log = logging.getLogger(__name__)


def make_partitions(*, rows: int = ROWS, ahead: int = AHEAD) -> list[str]:
    """Make the pieces for the next `ahead` * `rows` events that are missing; return their names.

    Cheap when there is nothing to do (one statement). Making one locks out no writer: it is filled and attached beside
    them, and only readers of the (empty) default piece wait, two seconds at most; then this raises `DatabaseError`,
    and is tried again later.
    """
    made = [_name(number) for number in _missing(rows, ahead) if _make(number, rows)]
    if made:
        log.info("made %s", ", ".join(made))
    return made


def make_pieces_up_to(number: int, *, rows: int = ROWS) -> None:
    """Make the pieces that events up to `number` will lie in, for a log that is written anew. In a transaction."""
    for piece in range(number // rows + 1):
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NULL", [_name(piece)])
            (is_missing,) = cursor.fetchone()
        if is_missing:
            _make(piece, rows)


def _missing(rows: int, ahead: int) -> list[int]:
    """The numbers of the pieces, from the one in use on, that are not there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM (SELECT last_value / %s AS current FROM events_event_id_seq) s, "
            "generate_series(current, current + %s) n WHERE to_regclass('events_event_' || n) IS NULL ORDER BY n",
            [rows, ahead],
        )
        return [number for (number,) in cursor.fetchall()]


@transaction.atomic
def _make(number: int, rows: int) -> bool:
    """Make a piece beside the log, move what fell into the default piece meanwhile, and attach it.

    False when another worker, or another thread of this one, has made it while we waited for the lock.
    """
    name, first, last = _name(number), number * rows, (number + 1) * rows
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}")
        cursor.execute("LOCK TABLE events_event_default IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        if cursor.fetchone() == (True,):
            return False
        cursor.execute(f"CREATE TABLE {name} (LIKE events_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM events_event_default WHERE id >= {first} AND id < {last} RETURNING *) "
            f"INSERT INTO {name} SELECT * FROM moved"
        )
        cursor.execute(f"ALTER TABLE events_event ATTACH PARTITION {name} FOR VALUES FROM ({first}) TO ({last})")
    return True


def _name(number: int) -> str:
    return f"events_event_{number}"
