"""The desk's rules by program: all that the forms do, as data and as text, and no further than who asks may reach."""

from typing import Any

from charterdesk.api.tests.conftest import Program
from charterdesk.events.models import Delivery, Rule
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.models import Template
from charterdesk.tickets.testing import make_ticket

TAG: dict[str, Any] = {
    "when": ["ticket.tagged"],
    "once": True,
    "if": {"all": [{"not": {"field": "ticket.priority", "op": "is", "value": 1}}, {"cel": "ticket.number > 0"}]},
    "then": [{"operation": "tickets.add_items", "args": {"items": ["Look at it"]}}],
}


def boss() -> Program:
    """A program that may set up everything."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR))


def test_a_rule_is_made_tried_switched_on_asked_why_changed_as_text_and_brought_back(team: Team, run_reactions) -> None:
    program, ticket = boss(), make_ticket(team=team)
    tag_ticket(ticket, by="system", add=["before"])
    made = program.post("/rules", {"name": "Look", "body": TAG, "position": 40})
    assert made.status_code == 201, made.content
    path = f"/rules/{made.json()['id']}"
    assert (made.json()["body"], made.json()["is_on"], made.json()["position"]) == (TAG, False, 40)
    trial = program.get(f"{path}/trial?days=1").json()
    assert (trial["counts"], trial["items"][0]["subject"]) == ({"match": 1}, ticket.key)
    assert program.ask("PUT", f"{path}/state", {"is_on": True}).json()["is_on"] is True
    tag_ticket(ticket, by="system", add=["x"])
    run_reactions()
    assert [run["subject"] for run in program.get(f"{path}/runs").json()["items"]] == [ticket.key]
    (why,) = [each for each in program.get(f"/tickets/{ticket.number}/why").json()["items"] if each["rule"] == "Look"]
    assert (why["version"], why["values"]["ticket.priority"]) == (1, 3)

    etag = program.get(path).headers["ETag"]
    text = program.get(f"{path}/text").json()["text"].replace("Look at it", "Look again")
    changed = program.ask("POST", f"{path}/versions", {"text": text, "is_on": True, "reason": "so"}, If_Match=etag)
    assert (changed.status_code, changed.json()["number"], changed.json()["reason"]) == (201, 2, "so")
    assert program.ask("POST", f"{path}/versions", {"name": "x"}, If_Match=etag).status_code == 412
    back = program.post(f"{path}/versions/1/restoration").json()
    assert (back["number"], back["body"], back["is_on"]) == (3, TAG, True)
    assert [each["number"] for each in program.get(f"{path}/versions").json()["items"]] == [3, 2, 1]
    rule = Rule.objects.get(name="Look")
    parked = Delivery.objects.create(
        event_id=why["event_id"], subject=ticket.key, handler=f"rule:{rule.versions.first().pk}",
        state=Delivery.PARKED, next_try_at=ticket.opened_at, error="no",
    )  # fmt: skip
    (failure,) = program.get(f"{path}/failures").json()["items"]
    assert (failure["id"], failure["chain"][-1]["code"]) == (parked.pk, "ticket.tagged")
    assert program.post(f"{path}/failures/{parked.pk}/drop", {"reason": "a test"}).status_code == 204
    assert program.ask("DELETE", path).status_code == 204
    assert program.get(path).status_code == 404


def test_what_a_rule_can_not_say_is_told_and_words_and_ready_made_ones_are_listed(team: Team) -> None:
    program = boss()
    for wrong, said in (
        ({**TAG, "when": ["moon.rose"]}, "moon.rose"),
        ({**TAG, "if": {"field": "message.text", "op": "has_any_word", "value": []}}, "has_any_word"),
        ({**TAG, "then": []}, "nothing is to be done"),
        ({**TAG, "every": {"hours": 2}, "wait": {"hours": 1}}, "choose one"),
    ):
        answer = program.post("/rules", {"name": "x", "body": wrong})
        assert (answer.status_code, said in answer.content.decode()) == (409, True), answer.content
    assert program.post("/rules", {"name": "x", "body": {**TAG, "moon": 1}}).status_code == 422
    assert program.post("/rules/text", {"text": "[[rule"}).status_code == 409
    words = program.get("/rules/words").json()
    assert "ticket.opened" in words["events"]
    assert {"name": "tickets.prioritise", "needs": ["priority"], "takes": []}.items() <= next(
        each for each in words["operations"] if each["name"] == "tickets.prioritise"
    ).items()
    assert program.post("/rules/ready-made/language").json()["items"][0]["is_on"] is True
    there = {each["code"]: each["is_there"] for each in program.get("/rules/ready-made").json()["items"]}
    assert (there["language"], there["words"]) == (True, False)


def test_a_lead_makes_rules_for_tickets_of_their_teams_and_sees_no_others(team: Team, run_reactions) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD, teams=(team,)))
    elsewhere = make_team("Elsewhere")
    of_desk = boss().post("/rules", {"name": "Desk's", "body": TAG}).json()["id"]
    theirs = boss().post("/rules", {"name": "Theirs", "body": {**TAG, "team": elsewhere.pk}}).json()["id"]
    for beyond in (
        TAG,
        {**TAG, "team": elsewhere.pk},
        {**TAG, "team": team.pk, "then": [{**TAG["then"][0], "on": "ticket:1"}]},
        {**TAG, "team": team.pk, "then": [{"operation": "tickets.link", "args": {"other": "ticket:1"}}]},
        {**TAG, "team": team.pk, "then": [{"operation": "events.call_webhook", "args": {"webhook": "webhook:1"}}]},
    ):
        assert lead.post("/rules", {"name": "x", "body": beyond}).status_code == 409
    made = lead.post("/rules", {"name": "Ours", "body": {**TAG, "team": team.pk}, "is_on": True})
    assert made.status_code == 201, made.content
    path = f"/rules/{made.json()['id']}"
    assert [each["name"] for each in lead.get("/rules").json()["items"]] == ["Ours"]
    for other in (of_desk, theirs):
        assert lead.get(f"/rules/{other}").status_code == 404
        assert lead.ask("PUT", f"/rules/{other}/state", {"is_on": True}).status_code == 404
    assert lead.post(f"{path}/versions", {"body": TAG, "is_on": True}).status_code == 409
    assert lead.get("/rules/ready-made").status_code == 403
    assert Program(make_agent("Ada", teams=(team,))).get("/rules").status_code == 403
    ours, others = make_ticket(team=team), make_ticket(team=elsewhere)
    for ticket in (ours, others):
        tag_ticket(ticket, by="system", add=["x"])
    run_reactions()
    assert (ours.checklist.count(), others.checklist.count()) == (1, 0)


def test_a_template_is_written_seen_with_a_ticket_changed_and_brought_back(team: Team) -> None:
    program, ticket = boss(), make_ticket(team=team, subject="No water")
    words = {"subject": "", "html": "<p>Hello {{ customer }}</p>"}
    made = program.post("/templates", {"name": "Water is back", "texts": {"en": words}})
    assert (made.status_code, made.json()["reference"]) == (201, "own:water-is-back")
    path = f"/templates/{made.json()['id']}"
    shown = program.post("/templates/preview", {**words, "language": "en", "number": ticket.number}).json()
    assert (shown["subject"], shown["text"]) == (f"No water [#{ticket.number}]", "Hello Mia Miller\n")
    wrong = program.ask("PATCH", path, {"texts": {"en": {"html": "<p>{{ notes }}</p>"}}})
    assert (wrong.status_code, "notes" in wrong.content.decode()) == (409, True)
    changed = program.ask("PATCH", path, {"texts": {"de": words}, "reason": "so"}, If_Match=made.headers["ETag"])
    assert (changed.json()["version"], list(changed.json()["texts"])) == (2, ["de"])
    assert program.ask("PATCH", path, {"name": "x"}, If_Match=made.headers["ETag"]).status_code == 412
    assert program.post(f"{path}/versions/1/restoration").json()["version"] == 3
    assert [each["reason"] for each in program.get(f"{path}/versions").json()["items"]][1] == "so"
    assert program.ask("DELETE", path).status_code == 204
    assert program.get("/templates").json()["items"] == []
    assert Template.objects.get().removed_at
