"""The reader of the log: takes what is new, in batches, and has it delivered.

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
from charterdesk.events.restored import is_restored, rebase

REACTIONS = "reactions"
BATCH = 500
SECONDS_PER_BATCH = 0.15  # rows a batch has locked are not kept from people for longer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """Events to be delivered, in order: those between two snapshots, or a piece of them; `is_last` ends the gap."""

    entries: list[Entry]
    base: Snapshot
    target: Snapshot
    is_last: bool


def read_batch(name: str = REACTIONS) -> int:
    """Deliver the next events and move on; return how many there were, 0 when all are delivered.

    First all in one go; when any listener fails, again with a savepoint for each. Raises only when the
    database is gone or can't be written.
    """
    try:
        return _read(name, carefully=False)
    except Exception as error:
        if connection_lost():
            raise
        log.info("a batch failed (%s), it is delivered again one by one", describe(error))
    return _read(name, carefully=True)


@transaction.atomic
def _read(name: str, *, carefully: bool) -> int:
    place, identifier = _locked_place(name)
    if is_restored(place, identifier):
        place = rebase(place, identifier)
        _save(place)
    batch = next_batch(place)
    if not batch.entries:
        return 0
    work_in_background()
    if carefully:
        count = deliver_carefully(batch.entries, seconds=SECONDS_PER_BATCH)
    else:
        with _all_or_nothing():
            count = deliver(batch.entries, seconds=SECONDS_PER_BATCH)
    _save(_moved(place, batch, count))
    return count


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
