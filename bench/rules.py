"""Rules: how many events a second go through 10, 100 and 300 rules, of which ten hear an event and one acts.

    python bench/rules.py [--events 5000] [--json FILE]

The one that acts keeps a run for each event and performs an operation that writes nothing, so that the figure is the
engine's. The limit beside it, measured in the same run on the same events: the reader with no rule at all.
"""

import argparse
import time
from dataclasses import dataclass
from datetime import timedelta

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import transaction  # noqa: E402
from django.db.models.functions import Now  # noqa: E402

from charterdesk.base.clock import now  # noqa: E402
from charterdesk.events.dry_run import dry_run  # noqa: E402
from charterdesk.events.log import Event, publish_many  # noqa: E402
from charterdesk.events.models import Rule, RuleVersion  # noqa: E402
from charterdesk.events.operations import operation  # noqa: E402
from charterdesk.events.reader import read_batch  # noqa: E402

HEARING = 10
FACTS = {"priority": 3, "tags": ["leak", "street"], "subject": "No water since this morning", "team_id": 1}
done = 0


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
    """Count that it was performed."""
    global done
    done += 1


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
    while read_batch():
        pass
    return round(events / (time.perf_counter() - started))


def tried(events: int) -> int:
    """How many events a second a dry run of a new version goes through."""
    version = RuleVersion(rule=Rule.objects.all()[0], number=2, body=body(HEARING - 1))
    version.rule_id, version.pk = version.rule_id, 0
    started = time.perf_counter()
    since = now() - timedelta(days=1)
    seen = sum(1 for _trial in dry_run(version, since=since, until=now(), limit=events))
    return round(seen / (time.perf_counter() - started))


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--events", type=int, default=5_000)


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
    figures["dry_run_per_s"] = tried(given.events)
    report("Rules", figures, [(k, str(v)) for k, v in figures.items() if k != "machine"], given.json)


if __name__ == "__main__":
    main()
