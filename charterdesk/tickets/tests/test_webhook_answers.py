"""A rule uses what a webhook answers: a few values, by path, and nothing that does not fit."""

import json
from ipaddress import ip_network
from typing import Any

import pytest

from charterdesk.events.models import RuleRun
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_problems import problems
from charterdesk.events.tests.receiver import receiving
from charterdesk.events.webhooks.actions import create_webhook
from charterdesk.people.testing import make_team
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.models import FieldValues, Ticket, TicketField
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
TAKEN = {
    "priority": "result.level: high=1, low=4",
    "type": "result.kind",
    "tag": "labels.0",
    "field.meter": "meter.number",
    "field.floor": "meter.floor",
}


def deed(**args: Any) -> dict[str, Any]:
    """A call of a webhook."""
    return {"operation": "events.call_webhook", "args": {"webhook": "webhook:1", "body": "{}", **args}}


@pytest.mark.parametrize(
    "wrong", [{"assignee": "x"}, {"priority": "a b"}, {"field.": "x"}, {"priority": 3}, ["x"], {"tag": ""}]
)
def test_what_an_answer_can_not_set_is_said_when_the_rule_is_written(wrong):
    webhook = create_webhook(name="Plant", url="https://plant.example/", codes=[], by="agent:1")
    assert len(problems({"when": ["ticket.tagged"], "then": [deed(webhook=webhook.key, answer=wrong)]})) == 1


def test_values_of_an_answer_are_set_and_one_that_does_not_fit_changes_nothing(settings, run_reactions, run_jobs):
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    define_field(None, by="system", code="meter", kind=TicketField.TEXT, labels={"en": "Meter"})
    define_field(None, by="system", code="floor", kind=TicketField.TEXT, labels={"en": "Floor"})
    ticket = make_ticket(team=make_team("Leaks"))
    answers = [
        json.dumps({"result": {"level": "high", "kind": "incident"}, "labels": ["cellar"], "meter": {"number": "A7"}}),
        json.dumps({"result": {"level": "unheard of", "kind": ["question"]}, "labels": {}, "meter": "x" * 70_000}),
        "no JSON",
        json.dumps({"result": {"kind": "spaceship"}, "labels": ["kept out"]}),
    ]
    with receiving() as server:
        webhook = create_webhook(name="Plant", url=server.url, codes=["ticket.closed"], by="agent:1")
        then = [deed(webhook=webhook.key, answer=TAKEN)]
        activate(save_draft(name="Ask", body={"when": ["ticket.escalated"], "then": then}, by="agent:1"), by="agent:1")
        then = [{"operation": "tickets.escalate"}]
        activate(save_draft(name="Begin", body={"when": ["ticket.tagged"], "then": then}, by="agent:1"), by="agent:1")
        for number, answer in enumerate(answers):
            server.says, server.answers = answer.encode(), [(200, {})]
            tag_ticket(ticket, by="agent:1", add=[f"turn {number}"])
            run_reactions()
            run_jobs()
            if number == 0:
                Ticket.objects.filter(pk=ticket.pk).update(tags=["cellar"])
    ticket.refresh_from_db()

    assert (ticket.priority, ticket.type) == (1, "incident")
    assert ("cellar" in ticket.tags, "kept out" in ticket.tags) == (True, False)
    assert FieldValues.objects.get(ticket=ticket).data == {"meter": "A7"}
    runs = RuleRun.objects.filter(version__rule__name="Ask").order_by("pk")
    errors = [run.error.partition(":")[0] for run in runs]
    assert errors[0] == "" and errors[2] == "events.webhook_answer"


def test_what_a_customer_wrote_stays_inside_the_quotes_of_a_body(settings, run_reactions, run_jobs):
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    subject = 'No "water", "paid": true \\ \n'
    with receiving() as server:
        webhook = create_webhook(name="Plant", url=server.url, codes=["ticket.closed"], by="agent:1")
        body = '{"about": "{ticket.subject}", "paid": false, "number": {ticket.number}}'
        then = [deed(webhook=webhook.key, body=body)]
        activate(save_draft(name="Tell", body={"when": ["ticket.tagged"], "then": then}, by="agent:1"), by="agent:1")
        ticket = make_ticket(team=make_team("Leaks"), subject=subject)
        tag_ticket(ticket, by="agent:1", add=["x"])
        run_reactions()
        run_jobs()
        told = [json.loads(content) for _path, _headers, content in server.heard]

    assert told == [{"about": ticket.subject, "paid": False, "number": ticket.number}]
    assert problems({"when": ["ticket.tagged"], "then": [deed(webhook=webhook.key, body="{number}")]}) != []
