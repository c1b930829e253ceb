"""Rules on tickets: they wait, follow dates and schedules, keep to their bounds, say what they did, and stop."""

from datetime import UTC, datetime, timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.events.events import DeliveryParked
from charterdesk.events.models import Delivery, RuleRun, RuleVersion, Timer
from charterdesk.events.reader import read_batches
from charterdesk.events.rule_changes import activate, deactivate, park_rule, place, restore, save_draft
from charterdesk.events.rule_conflicts import conflicts
from charterdesk.events.rule_names import with_names, with_numbers
from charterdesk.events.rule_parking import chain_of, park_failing
from charterdesk.events.rule_problems import problems
from charterdesk.events.rule_times import next_time
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import (
    Incoming,
    pause_ticket,
    receive_message,
    resume_ticket,
    tag_ticket,
)
from charterdesk.tickets.models import Macro, Message, SideThread, Ticket
from charterdesk.tickets.testing import make_ticket
from charterdesk.tickets.trying import trials_by_clock

pytestmark = pytest.mark.django_db
TAG = {"operation": "tickets.tag", "args": {"add": ["seen"]}}


def ruled(then=TAG, *, name="a rule", **body) -> RuleVersion:
    """A rule in force."""
    said = {"when": ["ticket.tagged"], "if": {}, "then": then if isinstance(then, list) else [then], **body}
    version = save_draft(name=name, body=said, by="agent:1")
    activate(version, by="agent:1")
    return version


def tags(ticket: Ticket) -> list[str]:
    ticket.refresh_from_db()
    return list(ticket.tags)


def test_a_rule_of_a_team_acts_on_its_tickets_only(run_reactions):
    leaks, bills = make_team("Leaks"), make_team("Bills")
    ruled(when=["ticket.opened"], team=leaks.pk)
    ours, theirs = make_ticket(team=leaks), make_ticket(team=bills)
    run_reactions()

    assert (tags(ours), tags(theirs)) == (["seen"], [])


def test_a_condition_may_ask_of_customer_organisation_own_fields_and_what_they_bought(run_reactions):
    team = make_team("Leaks")
    parts = [
        {"field": "contact.name", "op": "is", "value": "Mia"},
        {"field": "contact.days", "op": "at_most", "value": 1},
        {"field": "organisation.name", "op": "is_empty"},
        {"field": "entitlement.codes", "op": "is_empty"},
        {"field": "field.meter", "op": "is_empty"},
        {"field": "ticket.tags", "op": "lacks", "value": "old"},
    ]
    ruled(when=["ticket.opened"], **{"if": {"all": parts}})
    hers, his = make_ticket(team=team, contact=make_contact("Mia")), make_ticket(team=team)
    run_reactions()

    assert (tags(hers), tags(his)) == (["seen"], [])
    used = RuleRun.objects.get(subject=hers.key, version__rule__slug=None).values_used or {}
    assert used["contact.name"] == "Mia"


def test_bounds_hold_once_for_each_ticket_so_many_an_hour_and_what_stops_the_rest(run_reactions):
    ruled({"operation": "tickets.add_items", "args": {"items": ["a"]}}, name="once", once=True)
    ruled({"operation": "tickets.prioritise", "args": {"priority": 1}}, name="two an hour", at_most=2)
    stopping = ruled({"operation": "tickets.resume"}, name="stopping", stop=True, when=["ticket.prioritised"])
    place(stopping.rule, position=1, by="agent:1")
    ruled({"operation": "tickets.classify", "args": {"type": "order"}}, name="later", when=["ticket.prioritised"])
    team = make_team("Leaks")
    tickets = [make_ticket(team=team) for _n in range(3)]
    for ticket in tickets:
        tag_ticket(ticket, by="system", add=["x"])
        run_reactions()
    tag_ticket(tickets[0], by="system", add=["y"])
    run_reactions()
    for ticket in tickets:
        ticket.refresh_from_db()

    assert [ticket.checklist.count() for ticket in tickets] == [1, 1, 1]
    assert [ticket.priority for ticket in tickets] == [1, 1, 3]
    assert {run.held for run in RuleRun.objects.filter(version__rule__name="two an hour")} == {"", "rate"}
    assert [ticket.type for ticket in tickets] == ["question"] * 3  # what stops came first, and acted


