"""What customers can do on the portal, and what they can't see."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections
from django.test import Client

from charterdesk.people.actions import identify_contact
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.portal import spam
from charterdesk.portal.steps import steps_of
from charterdesk.tickets.actions import (
    Incoming,
    add_note,
    close_ticket,
    merge_ticket,
    receive_message,
    release_message,
    send_message,
    solve_ticket,
)
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.fixture(autouse=True)
def quick_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write faster than people."""
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    cache.clear()


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Leaks")


@pytest.fixture
def mia(db: None) -> Contact:
    return make_contact("Mia Miller", email="mia@home.example", login=True)


@pytest.fixture
def ticket(team: Team, mia: Contact) -> Ticket:
    return make_ticket(team=team, contact=mia)


def signed_in(contact: Contact) -> Client:
    client = Client()
    assert contact.login is not None
    assert client.login(email=contact.login.email, password=PASSWORD)
    return client


def path_of(ticket: Ticket) -> str:
    return "/" + status_link(ticket).split("/", 3)[3]


def filled_in(client: Client, about: Team, **fields: object) -> dict[str, object]:
    found = re.search(r'name="form_pass" value="([^"]+)"', client.get("/requests/new").content.decode())
    assert found
    return {
        "team": about.pk,
        "subject": "No water",
        "text": "Since this morning.",
        "name": "Mia Miller",
        "email": "mia@home.example",
        "form_pass": found.group(1),
        **fields,
    }


def test_a_request_sent_by_form_is_a_ticket_whose_status_page_opens_at_once(client: Client, team: Team) -> None:
    picture = SimpleUploadedFile("meter.png", PICTURE, content_type="image/png")
    answer = client.post("/requests/new", filled_in(client, team, attachments=picture), follow=True)

    ticket = Ticket.objects.get()
    assert answer.redirect_chain == [(path_of(ticket), 302)]
    assert (ticket.channel, ticket.team, ticket.contact.email) == ("portal", team, "mia@home.example")
    assert "meter.png" in answer.content.decode()


def test_where_there_is_one_team_nobody_is_asked_which(client: Client, team: Team) -> None:
    filled = filled_in(client, team)
    del filled["team"]

    assert 'name="team"' not in client.get("/requests/new").content.decode()
    client.post("/requests/new", filled)
    assert [ticket.team for ticket in Ticket.objects.all()] == [team]

    make_team("Bills")
    assert 'name="team"' in client.get("/requests/new").content.decode()
    assert client.post("/requests/new", filled_in(client, team) | {"team": ""}).status_code == 422


def test_a_form_sent_twice_is_one_ticket(client: Client, team: Team) -> None:
    filled = filled_in(client, team)
    client.post("/requests/new", filled)
    client.post("/requests/new", filled)

    assert Ticket.objects.count() == 1


def test_a_form_that_a_machine_filled_in_is_given_back(client: Client, team: Team) -> None:
    answer = client.post("/requests/new", filled_in(client, team, website="https://pills.example"))

    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    assert "Since this morning." in answer.content.decode()


def test_a_made_up_pass_is_no_pass(client: Client, team: Team) -> None:
    answer = client.post("/requests/new", filled_in(client, team, form_pass="abc:def:ghi"))

    assert (answer.status_code, Ticket.objects.count()) == (422, 0)


def test_too_many_requests_from_one_connection_wait(
    client: Client, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spam, "PER_HOUR", 2)
    answers = [client.post("/requests/new", filled_in(client, team)).status_code for _ in range(3)]

    assert answers == [302, 302, 429]


@pytest.mark.parametrize("left_out", ["team", "subject", "text", "name", "email"])
def test_what_is_missing_is_named_beside_its_field(client: Client, team: Team, left_out: str) -> None:
    answer = client.post("/requests/new", filled_in(client, team, **{left_out: ""}))

    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    assert f'id="id_{left_out}-error"' in answer.content.decode()


