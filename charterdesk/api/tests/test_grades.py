"""Grades, refusals and complaints by API."""

from collections.abc import Callable

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.base.clock import now
from charterdesk.complaints.models import Complaint
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.tickets.actions import assign_ticket, solve_ticket
from charterdesk.tickets.models import RefusalAttempt, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def solved(team: Team, mia: Contact, agent: Agent) -> Ticket:
    ticket = make_ticket(team=team, contact=mia)
    assign_ticket(ticket, agent=agent, by=agent)
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    return ticket


def test_a_customer_grades_once(hers: Program, program: Program, solved: Ticket) -> None:
    path = f"/tickets/{solved.number}/grades"

    by_the_desk = program.post(path, {"score": 5})
    given = hers.post(path, {"score": 4, "comment": "Fine."}, Idempotency_Key="a")
    asked_twice = hers.post(path, {"score": 4, "comment": "Fine."}, Idempotency_Key="a")
    again = hers.post(path, {"score": 1})

    assert by_the_desk.status_code == 403
    assert (given.status_code, given.json()["score"], given.json()["way"]) == (201, 4, "api")
    assert asked_twice.json() == given.json()
    assert (again.status_code, again.json()["code"]) == (409, "tickets.already_graded")
    assert [one["score"] for one in program.get("/grades").json()["items"]] == [4]


@pytest.mark.parametrize("key", ["", "try-1"])
def test_a_barred_refusal_is_answered_and_kept(program: Program, solved: Ticket, key: str) -> None:
    headers = {"Idempotency_Key": key} if key else {}
    answer = program.post(f"/tickets/{solved.number}/refusals", {"explanation": "Never."}, **headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "tickets.refusal_barred")
    assert [one.missing for one in RefusalAttempt.objects.all()] == [["not_management", "not_settled"]]


def test_management_refuses_what_is_settled(hers: Program, solved: Ticket) -> None:
    boss = Program(make_agent("Soraya", role=Agent.MANAGER))
    hers.post(f"/tickets/{solved.number}/consents", {"text": "I see."})

    refused = boss.post(f"/tickets/{solved.number}/refusals", {"explanation": "It is yours."})

    solved.refresh_from_db()
    assert (refused.status_code, refused.json()["missing"]) == (201, [])
    assert solved.status_reason == "refused"
    assert len(boss.get("/refusals").json()["items"]) == 1


def test_no_change_of_a_ticket_closes_it_in_the_customers_name(program: Program, team: Team) -> None:
    ticket = make_ticket(team=team)

    closed = program.post(f"/tickets/{ticket.number}/closure")
    patched = program.ask("PATCH", f"/tickets/{ticket.number}", {"status": "closed"})

    ticket.refresh_from_db()
    assert (closed.status_code, patched.status_code, ticket.status) == (409, 422, "new")


def test_a_complaint_goes_from_customer_to_decision(
    hers: Program, program: Program, solved: Ticket, run_reactions: Callable[[], int]
) -> None:
    boss = Program(make_agent("Soraya", role=Agent.MANAGER))
    set_up = Program(make_agent("Imke", role=Agent.ADMINISTRATOR))
    office, board = make_team("Office"), make_team("Board")
    for position, team in ((1, office), (2, board)):
        level = {"names": {"en": team.name}, "team_id": team.pk, "position": position}
        assert set_up.post("/complaint-levels", level).status_code == 201

    made = hers.post("/complaints", {"subject": "Rude", "text": "x", "kind": "person", "about": solved.number})
    number = made.json()["ticket"]
    unseen = program.get(f"/tickets/{number}/complaint")
    undecided = boss.post(f"/tickets/{number}/solution", {"solution": "x"})
    decided = boss.post(f"/tickets/{number}/decisions", {"verdict": "partly", "reasons": "Both were loud."})
    higher = hers.post(f"/tickets/{number}/escalations", {"reason": "I was not."})

    assert (made.status_code, unseen.status_code) == (201, 404)
    assert undecided.json()["code"] == "complaints.undecided"
    assert (decided.json()["decision"], decided.json()["is_decided"]) == ("partly", True)
    assert higher.json()["is_decided"] is False
    assert Complaint.objects.get().level.team == board
    assert program.get("/complaints").status_code == 403
    assert [one["names"]["en"] for one in hers.get("/complaint-levels").json()["items"]] == ["Office", "Board"]


def test_the_desk_keeps_a_signed_paper_as_consent(program: Program, solved: Ticket) -> None:
    path, today = f"/tickets/{solved.number}/consents", now().date().isoformat()
    upload = program.upload(b"%PDF-1.7 signed", filename="consent.pdf")

    without = program.post(path, {"signed_on": today})
    kept = program.post(path, {"signed_on": today, "attachments": [upload]})

    assert (without.status_code, without.json()["code"]) == (409, "tickets.no_scan")
    assert (kept.status_code, kept.json()["signed_on"]) == (201, today)
    assert kept.json()["message_id"] == solved.messages.latest("pk").pk
