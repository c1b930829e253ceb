"""Promises are told to customers, drawn as lines, explained in words, and agree with the log."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from charterdesk.calendars.actions import change_calendar
from charterdesk.calendars.testing import make_calendar
from charterdesk.events.facts import ask, facts_for_template
from charterdesk.events.testing import fire_timers
from charterdesk.people.testing import make_contact, make_team
from charterdesk.sla.explaining import duration_words, explain
from charterdesk.sla.models import Clock, Promise
from charterdesk.sla.queries import PromiseLine, promise_lines, promise_lines_of, unseen_breaches
from charterdesk.sla.replay import Difference, compare, compare_all
from charterdesk.sla.testing import answer, at_hour, happened, make_policy, no_policies
from charterdesk.tickets.actions import (
    close_ticket,
    pause_ticket,
    prioritise_ticket,
    reopen_ticket,
    resume_ticket,
    solve_ticket,
)
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def line(ticket: Ticket, hour: float) -> tuple[str, str, float]:
    """Kind, state and hours of margin of the ticket's promise line at `hour`."""
    shown = promise_lines([ticket.pk], at=at_hour(hour))[ticket.pk]
    return shown.kind, shown.state, shown.margin / HOUR


def test_a_text_names_the_promised_times_in_the_customers_language_and_on_their_clock(team):
    make_policy(first_reply=4, resolution=10)
    contact = make_contact(language="de")
    contact.time_zone = "America/New_York"
    contact.save()
    ticket = make_ticket(team=team, contact=contact)
    happened(0)

    with translation.override("de"):
        facts = facts_for_template(ticket.key)
    first_reply, resolution = facts["first_reply_due"], facts["resolution_due"]
    assert (first_reply.startswith("Sonntag"), first_reply.endswith("23:00 (EST)")) == (True, True)
    assert (resolution.startswith("Montag"), resolution.endswith("05:00 (EST)")) == (True, True)


def test_a_text_names_the_offices_time_where_the_customers_is_not_known(ticket):
    assert facts_for_template(ticket.key)["first_reply_due"] == "Monday 24 November 2025, 05:00 (CET)"


def test_a_text_names_no_time_that_is_not_owed(ticket, agent, team):
    answer(ticket, agent)
    happened(1)
    assert facts_for_template(ticket.key)["first_reply_due"] == ""

    no_policies()
    close_ticket(ticket, by=ticket.contact, reason="customer")
    happened(2)
    assert facts_for_template(ticket.key)["resolution_due"] == ""


def test_the_line_shows_the_next_promise_then_the_solution(ticket, agent):
    assert line(ticket, 1) == ("reply", "running", 3)
    assert line(ticket, 3) == ("reply", "soon", 1)
    assert line(ticket, 5) == ("reply", "late", -1)

    answer(ticket, agent)
    happened(3)
    assert line(ticket, 5) == ("resolution", "running", 5)

    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(9)
    assert line(ticket, 500) == ("resolution", "kept", 1)


def test_the_line_shows_pauses_as_gaps(ticket, agent):
    answer(ticket, agent)
    pause_ticket(ticket, by=agent, status="pending")
    happened(2)
    assert line(ticket, 20) == ("resolution", "paused", -10)

    resume_ticket(ticket, by=agent)
    happened(5)
    assert promise_lines([ticket.pk], at=at_hour(6)) == {
        ticket.pk: PromiseLine(
            ticket_id=ticket.pk,
            kind="resolution",
            state="running",
            started_at=at_hour(0),
            due_at=at_hour(13),
            met_at=None,
            pauses=[(at_hour(2), at_hour(5))],
            margin=7 * HOUR,
            is_broken=False,
            target="resolution",
        )
    }


def test_what_was_done_late_stays_broken_on_the_line(ticket, agent):
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(12)

    assert [(shown.kind, shown.state, shown.margin) for shown in promise_lines_of(ticket.pk)] == [
        ("reply", "broken", -8 * HOUR),
        ("resolution", "broken", -2 * HOUR),
    ]


def test_lines_of_many_tickets_cost_one_query(team, django_assert_num_queries):
    make_policy(first_reply=4, resolution=10)
    tickets = [make_ticket(team=team) for _ in range(5)]
    happened(0)

    with django_assert_num_queries(1):
        assert set(promise_lines([ticket.pk for ticket in tickets])) == {ticket.pk for ticket in tickets}


def test_what_nobody_was_promised_has_no_line(ticket, agent, team):
    no_policies()
    close_ticket(ticket, by=agent, reason="junk")
    happened(1)

    assert promise_lines([ticket.pk, 999]) == {}


