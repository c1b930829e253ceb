"""A ticket's clocks start, stand, go on and end with what happens to it; timers warn and call them late."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from charterdesk.calendars.actions import change_calendar
from charterdesk.calendars.testing import make_calendar
from charterdesk.events.log import COLUMNS, entry_of
from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.testing import make_contact, make_team
from charterdesk.sla.actions import look_at_clocks, promise_tickets
from charterdesk.sla.bought import CONTRACTS
from charterdesk.sla.models import Clock, Policy, Promise
from charterdesk.sla.replay import compare_all
from charterdesk.sla.testing import answer, at_hour, happened, make_policy, no_policies, stamp
from charterdesk.tickets.actions import (
    Incoming,
    classify_ticket,
    close_ticket,
    move_ticket,
    open_ticket,
    pause_ticket,
    prioritise_ticket,
    reopen_ticket,
    resume_ticket,
    send_template,
    solve_ticket,
)
from charterdesk.tickets.events import TicketOpened
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def clock(ticket: Ticket, kind: str) -> Clock:
    return Clock.objects.get(promise_id=ticket.pk, kind=kind)


def due_times(ticket: Ticket) -> dict[str, datetime | None]:
    return dict(Clock.objects.filter(promise_id=ticket.pk).values_list("kind", "due_at"))


def published(ticket: Ticket, *codes: str) -> list[tuple[str, str | None]]:
    """What became known of the ticket's clocks: code and kind."""
    events = LoggedEvent.objects.filter(subject=ticket.key, code__in=codes).order_by("id")
    return [(event.code, event.data.get("kind")) for event in events]


def timer(ticket: Ticket) -> datetime | None:
    return Timer.objects.filter(name=f"sla:{ticket.pk}").values_list("due_at", flat=True).first()


def ticket_due(ticket: Ticket) -> tuple[datetime | None, datetime | None]:
    ticket.refresh_from_db()
    return ticket.due_at, ticket.promised_at


def test_what_the_house_opens_for_itself_owes_a_solution_and_nobody_a_reply(team, agent):
    make_policy(first_reply=4, resolution=10, name="Everything")
    ours = open_ticket(
        Incoming(contact=make_contact(), subject="Main broken", text="A main broke.", is_ours=True), team=team, by=agent
    )
    happened(0)
    prioritise_ticket(ours, by=agent, priority=Ticket.HIGH)
    happened(1)

    assert list(due_times(ours)) == ["resolution"]
    assert list(compare_all([ours.pk])) == []


def test_a_new_request_is_promised_its_due_times(ticket):
    assert due_times(ticket) == {"first_reply": at_hour(4), "resolution": at_hour(10)}
    assert ticket_due(ticket) == (at_hour(4), at_hour(10))
    assert timer(ticket) == at_hour(3)
    promised = LoggedEvent.objects.get(code="ticket.promised")
    assert promised.subject == ticket.key
    assert promised.data["first_reply_due_at"] == "2025-11-24T04:00:00Z"
    assert promised.data["message_id"] == ticket.messages.get(direction=Message.IN).pk
    assert promised.facts == LoggedEvent.objects.get(code="ticket.opened").facts


def test_hearing_of_a_request_twice_promises_once(ticket):
    LoggedEvent.objects.filter(code="ticket.promised").delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_reader SET floor_id = 0")
    run_reactions()

    assert not LoggedEvent.objects.filter(code="ticket.promised").exists()
    assert Clock.objects.count() == 2


def test_a_request_without_targets_is_told_of_too(team):
    no_policies()
    ticket = make_ticket(team=team)
    happened(0)

    promised = LoggedEvent.objects.get(code="ticket.promised")
    assert (promised.data["first_reply_due_at"], promised.data["resolution_due_at"]) == (None, None)
    assert (due_times(ticket), ticket_due(ticket), timer(ticket)) == ({}, (None, None), None)