def test_a_rule_waits_and_begins_anew_when_it_happens_again(run_reactions, fire_timers):
    version = ruled(
        when=["ticket.paused"], wait={"hours": 72}, **{"if": {"field": "ticket.status", "op": "is", "value": "pending"}}
    )
    ticket, answered = make_ticket(team=(team := make_team("Leaks"))), make_ticket(team=team)
    for each in (ticket, answered):
        pause_ticket(each, by="system", status="pending")
    run_reactions()
    resume_ticket(answered, by="system")
    run_reactions()
    fire_timers(now() + timedelta(hours=71))
    run_reactions()
    assert tags(ticket) == []

    fire_timers(now() + timedelta(hours=73))
    run_reactions()
    assert (tags(ticket), tags(answered)) == (["seen"], [])
    assert [run.matched for run in version.runs.all()] == [True]


def test_a_rule_follows_a_date_and_a_schedule_and_stops_when_it_is_switched_off(run_reactions, fire_timers):
    around = ruled(when=[], around={"date": "ticket.opened_at", "hours": 1}, once=True)
    every = ruled(
        {"operation": "tickets.prioritise", "args": {"priority": 2}}, name="hourly", when=[], every={"hours": 1}
    )
    ticket = make_ticket(team=make_team("Leaks"))
    Ticket.objects.filter(pk=ticket.pk).update(opened_at=now() - timedelta(hours=1) + timedelta(milliseconds=1))
    version = RuleVersion.objects.get(pk=around.pk)
    trial = trials_by_clock(version, since=now() - timedelta(days=1), until=now() + timedelta(seconds=5), limit=10)
    assert [(each.subject, each.verdict) for each in trial] == [(ticket.key, "match")]

    from_timers = fire_timers(now())
    run_reactions()
    assert (from_timers, tags(ticket)) == (1, ["seen"])

    Timer.objects.filter(name=f"rule:{every.rule_id}:next").update(due_at=now(), try_at=now())
    fire_timers(now())
    run_reactions()
    ticket.refresh_from_db()
    assert ticket.priority == 2
    for each in (around, every):
        deactivate(each.rule, by="agent:1")
    assert not Timer.objects.filter(name__startswith="rule:").exists()


def test_a_schedule_comes_at_its_time_of_day_in_its_zone_also_when_clocks_change():
    daily = {"time": "08:00", "days": [7, 1], "zone": "Europe/Berlin"}
    saturday = datetime(2026, 10, 24, 12, tzinfo=UTC)
    sunday = next_time(daily, saturday)

    assert sunday == datetime(2026, 10, 25, 7, tzinfo=UTC)  # winter time since that night
    assert next_time(daily, sunday) == datetime(2026, 10, 26, 7, tzinfo=UTC)
    assert next_time({"hours": 4}, saturday) == datetime(2026, 10, 24, 16, tzinfo=UTC)


def test_a_rule_writes_to_customer_third_party_and_colleagues(run_reactions):
    team = make_team("Leaks")
    lead = make_agent("Lea", teams=(team,), role=Agent.LEAD)
    macro = Macro.objects.create(name="Flushed", kind=Macro.REPLY, texts={"en": "<p>Hello {customer}</p>"})
    ruled(
        [
            {"operation": "tickets.write", "args": {"subject": "About {{ subject }}", "text": "Hello {{ customer }}"}},
            {"operation": "tickets.answer_with", "args": {"macro": macro.key}},
            {"operation": "tickets.ask", "args": {"address": "lab@lab.example", "text": "Look at {ticket.subject}"}},
            {"operation": "tickets.escalate", "args": {"text": "Look"}},
            {"operation": "tickets.tell", "args": {"who": "leads", "text": "Hear"}},
        ]
    )
    ticket = make_ticket(team=team, contact=make_contact("Mia"), subject="No water")
    tag_ticket(ticket, by="system", add=["x"])
    run_reactions()
    run_reactions()

    sent = Message.objects.filter(ticket=ticket, direction=Message.OUT, template__startswith="rule")
    assert [(each.subject, each.body_text.strip()) for each in sent] == [("About No water", "Hello Mia")]
    asked = Message.objects.get(side_thread=SideThread.objects.get())
    assert (asked.to, asked.body_text.strip(), asked.is_automatic) == (["lab@lab.example"], "Look at No water", True)
    told = Notice.objects.filter(agent=lead, code__in=("ticket.escalated", "ticket.told")).order_by("code")
    assert [(each.code, each.data["text"]) for each in told] == [("ticket.escalated", "Look"), ("ticket.told", "Hear")]


