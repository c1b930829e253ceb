"""One ticket out of two, two out of one, and back."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.actions import (
    Incoming,
    merge_ticket,
    pause_ticket,
    receive_message,
    redact_message,
    send_message,
    split_ticket,
    undo_merge,
)
from charterdesk.tickets.models import Link, Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def other(team: Team) -> Ticket:
    return make_ticket(team=team, contact=make_contact("Omar", email="omar@home.example"), text="No water either.")


def test_a_merge_moves_messages_and_keeps_every_sender(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    merge_ticket(other, into=ticket, by=agent)

    other.refresh_from_db()
    assert [m.body_text for m in ticket.messages.order_by("pk")] == [
        "No water since this morning.",
        "No water either.",
    ]
    assert [copied.address for copied in ticket.copied.all()] == ["omar@home.example"]
    assert (other.status, other.merged_into) == (Ticket.CLOSED, ticket)


def test_a_reply_to_a_merged_ticket_reaches_the_one_it_went_into(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    merge_ticket(other, into=ticket, by=agent)
    message = receive_message(other, Incoming(contact=other.contact, text="Thanks"), by="system")

    assert message.ticket == ticket


def test_an_undone_merge_leaves_everything_as_it_was(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    merge = merge_ticket(other, into=ticket, by=agent)
    undo_merge(merge, by=agent)

    other.refresh_from_db()
    assert (other.status, other.merged_into, other.closed_at) == (Ticket.NEW, None, None)
    assert [m.body_text for m in other.messages.all()] == ["No water either."]
    assert [m.body_text for m in ticket.messages.all()] == ["No water since this morning."]
    assert list(ticket.copied.all()) == []


def test_a_merge_is_undone_once(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    merge = merge_ticket(other, into=ticket, by=agent)
    undo_merge(merge, by=agent)
    with pytest.raises(Refused) as refused:
        undo_merge(merge, by=agent)

    assert refused.value.code == "tickets.not_merged"


def test_nobody_answers_on_a_merged_ticket(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    merge_ticket(other, into=ticket, by=agent)
    with pytest.raises(Refused) as refused:
        send_message(other, by=agent, agent=agent, html="<p>Hello</p>")

    assert refused.value.code == "tickets.merged"


def test_a_ticket_is_not_merged_with_itself(ticket: Ticket, agent: Agent) -> None:
    with pytest.raises(Refused):
        merge_ticket(ticket, into=Ticket.objects.get(), by=agent)


def test_a_split_gives_the_messages_to_whoever_wrote_them(ticket: Ticket, agent: Agent) -> None:
    omar = make_contact("Omar")
    message = receive_message(ticket, Incoming(contact=omar, text="And my bill is wrong."), by="system")
    new = split_ticket(ticket, message_ids=[message.pk], subject="Wrong bill", by=agent)

    assert (new.contact, new.subject, new.status) == (omar, "Wrong bill", Ticket.NEW)
    assert [m.body_text for m in new.messages.all()] == ["And my bill is wrong."]
    assert [(link.ticket, link.kind) for link in Link.objects.all()] == [(new, Link.SPLIT_FROM)]


def test_a_split_leaves_something_behind(ticket: Ticket, agent: Agent) -> None:
    with pytest.raises(Refused) as refused:
        split_ticket(ticket, message_ids=[ticket.messages.get().pk], subject="", by=agent)

    assert refused.value.code == "tickets.nothing_left"


def test_a_redacted_message_says_nothing_any_more(ticket: Ticket, agent: Agent) -> None:
    message = ticket.messages.get()
    redact_message(message, by=agent)

    message.refresh_from_db()
    assert (message.body_text, message.body_html, message.quoted_text) == ("", "", "")
    assert message.redacted_at is not None


def test_an_undone_merge_of_a_waiting_ticket_waits_again(ticket: Ticket, other: Ticket, agent: Agent) -> None:
    pause_ticket(other, by=agent, status=Ticket.PENDING)
    undo_merge(merge_ticket(other, into=ticket, by=agent), by=agent)

    codes = [event.code for event in LoggedEvent.objects.filter(subject=other.key).order_by("id")]
    assert codes[-2:] == ["ticket.reopened", "ticket.paused"]
    assert Ticket.objects.get(pk=other.pk).status == Ticket.PENDING
