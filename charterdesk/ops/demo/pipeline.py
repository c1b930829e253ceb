"""A world in one transaction: one connection copies rows in, while other processes tell what comes next.

A process tells a piece and says how many numbers it needs; we take them and it answers with the piece's lines. Each
has one piece in hand, so that the connection need not wait.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import psycopg

from charterdesk.ops.demo.pieces import Press, copy_all
from charterdesk.ops.demo.plots import CHUNK

_WORTH_IT = 8
"""Fewer pieces are told here: starting processes costs more."""
_REPORT_EVERY = 10


def fill_at_once(press: Press, raw: psycopg.Connection[Any], say: Callable[[str], None]) -> int:
    """Write all pieces of `press` over `raw`, in the caller's transaction; return the number of messages."""
    chunks = press.world.chunks
    helpers = min(os.cpu_count() or 1, 4)
    if chunks < _WORTH_IT or helpers < 2:
        return sum(press.run(raw, chunk) for chunk in range(chunks))
    messages = 0
    with _helpers(press, helpers) as pipes:
        for chunk in range(chunks + helpers):
            pipe = pipes[chunk % helpers]
            if chunk >= helpers:
                copy_all(raw, pipe.recv())
                _report(chunk - helpers + 1, press.world.count, say)
            if chunk < chunks:
                needs = pipe.recv()
                messages += needs.messages
                pipe.send(needs.blocks(raw))
    return messages


def _report(done: int, count: int, say: Callable[[str], None]) -> None:
    if done % _REPORT_EVERY == 0:
        say(f"{min(done * CHUNK, count):,} of {count:,} tickets")


@contextmanager
def _helpers(press: Press, count: int) -> Iterator[list[Connection]]:
    """Processes that tell every `count`-th piece, each at the other end of a pipe."""
    context = get_context("fork")  # they find the press as it is, without a copy through the pipe
    pipes, processes = [], []
    for first in range(count):
        ours, theirs = context.Pipe()
        process = context.Process(target=_tell, args=(theirs, press, first, count), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    try:
        yield pipes
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _tell(pipe: Connection, press: Press, first: int, step: int) -> None:
    """What a helper does. It never touches the database."""
    for chunk in range(first, press.world.chunks, step):
        piece = press.piece(chunk)
        pipe.send(press.needs(piece))
        pipe.send(press.written(piece, pipe.recv()))
