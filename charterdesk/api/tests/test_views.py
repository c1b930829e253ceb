"""Saved views by API: one's own by anybody of the desk, shared ones by those who may share them."""

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

URGENT = {"all": [{"field": "priority", "op": "is", "value": [1]}]}


def test_a_view_is_made_shared_changed_listed_by_and_removed(program: Program, team: Team) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD, teams=(team,)))
    make_ticket(team=team)
    urgent = make_ticket(team=team)
    Ticket.objects.filter(pk=urgent.pk).update(priority=1)
    made = lead.post("/views", {"name": "Urgent", "filter": URGENT, "columns": ["number"], "sorting": "due"})
    path = f"/views/{made.json().get('id')}"

    assert (made.status_code, made.json()["sharing"]) == (201, "mine"), made.content
    assert program.get(path).status_code == 404
    shared = {"sharing": "team", "team_id": team.pk}
    etag = lead.get(path).headers["ETag"]
    assert lead.ask("PATCH", path, shared, If_Match=etag).json()["team_id"] == team.pk
    assert lead.ask("PATCH", path, shared, If_Match=etag).status_code == 412
    found = program.get(f"/tickets?view_id={made.json()['id']}").json()["items"]
    assert [row["number"] for row in found] == [urgent.number]
    assert program.ask("PATCH", path, {"name": "x"}).status_code == 403
    assert program.post("/views", {"name": "x", **shared}).status_code == 403
    assert program.post("/views", {"name": "x", "sharing": "desk"}).status_code == 403
    assert lead.ask("DELETE", path).status_code == 204
    assert lead.get("/views").json()["items"] == []


def test_a_filter_that_nothing_can_be_found_by_is_refused(program: Program) -> None:
    wrong: tuple[object, ...] = ({"all": 5}, {"all": [5]}, {"all": [{"field": "priority", "op": "is", "value": [[1]]}]})
    answers = [program.post("/views", {"name": "x", "filter": filter}) for filter in wrong]

    assert [answer.json().get("code") for answer in answers] == ["tickets.bad_filter"] * 3
    assert program.post("/views", {"name": "x", "sharing": "team"}).json()["code"] == "tickets.no_team"
