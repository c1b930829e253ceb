"""Everything a condition can ask, by every comparison, and every kind of time a rule acts at: built by form as a
browser posts it. The lists are walked: a field that nobody gives a value here fails.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.billing.models import OrderLine, Tier
from charterdesk.billing.testing_bought import make_contract, make_order
from charterdesk.events.evidence import Erased, Evidence, Missing
from charterdesk.events.models import Rule, RuleRun, RuleVersion
from charterdesk.events.queries import history
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.events.rule_fields import CHOICE, LIST, NUMBER, TAGS, TEXT, WORDS, YES_NO, RuleField, known_fields
from charterdesk.events.rules import judge
from charterdesk.people.models import Agent, Organisation, PersonField, PersonFields
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import Incoming, assign_ticket, receive_message, tag_ticket
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.models import Ticket, TicketField
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.admin.rule_form import KINDS
from charterdesk.workspace.admin.rule_words import OPS_OF

pytestmark = pytest.mark.django_db
AT = "/desk/admin/rules"
FORM = {"kind": "event", "when": "message.received", "span": "1", "unit": "h", "position": "100", "step": "0"}
TAG = {"step-0-operation": "tickets.tag", "step-0-add": "seen"}
OF_OTHER_EVENTS = ("event.score", "event.told_with", "event.is_ours")
ROWS = 60
Row = tuple[str, str, list[str]]


@pytest.fixture
def web(sign_in) -> Client:
    client: Client = sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR))
    return client


@pytest.fixture
def ticket() -> Ticket:
    """The request of somebody of whom every field knows something."""
    team = make_team("Leaks")
    define_field(None, by="system", code="meter", kind=TicketField.TEXT, labels={"en": "Meter"})
    define_field(None, by="system", code="floor", kind=TicketField.NUMBER, labels={"en": "Floor"})
    define_field(None, by="system", code="paid", kind=TicketField.YES_NO, labels={"en": "Paid"})
    mia = make_contact("Mia Miller", email="mia@home.example", language="de")
    mia.organisation = Organisation.objects.create(name="Bakery")
    mia.save()
    PersonField.objects.create(code="level", name="Level", kind=PersonField.NUMBER)
    PersonField.objects.create(of=PersonField.ORGANISATION, code="branch", name="Branch")
    PersonFields.objects.create(contact=mia, values={"level": 3})
    PersonFields.objects.create(organisation=mia.organisation, values={"branch": "bread"})
    Tier.objects.create(name="Silver", orders=1, classes=1)
    order = make_order(mia, ordered_at=now() - timedelta(days=3), number="B-2")
    OrderLine.objects.create(order=order, position=1, sku="PU-7", name="Garden pump")
    make_contract(mia.organisation, name="Care", minutes=600)
    found = make_ticket(team=team, contact=mia, subject="Brown water")
    set_fields(found, by="system", values={"meter": "A7", "floor": 2, "paid": True})
    tag_ticket(found, by="system", add=["calm"])
    assign_ticket(found, agent=make_agent("Maya", teams=(team,)), by="system")
    found.refresh_from_db()
    return found


def other_than(field: RuleField, actual: Any) -> str:
    """Something to choose or write that is not what is there."""
    if field.kind == NUMBER:
        return str(actual + 100)  # no such hour, whatever the time is
    known = [str(code) for code, _name in field.choices()] if field.choices else []
    there = set(map(str, actual)) if isinstance(actual, list) else {str(actual)}
    return next((code for code in known if code not in there), "unheard of")


def row(field: RuleField, op: str, actual: Any) -> tuple[list[str], list[str]]:
    """What is given for `op` so that it holds, and so that it does not."""
    if field.kind == YES_NO:
        return (["yes"], ["no"]) if bool(actual) == (op == "is") else (["no"], ["yes"])
    other, words = other_than(field, actual), str(actual).split()
    is_, part = str(actual), actual[0] if isinstance(actual, list) else str(actual)[1:-1] or str(actual)
    given: dict[str, Any] = {
        "is": ([is_], [other]),
        "is_not": ([other], [is_]),
        "in": ([is_, other], [other]),
        "not_in": ([other], [is_, other]),
        "contains": ([part], [other]),
        "lacks": ([other], [part]),
        "starts_with": ([is_[:2]], ["zz"]),
        "ends_with": ([is_[-2:]], ["zz"]),
        "has_any_word": ([f"flood, {words[0]}"], ["flood"]),
        "has_all_words": ([", ".join(words)], [f"flood, {words[0]}"]),
        "has_no_word": (["flood"], [words[0]]),
    }
    if field.kind == NUMBER:
        below, above = str(actual - 1), str(actual + 1)
        given |= {"less": ([above], [is_]), "at_most": ([is_], [below])}
        given |= {"more": ([below], [is_]), "at_least": ([is_], [above])}
    holds, fails = given[op]
    return holds, fails


def kept(web: Client, name: str, group: str, rows: list[Row]) -> dict[str, Any]:
    """A rule by form that asks `rows` in one group; what it says."""
    asked: dict[str, Any] = {group: [str(n) for n in range(len(rows))]}
    for n, (code, op, values) in enumerate(rows):
        asked |= {f"{group}-{n}-field": code, f"{group}-{n}-op": op, f"{group}-{n}-value": values}
    answer = web.post(f"{AT}/new", {**FORM, **TAG, **asked, "name": name, "activate": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    body: dict[str, Any] = Rule.objects.get(name=name).versions.get().body
    return body


def test_every_field_can_be_asked_by_every_comparison_that_its_kind_has(web, ticket, run_reactions):
    run_reactions()
    incoming = Incoming(contact=ticket.contact, text="Still brown.", subject="More", author_address="mia@home.example")
    receive_message(ticket, incoming, by=ticket.contact)
    (entry,) = [each for each in history(ticket.key) if each.code == "message.received"][1:]
    evidence, fields = Evidence(entry), known_fields()
    known = {code: evidence.value(code) for code in fields if code not in OF_OTHER_EVENTS}
    assert [code for code, value in known.items() if value in (Missing, Erased, None, "", [])] == []
    assert {field.kind for field in fields.values()} == {TEXT, WORDS, NUMBER, CHOICE, TAGS, LIST, YES_NO}

    hold: list[Row] = [(code, "is_empty", []) for code in OF_OTHER_EVENTS[:2]]
    hold += [("event.is_ours", "is_not", ["yes"])]  # of events that do not say
    fail: list[Row] = [(code, "is_set", []) for code in OF_OTHER_EVENTS[:2]]
    fail += [("event.is_ours", "is", ["yes"])]
    for code, actual in known.items():
        for op in OPS_OF[fields[code].kind]:
            if op in ("is_set", "is_empty"):
                (hold if op == "is_set" else fail).append((code, op, []))
                continue
            holds, fails = row(fields[code], op, actual)
            hold.append((code, op, holds))
            fail.append((code, op, fails))
    wrong, matching, silent = [], set(), set()
    for start in range(0, max(len(hold), len(fail)), ROWS):
        for group, rows, names, said in (("all", hold, matching, True), ("any", fail, silent, False)):
            names.add(name := f"{group} {start}")
            body = kept(web, name, group, rows[start : start + ROWS])
            parts = body["if"]["all"] if group == "all" else body["if"]["all"][0]["any"]
            wrong += [part for part in parts if judge({"if": part}, entry, evidence)[0].answer is not said]
    assert wrong == []

    RuleVersion.objects.filter(rule__slug=None).update(active_from=entry.at)  # so that they hear what was judged
    run_reactions()
    acted = RuleRun.objects.filter(version__rule__slug=None, matched=True).values_list("version__rule__name", flat=True)
    assert (set(acted), len(matching) > 1, len(silent) > 1) == (matching, True, True)


TIMES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "event": ({"when": ["ticket.paused", "note.added"]}, {"when": ["ticket.paused", "note.added"]}),
    "wait": ({"when": "ticket.paused", "span": "3", "unit": "d"}, {"when": ["ticket.paused"], "wait": {"hours": 72}}),
    "date": (
        {"span": "30", "unit": "m", "side": "before", "date": "contract.ends_on"},
        {"when": [], "around": {"date": "contract.ends_on", "hours": -0.5}},
    ),
    "daily": (
        {"time": "08:00", "zone": "Europe/Dublin", "days": ["1", "5"]},
        {"when": [], "every": {"time": "08:00", "zone": "Europe/Dublin", "days": [1, 5]}},
    ),
    "hourly": ({"span": "4", "unit": "h"}, {"when": [], "every": {"hours": 4}}),
    "desk": ({"time": "08:00", "zone": "UTC"}, {"when": [], "every": {"time": "08:00", "zone": "UTC"}, "desk": True}),
}


@pytest.mark.parametrize("kind", [code for code, _name in KINDS])
def test_every_kind_of_time_can_be_chosen_and_comes_back_into_the_form(web: Client, kind: str) -> None:
    given, expected = TIMES[kind]
    mail = {"address": "a@works.example", "subject": "x", "text": "y", "team": make_team("Leaks").key}
    write = {"step-0-operation": "channels.write", **{f"step-0-{name}": value for name, value in mail.items()}}
    deed = write if kind == "desk" else TAG
    form = {**FORM, **deed, **given, "kind": kind, "name": "Timed"}
    asked = web.post(f"{AT}/new", {**form, "again": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert [name for name in given if f'name="{name}"' not in asked] == []

    assert web.post(f"{AT}/new", {**form, "activate": "1"}).status_code == 302
    rule = Rule.objects.get(name="Timed")
    body = rule.versions.get().body
    assert {name: value for name, value in body.items() if name not in ("if", "then")} == expected
    shown = web.get(f"{AT}/{rule.pk}")
    assert shown.context["kind"] == kind
    again = web.post(f"{AT}/{rule.pk}", {**form, "keep": "1"})
    assert (again.status_code, rule.versions.order_by("number").last().body) == (302, body)


def test_every_rule_the_desk_has_from_the_start_can_be_changed_by_form(web: Client) -> None:
    load_default_rules()
    shown = {rule.slug: web.get(f"{AT}/{rule.pk}") for rule in Rule.objects.all()}

    assert {slug: page.status_code for slug, page in shown.items()} == dict.fromkeys(shown, 200)
    assert "event.is_ours" not in web.get(AT).content.decode()
    assert shown["tickets.acknowledgement"].context["names"][0][0] == "Ticket"
