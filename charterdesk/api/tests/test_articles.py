"""Articles by API: the way of a draft, its versions, and what was thrown away or given back; and tasks."""

from charterdesk.api.tests.conftest import Program
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.testing import make_ticket


def test_versions_are_listed_and_brought_back_and_drafts_given_back_and_thrown_away(program: Program) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD))
    path = f"/articles/{make_text('Your meter').pk}"
    program.ask("PATCH", f"{path}/draft", {"title": "The meter"})
    assert program.post(f"{path}/submission").status_code == 204
    assert lead.post(f"{path}/return", {"note": "Say where it is."}).status_code == 204
    assert lead.post(f"{path}/return", {"note": "Again."}).json()["code"] == "knowledge.not_in_review"
    assert program.post(f"{path}/return", {"note": "x"}).status_code == 403

    versions = program.get(f"{path}/versions").json()["items"]
    assert [each["title"] for each in versions] == ["The meter", "Your meter"]
    back = program.post(f"{path}/versions/{versions[-1]['number']}/restoration").json()
    assert back["draft_title"] == "Your meter"
    assert program.ask("DELETE", f"{path}/draft").status_code == 204
    assert program.ask("DELETE", f"{path}/draft").json()["code"] == "knowledge.nothing_drafted"
    assert program.get(path).json()["title"] == "Your meter"
    assert program.post(f"{path}/review").status_code == 204


def test_tasks_are_ones_own_or_those_of_ones_teams(program: Program, team: Team) -> None:
    number = make_ticket(team=team).number
    program.post(f"/tickets/{number}/checklist", {"text": "Call", "assignee_id": program.person.pk})
    program.post(f"/tickets/{number}/checklist", {"text": "Bill", "due_on": "2026-11-23"})

    assert [each["text"] for each in program.get("/tasks").json()["items"]] == ["Call"]
    all_of_them = program.get("/tasks?of_teams=true").json()["items"]
    assert [(each["text"], each["number"]) for each in all_of_them] == [("Bill", number), ("Call", number)]
