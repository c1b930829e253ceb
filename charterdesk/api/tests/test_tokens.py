"""Tokens, integrations and the audit log by API."""

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, ApiToken, KeptAnswer, Team
from charterdesk.people.testing import make_agent

NEW = {"name": "Billing", "scopes": ["tickets:read"]}


@pytest.fixture
def boss(team: Team) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,)))


def test_a_secret_is_told_once_and_lets_in_until_it_is_revoked(program: Program) -> None:
    made = program.post("/tokens", NEW, Idempotency_Key="a")
    again = program.post("/tokens", NEW, Idempotency_Key="a")
    guest = Program(program.person)
    guest.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {made.json()['secret']}"

    assert (made.status_code, made.json()["scopes"], made.headers["Cache-Control"]) == (201, NEW["scopes"], "no-store")
    assert again.json() == {**made.json(), "secret": None}
    assert made.json()["secret"] not in KeptAnswer.objects.get().body
    assert (guest.get("/tickets").status_code, guest.get("/contacts").status_code) == (200, 403)
    listed = [guest.token.pk, made.json()["id"], program.token.pk]
    assert [row["id"] for row in program.get("/tokens").json()["items"]] == listed
    assert program.ask("DELETE", f"/tokens/{made.json()['id']}").status_code == 204
    assert guest.get("/tickets").status_code == 401


def test_a_token_makes_none_that_may_more_than_itself(agent: Agent) -> None:
    narrow = Program(agent, scopes=["tokens:write", "tickets:write"])

    assert narrow.post("/tokens", NEW).status_code == 201
    more = narrow.post("/tokens", {**NEW, "scopes": ["tickets:write", "contacts:read"]})
    assert (more.status_code, more.json()["code"]) == (403, "api.scope")
    unknown = narrow.post("/tokens", {**NEW, "scopes": ["everything"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "scopes.0")
    assert ApiToken.objects.count() == 2


def test_integrations_and_everybodys_tokens_are_for_administrators(boss: Program, program: Program, team: Team) -> None:
    robot = {"name": "Meter robot", "team_ids": [team.pk]}
    made = boss.post("/integrations", robot)
    client = boss.post("/tokens", {**NEW, "kind": "client", "integration_id": made.json()["id"]})

    assert (made.json()["role"], made.json()["team_ids"]) == ("agent", [team.pk])
    assert (client.json()["agent_id"], client.json()["client_id"]) == (
        made.json()["agent_id"],
        f"client-{client.json()['id']}",
    )
    assert boss.get("/integrations").json()["items"] == [made.json()]
    assert len(boss.get("/tokens?whose=all").json()["items"]) == 3
    assert program.post("/integrations", robot).status_code == 403
    assert program.post("/tokens", {**NEW, "integration_id": made.json()["id"]}).status_code == 403
    assert program.get("/tokens?whose=all").status_code == 403
    assert program.ask("DELETE", f"/tokens/{client.json()['id']}").status_code == 404
    assert boss.post("/integrations", {**robot, "team_ids": [999999]}).json()["code"] == "api.no_such_team"


def test_administrators_search_the_audit_log_page_by_page(boss: Program, program: Program, agent: Agent) -> None:
    for name in ("One", "Two"):
        boss.post("/calendars", {"name": name})
    program.post("/tokens", NEW)

    first = boss.get("/audit?limit=1&code=calendar").json()
    second = boss.get(f"/audit?limit=1&code=calendar&cursor={first['next']}").json()
    theirs = boss.get(f"/audit?agent_id={agent.pk}&code=api_token").json()["items"]

    assert [row["code"] for row in (*first["items"], *second["items"])] == ["calendar.changed"] * 2
    assert first["items"][0]["id"] > second["items"][0]["id"]
    assert {row["actor"] for row in theirs} == {agent.key}
    assert boss.get("/audit?kind=door").json() == {"items": [], "next": None}
    assert program.get("/audit").status_code == 403
    assert boss.get("/audit?kind=nothing").json()["errors"][0]["field"] == "kind"
