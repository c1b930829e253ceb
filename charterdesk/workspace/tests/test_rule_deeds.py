"""Everything a rule can do, done end to end: built by form as a browser posts it, set off by a message, and seen.

A new deed needs a story here, and a new operation either a deed or a word on why no rule may do it: both are walked.
"""

import ast
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from textwrap import dedent
from typing import Any

import pytest
from django.test import Client

from charterdesk.channels.models import Outgoing
from charterdesk.complaints.models import Complaint, Level
from charterdesk.events.models import Rule, RuleRun
from charterdesk.events.operations import Operation, operations
from charterdesk.events.tests.receiver import receiving
from charterdesk.events.webhooks.actions import create_webhook
from charterdesk.notices.models import Component, Incident
from charterdesk.people.models import Agent, Identity, Membership, Notice, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.quality.models import Schedule
from charterdesk.sla.models import Clock
from charterdesk.tickets.actions import (
    Incoming,
    add_note,
    assign_ticket,
    follow_ticket,
    pause_ticket,
    receive_message,
    solve_ticket,
)
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.models import (
    ChecklistItem,
    FieldValues,
    Follower,
    Link,
    Macro,
    Message,
    Snooze,
    Ticket,
    TicketField,
)
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.admin.rule_deeds import DEED_OF, DEEDS

pytestmark = pytest.mark.django_db
AT = "/desk/admin/rules"
PHONE = "+35315550123"
NOT_OFFERED = {
    "billing.remind": "a timer's, of an invoice",
    "billing.remind_of_contract": "a timer's, of a contract",
    "calls.give_up": "a timer's, of a call",
    "channels.tell": "a timer's, of what customers are told together",
    "channels.tell_gathered": "a timer's, of what customers are told together",
    "charter.call_over": "a timer's, of a call",
    "charter.look": "a timer's, of a case",
    "charter.next_day": "a timer's, of the charter",
    "events.come_due": "says that a rule's time has come",
    "knowledge.publish": "a timer's, of an article",
    "knowledge.remind": "a timer's, of an article",
    "notices.send": "a timer's, of an announcement, which somebody has approved",
    "quality.send_report": "a timer's, of a report; a rule mails one by quality.mail_report",
    "sla.look": "a timer's, of a clock",
    "sla.look_at_wait": "a timer's, of a call or chat that waits",
    "sla.reconsider_contract": "a timer's, of a contract",
    "tickets.apply_macro": "by hand; a rule says what is in it",
    "tickets.come_due": "says that a rule's time has come",
    "tickets.come_due_all": "says that a rule's time has come",
    "tickets.come_due_around": "says that a rule's time has come",
    "tickets.release_message": "a timer's: ten seconds in which a message can be taken back",
    "tickets.remind_to_grade": "a timer's, once for each ticket",
    "tickets.reopen": "resuming opens what is solved, too",
    "tickets.take_back": "a timer's: of an agent who is not there",
    "tickets.wake": "a timer's: what was put off comes back",
}


@dataclass
class Desk:
    """A desk with two teams, whoever leads and works in one, and a customer who writes and has a phone."""

    web: Client
    team: Team
    other: Team
    lead: Agent
    maya: Agent
    ticket: Ticket
    run: Callable[[], int]
    jobs: Callable[[], int]
    known: dict[str, Any] = field(default_factory=dict)
    when: str = "message.received"

    def set_off(self) -> None:
        """What the rule waits for happens, by default that the customer writes, and all that follows from it."""
        contact = self.ticket.contact
        if self.when == "message.received":
            receive_message(self.ticket, Incoming(contact=contact, text="It is worse now."), by=contact)
        elif self.when == "note.added":
            add_note(self.ticket, by=self.lead, html="Seen.")
        else:
            solve_ticket(self.ticket, by=self.lead, solution="Done.")
        self.run()
        self.ticket.refresh_from_db()

    def sent(self, template: str) -> list[Message]:
        """What went to the customer by that name."""
        return list(self.ticket.messages.filter(direction=Message.OUT, template__startswith=template).order_by("pk"))

    def told(self, code: str, agent: Agent) -> list[Any]:
        """What an agent heard of the ticket."""
        found = Notice.objects.filter(agent=agent, code=code, about=self.ticket.key)
        return [notice.data.get("text") for notice in found]


