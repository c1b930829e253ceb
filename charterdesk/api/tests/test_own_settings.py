"""What people of the desk choose, the desk's own fields of customers, and lists of people, by API."""

from typing import Any

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.events.testing import run_jobs
from charterdesk.people.actions import add_organisation
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_contact


@pytest.fixture
def boss(team: Team) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,)))


def test_somebody_chooses_what_they_hear_and_who_stands_in(program: Program, team: Team) -> None:
    ben, eve = make_agent("Ben", teams=(team,)), make_agent("Eve")
    before = program.get("/me/preferences")
    chosen = {"ways": {"reply": ["mail"]}, "quiet_from": "22:00", "quiet_until": "07:00", "stand_in_id": ben.pk}
    chosen |= {"language": "fr", "time_zone": "Europe/Paris"}
    kept = program.ask("PATCH", "/me/preferences", chosen, If_Match=before.headers["ETag"])
    usual = program.ask("PATCH", "/me/preferences", {"ways": {"reply": None}, "landing": "dashboard"}).json()

    def told(changes: dict[str, Any]) -> str:
        return str(program.ask("PATCH", "/me/preferences", changes).json()["code"])

    assert kept.json() == {**before.json(), **chosen, "ways": {**before.json()["ways"], "reply": ["mail"]}}
    assert (usual["ways"], usual["quiet_from"], usual["landing"]) == (before.json()["ways"], "22:00", "dashboard")
    assert program.get("/me/preferences").json() == usual
    assert program.ask("PATCH", "/me/preferences", {}, If_Match=before.headers["ETag"]).status_code == 412
    assert told({"quiet_until": None}) == "people.half_quiet"
    assert told({"time_zone": "Paris", "landing": "inbox"}) == "people.no_such_time_zone"
    assert program.get("/me/preferences").json()["landing"] == "dashboard"
    assert told({"stand_in_id": eve.pk}) == "people.stand_in_teams"
    assert told({"stand_in_id": program.person.pk}) == "people.stand_in_self"
    wrong = program.ask("PATCH", "/me/preferences", {"quiet_from": "25:00"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "quiet_from")


def test_notices_are_read(program: Program, boss: Program, team: Team, mia: Contact) -> None:
    made = boss.post("/tickets", {"subject": "x", "text": "x", "contact": {"id": mia.pk}, "team_id": team.pk})
    boss.ask("PATCH", f"/tickets/{made.json()['number']}", {"assignee_id": program.person.pk})

    (notice,) = program.get("/me/notices").json()["items"]
    assert (notice["code"], notice["about"]) == ("ticket.assigned", f"ticket:{made.json()['id']}")
    assert program.post("/me/notices/read").json() == {"count": 1}
    assert program.get("/me/notices").json()["items"][0]["read_at"] is not None
    assert boss.get("/me/notices").json()["items"] == []


def test_a_field_of_customers_is_defined_filled_retired_and_used_again(
    boss: Program, program: Program, mia: Contact
) -> None:
    made = boss.post("/person-fields", {"of": "contact", "kind": "number", "name": "Meters", "code": "meters"})
    path, values = f"/person-fields/{made.json()['id']}", f"/contacts/{mia.pk}/fields"

    assert (made.status_code, made.json()["code"]) == (201, "meters"), made.content
    again = boss.post("/person-fields", {"of": "contact", "kind": "text", "name": "x", "code": "meters"})
    assert again.json()["code"] == "people.code_taken"
    assert program.ask("PATCH", values, {"values": {"meters": 2}}).json() == {"values": {"meters": 2}}
    assert program.ask("PATCH", values, {"values": {"meters": "many"}}).json()["code"] == "people.wrong_value"
    assert program.ask("PATCH", values, {"values": {"taps": 2}}).json()["code"] == "people.no_such_field"
    named = boss.ask("PATCH", path, {"names": {"de": "Zähler"}}, If_Match=made.headers["ETag"])
    assert named.json()["names"] == {"de": "Zähler"}
    assert boss.ask("DELETE", path).status_code == 204
    assert program.get(values).json() == {"values": {}}
    assert boss.ask("PATCH", path, {"is_retired": False}).json()["is_retired"] is False
    assert program.get(values).json() == {"values": {"meters": 2}}
    assert boss.post("/person-fields", {"of": "contact", "kind": "choice", "name": "x"}).json()["code"] == (
        "people.no_choices"
    )
    assert program.ask("DELETE", path).status_code == 403
    harbour = add_organisation(by=boss.person, name="Harbour")
    assert program.get(f"/organisations/{harbour.pk}/fields").json() == {"values": {}}


def test_a_list_is_sent_looked_through_and_taken_in(boss: Program, program: Program) -> None:
    make_contact("Mia", email="mia@home.example")
    sent = boss.client.generic(
        "POST",
        "/api/v1/imports?kind=contacts",
        "email,name\nmia@home.example,Mia Miller\nnew@home.example,New\nnobody,x\n",
        content_type="text/csv",
    )
    path = f"/imports/{sent.json()['id']}"
    first = boss.get(f"{path}/lines?limit=2").json()
    rest = boss.get(f"{path}/lines?cursor={first['next']}").json()["items"]
    lines = [*first["items"], *rest]

    assert (sent.status_code, sent.json()["state"], sent.json()["total"]) == (201, "waiting", 3), sent.content
    assert [(each["line"], each["verdict"]) for each in lines] == [(2, "change"), (3, "make"), (4, "refuse")]
    assert (lines[0]["fields"], bool(lines[2]["why"])) == ({"name": "Mia Miller"}, True)
    assert len(boss.get(f"{path}/lines?verdict=make").json()["items"]) == 1
    assert boss.post(f"{path}/start").json()["state"] == "running"
    assert run_jobs() == 1
    done = boss.get(path).json()
    assert [done[name] for name in ("state", "made", "changed", "refused", "problems")] == ["done", 1, 1, 1, [4]]
    assert Contact.objects.filter(name="Mia Miller").exists()
    assert boss.post(f"{path}/start").json()["code"] == "people.import_started"
    assert boss.get("/imports").json()["items"] == [done]
    assert program.get(path).status_code == 403
