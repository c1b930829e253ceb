"""Proof b: the log's reader under late commits, a long transaction and SIGKILL, and its plans at 100 million events.

    python bench/proofs/log_reader.py [--seconds 90] [--rows 5000000] [--json FILE] [chaos] [stall] [plans]

chaos  ten writers commit after 0-5 s, one transaction stays open for 60 s, writers and reader are killed with SIGKILL
       and started again; then: is any acknowledged event lost, any skipped, any heard twice, any out of order?
stall  50,000 events are read with and without a transaction open that began before them: what does it cost?
plans  the log in ten pieces standing for 100 million events: the two latest hold `--rows` real events each, the eight
       before a tenth of that; history of one subject, and the reader's next batch, as the database carries them out.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import connection, transaction  # noqa: E402

from charterdesk.events import partitions  # noqa: E402
from charterdesk.events.position import Snapshot, sql_first_new, sql_new, sql_piece  # noqa: E402
from charterdesk.events.queries import read_place  # noqa: E402
from charterdesk.events.reader import next_batch, read_batch  # noqa: E402
from charterdesk.events.tests import chaos  # noqa: E402
from charterdesk.events.wake import connect  # noqa: E402

PIECES = 10
RUNS = 21
NOW = "pg_current_snapshot()"


def prove_chaos(seconds: float) -> Figures:
    """Everybody killed; what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = chaos.run(os.environ["DATABASE_URL"], Path(folder), seconds=seconds, pause_s=5, sleeper_s=60)
    return {**vars(outcome), "faults": len(outcome.faults)}


