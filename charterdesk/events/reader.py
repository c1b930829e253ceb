"""The readers of the log, one for each lane: each takes what is new, in batches, and has it delivered.

One transaction per batch holds the effects of its listeners and the new position: what is committed is
delivered once; a crash, at any moment, leaves both or none. The reader's row is locked meanwhile, so that two
workers never deliver the same batch.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from charterdesk.events.delivery import connection_lost, deliver, deliver_carefully, describe, work_in_background
from charterdesk.events.log import Entry, entry_of
from charterdesk.events.position import Place, Snapshot, sql_first_new, sql_new, sql_piece
from charterdesk.events.reactions import LANES, MAIN
from charterdesk.events.restored import is_restored, rebase

BATCH, LEAST = 500, 50
SECONDS_PER_BATCH = 0.1
"""Of effort: some 0.15 s by the clock where a core is free. What a batch has locked is kept from people for 0.5 s."""

log = logging.getLogger(__name__)
_room: dict[str, int] = {}
"""How many events this process fetches for each lane: not many more than it last got through in its time."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events to be delivered, in order: those between two snapshots, or a piece of them; `is_last` ends the gap."""

    entries: list[Entry]
    base: Snapshot
    target: Snapshot
    is_last: bool


def read_batches() -> int:
    """The next batch of every lane; return how many events there were, 0 when all are delivered. As `read_batch`."""
    return sum(read_batch(lane) for lane in LANES)


def read_batch(lane: str = MAIN) -> int:
    """Deliver the next events to a lane and move on; return how many there were, 0 when all are delivered.

    First all in one go; when any listener fails, again with a savepoint for each. Raises only when the
    database is gone or can't be written.
    """
    try:
        return _read(lane, carefully=False)
    except Exception as error:
        if connection_lost():
            raise
        log.info("a batch failed (%s), it is delivered again one by one", describe(error))
    return _read(lane, carefully=True)


@transaction.atomic
def _read(lane: str, *, carefully: bool) -> int:
    place, identifier = _locked_place(lane)
    if is_restored(place, identifier):
        if lane != MAIN and place.system_identifier:
            return 0  # the main lane finds the places of all, so that nothing is handed over twice
        place = _rebase_all(place, identifier) if lane == MAIN else rebase(place, identifier)
    room = _room.get(lane, BATCH)
    batch = next_batch(place, limit=room)
    if not batch.entries:
        return 0
    work_in_background()
    if carefully:
        count = deliver_carefully(batch.entries, lane=lane, seconds=SECONDS_PER_BATCH)
    else:
        with _all_or_nothing():
            count = deliver(batch.entries, lane=lane, seconds=SECONDS_PER_BATCH)
    _room[lane] = max(LEAST, 2 * count) if count < len(batch.entries) else min(BATCH, 2 * room)
    _save(_moved(place, batch, count))
    return count


def _rebase_all(main: Place, identifier: str) -> Place:
    """Find the places of all lanes in this cluster, in one transaction; return that of the main one.

    A lane that is in it stays where it is: on a new desk the mail room may have read before the main lane begins.
    """
    names = _rows("SELECT name FROM events_reader WHERE name = ANY(%s) ORDER BY name", [*{*LANES} - {MAIN}])
    others = [_locked_place(name)[0] for (name,) in names]
    places = (main, *others)
    main, *others = [rebase(place, identifier) if is_restored(place, identifier) else place for place in places]
    for place in (main, *others):
        _save(place)
    return main


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Spare the savepoints of actions that are called inside: when anything fails, all of it is delivered again.

    That holds for an error somebody catches, too: the transaction is marked as broken, and the next statement raises.
    """
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def next_batch(place: Place, *, limit: int = BATCH) -> Batch:
    """What comes after `place`. One statement; three at the beginning of a gap of more than `limit` events."""
    if place.target:
        rows = _rows(sql_piece(place.position, place.target, after=place.offset_id, limit=limit))
        if rows:
            return _piece(rows, place.position, place.target, limit)
        place = replace(place, position=place.target, target=None)
    rows = _rows(sql_new(place.position, floor=place.floor_id, limit=limit + 1))
    if len(rows) > limit:
        return _first_piece(place, Snapshot.read(rows[0][-1]), limit)
    target = Snapshot.read(rows[0][-1]) if rows else place.position
    entries = sorted((entry_of(row[:-1]) for row in rows), key=lambda entry: entry.id)
    return Batch(entries, place.position, target, is_last=True)


def _first_piece(place: Place, target: Snapshot, limit: int) -> Batch:
    """The beginning of a long gap: from its lowest number on, by the primary key."""
    ((first, _at, _count),) = _rows(sql_first_new(place.position, floor=place.floor_id))
    rows = _rows(sql_piece(place.position, target, after=first - 1, limit=limit))
    return _piece(rows, place.position, target, limit)


def _piece(rows: list[tuple[Any, ...]], base: Snapshot, target: Snapshot, limit: int) -> Batch:
    return Batch([entry_of(row) for row in rows], base, target, is_last=len(rows) < limit)


def _moved(place: Place, batch: Batch, count: int) -> Place:
    """The place after `count` events of `batch`."""
    seen = max(place.seen_id, *(entry.id for entry in batch.entries[:count]))
    if batch.is_last and count == len(batch.entries):
        return replace(place, position=batch.target, target=None, offset_id=0, seen_id=seen)
    offset = batch.entries[count - 1].id
    return replace(place, position=batch.base, target=batch.target, offset_id=offset, seen_id=seen)


_NEW = """
    INSERT INTO events_reader (name, position, target, offset_id, floor_id, seen_id, system_identifier)
    VALUES (%s, '1:1:', '', 0, 0, 0, '') ON CONFLICT (name) DO NOTHING RETURNING name
"""
_PLACE = """
    SELECT position, target, offset_id, floor_id, seen_id, system_identifier,
           (SELECT c.system_identifier::text FROM pg_control_system() c)
    FROM events_reader WHERE name = %s FOR UPDATE
"""


def _locked_place(name: str) -> tuple[Place, str]:
    """How far the reader has come (from the beginning of the log, if new), its row locked; and which cluster
    this is.
    """
    rows = _rows(_PLACE, name)
    if not rows:
        _rows(_NEW, name)
        rows = _rows(_PLACE, name)
    position, target, offset, floor, seen, identifier, this = rows[0]
    target = Snapshot.read(target) if target else None
    return Place(name, Snapshot.read(position), target, offset, floor, seen, identifier), this


def _save(place: Place) -> None:
    values: list[Any] = [
        str(place.position), str(place.target or ""), place.offset_id, place.floor_id, place.seen_id,
        place.system_identifier, place.name,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_reader SET position = %s, target = %s, offset_id = %s, floor_id = %s, seen_id = %s, "
            "system_identifier = %s, moved_at = now() WHERE name = %s",
            values,
        )


def _rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
