"""Every ready-made rule acts, once, for what it is there for. A new one needs a story here: the list is walked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.billing.testing_bought import make_contract
from charterdesk.calendars.spec import DAYS
from charterdesk.calendars.testing import make_calendar
from charterdesk.events.log import publish
from charterdesk.events.models import Rule, RuleRun
from charterdesk.events.rule_changes import switch_on as put_in_force
from charterdesk.people.models import Agent, Notice, Organisation, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.events import TargetNearing
from charterdesk.tickets.actions import Incoming, open_ticket, pause_ticket, receive_message, solve_ticket
from charterdesk.tickets.actions.grading import grade_ticket
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.ready_made import READY_MADE, already_there, switch_on
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """A small desk that is closed today: one team and who leads it."""

    team: Team
    lead: Agent
    run: Callable[[], int]
    fire: Callable[..., int]

    def later(self, **span: float) -> None:
        """What is due by then happens."""
        self.fire(now() + timedelta(**span))
        self.run()

    def told(self, ticket: Ticket) -> list[str]:
        """What the lead heard of a ticket because it was escalated."""
        found = Notice.objects.filter(agent=self.lead, about=ticket.key, code="ticket.escalated")
        return [notice.data["text"] for notice in found]


@pytest.fixture
def desk(run_reactions, fire_timers) -> Desk:
    team = make_team("Leaks")
    opens = DAYS[(now().weekday() + 3) % 7]
    team.calendar = make_calendar("Closed today", hours={opens: [["08:00", "17:00"]]})
    team.save()
    lead = make_agent("Lea", teams=(team,), role=Agent.LEAD, capacity=0)  # so that nobody is given what waits
    return Desk(team, lead, run_reactions, fire_timers)


def sent(ticket: Ticket, template: str) -> int:
    return Message.objects.filter(ticket=ticket, template=template).count()


def reminders(desk: Desk) -> Ticket:
    ticket = make_ticket(team=desk.team)
    pause_ticket(ticket, by="system", status="pending")
    desk.run()
    for days in (3, 7, 10):
        desk.later(days=days, hours=1)
    ticket.refresh_from_db()
    assert (sent(ticket, "reminder"), ticket.status) == (2, Ticket.SOLVED)
    return ticket


def unassigned(desk: Desk) -> Ticket:
    ticket = make_ticket(team=desk.team)
    desk.run()
    desk.later(hours=1)
    assert desk.told(ticket) == []
    desk.later(hours=3)
    assert desk.told(ticket) == ["Nobody has taken it for two hours."]
    return ticket


def loyal(desk: Desk) -> Ticket:
    contact = make_contact("Rosalind")
    contact.organisation = Organisation.objects.create(name="Bakery")
    contact.save()
    make_contract(contact.organisation)
    ticket = make_ticket(team=desk.team, contact=contact)
    desk.run()
    ticket.refresh_from_db()
    assert ticket.priority == Ticket.HIGH
    return ticket


def out_of_hours(desk: Desk) -> Ticket:
    contact = make_contact("Mia")
    ticket = make_ticket(team=desk.team, contact=contact)
    receive_message(ticket, Incoming(contact=contact, text="Still no water."), by=contact)
    desk.run()
    assert sent(ticket, "out_of_hours") == 1
    return ticket


def before_breach(desk: Desk) -> Ticket:
    ticket = make_ticket(team=desk.team)
    for percent in (75, 90):
        near = TargetNearing(ticket_id=ticket.pk, team_id=desk.team.pk, kind="resolution", percent=percent)
        publish(near, on=ticket, by="system")
        desk.run()
    assert desk.told(ticket) == ["A promise is due soon."]
    return ticket


def bad_grades(desk: Desk) -> Ticket:
    contact = make_contact("Ben")
    ticket = make_ticket(team=desk.team, contact=contact)
    solve_ticket(ticket, by=desk.lead, solution="Done.")
    grade_ticket(ticket, by=contact, score=1)
    desk.run()
    ticket.refresh_from_db()
    assert "bad grade" in ticket.tags and [one.text for one in ticket.checklist.all()] == ["Call the customer"]
    assert desk.told(ticket) == ["The customer was not helped."]
    return ticket


def words(desk: Desk) -> Ticket:
    return tagged(desk, "billing", text="My invoices are wrong.")


def language(desk: Desk) -> Ticket:
    return tagged(desk, "de", contact=make_contact("Jonas", language="de"))


def tagged(desk: Desk, tag: str, **fields) -> Ticket:
    ticket = make_ticket(team=desk.team, **fields)
    desk.run()
    ticket.refresh_from_db()
    assert tag in ticket.tags
    return ticket


def sender(desk: Desk) -> Ticket:
    contact = make_contact("Rosalind", email="rosalind@example.com")
    mail = Incoming(contact=contact, text="No water.", subject="Water", author_address="rosalind@example.com")
    ticket = open_ticket(mail, team=desk.team, by=contact)
    desk.run()
    ticket.refresh_from_db()
    assert ticket.priority == Ticket.HIGH
    return ticket


STORIES = {
    story.__name__: story
    for story in (reminders, unassigned, loyal, out_of_hours, before_breach, bad_grades, words, language, sender)
}


def test_every_ready_made_rule_is_taken_once_and_acts_once_for_what_it_is_there_for(desk: Desk) -> None:
    for ready in READY_MADE:
        made = switch_on(ready, by="agent:1")
        assert switch_on(ready, by="agent:1") == []
        if ready.is_sketch:
            put_in_force(made[0], by="agent:1")
    assert already_there() == {ready.code for ready in READY_MADE} == set(STORIES)

    for ready in READY_MADE:
        ticket = STORIES[ready.code](desk)
        for said in ready.rules:
            rule = Rule.objects.get(name=str(said.name))
            runs = RuleRun.objects.filter(version__rule=rule, subject=ticket.key, error="")
            acted = runs.filter(matched=True, held="")
            assert acted.count() == 1, rule.name
