"""Search in the workspace: what somebody wrote is found by who may read it."""

import pytest

from charterdesk.people.testing import make_contact
from charterdesk.search.counting import count_words
from charterdesk.search.index import index_noted
from charterdesk.tickets.actions import Incoming, receive_message
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(ticket, foreign, run_reactions):
    """A reply about a hydrant on the agent's ticket, and one on a ticket of another team."""
    drips = Incoming(contact=ticket.contact, text="The hydrant in Mill Lane drips.")
    message = receive_message(ticket, drips, by="system")
    secret = Incoming(contact=foreign.contact, text="A hydrant nobody may know of.")
    receive_message(foreign, secret, by="system")
    run_reactions()
    index_noted()
    return message


def test_words_of_a_message_lead_to_it_with_the_words_marked(desk, ticket, indexed):
    page = desk.get("/desk/search", {"q": "hydrant"}).content.decode()

    assert f"/desk/tickets/{ticket.number}/#message-{indexed.pk}" in page
    assert "<mark>hydrant</mark> in Mill Lane" in page


def test_another_teams_words_are_not_found(desk, indexed):
    page = desk.get("/desk/search", {"q": "hydrant nobody know"}).content.decode()

    assert "nobody may" not in page.lower()
    assert "Secret Sam" not in page


def test_results_come_alone_while_one_types(desk, indexed):
    answer = desk.get("/desk/search", {"q": "hydrant"}, headers={"HX-Request": "true", "HX-Target": "div#results"})

    assert "<html" not in answer.content.decode()
    assert "<mark>" in answer.content.decode()


def test_a_queue_is_narrowed_by_words(desk, ticket, team, indexed):
    make_ticket(team=team, contact=make_contact(), subject="Something else")

    rows = desk.get("/desk/inbox/all/", {"words": "hydrant"}).context["rows"]

    assert [row.ticket for row in rows] == [ticket]
    assert list(desk.get("/desk/inbox/all/", {"words": "submarine"}).context["rows"]) == []


def test_a_number_finds_its_ticket_and_nonsense_nothing(desk, ticket, indexed):
    assert f"/desk/tickets/{ticket.number}/" in desk.get("/desk/search", {"q": str(ticket.number)}).content.decode()
    assert "Nothing found" in desk.get("/desk/search", {"q": "zzzzzz"}).content.decode()


def test_a_typing_error_is_found_all_the_same_and_the_right_word_offered(desk, ticket, indexed):
    count_words()
    page = desk.get("/desk/search", {"q": "hydrent lane"}).content.decode()

    assert 'Did you mean <a href="?q=hydrant%20lane">' in page
    assert f"/desk/tickets/{ticket.number}/" in page
    assert "Did you mean" not in desk.get("/desk/search", {"q": "hydrant"}).content.decode()
