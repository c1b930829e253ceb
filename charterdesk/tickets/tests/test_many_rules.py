"""Three hundred rules: they act in order, and what they say of the log is the same however often it is asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from charterdesk.base.clock import now
from charterdesk.events.dry_run import dry_run
from charterdesk.events.models import Rule, RuleRun, RuleVersion
from charterdesk.people.testing import make_team
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
RULES = 300
WORDS = ["pipe", "water", "bill", "meter", "valve"]


def body(number: int) -> dict[str, Any]:
    """One of many: a tenth of them may match, each hundredth has the last word on the priority."""
    conditions = [
        {"field": "ticket.priority", "op": "in", "value": [1 + number % 4]},
        {"cel": f"ticket.number % {7 + number % 5} == 0 && size(event.added) > 0"},
    ]
    word = {"field": "ticket.tags", "op": "contains", "value": WORDS[number % 5]}
    parts = {0: {"all": [conditions[0], word]}, 1: {"any": [conditions[1], word]}, 2: {"not": word}}[number % 3]
    then = {"operation": "tickets.prioritise", "args": {"priority": 1 + number // 100}}
    return {"when": ["ticket.tagged"], "if": parts, "then": [then] if number % 100 == 0 else [SEEN]}


SEEN = {"operation": "tickets.add_items", "args": {"items": ["seen"]}}


def test_three_hundred_rules_act_in_order_and_say_the_same_of_the_log_each_time(run_reactions):
    rules = Rule.objects.bulk_create([Rule(name=f"rule {n}", position=1000 - n) for n in range(RULES)])
    bodies = [body(n) for n in range(RULES)]
    RuleVersion.objects.bulk_create(
        [
            RuleVersion(rule=rule, number=1, body=said, active_from=Now())
            for rule, said in zip(rules, bodies, strict=True)
        ]
    )
    in_force = list(RuleVersion.objects.filter(rule__in=rules).order_by("pk"))
    team = make_team("Leaks")
    tickets = [make_ticket(team=team) for _n in range(3)]
    for ticket, word in zip(tickets, WORDS, strict=False):
        tag_ticket(ticket, by="agent:1", add=[word, "all"])
    run_reactions()

    drafts = RuleVersion.objects.bulk_create(
        [RuleVersion(rule=rule, number=2, body=said) for rule, said in zip(rules, bodies, strict=True)]
    )
    since, until = now() - timedelta(hours=1), now() + timedelta(hours=1)

    def replayed(versions: list[RuleVersion]) -> list[tuple[int, int, str]]:
        return [
            (version.rule_id, each.event_id, each.verdict)
            for version in versions
            for each in dry_run(version, since=since, until=until)
        ]

    recorded, once, twice = replayed(in_force), replayed(drafts), replayed(drafts)
    assert once == twice == recorded
    runs = RuleRun.objects.order_by("event_id", "pk").values_list("event_id", "version__rule__position")
    for event_id in {event for event, _position in runs}:
        positions = [position for event, position in runs if event == event_id]
        assert positions == sorted(positions)
    theirs = runs.filter(version__in=in_force)  # the acknowledgement that every desk has acts beside them
    assert len(theirs) == len([verdict for _rule, _event, verdict in recorded if verdict == "match"]) > 100
    assert set(Ticket.objects.values_list("priority", flat=True)) <= {1, 2, 3}
