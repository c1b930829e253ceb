"""Customers say how it went: by a link of the closing mail, or on the page of their request."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.complaints.actions import decide_complaint
from charterdesk.complaints.levels import define_level
from charterdesk.complaints.models import Complaint
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Consent, Grade, Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def agent(db: None) -> Agent:
    return make_agent(teams=(make_team("Leaks"),))


@pytest.fixture
def solved(agent: Agent) -> Ticket:
    team: Team = agent.teams.get()
    ticket = make_ticket(team=team, contact=make_contact("Mia Miller", email="mia@home.example", login=True))
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    return ticket


def path_of(ticket: Ticket, rest: str) -> str:
    return f"/status/{ticket.number}/{status_token(ticket)}/{rest}"


def test_opening_the_link_of_a_mail_gives_no_grade(solved: Ticket, run_reactions: Callable[[], int]) -> None:
    run_reactions()
    mail = solved.messages.get(template="solution")
    links = re.findall(r"https?://[^/]+(/status/\S+/grade/[1-5])", mail.body_text)

    answers = [Client().get(link) for link in links]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert not Grade.objects.exists()
    solved.refresh_from_db()
    assert solved.status == "solved"
    assert 'value="5" required id="id_score_0" checked' in answers[0].content.decode() or re.search(
        r'value="5"[^>]*checked', answers[0].content.decode()
    )


def test_confirming_it_does(solved: Ticket) -> None:
    answer = Client().post(path_of(solved, "grade"), {"score": "5", "comment": "Quick."})

    assert answer.status_code == 302
    assert list(Grade.objects.values_list("score", "comment", "way")) == [(5, "Quick.", "mail")]
    solved.refresh_from_db()
    assert solved.status == "closed"


def test_a_bad_one_opens_the_request_again_and_says_so(solved: Ticket) -> None:
    page = Client().post(path_of(solved, "grade"), {"score": "1", "comment": "Still dry."}, follow=True)

    solved.refresh_from_db()
    assert solved.status == "open"
    assert "Your request is open again" in page.content.decode()
    assert "Still dry." in page.content.decode()


def test_without_a_choice_the_page_asks_for_one(solved: Ticket) -> None:
    answer = Client().post(path_of(solved, "grade"), {"comment": "Hm."})

    assert answer.status_code == 422
    assert "Choose one of the five." in answer.content.decode()
    assert "Hm." in answer.content.decode()


def test_a_second_grade_is_refused_with_a_reason(solved: Ticket) -> None:
    Client().post(path_of(solved, "grade"), {"score": "4"})

    again = Client().post(path_of(solved, "grade"), {"score": "1"})

    assert again.status_code == 409
    assert "graded this solution already" in again.content.decode()


def test_there_is_no_sixth_grade(solved: Ticket) -> None:
    assert Client().get(path_of(solved, "grade/6")).status_code == 404


def test_the_status_page_asks_and_then_tells_what_was_given(solved: Ticket) -> None:
    asked = Client().get(path_of(solved, "").rstrip("/")).content.decode()
    Client().post(path_of(solved, "grade"), {"score": "3"})
    told = Client().get(path_of(solved, "").rstrip("/")).content.decode()

    assert asked.count("/grade/") == 5
    assert "Your grade: all right (3 of 5)" in told


def test_others_of_the_organisation_give_no_grade(solved: Ticket) -> None:
    ben: Contact = make_contact("Ben", email="ben@home.example", login=True)
    client = Client()
    assert client.login(email=ben.email, password=PASSWORD)

    assert client.post(f"/requests/{solved.number}/grade", {"score": "5"}).status_code == 404
    assert not Grade.objects.exists()


def test_agreeing_in_writing_takes_words_and_closes(solved: Ticket) -> None:
    empty = Client().post(path_of(solved, "consent"), {"text": " "})
    Client().post(path_of(solved, "consent"), {"text": "I see that the pipe is mine."})

    assert empty.status_code == 422
    assert [(one.text, one.agent) for one in Consent.objects.all()] == [("I see that the pipe is mine.", None)]
    solved.refresh_from_db()
    assert solved.status == "closed"


def test_somebody_unknown_complains_and_is_told_where_it_stands(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    given = {"kind": "bill", "subject": "Twice", "text": "Billed twice.", "name": "Zoe", "email": "zoe@z.example"}

    machine = Client().post("/complain", given)
    person = Client().post("/complain", {**given, "form_pass": spam.make_pass()}, follow=True)

    assert machine.status_code == 422
    assert person.status_code == 200
    assert "Your complaint" in person.content.decode()
    assert [one.ticket.contact.name for one in Complaint.objects.all()] == ["Zoe"]


def test_a_customer_takes_a_decision_to_the_next_level(solved: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    boss = make_agent("Boss", role=Agent.MANAGER)
    make_agent("Other boss", role=Agent.MANAGER)
    office, board = make_team("Office"), make_team("Board")
    define_level(None, by="system", names={"en": "Office"}, team=office, position=1)
    define_level(None, by="system", names={"en": "Board"}, team=board, position=2)
    Client().post(
        path_of(solved, "complain"),
        {"kind": "handling", "subject": "Slow", "text": "Two weeks.", "form_pass": spam.make_pass()},
    )
    complaint = Complaint.objects.get()
    early = Client().post(path_of(complaint.ticket, "escalation"), {"reason": "No."})
    decide_complaint(complaint, by=boss, agent=boss, verdict="not_upheld", reasons="It was in time.")

    page = Client().get(path_of(complaint.ticket, "").rstrip("/")).content.decode()
    Client().post(path_of(complaint.ticket, "escalation"), {"reason": "It was not."})

    complaint.refresh_from_db()
    assert early.status_code == 404
    assert "Take it to the next level" in page and "Board" in page
    assert complaint.level is not None and complaint.level.team == board
    assert complaint.ticket.messages.latest("pk").body_text == "It was not."
