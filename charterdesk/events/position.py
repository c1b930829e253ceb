"""How far a reader has come: a snapshot, and the statements that find what is new since it.

A number is not enough: an event with a lower number may be committed after one with a higher one. So a
position is what the database itself saw (`pg_snapshot`, as PgQ does it): everything visible in it is read.
New is what is visible now and was not then: rows of transactions that began later, and of those few that were
under way. Both are found through the index on `txid`, so a transaction that stays open for an hour costs one
more probe, no more.

All values in the statements are numbers, written as literals: they serve psycopg and asyncpg alike, and the
planner sees which partitions and which partial index serve.
"""

from dataclasses import dataclass
from typing import Self

from charterdesk.events.names import COLUMNS

ROW = ", ".join(f"e.{column.strip()}" for column in COLUMNS.split(","))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was committed at one moment: all below `xmin`, nothing from `xmax` on, between them all but `running`."""

    xmin: int
    xmax: int
    running: tuple[int, ...] = ()

    @classmethod
    def read(cls, text: str) -> Self:
        """The snapshot PostgreSQL writes as `text` ("10:20:10,14"). Raises `ValueError` for anything else.

        `THIS` adds the number of the asking transaction ("10:20:10,14/12"): PostgreSQL leaves that out of the
        running ones, and what a reader's own listeners publish would count as read.
        """
        bounds, _, own = text.partition("/")
        xmin, xmax, running = bounds.split(":")
        xids = {int(xid) for xid in (*running.split(","), own) if xid and int(xid) < int(xmax)}
        return cls(min(int(xmin), *xids) if xids else int(xmin), int(xmax), tuple(sorted(xids)))

    def __str__(self) -> str:
        return f"{self.xmin}:{self.xmax}:{','.join(map(str, self.running))}"


BEGINNING = Snapshot(1, 1)
THIS = "concat(pg_current_snapshot(), '/', pg_current_xact_id_if_assigned())"


def sql_new(last: Snapshot, *, floor: int, limit: int) -> str:
    """New rows since `last`, at most `limit`, unordered; each with the snapshot they were read in as last
    column.

    Rows up to number `floor` are left out. Cost: `limit` index entries and one probe per transaction that was
    under way, on each partition above the floor.
    """
    return (
        f"SELECT * FROM ((SELECT {ROW}, {THIS} FROM events_event e "
        f"WHERE e.id > {floor} AND e.txid >= '{last.xmax}'::xid8 "
        f"AND pg_visible_in_snapshot(e.txid, pg_current_snapshot()) ORDER BY e.txid LIMIT {limit})"
        + _or_running(last, f"{ROW}, {THIS}", floor)
        + f") new LIMIT {limit}"
    )


def sql_first_new(last: Snapshot, *, floor: int) -> str:
    """Number and time of the first new event since `last`, and how many there are. Reads the whole gap."""
    now = "pg_visible_in_snapshot(e.txid, pg_current_snapshot())"
    return (
        "SELECT min(g.id), min(g.at), count(*) FROM ("
        f"(SELECT e.id, e.at FROM events_event e WHERE e.id > {floor} AND e.txid >= '{last.xmax}'::xid8 AND {now})"
        f"{_or_running(last, 'e.id, e.at', floor)}) g"
    )


def sql_piece(last: Snapshot, target: Snapshot, *, after: int, limit: int) -> str:
    """The next `limit` rows, by number, of the gap between `last` and `target`, after number `after`.

    The conditions on `txid` are functions, so that no index on it tempts the planner to sort the whole gap
    for each piece: it walks the primary key from `after` on.
    """
    return (
        f"SELECT {ROW} FROM events_event e WHERE e.id > {after} "
        f"AND NOT pg_visible_in_snapshot(e.txid, '{last}') AND pg_visible_in_snapshot(e.txid, '{target}') "
        f"ORDER BY e.id LIMIT {limit}"
    )


def _or_running(last: Snapshot, columns: str, floor: int) -> str:
    """The rows of transactions that were under way at `last`; nothing to ask where there were none."""
    if not last.running:
        return ""
    running = ", ".join(f"'{xid}'" for xid in last.running)
    return (
        f" UNION ALL (SELECT {columns} FROM events_event e WHERE e.id > {floor} "
        f"AND e.txid = ANY (ARRAY[{running}]::xid8[]) "
        "AND pg_visible_in_snapshot(e.txid, pg_current_snapshot()))"
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A reader's row. While a long gap is read in pieces, `target` ends it and `offset_id` is the last one
    read.

    Nothing up to `floor_id` is found by position; `seen_id` is the highest number ever delivered.
    """

    name: str
    position: Snapshot = BEGINNING
    target: Snapshot | None = None
    offset_id: int = 0
    floor_id: int = 0
    seen_id: int = 0
    system_identifier: str = ""
