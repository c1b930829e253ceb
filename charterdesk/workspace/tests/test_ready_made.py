"""Every ready-made rule acts, once, for what it is there for; so does every rule the desk has from the start. A new one
needs a story here: the lists are walked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from charterdesk.base.clock import now
from charterdesk.billing.testing_bought import make_contract
from charterdesk.calendars.spec import DAYS
from charterdesk.calendars.testing import make_calendar
from charterdesk.complaints.models import Level
from charterdesk.events.log import publish
from charterdesk.events.models import Rule, RuleRun
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_changes import switch_on as put_in_force
from charterdesk.people.models import Agent, Notice, Organisation, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.sla.events import TargetBreached, TargetNearing
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


def acknowledgement(desk: Desk) -> Ticket:
    ticket = make_ticket(team=desk.team)
    receive_message(ticket, Incoming(contact=ticket.contact, text="Still no water."), by=ticket.contact)
    desk.run()
    assert sent(ticket, "acknowledgement") == 1
    return ticket


def solution(desk: Desk) -> Ticket:
    ticket = make_ticket(team=desk.team)
    solve_ticket(ticket, by=desk.lead, solution="Valve replaced.")
    desk.run()
    (mail,) = Message.objects.filter(ticket=ticket, template="solution")
    assert "Valve replaced." in mail.body_text
    return ticket


def complaint(desk: Desk) -> Ticket:
    Level.objects.create(position=1, names={"en": "Office"}, team=make_team("Office"), contact_name="Nora Quay")
    ticket = make_ticket(team=desk.team, type="complaint")
    desk.run()
    assert (sent(ticket, "complaint"), sent(ticket, "acknowledgement")) == (1, 0)
    return ticket


def nearing(desk: Desk) -> Ticket:
    return alerted(desk, TargetNearing, percent=75)


def breached(desk: Desk) -> Ticket:
    return alerted(desk, TargetBreached, policy_version_id=0)


def alerted(desk: Desk, event: type[Any], **more: Any) -> Ticket:
    """The lead hears once of a promise of a ticket that nobody has."""
    ticket = make_ticket(team=desk.team)
    publish(event(ticket_id=ticket.pk, team_id=desk.team.pk, kind="resolution", **more), on=ticket, by="system")
    desk.run()
    assert Notice.objects.filter(agent=desk.lead, about=ticket.key, code=event.code).count() == 1
    return ticket


DEFAULTS = {
    "tickets.acknowledgement": acknowledgement,
    "tickets.solution": solution,
    "complaints.acknowledgement": complaint,
    "sla.nearing": nearing,
    "sla.breached": breached,
}


def test_every_rule_the_desk_has_from_the_start_acts_once_for_what_it_is_there_for(desk: Desk) -> None:
    desk.run()
    assert set(Rule.objects.exclude(slug=None).values_list("slug", flat=True)) == set(DEFAULTS)

    for slug, story in DEFAULTS.items():
        ticket = story(desk)
        runs = RuleRun.objects.filter(version__rule__slug=slug, subject=ticket.key)
        assert [(run.matched, run.held, run.error) for run in runs] == [(True, "", "")], slug


def test_a_request_of_the_house_is_not_acknowledged_even_by_a_rule_somebody_changed_before_it_could_ask(
    desk: Desk,
) -> None:
    desk.run()
    rule = Rule.objects.get(slug="tickets.acknowledgement")
    older = {**rule.versions.get().body, "if": {"field": "ticket.type", "op": "is_not", "value": "complaint"}}
    activate(save_draft(name=rule.name, body=older, by="agent:1", rule=rule), by="agent:1")
    called = Incoming(contact=make_contact("Ben"), text="You called us.", channel="phone", is_ours=True)
    ours, asked = open_ticket(called, team=desk.team, by="system"), make_ticket(team=desk.team)
    for _turn in range(2):
        desk.run()

    assert [sent(ticket, "acknowledgement") for ticket in (ours, asked)] == [0, 1]
    assert Rule.objects.get(slug="tickets.acknowledgement").versions.count() == 2  # what they changed stays theirs


STORIES = {
    story.__name__: story
    for story in (reminders, unassigned, loyal, out_of_hours, before_breach, bad_grades, words, language, sender)
}


def test_every_ready_made_rule_is_taken_once_and_acts_once_for_what_it_is_there_for(desk: Desk) -> None:
    for ready in READY_MADE:
        made = switch_on(ready, by="agent:1")
        with translation.override("ar"):  # by a colleague who reads it in another language
            assert switch_on(ready, by="agent:1") == []
            assert ready.code in already_there()
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
