"""The log as the live stream hears it: asyncpg, one connection that listens, and what is new since a position."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import asyncpg
import msgspec

from charterdesk.events.names import EVENTS
from charterdesk.events.position import BEGINNING, Snapshot, sql_new
from charterdesk.events.topics import topics_of

NAME = "charterdesk live"
LOOK_EVERY_S = 1.0
COALESCE_S = 0.01
MOST = 2000  # more than that, and pages had better fetch everything anew
OVERLAP = 1000  # events before a page's number that may have been committed after it was shown

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """Event `number` touches `topics`."""

    number: int
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is new up to `position`; `news` is None when it is too much to tell."""

    news: list[News] | None
    position: Snapshot


class LogStream:
    """Follows the log from now on. `is_connected` while the database is there."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._something = asyncio.Event()
        self._cluster = ""
        self._floor = 0
        self.position = BEGINNING
        self.is_connected = False

    async def follow(self) -> AsyncIterator[Piece]:
        """All that is new, piece by piece, for ever; a database that goes away is waited for."""
        pause = 0.5
        while True:
            try:
                async with _Connection(self._url) as own:
                    if await self._begin(own):
                        yield Piece(None, self.position)
                    pause = 0.5
                    while True:
                        if piece := await self._next(own):
                            yield piece
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the database is away, next try in %.1f s: %s", pause, error)
            finally:
                self.is_connected = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def since(self, position: Snapshot) -> Piece:
        """What is new since `position`, of which a page says it has seen all. Opens a connection. Raises `OSError`
        and asyncpg's errors.
        """
        async with _Connection(self._url) as own:
            return await self._read(own, position)

    async def since_number(self, number: int) -> Piece:
        """What is new since event `number` was the last; some of the latest before it are told again."""
        async with _Connection(self._url) as own:
            rows = await own.fetch(
                "SELECT id, subject, data::text FROM events_event WHERE id > $1 AND id <> $2 ORDER BY id LIMIT $3",
                number - OVERLAP, number, MOST + 1,
            )  # fmt: skip
        return Piece(None if len(rows) > MOST else [_news(row) for row in rows], self.position)

    async def _begin(self, own: asyncpg.Connection) -> bool:
        """Listen; begin now, at first and in another cluster. Returns whether listeners may have missed something."""
        await own.add_listener(EVENTS, lambda *_args: self._something.set())
        row = await own.fetchrow(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()) AS cluster, "
            "pg_current_snapshot()::text AS position, "
            "coalesce((SELECT max(floor_id) FROM events_reader), 0) AS floor"
        )
        self.is_connected = True
        if row["cluster"] == self._cluster:
            return False
        is_other = bool(self._cluster)
        self._cluster, self._floor, self.position = row["cluster"], row["floor"], Snapshot.read(row["position"])
        return is_other

    async def _next(self, own: asyncpg.Connection) -> Piece | None:
        """Wait to be woken, or a second; then what is new, if anything."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._something.wait()
                await asyncio.sleep(COALESCE_S)
        self._something.clear()
        piece = await self._read(own, self.position)
        self.position = piece.position
        return piece if piece.news is None or piece.news else None

    async def _read(self, own: asyncpg.Connection, position: Snapshot) -> Piece:
        rows = await own.fetch(sql_new(position, floor=self._floor, limit=MOST + 1))
        if not rows:
            return Piece([], position)
        reached = Snapshot.read(rows[0][-1])
        if len(rows) > MOST:
            return Piece(None, reached)
        return Piece([_news(row) for row in sorted(rows, key=lambda row: int(row["id"]))], reached)


class _Connection:
    """A connection for as long as the block lasts."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __aenter__(self) -> asyncpg.Connection:
        self._own = await asyncpg.connect(
            self._url, timeout=10, statement_cache_size=0, server_settings={"application_name": NAME}
        )
        return self._own

    async def __aexit__(self, *_error: object) -> None:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            await self._own.close(timeout=2)


def _news(row: asyncpg.Record) -> News:
    return News(row["id"], frozenset(topics_of(row["subject"], msgspec.json.decode(row["data"]))))
