"""Calls come late, twice and out of order, and still each is one call with its right times; none is forgotten."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.calls.actions import Report, file_call, take_report
from charterdesk.calls.models import Call, CallBack, Extension
from charterdesk.calls.numbers import normal_number, people_at
from charterdesk.calls.testing import OURS, THEIRS, make_line, report
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.actions import add_identity, erase_contact
from charterdesk.people.actions.notices import set_preferences
from charterdesk.people.models import Agent, Identity, Notice, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.models import Wait
from charterdesk.sla.testing import make_policy
from charterdesk.sla.waits import compare_waits, explain_wait
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def team() -> Team:
    """A team that is there day and night, with a number to call."""
    team = make_team()
    team.calendar = make_calendar("Round the clock", hours=ROUND_THE_CLOCK)
    team.save()
    make_line(team)
    return team


@pytest.fixture
def agent(team: Team) -> Agent:
    """An agent of the team, at extension 17."""
    agent = make_agent(teams=(team,))
    Extension.objects.create(agent=agent, number="17")
    return agent


def test_a_call_is_one_call_with_the_telephones_times_in_whatever_order_it_is_told(team: Team, agent: Agent) -> None:
    make_policy(answer=30 * SECOND, name="Calls")
    at = now() - timedelta(minutes=10)
    told = [("ringing", 0), ("answered", 20), ("ended", 80)]
    for name, order in (("in-order", told), ("late", told[::-1]), ("mixed", [told[1], told[0], told[2], *told])):
        for state, seconds in order:
            report(name, state, at + seconds * SECOND, agent=agent if state == "answered" else None)

    calls = Call.objects.all()
    assert {(c.state, c.cause, c.waited, c.talked, c.agent_id) for c in calls} == {
        ("ended", "answered", 20 * SECOND, 60 * SECOND, agent.pk)
    }
    assert calls.count() == 3
    waits = Wait.objects.all()
    assert {(w.is_answered, w.due_at, w.breached_at) for w in waits} == {(True, at + 30 * SECOND, None)}
    assert list(compare_waits()) == []
    run_reactions()
    assert Ticket.objects.count() == 0


def test_who_is_not_answered_in_time_is_seen_by_the_timer_and_once(team: Team) -> None:
    make_policy(answer=30 * SECOND, name="Calls")
    report("1", "ringing", now() - timedelta(minutes=1))
    fire_timers()

    wait = Wait.objects.get()
    assert wait.breached_at == wait.due_at
    report("1", "answered", now())
    assert [code for code in _codes() if code.startswith("answer.")] == [
        "answer.awaited", "answer.breached", "answer.given",
    ]  # fmt: skip
    words = " ".join(explain_wait(Call.objects.get().key))
    assert "30 seconds" in words
    assert "Calls" in words
    assert list(compare_waits()) == []


def test_nothing_is_promised_while_the_line_is_closed_and_short_hang_ups_break_nothing(team: Team) -> None:
    make_policy(answer=30 * SECOND, name="Calls")
    at = now() - timedelta(minutes=5)
    report("1", "ringing", at)
    report("1", "ended", at + 10 * SECOND)
    assert Wait.objects.get().breached_at is None
    line = Call.objects.get().line
    assert line
    line.calendar = make_calendar("Never", hours={})
    line.save()
    closed = report("2", "ringing", at)

    assert Wait.objects.get(about=closed.key).due_at is None
    assert explain_wait(closed.key) == [
        "No time was promised: we were closed, or no promise says how soon it is answered."
    ]


def test_missed_calls_of_a_number_are_one_ticket_until_they_are_called_back(team: Team, agent: Agent) -> None:
    rosa = make_contact("Rosa")
    add_identity(rosa, kind=Identity.PHONE, value="030 987654", by=SYSTEM)
    at = now() - timedelta(minutes=30)
    for name, minutes in (("1", 0), ("2", 5)):
        report(name, "ringing", at + timedelta(minutes=minutes), caller="030987654")
        report(name, "ended", at + timedelta(minutes=minutes + 1))
        run_reactions()
        run_reactions()

    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.channel, ticket.messages.filter(direction=Message.IN).count()) == (rosa, "phone", 2)
    assert [item.text for item in ticket.checklist.all()] == [f"Call back {THEIRS}"]
    assert CallBack.objects.get().missed == 2
    out = Report(call_id="3", state="answered", direction="out", from_=OURS, to=THEIRS, agent=agent)
    take_report(out, source="test", by=SYSTEM)
    take_report(Report(call_id="3", state="ended"), source="test", by=SYSTEM)
    run_reactions()

    ticket.refresh_from_db()
    talk = ticket.messages.get(direction=Message.OUT, is_automatic=False)
    assert (talk.channel, talk.agent, talk.delivery) == ("phone", agent, "")
    assert ticket.first_replied_at is not None
    assert CallBack.objects.get().done_at is not None
    assert ticket.checklist.filter(done_at=None).count() == 0
    report("4", "ringing", now())
    report("4", "ended", now())
    run_reactions()
    assert Ticket.objects.count() == 2


def test_an_answered_call_stands_on_the_ticket_it_was_filed_on_once_it_is_over(team: Team, agent: Agent) -> None:
    ticket = make_ticket(team=team)
    at = now() - timedelta(minutes=5)
    call = report("1", "ringing", at)
    report("1", "answered", at + 5 * SECOND, agent=agent)
    file_call(call, ticket=ticket, by=agent)
    run_reactions()
    assert ticket.messages.filter(channel="phone").count() == 0
    report("1", "ended", at + 65 * SECOND)
    run_reactions()

    assert [each.body_text for each in ticket.messages.filter(channel="phone")] == [
        "We talked by telephone for 1 minute."
    ]
    with pytest.raises(Refused, match="another ticket"):
        file_call(call, ticket=make_ticket(team=team), by=agent)
    assert people_at(THEIRS) == [ticket.contact]
    erase_contact(ticket.contact, by=SYSTEM)
    call.refresh_from_db()
    assert (call.number, call.contact_id) == ("", None)


def test_who_chose_it_hears_that_somebody_calls_and_was_missed_and_the_ringing_is_over_then(
    team: Team, agent: Agent
) -> None:
    make_agent("Nobody told", teams=(team,))
    set_preferences(
        agent, by=agent, ways={"ringing": ["page"], "missed_call": ["page"]}, quiet_from=None, quiet_until=None,
        stand_in=None, landing="inbox",
    )  # fmt: skip
    report("1", "ringing", now())
    run_reactions()
    assert [(each.agent, each.code, each.read_at) for each in Notice.objects.all()] == [(agent, "call.rang", None)]
    report("1", "ended", now())
    run_reactions()

    unread = Notice.objects.filter(read_at=None).exclude(code="ticket.assigned")
    assert [(each.agent, each.code) for each in unread] == [(agent, "call.missed")]


def test_what_cannot_be_a_call_of_ours_is_refused_and_silence_ends_a_call_as_missed(team: Team) -> None:
    for wrong, code in (
        (Report(call_id="x", state="ringing", from_=THEIRS, to="+49891234567"), "calls.unknown_line"),
        (Report(call_id="x", state="ringing", from_=THEIRS, to=OURS, at=now() - timedelta(days=40)), "calls.bad_time"),
        (Report(call_id="x", state="ended", to=OURS, recording="javascript:alert(1)"), "calls.bad_recording"),
    ):
        with pytest.raises(Refused) as refused:
            take_report(wrong, source="test", by=SYSTEM)
        assert refused.value.code == code
    withheld = report("1", "ringing", now() - timedelta(hours=1), caller="anonymous")
    assert withheld.number == ""
    fire_timers(now() + timedelta(minutes=14))
    assert not Call.objects.missed().exists()
    fire_timers(now() + timedelta(minutes=16))
    assert Call.objects.missed().get() == withheld
    run_reactions()
    assert not Ticket.objects.exists()  # whom nobody can call back
    assert normal_number("4930987654", like=OURS) == THEIRS


def _codes() -> list[str]:
    return list(LoggedEvent.objects.order_by("pk").values_list("code", flat=True))
