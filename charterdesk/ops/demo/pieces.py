"""One piece of the world: told, reckoned, written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from charterdesk.ops.demo.bulk import take
from charterdesk.ops.demo.copying import copy, lines
from charterdesk.ops.demo.plots import World, tell_chunk
from charterdesk.ops.demo.promises import keep_promises
from charterdesk.ops.demo.records import COLUMNS, Blocks, Piece, Writer
from charterdesk.sla.reckoning import Terms

Written = dict[str, bytes]


@dataclass(frozen=True)
class Needs:
    """How many numbers a piece needs."""

    messages: int
    events: int
    side_threads: int

    def blocks(self, connection: psycopg.Connection[Any]) -> Blocks:
        """Take them from the sequences."""
        return Blocks(
            message=take(connection, "tickets_message", self.messages),
            event=take(connection, "events_event", self.events),
            side_thread=take(connection, "tickets_sidethread", self.side_threads),
        )


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

    def needs(self, piece: Piece) -> Needs:
        """The numbers `piece` needs."""
        return Needs(len(piece.letters), len(piece.steps), len(piece.side_threads))

    def written(self, piece: Piece, blocks: Blocks) -> Written:
        """`piece` as lines for COPY, by table, in an order in which each row finds what it names."""
        return {table: lines(rows) for table, rows in self.writer.rows(piece, blocks).items()}

    def run(self, connection: psycopg.Connection[Any], chunk: int) -> int:
        """Write one piece, in the caller's transaction; return the number of its messages."""
        piece = self.piece(chunk)
        needs = self.needs(piece)
        copy_all(connection, self.written(piece, needs.blocks(connection)))
        return needs.messages


def copy_all(connection: psycopg.Connection[Any], written: Written) -> None:
    """Copy a piece in. One COPY per table."""
    for table, rows in written.items():
        copy(connection, table, COLUMNS[table], rows)
