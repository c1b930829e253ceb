"""The talk with a third party has an editor of its own, and never meets the customer."""

import io

import pytest

from charterdesk.tickets.actions import Incoming, forward_ticket, receive_message
from charterdesk.tickets.models import Message, SideThread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(ticket, agent):
    forward_ticket(ticket, by=agent, agent=agent, address="lab@example.org", html="<p>Is it iron?</p>")
    return SideThread.objects.get()


def path(ticket, thread) -> str:
    return f"/desk/tickets/{ticket.number}/threads/{thread.pk}"


def test_the_talk_is_shown_alone(desk, ticket, thread):
    receive_message(ticket, Incoming(contact=ticket.contact, text="Still brown"), by="system")
    page = desk.get(path(ticket, thread)).content.decode()

    assert "Is it iron?" in page
    assert "Still brown" not in page
    assert path(ticket, thread) in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_what_is_written_there_goes_to_the_third_party_alone_with_its_files(desk, ticket, thread):
    file = io.BytesIO(b"sample")
    file.name = "sample.txt"
    desk.post(path(ticket, thread), {"text": "It < 5 mg\nPlease look.", "attached": [file]})

    sent = Message.objects.latest("pk")
    assert (sent.side_thread, sent.to, sent.cc, sent.is_public) == (thread, ["lab@example.org"], [], False)
    assert sent.body_text.split() == ["It", "<", "5", "mg", "Please", "look."]
    assert [each.filename for each in sent.attachments.all()] == ["sample.txt"]


def test_nothing_is_not_sent(desk, ticket, thread):
    assert desk.post(path(ticket, thread), {"text": "  "}).status_code == 422
    assert Message.objects.filter(side_thread=thread).count() == 1


def test_a_talk_is_found_only_on_its_own_ticket(desk, ticket, thread, foreign):
    assert desk.get(path(foreign, thread)).status_code == 404


def test_whoever_is_asked_reads_what_the_customer_wrote(desk, ticket):
    page = desk.get(f"/desk/tickets/{ticket.number}/ask/forward").content.decode()

    assert "&gt; No water since this morning." in page