def test_a_due_time_explains_itself_in_words(agent):
    office = make_calendar("Office, Lindental", hours={"mon": [["09:00", "12:00"], ["13:00", "17:00"]]})
    make_policy(resolution=6, name="Everything", calendar=office)
    ticket = make_ticket(team=make_team())
    happened(9)
    agent.memberships.update(team=ticket.team)
    pause_ticket(ticket, by=agent, status="pending")
    happened(14)
    resume_ticket(ticket, by=agent)
    happened(15.5)

    (explained,) = explain(ticket.pk)
    assert explained.sentences == [
        "“Everything” (version 1) promises this within 6 hours of open time.",
        "The hours are those of “Office, Lindental” (Europe/Berlin); the clock started on Mon 24 Nov 2025, 10:00.",
        "Counted: Mon 24 Nov 2025, 10:00 to Mon 24 Nov 2025, 12:00, 2 hours.",
        "Counted: Mon 24 Nov 2025, 13:00 to Mon 24 Nov 2025, 15:00, 2 hours.",
        "Not counted: Mon 24 Nov 2025, 15:00 to Mon 24 Nov 2025, 16:30, we waited for the customer.",
        "Counted: Mon 24 Nov 2025, 16:30 to Mon 24 Nov 2025, 17:00, 30 minutes.",
        "Counted: Mon 1 Dec 2025, 09:00 to Mon 1 Dec 2025, 10:30, 1 hour 30 minutes.",
        "So it is due on Mon 1 Dec 2025, 10:30.",
    ]
    counted = sum((i.until - i.since for i in explained.intervals if not i.why), timedelta(0))
    assert counted == explained.target


def test_a_kept_promise_and_a_dropped_one_explain_themselves_too(ticket, agent):
    answer(ticket, agent)
    happened(3)
    close_ticket(ticket, by=ticket.contact, reason="customer")
    happened(5)

    reply, solution = explain(ticket.pk)
    assert reply.sentences[-2:] == [
        "So it was due on Mon 24 Nov 2025, 05:00.",
        "It was done on Mon 24 Nov 2025, 04:00.",
    ]
    assert solution.sentences[-1] == "It is owed no more since Mon 24 Nov 2025, 06:00."


def test_durations_are_said_in_hours_and_minutes():
    lengths = [timedelta(0), timedelta(minutes=1), HOUR, 26 * HOUR + timedelta(minutes=5)]
    assert [duration_words(length) for length in lengths] == ["0 minutes", "1 minute", "1 hour", "26 hours 5 minutes"]


def test_stored_clocks_agree_with_the_log_whatever_became_of_policies_and_calendars(ticket, agent, team):
    make_policy(position=1, priorities=[Ticket.URGENT], first_reply=2, resolution=5)
    prioritise_ticket(ticket, by=agent, priority=Ticket.URGENT)
    happened(1)
    pause_ticket(ticket, by=agent, status="on_hold")
    happened(2)
    make_policy(position=0, first_reply=1, resolution=1)
    change_calendar(team.calendar, by=agent, hours={"mon": [["08:00", "09:00"]]})
    fire_timers(until=at_hour(4))
    resume_ticket(ticket, by=agent)
    happened(6)
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    happened(11)
    reopen_ticket(ticket, by=agent)
    happened(12)

    assert compare(ticket.pk) == []
    assert Promise.objects.get(pk=ticket.pk).applied_id > 0


def test_the_check_finds_a_clock_that_was_tampered_with(ticket):
    Clock.objects.filter(promise_id=ticket.pk, kind="resolution").update(due_at=at_hour(99))

    assert list(compare_all()) == [Difference(ticket.pk, "resolution", "due_at", at_hour(99), at_hour(10))]


def test_clocks_past_their_time_are_counted_until_a_timer_has_seen_them(ticket):
    assert unseen_breaches(at=at_hour(5)) == 1
    fire_timers(until=at_hour(4))
    assert unseen_breaches(at=at_hour(5)) == 0


def test_a_rule_may_ask_whether_a_team_was_open_when_something_happened(agent):
    team = make_team()
    team.calendar = make_calendar("Mornings", zone="UTC", hours={"mon": [["08:00", "12:00"]]})
    team.save()
    morning, evening = datetime(2026, 12, 7, 9, tzinfo=UTC), datetime(2026, 12, 7, 19, tzinfo=UTC)

    assert ask("within_hours", {"team_id": team.pk}, morning)
    assert not ask("within_hours", {"team_id": team.pk}, evening)
