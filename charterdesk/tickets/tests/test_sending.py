"""What goes out, and what is called back, marked and kept in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import (
    add_note,
    call_back_message,
    forward_ticket,
    mark_undelivered,
    pause_ticket,
    release_message,
    resend_message,
    save_draft,
    send_message,
    send_template,
    set_copies,
)
from charterdesk.tickets.actions.texts import SENT_BEFORE
from charterdesk.tickets.models import Draft, Message, Ticket
from charterdesk.tickets.testing import make_ticket


def test_an_answer_leaves_after_ten_seconds_and_opens_the_ticket(
    ticket: Ticket, agent: Agent, fire_timers: Callable[..., int]
) -> None:
    message = send_message(ticket, by=agent, agent=agent, html="<p>We are on our way.</p>")
    fire_timers(now() + timedelta(seconds=9))
    message.refresh_from_db()
    assert message.delivery == Message.SCHEDULED

    fire_timers(now() + timedelta(seconds=11))
    message.refresh_from_db()
    ticket.refresh_from_db()
    assert (message.delivery, message.body_text) == (Message.QUEUED, "We are on our way.")
    assert (ticket.status, ticket.first_replied_at) == (Ticket.OPEN, message.created_at)


def test_an_answer_called_back_is_a_draft_again_and_never_leaves(
    ticket: Ticket, agent: Agent, fire_timers: Callable[..., int]
) -> None:
    message = send_message(ticket, by=agent, agent=agent, html="<p>Oops</p>")
    call_back_message(message, by=agent)
    fire_timers(now() + timedelta(seconds=11))

    message.refresh_from_db()
    assert message.delivery == Message.CANCELLED
    assert [(draft.body_html, draft.agent) for draft in Draft.objects.all()] == [("<p>Oops</p>", agent)]


def test_an_answer_that_left_is_not_called_back(ticket: Ticket, agent: Agent) -> None:
    message = send_message(ticket, by=agent, agent=agent, html="<p>Oops</p>")
    release_message(message.pk, by=agent)
    with pytest.raises(Refused) as refused:
        call_back_message(message, by=agent)

    assert refused.value.code == "tickets.gone_out"


def test_an_answer_released_twice_is_queued_once(ticket: Ticket, agent: Agent) -> None:
    message = send_message(ticket, by=agent, agent=agent, html="<p>Yes</p>")
    release_message(message.pk, by=agent)
    first = Message.objects.get(pk=message.pk).created_at
    release_message(message.pk, by=agent)

    assert Message.objects.get(pk=message.pk).created_at == first


def test_sending_ends_the_draft(ticket: Ticket, agent: Agent) -> None:
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>We are</p>")
    send_message(ticket, by=agent, agent=agent, html="<p>We are on our way.</p>")

    assert list(Draft.objects.all()) == []


@pytest.mark.parametrize("html", ["", "<p>  </p>", "<script>alert(1)</script>"])
def test_an_empty_answer_is_refused(ticket: Ticket, agent: Agent, html: str) -> None:
    with pytest.raises(Refused) as refused:
        send_message(ticket, by=agent, agent=agent, html=html)

    assert (refused.value.code, ticket.messages.count()) == ("tickets.empty_message", 1)


@pytest.mark.parametrize(("policy", "cc"), [(Team.CC_ALL, ["neighbour@home.example"]), (Team.CC_NONE, [])])
def test_the_team_decides_who_gets_copies(ticket: Ticket, agent: Agent, policy: str, cc: list[str]) -> None:
    set_copies(ticket, by=agent, addresses=["Neighbour@home.example"])
    Team.objects.update(cc_policy=policy)
    message = send_message(Ticket.objects.get(), by=agent, agent=agent, html="<p>Yes</p>")

    assert message.cc == cc


def test_a_bad_address_changes_no_copies(ticket: Ticket, agent: Agent) -> None:
    set_copies(ticket, by=agent, addresses=["a@home.example"])
    with pytest.raises(Refused):
        set_copies(ticket, by=agent, addresses=["b@home.example", "no address"])

    assert [copied.address for copied in ticket.copied.all()] == ["a@home.example"]


def test_the_acknowledgement_is_sent_once_in_the_language_of_the_ticket(team: Team) -> None:
    ticket = make_ticket(team=team, contact=make_contact("Jörg <b>", language="de"), subject="Zähler & Uhr")
    with translation.override("fr"):
        first = send_template(ticket, by="rule:1", template="acknowledgement")
    again = send_template(ticket, by="rule:1", template="acknowledgement")

    assert again == SENT_BEFORE
    assert isinstance(first, Message)
    assert f"[#{ticket.number}]" in first.subject
    assert "Zähler & Uhr" in first.subject
    assert f"/status/{ticket.number}/" in first.body_text
    assert "&lt;b&gt;" in first.body_html
    assert first.is_automatic


def test_a_note_stays_in_the_house_and_tells_who_is_mentioned(ticket: Ticket, agent: Agent, team: Team) -> None:
    colleague = make_agent("Ben", teams=(team,))
    note = add_note(ticket, by=agent, html="<p>Ask Ben</p>", agent=agent, mentions=[colleague.pk])

    assert not note.is_public
    assert [(n.agent, n.code) for n in Notice.objects.all()] == [(colleague, "ticket.mentioned")]


def test_a_third_party_hears_of_it_apart_from_the_customer(ticket: Ticket, agent: Agent) -> None:
    message = forward_ticket(ticket, by=agent, agent=agent, address="Plumber@pipes.example", html="<p>Can you?</p>")

    assert (message.to, message.is_public) == (["plumber@pipes.example"], False)
    assert [m.direction for m in ticket.messages.public()] == ["in"]


def test_a_bounce_resumes_the_ticket_tells_the_agent_and_can_be_sent_again(ticket: Ticket, agent: Agent) -> None:
    message = send_message(ticket, by=agent, agent=agent, html="<p>When?</p>")
    release_message(message.pk, by=agent)
    pause_ticket(ticket, by=agent, status=Ticket.PENDING)
    mark_undelivered(message, by="system", note="550 no such user")

    message.refresh_from_db()
    assert (message.delivery, message.delivery_note) == (Message.UNDELIVERED, "550 no such user")
    assert Ticket.objects.get().status == Ticket.OPEN
    assert [(n.agent, n.code) for n in Notice.objects.all()] == [(agent, "message.undelivered")]

    resend_message(message, by=agent)
    message.refresh_from_db()
    assert message.delivery == Message.QUEUED
