"""What a request costs, as its customer sees it."""

import pytest
from django.test import Client

from charterdesk.billing.models import Verdict
from charterdesk.billing.testing_bought import make_usual_reasons
from charterdesk.people.models import Contact
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions.lifecycle import close_ticket, solve_ticket
from charterdesk.tickets.charging import judge_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
YES = "I accept this price"


@pytest.fixture
def mia() -> Contact:
    return make_contact("Mia", email="mia@home.example", login=True)


@pytest.fixture
def ticket(mia: Contact) -> Ticket:
    make_usual_reasons()
    ticket = make_ticket(team=make_team(), contact=mia)
    judge_ticket(ticket, by="system")
    return ticket


def page_of(ticket: Ticket, mia: Contact) -> str:
    client = Client()
    assert mia.login
    client.force_login(mia.login)
    return client.get(f"/requests/{ticket.number}/costs").content.decode()


def test_who_wrote_nothing_is_told_and_led_back_to_the_request(ticket: Ticket, mia: Contact) -> None:
    client = Client()
    assert mia.login
    client.force_login(mia.login)
    said = {"verdict": Verdict.objects.get(about=ticket.key).pk, "text": " "}
    request = f"http://testserver/requests/{ticket.number}"

    pages = [
        client.post(f"/requests/{ticket.number}/contest", said, headers={"referer": came_from}).content.decode()
        for came_from in (request, "https://elsewhere.example/")
    ]

    assert ["Say what is wrong with it" in page for page in pages] == [True, True]
    assert [f'href="{request}"' in page for page in pages] == [True, False]
    assert ["elsewhere.example" in page for page in pages] == [False, False]


def test_who_is_done_is_asked_for_no_yes_to_a_price(ticket: Ticket, mia: Contact) -> None:
    assert YES in page_of(ticket, mia)

    solve_ticket(ticket, by=make_agent("Nora", teams=(ticket.team,)), solution="Nothing to do.")
    close_ticket(ticket, by=mia, reason="customer")

    page = page_of(ticket, mia)
    assert (YES in page, "Charged at" in page) == (False, True)
