"""What a customer was promised is measured as it happens, by the charter their request began under."""

from datetime import date, timedelta

import pytest
from django.db import connection

from charterdesk.charter.actions.cases import follow
from charterdesk.charter.content import ACKNOWLEDGED, COUNT, SOLVED, WRITTEN, Charter, Objective
from charterdesk.charter.events import ObjectiveBroken
from charterdesk.charter.measuring import HEARD
from charterdesk.charter.models import Bound, Case, Figure
from charterdesk.charter.testing import answer_within, happened, publish_for_test
from charterdesk.events.log import COLUMNS, entry_of
from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.sla.testing import answer, at_hour, stamp
from charterdesk.tickets.actions import (
    Incoming,
    close_ticket,
    pause_ticket,
    receive_message,
    reopen_ticket,
    resume_ticket,
    solve_ticket,
)
from charterdesk.tickets.events import TicketEvent
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
RIGHT_FIRST_TIME = Objective(code="right", title={"en": "Right first time"}, measure=COUNT)


def opened(team, hour: float = 0, **fields) -> Ticket:
    ticket = make_ticket(team=team, **fields)
    happened(hour)
    return ticket


def states(ticket: Ticket) -> list[tuple[str, str]]:
    return list(Case.objects.filter(ticket=ticket).order_by("pk").values_list("objective", "state"))


def figures() -> list[tuple[str, date, int, int, int]]:
    rows = Figure.objects.order_by("objective", "day").exclude(kept=0, broken=0, excluded=0)
    return list(rows.values_list("objective", "day", "kept", "broken", "excluded"))


def again(ticket: Ticket) -> None:
    """Deliver everything of the ticket once more."""
    codes = [cls.code for cls in HEARD]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE subject = %s ORDER BY id", [ticket.key])
        entries = [entry_of(row) for row in cursor.fetchall()]
    for entry in entries:
        if entry.code in codes:
            assert isinstance(entry.event, TicketEvent)
            follow([(entry.event, entry)])


DAY = date(2025, 11, 24)


@pytest.mark.parametrize("type", ["question", "complaint"])
def test_what_is_acknowledged_at_once_is_a_promise_kept_and_a_complaint_is_too(team, type: str):
    publish_for_test(Charter(objectives=[answer_within(0.2, stop=ACKNOWLEDGED)]))

    ticket = opened(team, type=type)
    fire_timers(at_hour(5))
    happened(5)

    assert states(ticket) == [("answer", "kept")]


def test_a_request_answered_in_time_is_a_promise_kept(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4)]))
    ticket = opened(team)
    assert states(ticket) == [("answer", "running")]
    assert Case.objects.get().due_at == at_hour(4)

    answer(ticket, agent)
    happened(3)

    assert states(ticket) == [("answer", "kept")]
    assert figures() == [("answer", DAY, 1, 0, 0)]
    assert not Timer.objects.filter(name=f"charter:{ticket.pk}").exists()


def test_a_request_without_an_answer_is_broken_by_the_clock_alone_and_stays_so(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4)]))
    ticket = opened(team)

    fire_timers(at_hour(4))
    assert figures() == [("answer", DAY, 0, 1, 0)]
    answer(ticket, agent)
    happened(6)

    case = Case.objects.get()
    assert (case.state, case.decided_at, case.ended_at) == ("broken", at_hour(4), at_hour(6))
    assert figures() == [("answer", DAY, 0, 1, 0)]
    assert LoggedEvent.objects.filter(code=ObjectiveBroken.code).count() == 1


def test_an_answer_in_time_counts_even_if_its_reaction_comes_after_the_timer(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4)]))
    ticket = opened(team)
    answer(ticket, agent)
    stamp(3.9)

    fire_timers(at_hour(4))

    assert states(ticket) == [("answer", "kept")]


def test_what_comes_twice_counts_once(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4), RIGHT_FIRST_TIME]))
    ticket = opened(team)
    answer(ticket, agent)
    happened(3)
    before = figures()

    again(ticket)

    assert figures() == before == [("answer", DAY, 1, 0, 0)]


def test_a_request_is_measured_by_the_version_in_force_when_it_came(team, agent):
    first = publish_for_test(Charter(objectives=[answer_within(4)]))
    old = opened(team, 0)
    second = publish_for_test(Charter(objectives=[answer_within(1)]), effective_at=at_hour(1))
    new = opened(team, 2)

    assert dict(Bound.objects.values_list("ticket_id", "version_id")) == {old.pk: first.pk, new.pk: second.pk}
    assert dict(Case.objects.values_list("ticket_id", "due_at")) == {old.pk: at_hour(4), new.pk: at_hour(3)}


