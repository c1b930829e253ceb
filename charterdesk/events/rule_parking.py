"""A rule that fails again and again is switched off and reported; the chain of causes of a loop can be looked at."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Max
from django.db.models.functions import Now

from charterdesk.events.events import DeliveryParked
from charterdesk.events.log import Entry, entry_of
from charterdesk.events.models import Delivery, Rule
from charterdesk.events.names import COLUMNS
from charterdesk.events.rule_changes import park_rule

MOST_FAILURES = 3
"""So many events that a rule could not act on within an hour switch it off."""
REASONS = {"chain_too_long": "looping"}
HANDLERS = ("rule:", "wait:")


def park_failing(event: DeliveryParked) -> bool:
    """Switch off the rule whose delivery was given up, if that happened `MOST_FAILURES` times in an hour."""
    if not event.handler.startswith(HANDLERS):
        return False
    lately = Delivery.objects.filter(state=Delivery.PARKED, handler=event.handler, created_at__gt=Now() - HOUR)
    if lately.count() < MOST_FAILURES:
        return False
    rule = Rule.objects.filter(versions=int(event.handler.partition(":")[2])).first()
    return rule is not None and park_rule(rule, reason=REASONS.get(event.reason, "failing"))


HOUR = timedelta(hours=1)


def failures_of_versions() -> dict[int, tuple[int, int]]:
    """How many events each version (by number) was given up on, and the last of these deliveries. One statement."""
    parked = Delivery.objects.filter(state=Delivery.PARKED, handler__startswith="rule:")
    found = parked.order_by().values_list("handler").annotate(count=Count("pk"), last=Max("pk"))
    return {int(handler.partition(":")[2]): (count, last) for handler, count, last in found}


_CHAIN = f"""
    WITH RECURSIVE chain AS (
        SELECT id AS last, {COLUMNS} FROM events_event WHERE id = ANY(%s)
        UNION ALL
        SELECT chain.last, {", ".join(f"e.{name.strip()}" for name in COLUMNS.split(","))}
          FROM events_event AS e JOIN chain ON e.id = chain.cause_id
    ) SELECT last, {COLUMNS} FROM chain ORDER BY last, id
"""


def chain_of(event_id: int) -> list[Entry]:
    """What led to an event, from the first cause on, with itself. One statement, one lookup for each step."""
    return chains_of([event_id])[event_id]


def chains_of(event_ids: Sequence[int]) -> dict[int, list[Entry]]:
    """As `chain_of`, for each of these. One statement for all, one lookup for each step."""
    chains: dict[int, list[Entry]] = {event_id: [] for event_id in event_ids}
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, [list(event_ids)])
        for last, *row in cursor.fetchall():
            chains[last].append(entry_of(tuple(row)))
    return chains