def test_a_desk_without_policies_makes_those_it_starts_with(team):
    ticket = make_ticket(team=team)
    happened(0)

    assert set(Policy.objects.values_list("slug", flat=True)) == {"urgent", "high", "all"}
    assert due_times(ticket) == {"first_reply": at_hour(4), "resolution": at_hour(27)}


def test_an_agents_answer_stops_the_first_reply(ticket, agent):
    answer(ticket, agent)
    happened(3)

    assert (clock(ticket, "first_reply").state, clock(ticket, "first_reply").stopped_at) == ("stopped", at_hour(3))
    assert clock(ticket, "resolution").state == "running"
    assert ticket_due(ticket) == (at_hour(10), at_hour(10))
    assert timer(ticket) == at_hour(7.5)
    assert published(ticket, "target.met") == [("target.met", "first_reply")]


def test_an_automatic_message_answers_nothing(ticket):
    send_template(ticket, by="system", template="acknowledgement")
    happened(1)

    assert LoggedEvent.objects.filter(code="message.queued", data__agent_id=None).exists()
    assert clock(ticket, "first_reply").state == "running"


def test_time_spent_waiting_for_the_customer_is_not_counted(ticket, agent):
    answer(ticket, agent)
    pause_ticket(ticket, by=agent, status="pending")
    happened(3)
    assert (clock(ticket, "resolution").state, ticket_due(ticket), timer(ticket)) == (
        "paused",
        (None, at_hour(10)),
        None,
    )

    resume_ticket(ticket, by=agent)
    happened(20)
    assert due_times(ticket)["resolution"] == at_hour(27)
    assert ticket_due(ticket) == (at_hour(27), at_hour(27))
    assert timer(ticket) == at_hour(24.5)
    assert published(ticket, "promise.moved") == [("promise.moved", "resolution")]


def test_the_first_reply_does_not_wait_for_a_customer_nobody_has_written_to(ticket, agent):
    pause_ticket(ticket, by=agent, status="pending")
    happened(1)

    assert (clock(ticket, "first_reply").state, clock(ticket, "resolution").state) == ("running", "paused")


def test_a_warning_comes_before_the_breach_and_each_comes_once(ticket):
    fire_timers(until=at_hour(3.5))
    assert published(ticket, "target.nearing", "target.breached") == [("target.nearing", "first_reply")]

    fire_timers(until=at_hour(5))
    look_at_clocks(ticket.pk, by="system", at=at_hour(5).isoformat())
    assert published(ticket, "target.nearing", "target.breached") == [
        ("target.nearing", "first_reply"),
        ("target.breached", "first_reply"),
    ]
    assert clock(ticket, "first_reply").breached_at == at_hour(4)
    assert timer(ticket) == at_hour(7.5)


def test_an_answer_given_in_time_counts_even_if_the_timer_is_heard_first(ticket, agent):
    answer(ticket, agent)
    stamp(4)
    look_at_clocks(ticket.pk, by="system", at=at_hour(4).isoformat())
    assert clock(ticket, "first_reply").state == "stopped"

    run_reactions()
    assert published(ticket, "target.breached", "target.met") == [("target.met", "first_reply")]


def test_an_answer_a_moment_late_is_late_even_if_no_timer_ever_fired(ticket, agent):
    answer(ticket, agent)
    happened(4.001)

    assert published(ticket, "target.breached", "target.met") == [("target.breached", "first_reply")]
    assert clock(ticket, "first_reply").breached_at == at_hour(4)


def test_a_solution_answers_and_solves(ticket, agent):
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(2)

    assert published(ticket, "target.met") == [("target.met", "first_reply"), ("target.met", "resolution")]
    assert (ticket_due(ticket), timer(ticket)) == ((None, at_hour(10)), None)


def test_reopening_goes_on_with_the_time_already_used(ticket, agent):
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(2)
    reopen_ticket(ticket, by=agent)
    happened(100)

    assert due_times(ticket)["resolution"] == at_hour(108)
    assert clock(ticket, "first_reply").state == "stopped"