def prove_stall(events: int = 50_000, rounds: int = 3) -> Figures:
    """Milliseconds for a batch of 200 of `events`, with and without a transaction open all the while; in turns."""
    measured: dict[str, list[Figures]] = {"nothing_open": [], "one_open": []}
    for name in ["nothing_open", "one_open"] * rounds:
        while read_batch():
            pass
        with connect() as other:
            other.autocommit = False
            if name == "one_open":
                other.execute("INSERT INTO events_event (code, subject, actor) VALUES ('stall.begun', 'stall:0', 'x')")
            for _ in range(events // 1000):  # fifty transactions of a thousand events each
                _insert(1000)
            measured[name].append(_time_batches(events))
            other.rollback()
    figures: Figures = {
        name: {key: statistics.median(one[key] for one in its) for key in its[0]} for name, its in measured.items()
    }
    figures["rounds"] = measured
    figures["naive_one_open"] = _time_naive(events)
    return figures


def _insert(count: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_event (code, subject, actor) "
            "SELECT 'stall.written', 'stall:' || n %% 100, 'x' FROM generate_series(1, %s) n",
            [count],
        )


def _time_batches(events: int) -> Figures:
    """Read all there is in batches, as events trickle in: each batch is all that one poll finds."""
    times = []
    while True:
        started = time.perf_counter()
        if not read_batch():
            break
        times.append((time.perf_counter() - started) * 1000)
    _insert(10)
    polls = []
    for _ in range(RUNS):
        started = time.perf_counter()
        next_batch(read_place())
        polls.append((time.perf_counter() - started) * 1000)
    read_batch()
    return {
        "batch_ms_p50": round(statistics.median(times), 2),
        "events_per_s": round(events / sum(times) * 1000),
        "poll_ms_p50": round(statistics.median(polls), 2),
    }


def _time_naive(events: int) -> Figures:
    """One poll for ten new events, if all that began after the oldest open transaction were looked through."""
    with connect() as other:
        other.autocommit = False
        (oldest,) = other.execute("SELECT pg_current_xact_id()::text").fetchone() or ("",)
        for _ in range(events // 1000):
            _insert(1000)
        last = Snapshot.read(_one("SELECT pg_current_snapshot()::text"))
        _insert(10)
        sql = (
            f"SELECT id FROM events_event WHERE txid >= '{oldest}'::xid8 "
            f"AND NOT pg_visible_in_snapshot(txid, '{last}') "
            f"AND pg_visible_in_snapshot(txid, {NOW}) ORDER BY id LIMIT 200"
        )
        times = [_timed(sql) for _ in range(RUNS)]
        other.rollback()
    return {"poll_ms_p50": round(statistics.median(times), 2)}


def prove_plans(rows: int) -> Figures:
    """Plans and times of history and next batch on ten pieces."""
    size = partitions.ROWS
    _load(rows, size)
    last_id = PIECES * size - 1
    end = last_id // 2  # two events for each transaction number
    seen, target = Snapshot(end - 100, end - 100), Snapshot(end + 1, end + 1)
    far = Snapshot(end - 500_000, end - 500_000)
    busy = Snapshot(end - 400, end - 100, (end - 400, end - 300, end - 200))
    old = "SELECT id, at, code, actor, data FROM events_event WHERE subject = 'ticket:7' ORDER BY id LIMIT 500"
    queries = {
        "history of one subject, looked for in all ten pieces": old,
        "next batch, 200 new events": _at(sql_new(seen, floor=0, limit=201), target),
        "next batch, three transactions were under way": _at(sql_new(busy, floor=0, limit=201), target),
        "next batch, nothing new": _at(sql_new(target, floor=0, limit=201), target),
        "a piece in the middle of a gap of a million": sql_piece(far, target, after=last_id - 500_000, limit=200),
        "beginning of a gap of a million (once per gap)": _at(sql_first_new(far, floor=0), target),
        "tried events of an hour, for a dry run": (
            "SELECT id FROM events_event WHERE at >= now() - interval '1 hour' AND at < now() "
            "AND code = ANY('{ticket.opened}') AND id > 0 ORDER BY id LIMIT 500"
        ),
    }
    return {name: _explained(sql) for name, sql in queries.items()}


def _at(sql: str, target: Snapshot) -> str:
    """The statement as it would be at `target`: this cluster's own transaction numbers are far below those loaded."""
    return sql.replace(NOW, f"'{target}'::pg_snapshot")


def _load(rows: int, size: int) -> None:
    """Fill the pieces from their ends backwards, so that the log's numbers and transactions run up to the end."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event")
        cursor.execute("SELECT setval('events_event_id_seq', 1)")
        partitions.make_partitions(ahead=PIECES)
        cursor.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
        for index in ("events_event_subject", "events_event_txid", "events_event_at"):
            cursor.execute(f"DROP INDEX {index}")
        for piece in range(PIECES):
            count = rows if piece >= PIECES - 2 else rows // 10
            _fill(cursor, piece, count, size)
        cursor.execute("CREATE INDEX events_event_subject ON events_event (subject, id)")
        cursor.execute("CREATE INDEX events_event_txid ON events_event (txid)")
        cursor.execute("CREATE INDEX events_event_at ON events_event USING brin (at) WITH (pages_per_range = 32)")
        cursor.execute("VACUUM ANALYZE events_event")


def _fill(cursor: Any, piece: int, count: int, size: int) -> None:
    cursor.execute(
        f"""
        INSERT INTO events_event (id, at, cause_id, txid, code, subject, actor, data, facts)
        SELECT n, now() - (%s - n) * interval '0.6 seconds', n - 1, (n / 2)::text::xid8,
            (ARRAY['ticket.opened','message.received','ticket.assigned','ticket.promised','message.queued',
                   'message.sent','ticket.solved','ticket.closed'])[1 + n %% 8],
            CASE WHEN n %% {size // 10} = 0 THEN 'ticket:7' ELSE 'ticket:' || n / 10 END, 'agent:' || n %% 100,
            jsonb_build_object('ticket_id', n / 10, 'team_id', n %% 10, 'message_id', n),
            jsonb_build_object('status', 'open', 'priority', n %% 4, 'team_id', n %% 10, 'language', 'en')
        FROM generate_series(%s::bigint, %s::bigint) n
        """,
        [PIECES * size - 1, (piece + 1) * size - count, (piece + 1) * size - 1],
    )


def _explained(sql: str) -> Figures:
    times = sorted(_timed(sql) for _ in range(RUNS))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {sql}")
        plan = [line for (line,) in cursor.fetchall()]
    return {"ms_p50": round(times[RUNS // 2], 2), "ms_max": round(times[-1], 2), "plan": plan}


def _timed(sql: str) -> float:
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
    return (time.perf_counter() - started) * 1000


def _one(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (value,) = cursor.fetchone()
    return str(value)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", choices=["chaos", "stall", "plans", []], help="all, if none is named")
    parser.add_argument("--seconds", type=float, default=90.0, help="how long everybody is killed")
    parser.add_argument("--rows", type=int, default=5_000_000, help="real events in each of the two latest pieces")


def main() -> None:
    """Run the parts that were asked for and say what came of them."""
    given = arguments(__doc__, _options)
    parts = given.parts or ["chaos", "stall", "plans"]
    figures: Figures = {"machine": machine()}
    lines: list[tuple[str, str]] = []
    if "chaos" in parts:
        figures["chaos"] = prove_chaos(given.seconds)
        lines += [(f"chaos: {name}", str(value)) for name, value in figures["chaos"].items()]
    if "stall" in parts:
        figures["stall"] = prove_stall()
        lines += [(f"stall: {name}", str(value)) for name, value in figures["stall"].items()]
    if "plans" in parts:
        figures["plans"] = prove_plans(given.rows)
        lines += [(name, f"{f['ms_p50']} ms (max {f['ms_max']})") for name, f in figures["plans"].items()]
    report("Proof b: the log's reader", figures, lines, given.json)
    if figures.get("chaos", {}).get("faults"):
        sys.exit("the reader lost, skipped, doubled or disordered events")


if __name__ == "__main__":
    main()
