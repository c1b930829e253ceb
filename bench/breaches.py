"""Breaches: how soon a broken promise is seen with many clocks running, and how long many that break at once take.

    python bench/breaches.py [--clocks 100000] [--at-once 10000] [--each 30] [--seconds 20] [--json FILE]

A desk with `--clocks` running clocks, each on a ticket of its own. First, `--each` a second of them fall due for
`--seconds` seconds, and a worker sees to them: how long after its due time each `target.breached` was written. Then
`--at-once` fall due in the same second: how long until the last is written, and until everybody has reacted to it
(rules have fired, and whoever has the ticket has a notice). Last, clocks of as many tickets are loaded, reckoned with
an event and stored, without a worker.

The limits beside it, on the same rows in the same run: PostgreSQL alone updating as many clocks, and writing as many
events, in statements of 500.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import connection, transaction  # noqa: E402

from charterdesk.base.clock import now  # noqa: E402
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar  # noqa: E402
from charterdesk.events.queries import lag  # noqa: E402
from charterdesk.events.rule_changes import load_default_rules  # noqa: E402
from charterdesk.events.testing import run_reactions  # noqa: E402
from charterdesk.people.testing import make_agent, make_team  # noqa: E402
from charterdesk.sla import course, storing  # noqa: E402
from charterdesk.sla.models import Clock  # noqa: E402
from charterdesk.sla.testing import make_policy  # noqa: E402
from charterdesk.tickets.events import TicketPaused  # noqa: E402
from charterdesk.tickets.models import Ticket  # noqa: E402
from charterdesk.tickets.testing import make_ticket  # noqa: E402

PIECE = 500
AGENTS = 20  # who have the tickets between them, and are told
FAR = timedelta(days=30)
_LATE = "SELECT data ->> 'due_at', at FROM events_event WHERE code = 'target.breached' AND id > %s"


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--at-once", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=30, help="clocks that fall due each second of the first part")
    parser.add_argument("--seconds", type=int, default=20)


def fill(clocks: int) -> list[int]:
    """Make so many tickets with a running clock each, due in a month, and a timer; copies of one made by the desk."""
    team = make_team()
    team.calendar = make_calendar("Round the clock", hours=ROUND_THE_CLOCK)
    team.save()
    make_policy(resolution=FAR / timedelta(hours=1))
    agents = [make_agent(f"Agent {number}", teams=(team,)).pk for number in range(AGENTS)]
    first = make_ticket(team=team)
    load_default_rules()
    run_reactions()
    with connection.cursor() as cursor:
        having = f"(ARRAY{agents}::bigint[])[1 + mod(n, {AGENTS})]"
        other = {"id": f"{first.pk} + n", "number": f"{first.number} + n", "assignee_id": having}
        _copy(cursor, "tickets_ticket", other, clocks, first.pk)
        _copy(cursor, "sla_promise", {"ticket_id": f"{first.pk} + n"}, clocks, first.pk, "ticket_id")
        clock_id = Clock.objects.get(promise_id=first.pk).pk
        _copy(cursor, "sla_clock", {"id": f"{clock_id} + n", "promise_id": f"{first.pk} + n"}, clocks, clock_id)
        timer = {
            "id": "nextval('events_timer_id_seq')",
            "key": f"'sla:' || ({first.pk} + n)",
            "args": f"jsonb_set(args, '{{ticket_id}}', to_jsonb({first.pk} + n))",
        }
        cursor.execute("SELECT id FROM events_timer WHERE key = %s", [f"sla:{first.pk}"])
        _copy(cursor, "events_timer", timer, clocks, cursor.fetchone()[0])
        for table in ("tickets_ticket", "sla_clock"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("VACUUM ANALYZE")
    return list(range(first.pk, first.pk + clocks))


def _copy(cursor: object, table: str, other: dict[str, str], count: int, key: int, by: str = "id") -> None:
    """`count` - 1 copies of the row `key`, numbered n, with `other` values in some columns."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", [table]
    )
    names = [name for (name,) in cursor.fetchall()]  # type: ignore[attr-defined]
    values = ", ".join(other.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(  # type: ignore[attr-defined]
        f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE "
        f"SELECT {values} FROM {table}, generate_series(1, %s) n WHERE {by} = %s",
        [count - 1, key],
    )


def let_fall_due(ids: Sequence[int], moments: Sequence[datetime]) -> None:
    """Let the clock of each ticket be due at its moment, without warning."""
    with transaction.atomic(), connection.cursor() as cursor:
        new = "unnest(%s::bigint[], %s::timestamptz[]) AS new (id, at)"
        cursor.execute(
            f"UPDATE sla_clock SET due_at = new.at, warn_at = NULL FROM {new} WHERE promise_id = new.id",
            [list(ids), list(moments)],
        )
        cursor.execute(
            "UPDATE events_timer SET due_at = new.at, try_at = new.at, "
            "args = jsonb_set(args, '{at}', to_jsonb(new.at)) "
            f"FROM {new} WHERE key = 'sla:' || new.id",
            [list(ids), list(moments)],
        )


@contextmanager
def worker() -> Iterator[None]:
    """A worker of the desk, as a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "charterdesk", "worker"], env=os.environ, stdout=subprocess.DEVNULL
    )
    try:
        time.sleep(4)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def last_event() -> int:
    """The number of the last event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM events_event")
        return int(cursor.fetchone()[0])


def delays(since: int) -> list[float]:
    """Seconds from each due time to the event that says it passed, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [since])
        return sorted((at - datetime.fromisoformat(due)).total_seconds() for due, at in cursor.fetchall())


def wait_for(since: int, count: int, *, until: float) -> list[float]:
    """The delays once there are `count` of them, or when the time is over."""
    while len(found := delays(since)) < count and time.monotonic() < until:
        time.sleep(0.25)
    return found


def trickle(ids: Sequence[int], each: int, seconds: int) -> dict[str, float]:
    """Some fall due every second, while all the others run."""
    since, start = last_event(), now() + timedelta(seconds=2)
    let_fall_due(ids, [start + timedelta(seconds=number / each) for number in range(len(ids))])
    found = wait_for(since, len(ids), until=time.monotonic() + seconds + 30)
    assert len(found) == len(ids), f"{len(ids) - len(found)} breaches were not seen"
    return {"p50_s": found[len(found) // 2], "p99_s": found[int(len(found) * 0.99)], "max_s": found[-1]}


def at_once(ids: Sequence[int]) -> dict[str, float]:
    """All fall due in the same second."""
    since, moment = last_event(), now() + timedelta(seconds=4)
    let_fall_due(ids, [moment + timedelta(seconds=number / len(ids)) for number in range(len(ids))])
    found = wait_for(since, len(ids), until=time.monotonic() + 180)
    assert len(found) == len(ids), f"{len(ids) - len(found)} breaches were not seen"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM max(at) - %s) FROM events_event WHERE code = 'target.breached' AND id > %s",
            [moment, since],
        )
        seen = float(cursor.fetchone()[0])
    until = time.monotonic() + 180
    while lag().events and time.monotonic() < until:
        time.sleep(0.25)
    return {"seen_s": seen, "reacted_s": (now() - moment).total_seconds()}


def stored(ids: Sequence[int]) -> float:
    """Clocks loaded, reckoned with an event and stored, a second."""
    event = TicketPaused(ticket_id=0, team_id=0, status="pending", former="open")
    started = time.perf_counter()
    for first in range(0, len(ids), PIECE):
        with transaction.atomic():
            kept = storing.load(ids[first : first + PIECE])
            changes = []
            for one in kept.values():
                standing = course.go_on(one.standing, event, now(), lambda: None)
                changes.append(storing.Change(one, standing, storing.rounds_of(standing.hands), one.applied_id + 1))
            storing.save(changes)
    return len(ids) / (time.perf_counter() - started)


def limits(ids: Sequence[int]) -> dict[str, float]:
    """What PostgreSQL alone does a second with the same rows: clocks updated, events written."""
    found = {}
    update = "UPDATE sla_clock SET used = used, stretches = stretches, due_at = due_at WHERE promise_id = ANY (%s)"
    write = (
        "INSERT INTO events_event (code, subject, actor, cause_id, depth, data, facts) "
        "SELECT code, subject, actor, cause_id, depth, data, facts FROM "
        "(SELECT * FROM events_event WHERE code = 'target.breached' LIMIT 1) one, generate_series(1, %s)"
    )
    for name, statement in (("clocks_updated_per_s", update), ("events_written_per_s", write)):
        started = time.perf_counter()
        for first in range(0, len(ids), PIECE):
            piece = ids[first : first + PIECE]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [list(piece) if name.startswith("clocks") else len(piece)])
        found[name] = len(ids) / (time.perf_counter() - started)
    return found


def main() -> None:
    """Fill, measure, and report."""
    given = arguments(__doc__, options)
    ids = fill(given.clocks)
    figures: Figures = {"machine": machine(), "clocks": Ticket.objects.count()}
    few, many = ids[: given.each * given.seconds], ids[-given.at_once :]
    with worker():
        figures["breaches_seen_after"] = trickle(few, given.each, given.seconds)
        figures["at_once"] = {"clocks": len(many), **at_once(many)}
    figures["stored_per_s"] = stored(ids[len(few) : len(few) + given.at_once])
    figures["limits"] = limits(ids[-given.at_once :])
    seen, burst, limit = figures["breaches_seen_after"], figures["at_once"], figures["limits"]
    lines = [
        ("clocks running", f"{figures['clocks']:,}"),
        ("a breach is seen after, p50", f"{seen['p50_s']:.2f} s"),
        ("p99", f"{seen['p99_s']:.2f} s"),
        ("at most", f"{seen['max_s']:.2f} s"),
        (f"{burst['clocks']:,} due in one second: the last seen after", f"{burst['seen_s']:.1f} s"),
        ("and reacted to after", f"{burst['reacted_s']:.1f} s"),
        ("clocks loaded, reckoned and stored", f"{figures['stored_per_s']:,.0f}/s"),
        ("limit: clocks updated by PostgreSQL alone", f"{limit['clocks_updated_per_s']:,.0f}/s"),
        ("limit: events written by PostgreSQL alone", f"{limit['events_written_per_s']:,.0f}/s"),
    ]
    report("Breaches", figures, lines, given.json)


if __name__ == "__main__":
    main()
