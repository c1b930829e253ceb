"""A big world: pieces on all cores, each in a transaction of its own, with indexes made when all rows are there."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from charterdesk.ops.demo.pieces import Press

Say = Callable[[str], None]

_TABLES = (
    "tickets_ticket", "tickets_message", "tickets_attachment", "tickets_copied", "events_event", "sla_promise",
    "sla_clock",
)  # fmt: skip
_PIECES_AT_ONCE = 8
_REPORT_SECONDS = 10.0
_press: Press | None = None


def fill_in_pieces(press: Press, say: Say) -> int:
    """Write all pieces of `press` on all cores; return the number of messages.

    Foreign keys are not looked up row by row and indexes are made at the end, where the server lets us (a superuser,
    as the embedded one does); else everything is kept up to date row by row, which takes several times as long.
    """
    conninfo = conninfo_of_django()
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has one; forked processes must not share it
    workers = max(2, os.cpu_count() or 2)
    with psycopg.connect(conninfo, autocommit=True) as raw:
        unhindered = raw.info.parameter_status("is_superuser") == "on"
        say(f"writing {press.world.count:,} tickets with {workers} processes")
        with _without_indexes(raw, conninfo, say) if unhindered else _as_it_is():
            messages = _write(press, conninfo, workers, unhindered, say)
            if unhindered:
                _count(raw)
    return messages


def conninfo_of_django() -> str:
    """How to reach Django's database without Django."""
    chosen = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo("", **{theirs: str(chosen[ours]) for theirs, ours in names.items() if chosen.get(ours)})


def _write(press: Press, conninfo: str, workers: int, unhindered: bool, say: Say) -> int:
    global _press
    _press = press  # forked processes find it here, without a copy through a pipe
    began = told = time.monotonic()
    messages = done = 0
    chunks = press.world.chunks
    jobs = [range(at, min(at + _PIECES_AT_ONCE, chunks)) for at in range(0, chunks, _PIECES_AT_ONCE)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        running = {pool.submit(_run, conninfo, job, unhindered): job for job in jobs}
        for future in as_completed(running):
            messages += future.result()
            done += len(running[future])
            if time.monotonic() - told > _REPORT_SECONDS:
                told = time.monotonic()
                left = (told - began) / done * (chunks - done)
                share = done * press.world.count // chunks
                say(f"{share:,} of {press.world.count:,} tickets, about {left:.0f} s to go")
    return messages


def _run(conninfo: str, chunks: range, unhindered: bool) -> int:
    """Write some pieces: one transaction. Runs in a process of its own."""
    assert _press is not None
    with psycopg.connect(conninfo) as raw:
        if unhindered:
            raw.execute("SET session_replication_role = replica")
        raw.execute("SET synchronous_commit = off")
        raw.commit()
        messages = 0
        for chunk in chunks:
            with raw.transaction():
                messages += _press.run(raw, chunk)
        return messages


def _count(raw: psycopg.Connection[Any]) -> None:
    """Count tickets as the triggers would have, which did not run."""
    raw.execute(
        "INSERT INTO tickets_countchange (team_id, status, assignee_id, change) "
        "SELECT team_id, status, assignee_id, count(*) FROM tickets_ticket GROUP BY 1, 2, 3"
    )


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _without_indexes(raw: psycopg.Connection[Any], conninfo: str, say: Say) -> Iterator[None]:
    """Drop what is not a constraint, and make it again at the end, two at a time; also when something fails."""
    found = raw.execute(_INDEXES, [list(_TABLES)]).fetchall()
    for name, _statement in found:
        raw.execute(f'DROP INDEX "{name}"')
    try:
        yield
    finally:
        say(f"making {len(found)} indexes")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda one: _make(conninfo, one), [statement for _name, statement in found]))


def _make(conninfo: str, statement: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as raw:
        raw.execute("SET maintenance_work_mem = '512MB'")
        raw.execute(statement.replace(" ON ONLY ", " ON ", 1))


_INDEXES = """
    SELECT i.relname, pg_get_indexdef(x.indexrelid)
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relname = ANY(%s) AND NOT x.indisunique
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
    ORDER BY pg_relation_size(t.oid) DESC
"""