def test_a_ticket_closed_as_junk_is_owed_nothing_until_it_is_reopened(ticket, agent):
    close_ticket(ticket, by=agent, reason="junk")
    happened(1)
    assert [c.state for c in Clock.objects.filter(promise_id=ticket.pk)] == ["dropped", "dropped"]
    assert published(ticket, "target.met", "target.breached") == []

    reopen_ticket(ticket, by=agent)
    happened(11)
    assert due_times(ticket) == {"first_reply": at_hour(14), "resolution": at_hour(20)}


def test_another_priority_counts_the_time_already_used(ticket, agent):
    make_policy(position=1, priorities=[Ticket.URGENT], first_reply=2, resolution=5)
    prioritise_ticket(ticket, by=agent, priority=Ticket.URGENT)
    happened(3)

    assert due_times(ticket) == {"first_reply": at_hour(3), "resolution": at_hour(5)}
    assert published(ticket, "targets.replaced", "promise.moved") == [
        ("targets.replaced", None),
        ("promise.moved", "first_reply"),
        ("promise.moved", "resolution"),
    ]


def test_a_broken_promise_stays_broken_when_the_targets_change(ticket, agent):
    fire_timers(until=at_hour(5))
    make_policy(position=1, types=["incident"], first_reply=24, resolution=48)
    classify_ticket(ticket, by=agent, type="incident")
    happened(6)

    first_reply = clock(ticket, "first_reply")
    assert (first_reply.due_at, first_reply.breached_at) == (at_hour(4), at_hour(4))
    assert due_times(ticket)["resolution"] == at_hour(48)


def test_another_team_counts_on_its_own_hours_from_then_on(ticket, agent):
    other = make_team()
    other.calendar = make_calendar("Mornings", zone="UTC", hours={"tue": [["08:00", "12:00"], ["13:00", "24:00"]]})
    other.save()
    move_ticket(ticket, team=other, by=agent)
    happened(2)

    tuesday_at_eight = 24 + 8
    assert due_times(ticket) == {"first_reply": at_hour(tuesday_at_eight + 2), "resolution": at_hour(24 + 17)}


def test_a_change_of_hours_leaves_promises_given_as_they_were(ticket, agent, team):
    change_calendar(team.calendar, by=agent, hours={"sun": [["10:00", "11:00"]]})
    pause_ticket(ticket, by=agent, status="on_hold")
    happened(1)
    resume_ticket(ticket, by=agent)
    happened(2)

    assert due_times(ticket) == {"first_reply": at_hour(4), "resolution": at_hour(11)}


def test_the_first_policy_that_matches_holds(team):
    make_policy(position=2, first_reply=2)
    make_policy(position=1, first_reply=1, languages=["de"], channels=["email"], team_ids=[team.pk])
    german, english = make_ticket(team=team, language="de"), make_ticket(team=team, language="en")
    happened(0)

    assert due_times(german) == {"first_reply": at_hour(1)}
    assert due_times(english) == {"first_reply": at_hour(2)}


def test_a_calendar_that_never_opens_promises_nothing(team):
    make_policy(first_reply=4, calendar=make_calendar("Closed for good", hours={}))
    ticket = make_ticket(team=team)
    happened(0)

    assert due_times(ticket) == {}
    assert Promise.objects.get(pk=ticket.pk).policy_version is not None


def test_new_requests_cost_seven_statements_however_many_there_are(team, django_assert_num_queries):
    make_policy(first_reply=4, resolution=10)
    for _ in range(3):
        make_ticket(team=team)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM events_event WHERE code = 'ticket.opened'")
        entries = [entry_of(row) for row in cursor.fetchall()]
    opened = [(entry.event, entry) for entry in entries if isinstance(entry.event, TicketOpened)]
    assert not CONTRACTS.is_set_up()  # known now for a minute, as on a desk that runs
    with django_assert_num_queries(7):
        promise_tickets(opened)
    assert Promise.objects.count() == 3
