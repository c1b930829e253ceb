"""Complaints, refusals and grades as the desk sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from charterdesk.complaints.actions import complain
from charterdesk.complaints.levels import define_level
from charterdesk.complaints.models import Complaint, Level
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.search import reader_of
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.search.index import index_noted
from charterdesk.search.queries import search
from charterdesk.tickets.actions import assign_ticket, grade_ticket, link_tickets, solve_ticket
from charterdesk.tickets.models import RefusalAttempt, Ticket

pytestmark = pytest.mark.django_db
SignIn = Callable[[Agent], Client]


@pytest.fixture
def manager(db: None) -> Agent:
    return make_agent("Soraya", role=Agent.MANAGER)


@pytest.fixture
def complaint(team: Team, ticket: Ticket, agent: Agent, manager: Agent) -> Complaint:
    """About what the agent did."""
    assign_ticket(ticket, agent=agent, by=agent)
    return complain(
        ticket.contact, by=ticket.contact, subject="Rude", text="She hung up.", kind="person", team=team, about=ticket
    )


def test_whom_it_is_about_meets_it_nowhere(
    desk: Client, complaint: Complaint, agent: Agent, ticket: Ticket, run_reactions: Callable[[], int]
) -> None:
    """Neither by its address nor in lists, search, links, notices, or beside the customer."""
    link_tickets(ticket, by="system", other=complaint.ticket)
    notify([agent.pk], code="ticket.opened", about=complaint.ticket.key, by="system")
    run_reactions()
    index_noted()
    number = complaint.ticket.number
    agent.refresh_from_db()

    for path in ("", "complaint", "decision", "refusal", "settled", "beside", "print"):
        assert desk.get(f"/desk/tickets/{number}/{path}").status_code == 404
    for path in ("status", "assignee", "write", "tags"):
        assert desk.post(f"/desk/tickets/{number}/{path}", {"status": "open", "agent": "me"}).status_code == 404
    for page in ("/desk/inbox/all/", f"/desk/tickets/{ticket.number}/", f"/desk/contacts/{ticket.contact_id}"):
        assert "Rude" not in desk.get(page, follow=True).content.decode(), page
    assert not search("hung", reader=reader_of(viewer_of_agent(agent))).hits
    assert not Notice.objects.filter(agent=agent, about=complaint.ticket.key).exists()


def test_the_strip_says_where_it_stands_and_who_is_kept_out(
    sign_in: SignIn, manager: Agent, complaint: Complaint
) -> None:
    page = sign_in(manager).get(f"/desk/tickets/{complaint.ticket.number}/complaint").content.decode()

    assert "Ada Brook" in page
    assert "Not decided" in page
    assert "how somebody treated me" in page


def test_a_manager_decides_it_and_an_agent_may_not(
    sign_in: SignIn, team: Team, manager: Agent, complaint: Complaint
) -> None:
    other = make_agent("Ben", teams=(team,))
    path = f"/desk/tickets/{complaint.ticket.number}/decision"
    given = {"verdict": "upheld", "reasons": "You are right."}

    refused = sign_in(other).post(path, given)
    incomplete = sign_in(manager).post(path, {"verdict": "upheld", "reasons": ""})
    decided = sign_in(manager).post(path, given)

    complaint.ticket.refresh_from_db()
    assert (refused.status_code, incomplete.status_code, decided.status_code) == (403, 422, 302)
    assert complaint.ticket.status == "solved"
    assert "You are right." in complaint.ticket.solution


def test_the_register_shows_what_its_reader_may_see(
    sign_in: SignIn, desk: Client, manager: Agent, complaint: Complaint
) -> None:
    assert desk.get("/desk/complaints/").status_code == 403
    assert "Rude" in sign_in(manager).get("/desk/complaints/?state=open&kind=person").content.decode()
    assert "Rude" not in sign_in(manager).get("/desk/complaints/?state=decided").content.decode()


def test_a_barred_refusal_keeps_what_was_written_and_says_what_is_missing(
    desk: Client, sign_in: SignIn, manager: Agent, ticket: Ticket, fragment: dict[str, Any]
) -> None:
    answer = desk.post(f"/desk/tickets/{ticket.number}/refusal", {"explanation": "We never do."}, headers=fragment)
    listed = sign_in(manager).get("/desk/refusals/").content.decode()

    assert answer.status_code == 422
    assert "We never do." in answer.content.decode()
    assert RefusalAttempt.objects.get().missing == ["not_management", "not_settled"]
    assert "Ada Brook" in listed and "Only management may refuse a request." in listed


def test_a_refusal_closes_what_its_customer_agreed_to(
    sign_in: SignIn, manager: Agent, agent: Agent, ticket: Ticket
) -> None:
    solve_ticket(ticket, by=agent, solution="The pipe is yours.")
    grade_ticket(ticket, by=ticket.contact, score=3)

    sign_in(manager).post(f"/desk/tickets/{ticket.number}/refusal", {"explanation": "It is behind the meter."})

    ticket.refresh_from_db()
    assert (ticket.status, ticket.status_reason) == ("closed", "refused")
    assert ticket.messages.filter(body_text__contains="behind the meter").exists()


def test_a_level_is_set_up_by_form(sign_in: SignIn, team: Team) -> None:
    imke = sign_in(make_agent("Imke", role=Agent.ADMINISTRATOR))
    given = {
        "where": "inside",
        "team": team.pk,
        "position": 1,
        "name_en": "Complaints office",
        "name_de": "Beschwerden",
    }

    without_team = imke.post("/desk/admin/complaints/new", {**given, "team": ""})
    added = imke.post("/desk/admin/complaints/new", given)
    level = Level.objects.get()
    imke.post(f"/desk/admin/complaints/{level.pk}/retirement")

    level.refresh_from_db()
    assert (without_team.status_code, added.status_code) == (422, 302)
    assert (level.names, level.team, level.is_active) == (
        {"en": "Complaints office", "de": "Beschwerden"},
        team,
        False,
    )


def test_grades_are_asked_for_as_the_form_says(sign_in: SignIn, team: Team) -> None:
    imke = sign_in(make_agent("Imke", role=Agent.ADMINISTRATOR))
    words = {f"en_{score}": word for score, word in enumerate(("no", "hm", "so so", "yes", "great"), start=1)}

    wrong = imke.post(f"/desk/admin/grades/{team.pk}", {"is_asked": "on", "remind_after": "9", "close_after": "7"})
    half = imke.post("/desk/admin/grades", {"remind_after": "", "close_after": "7", "en_1": "no"})
    imke.post(f"/desk/admin/grades/{team.pk}", {"is_asked": "on", "remind_after": "2, 4", "close_after": "6", **words})
    page = imke.get(f"/desk/admin/grades/{team.pk}").content.decode()

    assert (wrong.status_code, half.status_code) == (422, 422)
    assert 'value="2, 4"' in page and 'value="so so"' in page


def test_what_was_said_of_a_solution_stands_beside_the_ticket(desk: Client, agent: Agent, ticket: Ticket) -> None:
    solve_ticket(ticket, by=agent, solution="Done.")
    grade_ticket(ticket, by=ticket.contact, score=2, comment="Not at all.")

    page = desk.get(f"/desk/tickets/{ticket.number}/settled").content.decode()

    assert "2 of 5" in page and "Not at all." in page


def test_the_report_of_grades_names_no_customer(desk: Client, agent: Agent, ticket: Ticket) -> None:
    assign_ticket(ticket, agent=agent, by=agent)
    solve_ticket(ticket, by=agent, solution="Done.")
    grade_ticket(ticket, by=ticket.contact, score=4)

    page = desk.get("/desk/reports/grades").content.decode()

    assert "Ada Brook" in page and "4.00" in page
    assert "Mia Miller" not in page


def test_an_outside_body_needs_no_team() -> None:
    level = define_level(None, by="system", names={"en": "Ombudsman"}, is_outside=True, team=make_team("Leaks"))

    assert level.team is None
