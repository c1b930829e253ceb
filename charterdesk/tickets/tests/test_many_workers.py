"""Three hundred rules, several workers at once, some of them killed: the same outcome in the same order as by one."""

import random
from typing import Any

import pytest
from django.db.models.functions import Now

from charterdesk.events.models import Rule, RuleVersion
from charterdesk.events.reactions import MAIL, MAIN
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import Incoming, receive_message, tag_ticket
from charterdesk.tickets.testing import make_ticket
from charterdesk.tickets.tests.crowd import Crowd, copies

RULES, KNOWN, WRITERS, NEW = 300, 16, ("Anna", "Ben"), 8
WORDS = ["pipe", "water", "bill", "meter", "valve"]
PATIENCE, KILLS = 400.0, 5


def body(number: int) -> dict[str, Any]:
    """One of many: about every tenth acts on a ticket; some chain on what others did, some write, stop, act once."""
    last = str(number // 7 % 10)
    told = {"field": "ticket.subject", "op": "ends_with", "value": last}
    ours = told if number % 2 else {"cel": f"ticket.subject.endsWith('{last}')"}
    word = {"field": "ticket.tags", "op": "contains", "value": WORDS[number % 5]}
    if number % 50 == 0:
        args = {"subject": f"Rule {number}", "text": "Dear {{ customer }}"}
        return {"when": ["ticket.opened"], "if": ours, "then": [deed("write", **args)], "once": True}
    if number % 25 == 0:
        then = [deed("prioritise", priority=1 + number // 25 % 4), deed("tag", add=[WORDS[number % 5]])]
        return {"when": ["ticket.opened", "message.received"], "if": ours, "then": then}
    if number % 3 == 0:
        return {
            "when": ["ticket.opened"],
            "if": {"any": [ours, word]},
            "then": [deed("add_items", items=[f"{number}"])],
        }
    if number % 3 == 1:
        then = [deed("note", html=f"<p>Rule {number}</p>")]
        return {"when": ["ticket.tagged"], "if": {"all": [word, ours]}, "then": then, "stop": number % 60 == 1}
    chained = {"field": "event.actor_kind", "op": "is", "value": "rule"}
    then = [deed("tag", add=[f"seen {number % 9}"])]
    return {"when": ["ticket.prioritised"], "if": {"all": [chained, ours]}, "then": then, "once": number % 2 == 0}


def deed(name: str, **args: Any) -> dict[str, Any]:
    """Something a rule does."""
    return {"operation": f"tickets.{name}", "args": args}


def make_world() -> None:
    """The rules, and tickets that have waited for a worker since they came."""
    rules = Rule.objects.bulk_create([Rule(name=f"rule {n}", position=1000 - n) for n in range(RULES)])
    RuleVersion.objects.bulk_create(
        [RuleVersion(rule=rule, number=1, body=body(n), active_from=Now()) for n, rule in enumerate(rules)]
    )
    team = make_team("Leaks")
    make_agent("Lea", teams=(team,), capacity=0)
    for number in range(KNOWN):
        contact = make_contact(email=f"known{number}@home.example")
        ticket = make_ticket(team=team, contact=contact, subject=f"Known {number}")
        tag_ticket(ticket, by="agent:1", add=[WORDS[number % 5]])
        receive_message(ticket, Incoming(contact=contact, text="Still no water."), by=contact)
        tag_ticket(ticket, by="agent:1", add=[WORDS[(number + 1) % 5]])


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.django_db(transaction=True)
def test_several_workers_some_of_them_killed_do_the_same_in_the_same_order_as_one(tmp_path):
    make_world()
    chance = random.Random(RULES)
    with copies(2) as (quiet, crowded):
        with Crowd(quiet, tmp_path / "one") as one:
            one.write(WRITERS, NEW, 0)
            assert [process.wait(PATIENCE) for process in one.writers] == [0, 0]
            one.hire("worker")
            assert one.wait(PATIENCE)
            expected = one.outcome()
        with Crowd(crowded, tmp_path / "many") as many:
            many.write(WRITERS, NEW, 2.0)
            for part in ("worker", "worker", "mailroom", "mailroom"):
                many.hire(part)
            for lane in (MAIN, MAIL):
                many.kill_whoever_reads(lane)
            for _turn in range(KILLS):  # on a busy machine a worker needs some seconds to begin
                if many.wait(chance.uniform(2, 8)):
                    break
                many.kill_one(chance)
            assert many.wait(PATIENCE)
            print(f"killed {dict(many.kills)}")
            found = many.outcome()

    assert [name for name in expected if found.get(name) != expected[name]] == []
    assert found == expected
    assert {len(found[name]) for name in ("acted", "stands", "written", "mailed")} == {KNOWN + NEW * len(WRITERS)}
    assert sum(map(len, found["acted"].values())) > 500
