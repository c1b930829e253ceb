"""One piece of the world after the other: told, reckoned, written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from charterdesk.ops.demo.bulk import take
from charterdesk.ops.demo.copying import copy
from charterdesk.ops.demo.plots import World, tell_chunk
from charterdesk.ops.demo.promises import keep_promises
from charterdesk.ops.demo.records import COLUMNS, Blocks, Piece, Writer
from charterdesk.sla.reckoning import Terms

_REPORT_EVERY = 10


@dataclass(frozen=True)
class Press:
    """Everything a piece is made with."""

    world: World
    writer: Writer
    terms: Mapping[tuple[str, int], Terms]

    def piece(self, chunk: int) -> Piece:
        """Tell one piece and reckon its promises; nothing is written."""
        stories = tell_chunk(self.world, chunk)
        until = self.world.stage.until
        return Piece(stories, [keep_promises(story, self.terms, until) for story in stories])

    def run(self, connection: psycopg.Connection[Any], chunk: int) -> int:
        """Write one piece, in the caller's transaction; return the number of its messages. One COPY per table."""
        piece = self.piece(chunk)
        blocks = Blocks(
            message=take(connection, "tickets_message", len(piece.letters)),
            event=take(connection, "events_event", len(piece.steps)),
            side_thread=take(connection, "tickets_sidethread", len(piece.side_threads)),
        )
        for table, rows in self.writer.rows(piece, blocks).items():
            copy(connection, table, COLUMNS[table], rows)
        return len(piece.letters)

    def run_all(self, connection: psycopg.Connection[Any], say: Callable[[str], None]) -> int:
        """Write all pieces here and now; return the number of messages."""
        messages = 0
        for chunk in range(self.world.chunks):
            messages += self.run(connection, chunk)
            if chunk % _REPORT_EVERY == _REPORT_EVERY - 1:
                say(f"{min((chunk + 1) * 250, self.world.count):,} of {self.world.count:,} tickets")
        return messages
