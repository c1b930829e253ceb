"""Checklists, putting off, tags, notes about people, erasure and roles by API."""

from datetime import timedelta

from charterdesk.api.tests.conftest import Program
from charterdesk.base.clock import now
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions.tags import keep_tags
from charterdesk.tickets.models import Tag
from charterdesk.tickets.testing import make_ticket


def test_a_checklist_is_written_ticked_and_shortened(program: Program, team: Team, agent: Agent) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/checklist"
    made = program.post(path, {"text": "Call them", "assignee_id": agent.pk, "due_on": "2026-12-24"})
    item = f"/checklist-items/{made.json().get('id')}"

    assert (made.status_code, made.json()["due_on"]) == (201, "2026-12-24"), made.content
    ticked = program.ask("PATCH", item, {"done": True, "due_on": None}, If_Match=made.headers["ETag"]).json()
    assert ticked["done_at"] and (ticked["done_by_id"], ticked["due_on"]) == (agent.pk, None)
    assert ticked["assignee_id"] == agent.pk
    assert program.ask("PATCH", item, {"text": "x"}, If_Match=made.headers["ETag"]).status_code == 412
    outsider = make_agent("Olga")
    assert program.ask("PATCH", item, {"assignee_id": outsider.pk}).json()["code"] == "tickets.mention_outside"
    assert program.ask("DELETE", item).status_code == 204
    assert program.get(path).json()["items"] == []


def test_a_ticket_is_put_off_and_brought_back(program: Program, team: Team) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/snooze"
    until = now() + timedelta(hours=3)

    assert program.ask("PUT", path, {"until": until.isoformat()}).json()["is_snoozed"] is True
    assert program.ask("PUT", path, {}).json()["until"] is None
    assert program.ask("PUT", path, {"until": "2020-01-01T00:00:00Z"}).json()["code"] == "tickets.in_the_past"
    assert program.ask("DELETE", path).status_code == 204
    assert program.get(path).json()["is_snoozed"] is False


def test_tags_are_described_renamed_and_removed_by_whoever_may(program: Program) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    keep_tags(["leak", "pipe", "valve"])
    first = boss.get("/tags?limit=2").json()
    (last,) = boss.get(f"/tags?limit=2&cursor={first['next']}").json()["items"]
    path = f"/tags/{first['items'][0]['id']}"

    assert ([row["name"] for row in first["items"]], last["name"]) == (["leak", "pipe"], "valve")
    renamed = boss.ask("PATCH", path, {"name": "Leaks", "description": "Wet"}).json()
    assert (renamed["description"], renamed["becoming"]) == ("Wet", "leaks")
    assert boss.ask("PATCH", path, {"name": "drops"}).json()["code"] == "tickets.tag_changing"
    assert boss.ask("PATCH", f"/tags/{last['id']}", {"name": " "}).json()["code"] == "tickets.no_name"
    assert boss.ask("DELETE", f"/tags/{last['id']}").status_code == 204
    assert Tag.objects.get(pk=last["id"]).becoming == ""
    assert program.ask("DELETE", path).status_code == 403


def test_contacts_are_noted_about_and_erased_for_good(program: Program, mia: Contact) -> None:
    path = f"/contacts/{mia.pk}"
    note = program.post(f"{path}/notes", {"text": "Calls at noon"}).json()

    assert [row["text"] for row in program.get(f"{path}/notes").json()["items"]] == ["Calls at noon"]
    assert program.ask("DELETE", f"{path}/notes/{note['id']}").status_code == 204
    assert program.post(f"{path}/erasure", {"sure": True}).status_code == 403
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    assert boss.post(f"{path}/erasure", {"sure": False}).status_code == 422
    assert boss.post(f"{path}/erasure", {"sure": True}, Idempotency_Key="gone").status_code == 204
    assert boss.get(path).json()["erased_at"] is not None
    assert boss.post(f"{path}/notes", {"text": "x"}).status_code == 404


def test_roles_are_read_with_what_they_allow(program: Program) -> None:
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    roles = {row["code"]: row["permissions"] for row in boss.get("/roles").json()["items"]}

    assert "tickets.redact" in roles["lead"] and "tickets.redact" not in roles["agent"]
    assert program.get("/roles").status_code == 403
