"""Macros by program: made, changed and removed by whoever may, and used."""

from typing import Any

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.models import Macro, Ticket
from charterdesk.tickets.testing import make_ticket

ON_OUR_WAY: dict[str, Any] = {
    "name": "On our way",
    "texts": {"en": "<p>Hello {customer}, we are on our way.</p><script>x()</script>"},
    "steps": [{"operation": "tickets.tag", "args": {"add": ["leak"]}}],
    "types": ["incident"],
}


def test_a_macro_is_made_used_changed_and_removed(program: Program, team: Team, agent: Agent) -> None:
    made = program.post("/macros", ON_OUR_WAY)
    assert made.status_code == 201, made.content
    path = f"/macros/{made.json()['id']}"
    assert made.json()["texts"] == {"en": "<p>Hello {customer}, we are on our way.</p>"}
    assert made.json()["condition"] == {"all": [{"field": "ticket.type", "op": "in", "value": ["incident"]}]}
    assert (made.json()["agent_id"], made.json()["team_id"]) == (agent.pk, None)

    ticket = make_ticket(team=team)
    used = program.post(f"/tickets/{ticket.number}{path}")
    assert ticket.messages.get(pk=used.json()["message_id"]).body_text.endswith("we are on our way.")
    assert Ticket.objects.get(pk=ticket.pk).tags == ["leak"]
    assert used.json()["not_done"] == []
    skipped = {"operation": "tickets.tag", "skipped": "events.so_already", "reason": "it was so already"}
    assert program.post(f"/tickets/{ticket.number}{path}").json()["not_done"] == [{"step": 0, **skipped}]

    etag = program.get(path).headers["ETag"]
    assert etag == made.headers["ETag"]  # using it changes nothing of it
    changed = program.ask("PATCH", path, {"kind": "note", "tags": ["leak"]}, If_Match=etag)
    assert (changed.json()["kind"], changed.json()["steps"]) == ("note", made.json()["steps"])
    assert program.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    assert program.ask("DELETE", path).status_code == 204
    assert program.get(path).status_code == 404


def test_only_those_who_may_share_macros_do_and_nobody_touches_anothers(program: Program, team: Team) -> None:
    theirs = Macro.objects.create(name="Ben's", agent=make_agent("Ben", teams=(team,)), texts={"en": "<p>x</p>"})
    other = Macro.objects.create(name="Other team", team=make_team("Other"), texts={"en": "<p>x</p>"})
    shared = Macro.objects.create(name="All", texts={"en": "<p>x</p>"})

    for sharing in ({"sharing": "team", "team_id": team.pk}, {"sharing": "desk"}):
        assert program.post("/macros", {**ON_OUR_WAY, **sharing}).status_code == 403
    for each in (theirs, other):
        assert program.get(f"/macros/{each.pk}").status_code == 404
        assert program.ask("DELETE", f"/macros/{each.pk}").status_code == 404
    assert program.ask("PATCH", f"/macros/{shared.pk}", {"name": "Mine"}).status_code == 403
    boss = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    assert boss.post("/macros", {**ON_OUR_WAY, "sharing": "desk"}).json()["agent_id"] is None
    assert boss.post("/macros", {**ON_OUR_WAY, "sharing": "team", "team_id": team.pk}).json()["team_id"] == team.pk
    assert boss.ask("PATCH", f"/macros/{shared.pk}", {"name": "For all"}).json()["name"] == "For all"


def test_what_a_macro_can_not_do_is_said(program: Program) -> None:
    def told(**more: Any) -> tuple[int, str]:
        answer = program.post("/macros", {"name": "x", **more})
        return answer.status_code, answer.json()["type"].rpartition(":")[2]

    def step(name: str, **args: Any) -> list[dict[str, Any]]:
        return [{"operation": f"tickets.{name}", "args": args}]

    assert told() == (409, "tickets.macro_empty")
    assert told(texts={"en": "<p>{password}</p>"}) == (409, "tickets.macro_fact")
    assert told(steps=step("solve")) == (409, "api.macro_step")
    assert told(steps=step("move", team="team:999999")) == (409, "api.no_such_team")
    assert told(steps=step("assign", agent="agent:999999")) == (409, "api.no_such_agent")
    assert told(sharing="team") == (409, "api.no_such_team")
    assert told(steps=step("erase"))[0] == 422
