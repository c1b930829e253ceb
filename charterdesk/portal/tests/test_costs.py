"""What a request costs, as its customer sees it."""

import pytest
from django.http import HttpResponse
from django.test import Client

from charterdesk.billing.actions.verdicts import set_free
from charterdesk.billing.models import Contest, Verdict
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
    return signed_in(mia).get(f"/requests/{ticket.number}/costs").content.decode()


def contest(ticket: Ticket, client: Client, text: str, **headers: str) -> HttpResponse:
    said = {"verdict": Verdict.objects.filter(about=ticket.key).order_by("number")[0].pk, "text": text}
    return client.post(f"/requests/{ticket.number}/contest", said, headers=headers)  # type: ignore[return-value]


def signed_in(contact: Contact) -> Client:
    client = Client()
    assert contact.login
    client.force_login(contact.login)
    return client


def test_who_wrote_nothing_has_the_form_again_and_is_told_there(ticket: Ticket, mia: Contact) -> None:
    answer = contest(ticket, signed_in(mia), " \n")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="contest_text-error" autofocus' in page
    assert "Say what is wrong with it" in page
    assert "<details" in page
    assert 'class="no-print" open' in page
    assert not Contest.objects.exists()


def test_who_contests_what_holds_no_more_reads_what_does_and_keeps_their_words(ticket: Ticket, mia: Contact) -> None:
    client, seen = signed_in(mia), Verdict.objects.get(about=ticket.key)
    set_free(seen, words="Our own update broke it.", by="system")

    answer = contest(ticket, client, "I pay a contract.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ["Something else was said" in page, "I pay a contract." in page] == [True, True]
    assert "Our own update broke it." in page
    assert not Contest.objects.exists()


def test_who_contests_twice_is_told_and_led_back_to_where_they_were(ticket: Ticket, mia: Contact) -> None:
    client, request = signed_in(mia), f"http://testserver/requests/{ticket.number}"
    assert contest(ticket, client, "I pay a contract.").status_code == 302

    pages = [
        contest(ticket, client, "Once more.", referer=came_from).content.decode()
        for came_from in (request, "https://elsewhere.example/")
    ]

    assert ["You told us already" in page for page in pages] == [True, True]
    assert [f'href="{request}"' in page for page in pages] == [True, False]
    assert ["elsewhere.example" in page for page in pages] == [False, False]


def test_who_is_done_is_asked_for_no_yes_to_a_price(ticket: Ticket, mia: Contact) -> None:
    assert YES in page_of(ticket, mia)

    solve_ticket(ticket, by=make_agent("Nora", teams=(ticket.team,)), solution="Nothing to do.")
    close_ticket(ticket, by=mia, reason="customer")

    page = page_of(ticket, mia)
    assert (YES in page, "Charged at" in page) == (False, True)