@pytest.fixture
def desk(sign_in, run_reactions, run_jobs, settings) -> Desk:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    team, other = make_team("Leaks"), make_team("Bills")
    lead = make_agent("Lea", teams=(team,), role=Agent.LEAD, capacity=0)
    maya = make_agent("Maya", teams=(team, other))
    contact = make_contact("Mia Miller", email="mia@home.example")
    Identity.objects.create(contact=contact, kind=Identity.PHONE, value=PHONE)
    ticket = make_ticket(team=team, contact=contact, subject="Brown water")
    web = sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR))
    found = Desk(web, team, other, lead, maya, ticket, run_reactions, run_jobs)
    run_reactions()
    ticket.refresh_from_db()
    return found


def built_by_form(desk: Desk, operation: str, inputs: Mapping[str, Any]) -> Rule:
    """A rule that does it: the form is asked for its inputs, then filled in and sent."""
    form = {
        "name": operation, "kind": "event", "when": desk.when, "span": "1", "unit": "h", "position": "100",
        "step": "0", "step-0-operation": operation,
    }  # fmt: skip
    page = desk.web.post(f"{AT}/new", {**form, "again": "1"}, headers={"HX-Request": "true"}).content.decode()
    asked = {name for name in inputs if f'name="step-0-{name}"' in page}
    assert (asked, f'value="{operation}" selected' in page) == (set(inputs), True)
    answer = desk.web.post(f"{AT}/new", {**form, "activate": "1", **{f"step-0-{k}": v for k, v in inputs.items()}})
    assert answer.status_code == 302, answer.context["form"].errors
    return Rule.objects.get(name=operation)


Story = Callable[[Desk], tuple[dict[str, Any], Callable[[], Any], Any]]
"""What a form is given, what is looked at afterwards, and what must be seen there once and once only."""


def prioritise(desk: Desk) -> Any:
    return {"priority": "1"}, lambda: desk.ticket.priority, Ticket.URGENT


def classify(desk: Desk) -> Any:
    return {"type": "incident"}, lambda: desk.ticket.type, "incident"


def tag(desk: Desk) -> Any:
    Ticket.objects.filter(pk=desk.ticket.pk).update(tags=["calm"])
    return {"add": "worse, again", "remove": "calm"}, lambda: sorted(desk.ticket.tags), ["again", "worse"]


def set_fields(desk: Desk) -> Any:
    define_field(None, by="system", code="meter", kind=TicketField.TEXT, labels={"en": "Meter"})
    values = FieldValues.objects.filter(ticket=desk.ticket)
    return {"values": "meter = A7"}, lambda: [one.data for one in values.all()], [{"meter": "A7"}]


def assign(desk: Desk) -> Any:
    Agent.objects.filter(pk=desk.maya.pk).update(capacity=0)
    Ticket.objects.filter(pk=desk.ticket.pk).update(assignee=None)
    return {"agent": desk.maya.key}, lambda: desk.ticket.assignee, desk.maya


def release(desk: Desk) -> Any:
    Agent.objects.filter(pk=desk.maya.pk).update(capacity=0)  # so that the queue does not hand it back at once
    assign_ticket(desk.ticket, agent=desk.maya, by=desk.lead)
    return {}, lambda: desk.ticket.assignee, None


def move(desk: Desk) -> Any:
    """Routing: the other team has it, and the one who works there and has time is given it."""
    Membership.objects.filter(agent=desk.maya, team=desk.team).delete()
    return {"team": desk.other.key}, lambda: (desk.ticket.team, desk.ticket.assignee), (desk.other, desk.maya)


def escalate(desk: Desk) -> Any:
    return {"text": "Look at it"}, lambda: desk.told("ticket.escalated", desk.lead), ["Look at it"]


def running(desk: Desk) -> int:
    """How many clocks of the ticket run that stand still while it waits."""
    return Clock.objects.filter(promise_id=desk.ticket.pk, state=Clock.RUNNING, kind="resolution").count()


def pause(desk: Desk) -> Any:
    assert running(desk) > 0
    return {"status": "pending"}, lambda: (desk.ticket.status, running(desk)), (Ticket.PENDING, 0)