def test_the_link_shows_status_promise_and_talk_without_a_password(client: Client, ticket: Ticket) -> None:
    agent = make_agent(teams=(ticket.team,))
    message = send_message(ticket, by=agent, agent=agent, html="<p>We are on our way.</p>")
    release_message(message.pk, by=agent)
    page = client.get(path_of(ticket)).content.decode()

    assert "We are on our way." in page
    assert "being worked on" in page
    assert "No water since this morning." in page


def test_a_page_opened_right_after_sending_looks_again_before_it_says_that_nothing_is_promised(
    client: Client, ticket: Ticket
) -> None:
    at_once = client.get(path_of(ticket)).content.decode()
    Ticket.objects.update(opened_at=ticket.opened_at - timedelta(minutes=2))
    later = client.get(path_of(ticket)).content.decode()

    assert ("no time promised" in at_once, 'hx-select="#standing"' in at_once) == (False, True)
    assert ("no time promised" in later, 'hx-select="#standing"' in later) == (True, False)


def test_a_long_talk_is_shown_from_its_end_and_leads_back_to_its_beginning(client: Client, ticket: Ticket) -> None:
    for number in range(35):
        receive_message(ticket, Incoming(contact=ticket.contact, text=f"chapter {number}."), by=ticket.contact)
    page = client.get(path_of(ticket)).content.decode()
    before = re.search(r'href="(\?before=\d+)"', page)
    assert before
    first_page = client.get(path_of(ticket) + before.group(1)).content.decode()

    assert re.findall(r"chapter \d+", page) == [f"chapter {number}" for number in range(5, 35)]
    assert re.findall(r"chapter \d+", first_page) == [f"chapter {number}" for number in range(5)]
    assert 'href="?before=' not in first_page


def test_notes_and_unsent_answers_are_not_on_the_page(client: Client, ticket: Ticket) -> None:
    agent = make_agent(teams=(ticket.team,))
    add_note(ticket, by=agent, agent=agent, html="<p>SECRET note</p>")
    send_message(ticket, by=agent, agent=agent, html="<p>SECRET unsent</p>")

    assert "SECRET" not in client.get(path_of(ticket)).content.decode()


@pytest.mark.parametrize(
    "change", [lambda p: p[:-1] + ("A" if p[-1] != "A" else "B"), lambda p: p.replace("/status/", "/status/1")]
)
def test_a_changed_link_opens_nothing(client: Client, ticket: Ticket, change: Callable[[str], str]) -> None:
    assert client.get(change(path_of(ticket))).status_code == 404


def test_the_link_of_one_request_opens_no_other(client: Client, ticket: Ticket, team: Team) -> None:
    other = make_ticket(team=team, contact=make_contact("Omar"))
    token = path_of(ticket).rsplit("/", 1)[1]

    assert client.get(f"/status/{other.number}/{token}").status_code == 404


def test_a_customer_sees_their_own_requests_only(ticket: Ticket, team: Team, mia: Contact) -> None:
    other = make_ticket(team=team, contact=make_contact("Omar"), subject="SECRET of Omar")
    client = signed_in(mia)

    page = client.get("/requests/").content.decode()
    assert ticket.subject in page
    assert "SECRET" not in page
    assert client.get(f"/requests/{other.number}").status_code == 404
    assert client.get(f"/requests/{ticket.number}").status_code == 200


def test_my_requests_lead_to_the_door_first(client: Client, db: None) -> None:
    assert client.get("/requests/").headers["Location"].startswith("/account/login/")


def test_a_customer_answers_closes_and_reopens(ticket: Ticket, mia: Contact) -> None:
    client = signed_in(mia)
    client.post(f"/requests/{ticket.number}/reply", {"text": "Still nothing."})
    assert [m.body_text for m in ticket.messages.order_by("pk")][-1] == "Still nothing."

    client.post(f"/requests/{ticket.number}/close")
    assert Ticket.objects.get().status == Ticket.CLOSED
    client.post(f"/requests/{ticket.number}/reopen")
    assert Ticket.objects.get().status == Ticket.OPEN