def test_a_request_from_before_the_first_charter_is_bound_by_none(team):
    publish_for_test(Charter(objectives=[answer_within(4)]), effective_at=at_hour(5))
    ticket = opened(team, 2)

    assert (states(ticket), Bound.objects.count()) == ([], 0)


def test_only_requests_of_the_population_are_measured(team):
    publish_for_test(Charter(objectives=[answer_within(4, priorities=[Ticket.URGENT])]))

    usual, urgent = opened(team), opened(team, priority=Ticket.URGENT)

    assert (states(usual), states(urgent)) == ([], [("answer", "running")])


def test_time_stands_while_the_customer_owes_an_answer(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4, stop=SOLVED, pauses=[Ticket.PENDING])]))
    ticket = opened(team)
    pause_ticket(ticket, by=agent, status=Ticket.PENDING)
    happened(1)
    resume_ticket(ticket, by=agent)
    happened(10)
    assert Case.objects.get().due_at == at_hour(13)

    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(12)

    assert (Case.objects.get().state, Case.objects.get().used) == ("kept", timedelta(hours=3))


def test_a_solution_that_was_none_is_taken_back_from_the_figures(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4, stop=SOLVED)]))
    ticket = opened(team)
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(1)
    assert figures() == [("answer", DAY, 1, 0, 0)]

    reopen_ticket(ticket, by=ticket.contact)
    happened(2)
    assert (figures(), Case.objects.get().due_at) == ([], at_hour(5))
    fire_timers(at_hour(5))

    assert figures() == [("answer", DAY, 0, 1, 0)]


def test_each_time_the_customer_writes_an_answer_is_promised_anew(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4, start=WRITTEN)]))
    ticket = opened(team)
    answer(ticket, agent)
    happened(1)
    receive_message(ticket, Incoming(contact=ticket.contact, text="And now?"), by=ticket.contact)
    happened(10)
    receive_message(ticket, Incoming(contact=ticket.contact, text="Hello?"), by=ticket.contact)
    happened(11)

    due = list(Case.objects.order_by("number").values_list("number", "state", "due_at"))
    assert due == [(1, "kept", at_hour(4)), (2, "running", at_hour(14))]


def test_right_first_time_is_judged_when_the_request_closes(team, agent):
    publish_for_test(Charter(objectives=[RIGHT_FIRST_TIME]))
    once, twice = opened(team), opened(team)
    for ticket in (once, twice):
        solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(1)
    reopen_ticket(twice, by=twice.contact)
    happened(2)
    assert states(twice) == [("right", "broken")]

    close_ticket(once, by=agent, reason="silent")
    happened(30)

    assert states(once) == [("right", "kept")]
    assert figures() == [("right", DAY, 0, 1, 0), ("right", DAY + timedelta(days=1), 1, 0, 0)]


def test_every_question_answered_counts_answers_up_to_the_end(team, agent):
    answered = Objective(code="answered", title={"en": "x"}, measure=COUNT, counted="answers", limit=1, at_least=True)
    publish_for_test(Charter(objectives=[answered]))
    heard, ignored = opened(team), opened(team)
    answer(heard, agent)
    happened(1)

    for ticket in (heard, ignored):
        solve_ticket(ticket, by=agent, solution="Valve replaced.")
        close_ticket(ticket, by=agent, reason="silent")
    happened(2)

    assert (states(heard), states(ignored)) == ([("answered", "kept")], [("answered", "broken")])


def test_what_was_no_request_of_ours_is_owed_nothing(team, agent):
    publish_for_test(Charter(objectives=[answer_within(4)]))
    ticket = opened(team)

    close_ticket(ticket, by=agent, reason="junk")
    happened(1)
    fire_timers(at_hour(9))

    assert (states(ticket), figures()) == ([("answer", "dropped")], [])


def test_a_desk_without_a_charter_asks_the_database_nothing(team, django_assert_num_queries):
    ticket = make_ticket(team=team)
    run_reactions()

    with django_assert_num_queries(1):  # reading the log itself
        again_quietly = list(LoggedEvent.objects.filter(subject=ticket.key))
        follow([])
    assert again_quietly and Bound.objects.count() == 0
