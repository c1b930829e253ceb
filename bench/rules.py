"""Rules: how many events a second go through 10, 100 and 300 rules, of which ten hear an event and one acts; how soon
the first action comes under load; and how long a dry run of a month takes.

    python bench/rules.py [--events 5000] [--rate 200] [--month 10000,100000] [--json FILE]

The rule that acts keeps a run for each event and performs an operation that writes nothing, so that the figure is the
engine's. The limit beside it, measured in the same run on the same events: the reader with no rule at all.

The delay is from the event's time in the log to the operation, with 100 rules in force, the worker as it runs on a
desk, and `--rate` events a second published one by one for ten seconds.

A month is as many events of the code a rule hears as `--month` says, over thirty days, among four times as many of
other codes; a desk of a million tickets that came within a year opens 83,000 in a month.
"""

import argparse
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import connection, transaction  # noqa: E402
from django.db.models.functions import Now  # noqa: E402

from charterdesk.base.clock import now  # noqa: E402
from charterdesk.events.dry_run import dry_run  # noqa: E402
from charterdesk.events.log import Event, publish, publish_many, this_entry  # noqa: E402
from charterdesk.events.models import Rule, RuleVersion  # noqa: E402
from charterdesk.events.operations import operation  # noqa: E402
from charterdesk.events.reader import read_batches  # noqa: E402
from charterdesk.events.worker import main as work  # noqa: E402

HEARING = 10
FACTS = {"priority": 3, "tags": ["leak", "street"], "subject": "No water since this morning", "team_id": 1}
SECONDS_UNDER_LOAD = 10
OTHERS = 4
done = 0
delays: list[float] = []


@dataclass(frozen=True, kw_only=True)
class BenchHappened(Event):
    """Something to judge."""

    ticket_id: int
    team_id: int = 1


@dataclass(frozen=True, kw_only=True)
class BenchElsewhere(Event):
    """What most rules wait for, and never hear."""


@operation("bench.nothing")
def nothing(*, by: str) -> None:
    """Count that it was performed, and how long after the event."""
    global done
    done += 1
    if entry := this_entry():
        delays.append((now() - entry.at).total_seconds())


def rules(count: int) -> None:
    """Have `count` rules in force: ten hear the event, of which the last acts."""
    RuleVersion.objects.all().delete()
    Rule.objects.all().delete()
    made = Rule.objects.bulk_create([Rule(name=f"rule {n}", position=n) for n in range(count)])
    RuleVersion.objects.bulk_create(
        [RuleVersion(rule=rule, number=1, body=body(n), active_from=Now()) for n, rule in enumerate(made)]
    )


def body(number: int) -> dict[str, object]:
    """The rule of that number."""
    code = BenchHappened.code if number < HEARING else BenchElsewhere.code
    words = {"field": "ticket.subject", "op": "has_any_word", "value": ["water"]}
    tagged = {"field": "ticket.tags", "op": "contains", "value": "leak" if number == HEARING - 1 else "bill"}
    then = [{"operation": "bench.nothing"}]
    return {"when": [code], "if": {"all": [words, tagged]}, "then": then}


def write(events: int) -> None:
    """Publish `events` events, ten in a transaction, each about a ticket of its own."""
    for first in range(0, events, 10):
        with transaction.atomic():
            for number in range(first, first + 10):
                happened = [BenchHappened(ticket_id=number)]
                publish_many(happened, on=f"ticket:{number}", by="system", facts=FACTS)


def delivered(events: int) -> int:
    """Write so many, deliver them, and return how many a second were delivered."""
    write(events)
    started = time.perf_counter()
    while read_batches():
        pass
    return round(events / (time.perf_counter() - started))


def delay_under_load(rate: int) -> float:
    """The delay from event to action, in ms, that 99 of 100 stay below, at `rate` events a second."""
    delays.clear()
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(stop,))
    worker.start()
    began = time.perf_counter()
    for number in range(rate * SECONDS_UNDER_LOAD):
        time.sleep(max(0.0, began + number / rate - time.perf_counter()))
        with transaction.atomic():
            publish(BenchHappened(ticket_id=number), on=f"ticket:{number}", by="system", facts=FACTS)
    while len(delays) < rate * SECONDS_UNDER_LOAD:
        time.sleep(0.05)
    stop.set()
    worker.join()
    return round(sorted(delays)[len(delays) * 99 // 100] * 1000, 1)


_MONTH = """
    INSERT INTO events_event (at, code, subject, actor, depth, data, facts)
    SELECT now() - interval '30 days' * (1 - n::float / %s),
           CASE WHEN n %% %s = 0 THEN %s ELSE %s END, 'ticket:' || n, 'system', 0,
           jsonb_build_object('ticket_id', n, 'team_id', 1), %s::jsonb
    FROM generate_series(1, %s) AS n
"""


def tried(events: int) -> float:
    """How many seconds a dry run of a new version takes over a month with so many events that it hears."""
    every = events * (OTHERS + 1)
    facts = '{"priority": 3, "tags": ["leak", "street"], "subject": "No water since this morning", "team_id": 1}'
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event")
        cursor.execute(_MONTH, [every, OTHERS + 1, BenchHappened.code, BenchElsewhere.code, facts, every])
        cursor.execute("ANALYZE events_event")
    version = RuleVersion(rule=Rule.objects.all()[0], number=2, body=body(HEARING - 1))
    version.pk = 0
    started = time.perf_counter()
    since = now() - timedelta(days=31)
    seen = sum(1 for _trial in dry_run(version, since=since, until=now(), limit=events))
    assert seen == events
    return round(time.perf_counter() - started, 1)


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--rate", type=int, default=200, help="events a second for the delay")
    parser.add_argument("--month", default="10000,100000", help="events a rule hears in a month, apart by commas")


def main() -> None:
    """Measure, and report."""
    given = arguments(__doc__, options)
    rules(0)
    delivered(500)
    figures: Figures = {"machine": machine(), "events": given.events}
    figures["limit_no_rule_per_s"] = delivered(given.events)
    for count in (10, 100, 300):
        rules(count)
        before = done
        figures[f"rules_{count}_per_s"] = delivered(given.events)
        assert done - before == given.events
    rules(100)
    figures["delay_p99_ms"] = delay_under_load(given.rate)
    for events in map(int, given.month.split(",")):
        figures[f"dry_run_of_{events}_s"] = tried(events)
    report("Rules", figures, [(k, str(v)) for k, v in figures.items() if k != "machine"], given.json)


if __name__ == "__main__":
    main()
