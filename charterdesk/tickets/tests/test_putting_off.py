"""Checklists, snoozing and colleagues named in notes."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events.models import Timer
from charterdesk.events.timers import fire_due
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import (
    Incoming,
    add_item,
    add_note,
    receive_message,
    snooze_ticket,
    solve_ticket,
    tick_item,
    wake_ticket,
)
from charterdesk.tickets.mentions import mentioned_in
from charterdesk.tickets.models import Snooze
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return make_team("Leaks")


@pytest.fixture
def agent(team):
    return make_agent("Ada Brook", teams=(team,))


@pytest.fixture
def ticket(team):
    return make_ticket(team=team, contact=make_contact("Mia"))


def codes(agent):
    return list(Notice.objects.filter(agent=agent).values_list("code", flat=True))


def test_a_ticket_sleeps_until_its_time_and_whoever_put_it_off_is_told(ticket, agent):
    snooze_ticket(ticket, by=agent, agent=agent, until=now() + timedelta(hours=1))
    assert Snooze.objects.get().ticket == ticket

    Timer.objects.update(try_at=now() - timedelta(seconds=1))
    fire_due()

    assert (Snooze.objects.exists(), codes(agent)) == (False, ["ticket.woken"])


@pytest.mark.parametrize("hours", [None, 5])
def test_a_ticket_wakes_when_its_customer_writes(ticket, agent, run_reactions, hours):
    snooze_ticket(ticket, by=agent, agent=agent, until=now() + timedelta(hours=hours) if hours else None)
    receive_message(ticket, Incoming(contact=ticket.contact, text="Anything new?"), by="system")

    run_reactions()

    assert not Snooze.objects.exists()
    assert "ticket.woken" in codes(agent)
    assert not Timer.objects.filter(name=f"wake:{ticket.pk}").exists()


def test_a_solved_ticket_is_put_off_no_more_and_nobody_is_told(ticket, agent, run_reactions):
    snooze_ticket(ticket, by=agent, agent=agent, until=now() + timedelta(hours=1))
    solve_ticket(ticket, by=agent, solution="Done.")

    run_reactions()

    assert (Snooze.objects.exists(), codes(agent)) == (False, [])


def test_a_ticket_is_not_put_off_into_the_past_nor_for_years(ticket, agent):
    for until in (now() - timedelta(minutes=1), now() + timedelta(days=900)):
        with pytest.raises(Refused):
            snooze_ticket(ticket, by=agent, until=until)
    wake_ticket(ticket, by=agent)


def test_an_item_is_given_to_a_colleague_who_is_told_and_ticked_off(ticket, agent, team):
    ben = make_agent("Ben Reed", teams=(team,))

    item = add_item(ticket, by=agent, text="  Send  a plumber ", assignee=ben)
    assert (item.text, codes(ben)) == ("Send a plumber", ["task.assigned"])

    tick_item(item, by=ben, done=True, agent=ben)
    item.refresh_from_db()
    assert (item.done_by, item.done_at is not None) == (ben, True)


def test_nothing_is_given_to_somebody_who_may_not_see_the_ticket(ticket, agent):
    stranger = make_agent("Otto Stern", teams=(make_team(),))

    with pytest.raises(Refused, match="Otto Stern may not see"):
        add_item(ticket, by=agent, text="Look", assignee=stranger)


def test_a_colleague_named_in_a_note_is_told_and_a_stranger_refused(ticket, agent, team):
    ben = make_agent("Ben Reed", teams=(team,))
    boss = make_agent("Max Boss", role=Agent.MANAGER)
    stranger = make_agent("Otto Stern", teams=(make_team(),))

    add_note(ticket, by=agent, agent=agent, html="<p>x</p>", mentions=mentioned_in("@ben reed and @Max Boss, please"))
    assert (codes(ben), codes(boss)) == (["ticket.mentioned"], ["ticket.mentioned"])

    with pytest.raises(Refused, match="Otto Stern"):
        add_note(ticket, by=agent, agent=agent, html="<p>x</p>", mentions=mentioned_in("@Otto Stern?"))
    assert codes(stranger) == []


def test_of_two_names_that_begin_alike_the_one_written_is_meant(team):
    short, long = make_agent("Ada Brook"), make_agent("Ada Brooks")

    assert mentioned_in("@Ada Brooks") == [long.pk]
    assert mentioned_in("@Ada Brooks and @Ada Brook") == [short.pk, long.pk]
    assert mentioned_in("ada.brook@home.example") == []