def test_what_cannot_be_done_is_said(ticket: Ticket, client: Client) -> None:
    answer = client.post(f"{path_of(ticket)}/reopen")

    assert answer.status_code == 409
    assert "open already" in answer.content.decode()


def test_the_solution_stands_on_the_page(client: Client, ticket: Ticket) -> None:
    agent = make_agent(teams=(ticket.team,))
    solve_ticket(ticket, by=agent, solution="Valve <b>replaced</b>.")

    assert "Valve &lt;b&gt;replaced&lt;/b&gt;." in client.get(path_of(ticket)).content.decode()


def test_a_file_that_lies_about_its_type_is_only_ever_saved(client: Client, ticket: Ticket) -> None:
    evil = SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>", content_type="image/png")
    client.post(f"{path_of(ticket)}/reply", {"text": "See", "attachments": evil})
    attachment = Message.objects.latest("pk").attachments.get()
    answer = client.get(f"{path_of(ticket)}/files/{attachment.pk}?show=1")

    assert attachment.content_type == "text/html"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_files_of_notes_are_not_handed_out(client: Client, ticket: Ticket, settings: object) -> None:
    agent = make_agent(teams=(ticket.team,))
    client.post(f"{path_of(ticket)}/reply", {"text": "x", "attachments": SimpleUploadedFile("a.png", PICTURE)})
    attachment = Message.objects.latest("pk").attachments.get()
    attachment.message = add_note(ticket, by=agent, agent=agent, html="<p>n</p>")
    attachment.save()

    assert client.get(f"{path_of(ticket)}/files/{attachment.pk}").status_code == 404


def test_a_merged_request_says_so_and_shows_nobody_elses(client: Client, ticket: Ticket, team: Team) -> None:
    other = make_ticket(team=team, contact=make_contact("Omar"), subject="SECRET of Omar")
    merge_ticket(ticket, into=other, by=make_agent(teams=(team,)))
    page = client.get(path_of(Ticket.objects.get(pk=ticket.pk))).content.decode()

    assert "SECRET" not in page
    assert "together with another request" in page


def test_staff_is_no_customer(ticket: Ticket) -> None:
    agent = make_agent(teams=(ticket.team,), role=Agent.ADMINISTRATOR)
    client = Client()
    client.login(email=agent.email, password=PASSWORD)

    assert client.get(f"/requests/{ticket.number}").status_code == 404


def test_whoever_once_wrote_signs_in_by_a_mailed_code(client: Client, team: Team) -> None:
    contact = identify_contact(email="new@home.example", name="New")
    client.post("/account/login/code/", {"email": "New@home.example"})

    contact.refresh_from_db()
    assert contact.login is not None
    assert contact.login.email == "new@home.example"


def test_a_page_asks_few_questions_of_the_database(
    ticket: Ticket, mia: Contact, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = signed_in(mia)
    for path in ("/", "/requests/", f"/requests/{ticket.number}"):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert client.get(path).status_code == 200


def test_a_customer_reads_in_the_language_of_their_browser_until_they_choose(mia: Contact, ticket: Ticket) -> None:
    client = signed_in(mia)
    assert 'lang="de"' in client.get("/requests/", headers={"Accept-Language": "de"}).content.decode()

    client.post("/language", {"language": "fr", "next": "/"})
    assert 'lang="fr"' in client.get("/requests/", headers={"Accept-Language": "de"}).content.decode()


def test_a_step_that_was_not_needed_is_not_shown_as_done(client: Client, ticket: Ticket) -> None:
    close_ticket(ticket, by=ticket.contact, reason="customer")
    ticket.refresh_from_db()

    assert [step.state for step in steps_of(ticket)] == ["done", "skipped", "skipped", "skipped", "now"]
    page = client.get(path_of(ticket)).content.decode()
    assert page.count("not needed") == 3


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_is_one_ticket(transactional_db: None) -> None:
    about = make_team("Leaks")
    filled = filled_in(Client(), about)

    def send(_number: int) -> int:
        try:
            return Client().post("/requests/new", filled).status_code
        finally:
            close_old_connections()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [302] * 4
    assert Ticket.objects.count() == 1
