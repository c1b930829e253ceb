"""Two people at one ticket, and one person who clicks twice."""

import pytest

from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import Incoming, call_back_message, receive_message, send_message
from charterdesk.tickets.models import Draft, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(desk, ticket, fragment):
    """Call it with what the composer sends, begun when only the first message was there."""
    seen = ticket.messages.get().pk

    def send(headers=fragment, **fields):
        data = {"kind": "reply", "html": "<p>Soon.</p>", "seen": seen, **fields}
        return desk.post(f"/desk/tickets/{ticket.number}/messages", data, headers=headers)

    return send


def ours(ticket):
    return list(ticket.messages.filter(direction=Message.OUT).values_list("body_text", flat=True))


def test_a_reply_is_refused_when_a_colleague_answered_meanwhile_until_it_is_sent_anyway(post, ticket, team):
    ben = make_agent("Ben Reed", teams=(team,))
    theirs = send_message(ticket, by=ben, agent=ben, html="<p>I am on it.</p>")

    refused = post()
    assert refused.status_code == 422
    assert all(said in refused.content.decode() for said in ("Ben Reed", "I am on it.", f'value="{theirs.pk}"'))
    assert ours(ticket) == ["I am on it."]

    assert post(anyway=theirs.pk).status_code == 200
    assert ours(ticket) == ["I am on it.", "Soon."]


def test_what_the_customer_adds_meanwhile_is_told_and_told_again_when_there_is_more(post, ticket):
    first = receive_message(ticket, Incoming(contact=ticket.contact, text="It is worse."), by="system")
    assert "It is worse." in post().content.decode()
    receive_message(ticket, Incoming(contact=ticket.contact, text="The street is wet."), by="system")

    again = post(anyway=first.pk)

    assert again.status_code == 422
    assert "The street is wet." in again.content.decode() and "It is worse." not in again.content.decode()
    assert ours(ticket) == []


def test_neither_a_note_nor_what_was_called_back_nor_an_automatic_text_is_news(post, ticket, team, desk, fragment):
    ben = make_agent("Ben Reed", teams=(team,))
    call_back_message(send_message(ticket, by=ben, agent=ben, html="<p>No.</p>"), by=ben)
    desk.post(f"/desk/tickets/{ticket.number}/messages", {"kind": "note", "html": "<p>Hm.</p>"}, headers=fragment)
    Message.objects.create(ticket=ticket, direction=Message.OUT, is_automatic=True, body_text="We have it.")

    assert post().status_code == 200


def test_a_solution_written_meanwhile_is_held_back_too(post, ticket):
    receive_message(ticket, Incoming(contact=ticket.contact, text="Still nothing."), by="system")

    assert post(kind="solution", text="Main flushed.").status_code == 422
    ticket.refresh_from_db()
    assert ticket.solved_at is None


def test_without_script_the_text_is_kept_as_a_draft_and_the_page_shows_what_came(post, ticket):
    receive_message(ticket, Incoming(contact=ticket.contact, text="It is worse."), by="system")

    answer = post(headers={}, html="", text="Soon.")

    assert answer.status_code == 302
    assert (Draft.objects.get().body_html, ours(ticket)) == ("<p>Soon.</p>", [])


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_the_same_form_sent_twice_is_one_message(post, ticket, kind):
    once = "0123456789abcdef" * 2

    assert post(kind=kind, once=once).status_code == 200
    assert post(kind=kind, once=once).status_code == 200

    assert ticket.messages.exclude(direction=Message.IN).count() == 1
