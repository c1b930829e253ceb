"""After a dump was restored into another cluster: its transaction numbers begin anew, the log's are the old
ones.

So positions mean nothing any more. What had not been delivered before the dump is handed to everybody as a
delivery of its own; reading goes on with what this cluster wrote. The old rows keep their numbers, many of
which lie ahead of this cluster's: they are kept out by a floor, and out of the index by a condition, or each
look for new events would pass them all.
"""

import logging
from dataclasses import replace

from django.db import connection, transaction

from charterdesk.events.position import THIS, Place, Snapshot

MENDING = 0x6D656E64  # "mend"

log = logging.getLogger(__name__)


def is_restored(place: Place, identifier: str) -> bool:
    """Whether `place` is of another cluster than the one called `identifier` (or of none yet)."""
    return place.system_identifier != identifier


def rebase(place: Place, identifier: str) -> Place:
    """The place from which to read on in this cluster; what was still undelivered waits as deliveries.

    Safe also when this cluster has written events before: their numbers are above all delivered ones.
    Rewrites the index on `txid`, which blocks writers for seconds per ten million events; once after a
    restore.
    """
    if not place.system_identifier:
        return replace(place, system_identifier=identifier)
    with connection.cursor() as cursor:
        cursor.execute(_HAND_OVER, {
            "seen": place.seen_id, "xmin": str(place.position.xmin), "position": str(place.position),
            "target": str(place.target or "1:1:"), "offset": place.offset_id,
        })  # fmt: skip
        handed_over, snapshot, highest = cursor.fetchone()
    log.warning("restored from another cluster: %s events wait to be delivered again", handed_over)
    floor = max(place.seen_id, highest or 0)
    return Place(place.name, Snapshot.read(snapshot), None, 0, floor, place.seen_id, identifier)


# One statement, so that one snapshot decides which events are handed over and from where to read on.
_HAND_OVER = f"""
    WITH undelivered AS (
        SELECT id, subject FROM events_event WHERE id > %(seen)s
        UNION
        SELECT id, subject FROM events_event
        WHERE id <= %(seen)s AND txid >= %(xmin)s::xid8 AND NOT pg_visible_in_snapshot(txid, %(position)s)
        AND NOT (id <= %(offset)s AND pg_visible_in_snapshot(txid, %(target)s))
    ), handed_over AS (
        INSERT INTO events_delivery (event_id, subject, handler, state, attempts, next_try_at, error)
        SELECT id, subject, '*', 'waiting', 0, now(), '' FROM undelivered
        ON CONFLICT (event_id, handler) DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*) FROM handed_over), {THIS},
           (SELECT max(id) FROM events_event WHERE txid >= pg_snapshot_xmax(pg_current_snapshot()))
"""


@transaction.atomic
def mend_index(floor: int) -> bool:
    """After a restore, leave the old events out of the index on `txid`; return whether that was still to be done.

    Until then each look for new events passes all the old ones. Writers wait meanwhile, some seconds per ten million
    events, once. Raises `DatabaseError` when a transaction that wrote stays open for more than two seconds: try later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MENDING])  # nobody looks at an index being replaced
        cursor.execute("SELECT pg_get_indexdef(to_regclass('events_event_txid'))")
        (definition,) = cursor.fetchone()
        if not floor or "WHERE" in definition:
            return False
        cursor.execute("SET LOCAL lock_timeout = 2000")
        cursor.execute("DROP INDEX events_event_txid")
        cursor.execute(f"CREATE INDEX events_event_txid ON events_event (txid) WHERE id > {int(floor)}")
    return True
