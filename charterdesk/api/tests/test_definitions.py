"""Fields of tickets and request forms, set up by API."""

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def boss(team: Team) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,)))


def test_a_field_is_defined_filled_retired_and_used_again(boss: Program, program: Program, team: Team) -> None:
    choices = [{"code": "old", "labels": {"en": "Old"}}, {"code": "smart", "labels": {"en": "Smart", "de": "Klug"}}]
    new = {"code": "meter", "kind": "choice", "labels": {"en": "Meter"}, "choices": choices}
    made = boss.post("/ticket-fields", new)
    values = f"/tickets/{make_ticket(team=team).number}/fields"

    assert (made.status_code, made.json()["choices"][1]["labels"]["de"]) == (201, "Klug"), made.content
    assert boss.post("/ticket-fields", new).json()["code"] == "tickets.code_taken"
    assert program.ask("PATCH", values, {"values": {"meter": "smart"}}).json() == {"values": {"meter": "smart"}}
    etag = made.headers["ETag"]
    changed = boss.ask("PATCH", "/ticket-fields/meter", {"required": "solve"}, If_Match=etag)
    assert (changed.status_code, changed.json()["labels"]) == (200, {"en": "Meter"}), changed.content
    assert boss.ask("PATCH", "/ticket-fields/meter", {"required": ""}, If_Match=etag).status_code == 412
    assert boss.ask("DELETE", "/ticket-fields/meter").status_code == 204
    assert program.get(values).json() == {"values": {}}
    assert boss.ask("PATCH", "/ticket-fields/meter", {"is_public": True}).json()["is_retired"] is False
    assert program.get(values).json() == {"values": {"meter": "smart"}}
    assert program.ask("DELETE", "/ticket-fields/meter").status_code == 403


def test_a_request_form_asks_for_fields_that_there_are(boss: Program, program: Program, team: Team) -> None:
    boss.post("/ticket-fields", {"code": "meter", "kind": "text", "labels": {"en": "Meter"}})
    new = {"code": "no_water", "names": {"en": "No water"}, "team_id": team.pk, "fields": ["meter"]}
    made = boss.post("/request-forms", new)

    assert (made.status_code, made.json()["fields"]) == (201, ["meter"]), made.content
    assert boss.ask("PATCH", "/request-forms/no_water", {"fields": ["tap"]}).json()["code"] == "api.no_such_field"
    assert boss.ask("PATCH", "/request-forms/no_water", {"type": "incident"}).json()["type"] == "incident"
    assert [row["code"] for row in program.get("/request-forms").json()["items"]] == ["no_water"]
    assert program.post("/request-forms", new).status_code == 403
    assert boss.ask("DELETE", "/request-forms/no_water").status_code == 204
    assert boss.get("/request-forms").json()["items"] == []