def resume(desk: Desk) -> Any:
    pause_ticket(desk.ticket, by=desk.lead, status=Ticket.ON_HOLD)
    desk.when = "note.added"
    return {}, lambda: (desk.ticket.status, running(desk) > 0), (Ticket.OPEN, True)


def solve(desk: Desk) -> Any:
    said = lambda: (desk.ticket.status, [one.body_text.count("Flushed.") for one in desk.sent("solution")])  # noqa: E731
    return {"solution": "Flushed."}, said, (Ticket.SOLVED, [1])


def close(desk: Desk) -> Any:
    desk.when = "ticket.solved"
    return {}, lambda: desk.ticket.status, Ticket.CLOSED


def write(desk: Desk) -> Any:
    said = lambda: [(one.subject, one.body_text.strip()) for one in desk.sent("rule")]  # noqa: E731
    given = {"subject": "About {{ subject }}", "text": "Dear {{ customer }}"}
    return given, said, [("About Brown water", "Dear Mia Miller")]


def send_template(desk: Desk) -> Any:
    said = lambda: [one.to for one in desk.sent("reminder")]  # noqa: E731
    return {"template": "reminder", "way": "email"}, said, [["mia@home.example"]]


def answer_with(desk: Desk) -> Any:
    macro = Macro.objects.create(name="Flushed", texts={"en": "<p>We flushed it.</p>"})
    return {"macro": macro.key}, lambda: [one.body_text.strip() for one in desk.sent("rule")], ["We flushed it."]


def ask(desk: Desk) -> Any:
    mails = Message.objects.filter(ticket=desk.ticket, direction=Message.OUT).exclude(side_thread=None)
    said = lambda: [(one.to, "Test Brown water." in one.body_text) for one in mails.all()]  # noqa: E731
    given = {"address": "lab@works.example", "text": "Test {ticket.subject}."}
    return given, said, [(["lab@works.example"], True)]


def send_sms(desk: Desk) -> Any:
    said = lambda: [(one.to, one.channel, one.body_text) for one in desk.sent("sms")]  # noqa: E731
    return {"text": "Hello {{ customer }}"}, said, [([PHONE], "sms", "Hello Mia Miller")]


def note(desk: Desk) -> Any:
    notes = desk.ticket.messages.filter(direction=Message.NOTE)
    return {"html": "First\n\nSecond"}, lambda: [one.body_text for one in notes.all()], ["First\n\nSecond"]


def tell(desk: Desk) -> Any:
    follow_ticket(desk.ticket, agent=desk.maya, by=desk.lead)
    return {"who": "followers", "text": "Worse"}, lambda: desk.told("ticket.told", desk.maya), ["Worse"]


def follow(desk: Desk) -> Any:
    found = Follower.objects.filter(ticket=desk.ticket, agent=desk.maya)
    return {"agent": desk.maya.key}, lambda: found.count(), 1


def link(desk: Desk) -> Any:
    cause = make_ticket(team=desk.team, subject="Burst main")
    found = Link.objects.filter(kind="part_of")
    said = lambda: [{one.ticket_id, one.other_id} for one in found.all()]  # noqa: E731
    return {"kind": "part_of", "other": f"#{cause.number}"}, said, [{desk.ticket.pk, cause.pk}]


def add_items(desk: Desk) -> Any:
    items = ChecklistItem.objects.filter(ticket=desk.ticket).order_by("pk")
    return {"items": "Call\nFlush"}, lambda: [one.text for one in items.all()], ["Call", "Flush"]


def snooze(desk: Desk) -> Any:
    found = Snooze.objects.filter(ticket=desk.ticket)
    return {"hours": "3"}, lambda: found.count(), 1


def alert(desk: Desk) -> Any:
    found = Notice.objects.filter(agent=desk.lead, code="target.nearing")
    Agent.objects.filter(pk=desk.maya.pk).update(capacity=0)
    Ticket.objects.filter(pk=desk.ticket.pk).update(assignee=None)
    return {"code": "target.nearing"}, lambda: [one.about for one in found.all()], [desk.ticket.key]


