"""What becomes of a ticket from opening to closure."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.actions import (
    Incoming,
    close_ticket,
    pause_ticket,
    receive_message,
    reopen_ticket,
    solve_ticket,
)
from charterdesk.tickets.models import Link, Message, Ticket
from charterdesk.tickets.testing import make_ticket


def reply(ticket: Ticket, **fields: Any) -> Incoming:
    return Incoming(contact=ticket.contact, text="It still drips.", **fields)


def test_a_request_becomes_a_new_ticket_with_its_message(team: Team) -> None:
    contact = make_contact(language="de")
    ticket = make_ticket(team=team, contact=contact, text="Kein Wasser.\x00", subject="  Kein\n Wasser ")

    assert (ticket.status, ticket.subject, ticket.language) == ("new", "Kein Wasser", "de")
    assert [(m.direction, m.body_text) for m in ticket.messages.all()] == [("in", "Kein Wasser.")]


def test_numbers_rise_and_are_unique(team: Team) -> None:
    first, second = make_ticket(team=team), make_ticket(team=team)

    assert second.number > first.number


def test_a_request_without_a_subject_is_named_by_its_first_words(team: Team) -> None:
    assert make_ticket(team=team, subject="", text="The meter\nruns backwards").subject == "The meter runs backwards"


def test_the_same_mail_taken_in_twice_is_one_message(ticket: Ticket, agent: Agent) -> None:
    first = receive_message(ticket, reply(ticket, once="mail:7"), by="system")
    again = receive_message(ticket, reply(ticket, once="mail:7"), by="system")

    assert (first, ticket.messages.count()) == (again, 2)


def test_a_reply_resumes_a_pending_ticket(ticket: Ticket, agent: Agent) -> None:
    pause_ticket(ticket, by=agent, status=Ticket.PENDING)
    receive_message(ticket, reply(ticket), by="system")

    assert Ticket.objects.get().status == Ticket.OPEN


def test_an_automatic_reply_resumes_and_reopens_nothing(ticket: Ticket, agent: Agent) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    receive_message(ticket, reply(ticket, is_automatic=True), by="system")

    assert Ticket.objects.get().status == Ticket.SOLVED


def test_a_reply_reopens_a_solved_ticket(ticket: Ticket, agent: Agent) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    receive_message(ticket, reply(ticket), by="system")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.solved_at) == (Ticket.OPEN, None)


def test_a_reply_to_a_closed_ticket_opens_a_linked_one(ticket: Ticket, agent: Agent) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    close_ticket(ticket, by=ticket.contact, reason="customer")
    message = receive_message(ticket, reply(ticket, once="mail:8"), by="system")

    assert message.ticket != ticket
    assert [(link.ticket, link.other, link.kind) for link in Link.objects.all()] == [
        (message.ticket, ticket, Link.FOLLOWS)
    ]
    assert receive_message(ticket, reply(ticket, once="mail:8"), by="system") == message


def test_solving_keeps_the_solution_and_its_time(ticket: Ticket, agent: Agent) -> None:
    solve_ticket(ticket, by=agent, solution=" Valve replaced. ")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.solution) == (Ticket.SOLVED, "Valve replaced.")
    assert ticket.solved_at is not None


@pytest.mark.parametrize("solution", ["", "  \n"])
def test_no_ticket_is_solved_without_an_answer(ticket: Ticket, agent: Agent, solution: str) -> None:
    with pytest.raises(Refused) as refused:
        solve_ticket(ticket, by=agent, solution=solution)

    assert refused.value.code == "tickets.no_solution"
    assert Ticket.objects.get().status == Ticket.NEW


def test_a_solved_ticket_is_not_solved_again(ticket: Ticket, agent: Agent) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    with pytest.raises(Refused) as refused:
        solve_ticket(ticket, by=agent, solution="Something else.")

    assert refused.value.code == "tickets.already_solved"
    assert Ticket.objects.get().solution == "Valve replaced."


def test_an_unsolved_ticket_does_not_close_by_silence(ticket: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        close_ticket(ticket, by="system", reason="silent")

    assert refused.value.code == "tickets.not_solved"


def test_a_solved_ticket_closes_after_a_week_of_silence(
    ticket: Ticket, agent: Agent, run_reactions: Callable[[], int], fire_timers: Callable[..., int]
) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    run_reactions()
    fire_timers(now() + timedelta(days=8))

    ticket.refresh_from_db()
    assert (ticket.status, ticket.status_reason) == (Ticket.CLOSED, "silent")


def test_a_reopened_ticket_does_not_close_by_the_old_silence(
    ticket: Ticket, agent: Agent, run_reactions: Callable[[], int], fire_timers: Callable[..., int]
) -> None:
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    run_reactions()
    reopen_ticket(ticket, by=agent)
    run_reactions()
    fire_timers(now() + timedelta(days=8))

    assert Ticket.objects.get().status == Ticket.OPEN


def test_customers_read_what_was_said_to_them_and_nothing_else(ticket: Ticket, agent: Agent) -> None:
    for direction, delivery in [("note", ""), ("out", "sent"), ("out", "scheduled"), ("out", "cancelled")]:
        Message.objects.create(ticket=ticket, direction=direction, delivery=delivery, body_text="x")

    assert [m.direction for m in ticket.messages.public().order_by("pk")] == ["in", "out"]