def test_each_text_of_an_event_leaves_once_whichever_rules_wrote_it(run_reactions):
    def write(text: str) -> dict[str, object]:
        return {"operation": "tickets.write", "args": {"subject": "News", "text": text}}

    macro = Macro.objects.create(name="Flushed", texts={"en": "<p>Flushed.</p>"})
    ruled([write("First."), write("Second."), {"operation": "tickets.answer_with", "args": {"macro": macro.key}}])
    ruled([write("Second."), write("Third.")], name="another")
    ticket = make_ticket(team=make_team("Leaks"))
    tag_ticket(ticket, by="agent:1", add=["go"])
    run_reactions()
    run_reactions()

    sent = Message.objects.filter(ticket=ticket, template__startswith="rule").order_by("pk")
    assert [message.body_text.strip() for message in sent] == ["First.", "Second.", "Flushed.", "Third."]


def test_what_leaves_the_desk_is_bounded_for_each_ticket(run_reactions):
    ruled({"operation": "tickets.write", "args": {"subject": "x", "text": "y"}}, when=["message.received"])
    contact = make_contact("Mia")
    ticket = make_ticket(team=make_team("Leaks"), contact=contact)
    for _n in range(12):
        receive_message(ticket, Incoming(contact=contact, text="again"), by=contact)
    run_reactions()

    assert RuleRun.objects.filter(held="too_many").count() == 3  # thirteen messages, ten answers in an hour
    assert Message.objects.filter(ticket=ticket, template__startswith="rule").count() == 10


def test_what_an_operation_refuses_is_told_at_once_and_not_tried_again(transactional_db):
    team = make_team("Leaks")
    stranger = make_agent("Otto", teams=(make_team("Bills"),))
    version = ruled({"operation": "tickets.assign", "args": {"agent": stranger.key}})
    ticket = make_ticket(team=team)
    tag_ticket(ticket, by="system", add=["x"])
    while read_batches():
        pass

    run = version.runs.get()
    assert (run.error.partition(":")[0], run.done) == ("tickets.not_in_team", [])
    assert not Delivery.objects.filter(handler=f"rule:{version.pk}").exists()


def test_two_rules_that_undo_each_other_stop_are_reported_with_the_chain_and_switched_off(transactional_db):
    boss = make_agent("Imke", role=Agent.ADMINISTRATOR)
    ruled(
        {"operation": "tickets.tag", "args": {"remove": ["x"]}},
        name="off",
        **{"if": {"field": "ticket.tags", "op": "contains", "value": "x"}},
    )
    ruled(
        {"operation": "tickets.tag", "args": {"add": ["x"]}},
        name="on",
        **{"if": {"field": "ticket.tags", "op": "lacks", "value": "x"}},
    )
    team = make_team("Leaks")
    for _n in range(3):
        tag_ticket(make_ticket(team=team), by=boss, add=["x"])
    while read_batches():
        pass

    parked = Delivery.objects.filter(state=Delivery.PARKED, handler__startswith="rule:")
    assert parked.count() == 3
    chain = chain_of(parked.first().event_id)
    assert [entry.actor.partition(":")[0] for entry in chain] == ["agent", *["rule"] * 12]
    assert RuleVersion.objects.filter(rule__slug=None, active_from__isnull=False, active_until=None).count() == 1
    assert Notice.objects.filter(agent=boss, code="rule.parked").exists()


def test_rules_that_set_the_same_on_the_same_event_are_pointed_out():
    urgent = ruled({"operation": "tickets.prioritise", "args": {"priority": 1}}, name="urgent")
    low = ruled({"operation": "tickets.prioritise", "args": {"priority": 4}}, name="low")
    by_mail = {"if": {"field": "ticket.channel", "op": "is", "value": "email"}}
    by_phone = {"if": {"field": "ticket.channel", "op": "in", "value": ["phone"]}}
    mail = ruled({"operation": "tickets.classify", "args": {"type": "order"}}, name="mail", **by_mail)
    phone = ruled({"operation": "tickets.classify", "args": {"type": "question"}}, name="phone", **by_phone)
    versions = list(RuleVersion.objects.filter(pk__in=[each.pk for each in (urgent, low, mail, phone)]).order_by("pk"))

    assert [(each.first.pk, each.second.pk, each.what) for each in conflicts(versions)] == [
        (urgent.pk, low.pk, "priority")
    ]


