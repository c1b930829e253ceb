"""Reactions: how many events a second the reader hands to handlers that write nothing.

    python bench/reactions.py [--events 20000] [--handlers 1] [--json FILE]

The limits beside it, measured in the same run on the same events: reading them by the same statement without making
anything of them (the database's part), and a bare loop that fetches them in one go (the driver's part).
"""

import argparse
import time
from dataclasses import dataclass

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import connection, transaction  # noqa: E402

from charterdesk.events.log import Event, publish_many  # noqa: E402
from charterdesk.events.names import COLUMNS  # noqa: E402
from charterdesk.events.position import Snapshot, sql_first_new, sql_piece  # noqa: E402
from charterdesk.events.queries import read_place  # noqa: E402
from charterdesk.events.reactions import react  # noqa: E402
from charterdesk.events.reader import BATCH, read_batch  # noqa: E402
from charterdesk.events.rule_changes import load_default_rules  # noqa: E402

PER_TRANSACTION = 10
heard = 0


@dataclass(frozen=True, kw_only=True)
class BenchMeasured(Event):
    """Something to hear of."""

    ticket_id: int
    team_id: int = 1
    message_id: int | None = None


def listen(handlers: int) -> None:
    """Register `handlers` reactions that write nothing."""
    for number in range(handlers):

        def hear(event: BenchMeasured) -> None:
            global heard
            heard += 1

        hear.__name__ = f"hear_{number}"
        react(BenchMeasured)(hear)


def write(events: int) -> float:
    """Publish `events` events, ten in a transaction; return the seconds it took."""
    started = time.perf_counter()
    for first in range(0, events, PER_TRANSACTION):
        with transaction.atomic():
            publish_many(
                [BenchMeasured(ticket_id=n, message_id=n) for n in range(first, first + PER_TRANSACTION)],
                on=f"ticket:{first}", by="system",
            )  # fmt: skip
    return time.perf_counter() - started


def read_only() -> float:
    """Seconds to read all that is new by the reader's own statements, as bare rows."""
    place, started = read_place(), time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        target = Snapshot.read(cursor.fetchone()[0])
        cursor.execute(sql_first_new(place.position, floor=0))
        after = cursor.fetchone()[0] - 1
        while True:
            cursor.execute(sql_piece(place.position, target, after=after, limit=BATCH))
            rows = cursor.fetchall()
            if not rows:
                return time.perf_counter() - started
            after = rows[-1][0]


def fetch_all(events: int) -> float:
    """Seconds to fetch as many rows of the log in one statement."""
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event ORDER BY id DESC LIMIT {int(events)}")
        cursor.fetchall()
    return time.perf_counter() - started


def deliver_all() -> tuple[float, float]:
    """Seconds, and seconds of processor, to deliver all that is new."""
    started, used = time.perf_counter(), time.process_time()
    while read_batch():
        pass
    return time.perf_counter() - started, time.process_time() - used


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--handlers", type=int, default=1)


def main() -> None:
    """Measure, and report."""
    given = arguments(__doc__, options)
    load_default_rules()
    listen(given.handlers)
    write(1000)
    deliver_all()
    n, before = given.events, heard
    figures: Figures = {"machine": machine(), "events": n, "handlers": given.handlers}
    figures["published_per_s"] = round(n / write(n))
    figures["limit_fetch_per_s"] = round(n / fetch_all(n))
    figures["limit_read_per_s"] = round(n / read_only())
    seconds, cpu = deliver_all()
    assert heard - before == n * given.handlers
    figures["delivered_per_s"] = round(n / seconds)
    figures["delivered_per_cpu_s"] = round(n / cpu)
    figures["of_the_limit"] = round(figures["delivered_per_s"] / figures["limit_read_per_s"], 2)
    report("Reactions without writes", figures, [(k, str(v)) for k, v in figures.items() if k != "machine"], given.json)


if __name__ == "__main__":
    main()