def report_outage(desk: Desk) -> Any:
    part = Component.objects.create(names={"en": "Water"})
    said = lambda: [(one.ticket_id, one.updates.get().texts) for one in Incident.objects.all()]  # noqa: E731
    return {"component": part.key, "text": "No water."}, said, [(desk.ticket.pk, {"en": "No water."})]


def acknowledge(desk: Desk) -> Any:
    Level.objects.create(position=1, names={"en": "Office"}, team=make_team("Complaints"), contact_name="Nora Quay")
    found = Complaint.objects.filter(ticket=desk.ticket, acknowledged_at__isnull=False)
    return {}, lambda: (found.count(), len(desk.sent("complaint"))), (1, 1)


def write_mail(desk: Desk) -> Any:
    mails = Outgoing.objects.filter(recipients=["boss@works.example"])
    given = {"team": desk.team.key, "address": "boss@works.example", "subject": "News", "text": "It is worse."}
    return given, lambda: [(one.state, one.is_automatic) for one in mails.all()], [(Outgoing.QUEUED, True)]


def mail_report(desk: Desk) -> Any:
    schedule = Schedule.objects.create(
        agent=desk.lead, measure="volume", by="all", rhythm="ruled", to=["b@works.example"]
    )
    mails = Outgoing.objects.filter(recipients=["b@works.example"])
    return {"schedule": schedule.key}, lambda: mails.count(), 1


def call_webhook(desk: Desk) -> Any:
    server = desk.known["server"]
    server.says, server.answers = json.dumps({"level": "high", "kind": "incident"}).encode(), [(200, {})]
    webhook = create_webhook(name="Plant", url=server.url, codes=["ticket.closed"], by="system")
    given = {
        "webhook": webhook.key,
        "body": '{"about": "{ticket.subject}"}',
        "answer": "priority = level: high=1, low=4\ntype = kind",
    }

    def said() -> Any:
        desk.jobs()
        desk.ticket.refresh_from_db()
        return [json.loads(body) for _path, _headers, body in server.heard], desk.ticket.priority, desk.ticket.type

    return given, said, ([{"about": "Brown water"}], Ticket.URGENT, "incident")


STORIES: dict[str, Story] = {
    "channels.write": write_mail,
    "complaints.acknowledge": acknowledge,
    "events.call_webhook": call_webhook,
    "notices.report_outage": report_outage,
    "quality.mail_report": mail_report,
    "sla.alert": alert,
    **{
        f"tickets.{story.__name__}": story
        for story in (
            prioritise, classify, tag, set_fields, assign, release, move, escalate, pause, resume, solve, close, write,
            send_template, answer_with, ask, send_sms, note, tell, follow, link, add_items, snooze,
        )
    },
}  # fmt: skip


def test_every_operation_can_be_chosen_in_a_rule_or_it_is_said_why_not() -> None:
    real = {each.name for each in operations() if "test" not in each.call.__module__}

    assert set(DEED_OF) == set(STORIES)
    assert real == set(DEED_OF) | set(NOT_OFFERED)


@pytest.mark.parametrize("each", operations(), ids=lambda each: each.name)
def test_no_operation_goes_out_quietly(each: Operation) -> None:
    """A bare `return` is a quiet way out: it says why instead (see `events/skipped.py`)."""
    code = ast.parse(dedent(inspect.getsource(inspect.unwrap(each.call))))

    assert [node.lineno for node in ast.walk(code) if isinstance(node, ast.Return) and node.value is None] == []


@pytest.mark.parametrize("operation", [deed.operation for deed in DEEDS])
def test_a_rule_made_by_form_does_it_once_for_a_message(desk: Desk, operation: str) -> None:
    with receiving() as server:
        desk.known["server"] = server
        inputs, seen, expected = STORIES[operation](desk)
        desk.run()
        desk.ticket.refresh_from_db()
        before = seen()
        rule = built_by_form(desk, operation, inputs)
        desk.set_off()
        runs = list(RuleRun.objects.filter(version__rule=rule))
        after = seen()
        desk.run()

        assert [(run.subject, run.matched, run.error) for run in runs] == [(desk.ticket.key, True, "")]
        assert [step["operation"] for step in runs[0].done] == [operation]
        assert before != expected
        assert after == seen() == expected