ACKNOWLEDGE = {"operation": "tickets.send_template", "args": {"template": "acknowledgement"}}
EACH_TIME = {"operation": "tickets.send_template", "args": {"template": "acknowledgement", "once": "{event.id}"}}
WRITE = {"operation": "tickets.write", "args": {"subject": "x", "text": "Thanks"}}
AT_FIRST = {"if": {"field": "event.is_first", "op": "is", "value": True}}
LATER = {"if": {"field": "event.is_first", "op": "is", "value": False}}


@pytest.mark.parametrize(
    ("when", "step", "more", "said"),
    [
        ("ticket.promised", EACH_TIME, {}, ["told_twice"]),
        ("ticket.opened", EACH_TIME, {}, ["told_twice"]),
        ("ticket.opened", WRITE, {}, ["told"]),
        ("message.received", EACH_TIME, {}, ["told_twice"]),
        ("message.received", WRITE, AT_FIRST, ["told"]),
        ("message.received", WRITE, LATER, []),
        ("ticket.opened", ACKNOWLEDGE, {}, []),  # once for each ticket, whoever asks
        ("ticket.solved", EACH_TIME, {}, []),
        ("ticket.opened", WRITE, {"wait": {"hours": 2}}, []),
        ("ticket.opened", {"operation": "tickets.send_sms", "args": {"text": "Hi"}}, {}, []),
        ("ticket.opened", WRITE, {"if": {"field": "ticket.type", "op": "is", "value": "complaint"}}, []),
    ],
)
def test_a_rule_that_writes_beside_the_standing_acknowledgement_is_pointed_out(when, step, more, said):
    is_no_complaint = {"all": [{"field": "ticket.type", "op": "is_not", "value": "complaint"}]}
    standing = ruled(ACKNOWLEDGE, name="standing", when=["ticket.promised"], **{"if": is_no_complaint})
    mine = ruled(step, name="mine", when=[when], **more)

    assert [each.what for each in conflicts([standing, mine])] == said


def test_two_rules_that_send_one_text_for_one_event_send_it_once_and_are_no_conflict():
    assert conflicts([ruled(EACH_TIME, name="one"), ruled(EACH_TIME, name="other")]) == []


def test_what_a_rule_said_before_is_brought_back_in_one_step_and_keeps_who_and_why():
    first = ruled()
    second = save_draft(
        name="a rule", body={**first.body, "once": True}, by="agent:2", rule=first.rule, reason="too often"
    )
    activate(second, by="agent:2")
    again = restore(first, by="agent:3", reason="back")
    again.refresh_from_db()

    assert (again.number, again.body, again.actor, again.reason) == (3, first.body, "agent:3", "back")
    assert again.active_from and not again.active_until
    assert park_rule(first.rule, reason="failing") is True
    assert park_failing(DeliveryParked(event_id=1, handler="tickets.hear", reason="failed")) is False


def test_a_rule_is_written_with_names_and_read_back_with_numbers():
    team, agent = make_team("Leaks"), make_agent("Maya")
    body = {
        "when": ["ticket.opened"],
        "team": team.pk,
        "if": {"all": [{"field": "ticket.team_id", "op": "in", "value": [team.pk]}]},
        "then": [{"operation": "tickets.assign", "args": {"agent": agent.key}}],
    }
    named = with_names(body)

    assert (named["team"], named["then"][0]["args"]) == ("Leaks", {"agent": "agent:Maya"})
    assert with_numbers(named) == body


def test_problems_of_times_and_bounds_are_named():
    body = {"when": [], "then": [TAG], "every": {"time": "8 o'clock"}, "at_most": 0, "moon": 1}
    assert problems(body) == [
        "say at which time of day, on which days and in which zone",
        "say how often in an hour at most",
        "a rule knows no “moon”",
    ]
    assert problems({"when": [], "then": [TAG], "around": {"date": "ticket.born", "hours": 1}}) == [
        "there is no date ticket.born"
    ]
