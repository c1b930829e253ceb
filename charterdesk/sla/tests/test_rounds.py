"""The next reply is owed once for each question; warnings come in steps; what others sold decides what is promised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import end_contract
from charterdesk.billing.testing_bought import make_contract
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.events.log import BEGINNING
from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.events.operations import Call
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.events.timers import fire_together
from charterdesk.people.entitled import Asker, Entitled, provides, withdraw
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.sla.actions import reconsider_tickets, set_channel_hours
from charterdesk.sla.actions.telling import alert_many
from charterdesk.sla.explaining import explain
from charterdesk.sla.models import ChannelHours, Clock
from charterdesk.sla.queries import promise_lines_of
from charterdesk.sla.replay import compare_all
from charterdesk.sla.testing import answer, at_hour, happened, make_policy, write_again
from charterdesk.tickets.actions import (
    Incoming,
    change_requester,
    close_ticket,
    open_ticket,
    prioritise_ticket,
    solve_ticket,
)
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def asked(team) -> Ticket:
    """A request of hour 0: an answer within 4 hours, each next one within 2, a solution within 20."""
    make_policy(first_reply=4, next_reply=2, resolution=20, name="Everything", warnings=[50, 80])
    ticket = make_ticket(team=team)
    happened(0)
    return ticket


def replies(ticket: Ticket) -> list[tuple[int, str, float | None]]:
    """Each clock of the next reply: its round, its state, and the hour it is due at."""
    clocks = Clock.objects.filter(promise_id=ticket.pk, kind="next_reply").order_by("round")
    return [(c.round, c.state, (c.due_at - at_hour(0)) / HOUR if c.due_at else None) for c in clocks]


def published(ticket: Ticket, code: str) -> list[dict[str, object]]:
    events = LoggedEvent.objects.filter(subject=ticket.key, code=code).order_by("id")
    return [{name: e.data.get(name) for name in ("kind", "round", "percent")} for e in events]


def test_each_question_after_an_answer_has_a_promise_of_its_own(asked, agent):
    write_again(asked)
    happened(1)
    assert replies(asked) == []

    answer(asked, agent)
    happened(2)
    write_again(asked)
    happened(5)
    write_again(asked)
    happened(6)
    assert replies(asked) == [(1, "running", 7)]

    answer(asked, agent)
    happened(6.5)
    write_again(asked)
    happened(8)
    fire_timers(until=at_hour(11))
    assert replies(asked) == [(1, "stopped", 7), (2, "running", 10)]
    assert [(line.target, line.round, line.state) for line in promise_lines_of(asked.pk, at=at_hour(11))] == [
        ("first_reply", 1, "kept"),
        ("next_reply", 2, "late"),
        ("resolution", 1, "soon"),
    ]
    assert [each["round"] for each in published(asked, "target.breached")] == [2]
    assert [(each["kind"], each["round"]) for each in published(asked, "target.met")] == [
        ("first_reply", 1),
        ("next_reply", 1),
    ]
    assert list(compare_all()) == []
    assert [(each.kind, each.round) for each in explain(asked.pk)] == [
        ("first_reply", 1),
        ("next_reply", 1),
        ("next_reply", 2),
        ("resolution", 1),
    ]


def test_a_customer_who_writes_on_what_was_solved_is_owed_an_answer_and_a_solution(asked, agent):
    solve_ticket(asked, by=agent, solution="Valve replaced.")
    happened(3)
    write_again(asked)
    happened(10)

    assert replies(asked) == [(1, "running", 12)]
    assert Clock.objects.get(promise_id=asked.pk, kind="resolution").due_at == at_hour(27)


def test_what_a_machine_wrote_asks_for_no_answer(asked, agent):
    answer(asked, agent)
    happened(1)
    write_again(asked, is_automatic=True)
    happened(2)

    assert replies(asked) == []


def test_a_question_asked_under_no_promise_is_promised_an_answer_when_one_holds(team, agent):
    make_policy(position=5, priorities=[Ticket.URGENT], next_reply=1)
    make_policy(resolution=20)
    ticket = make_ticket(team=team)
    happened(0)
    answer(ticket, agent)
    happened(1)
    write_again(ticket)
    happened(2)
    prioritise_ticket(ticket, by=agent, priority=Ticket.URGENT)
    happened(4)
    assert replies(ticket) == [(1, "running", 5)]

    prioritise_ticket(ticket, by=agent, priority=Ticket.LOW)
    happened(4.25)
    prioritise_ticket(ticket, by=agent, priority=Ticket.URGENT)
    happened(9)
    assert replies(ticket) == [(1, "running", 9.75)]
    (explained,) = [each for each in explain(ticket.pk) if each.kind == "next_reply"]
    assert "it was not promised then" in explained.sentences[3]
    assert list(compare_all()) == []


def test_every_step_of_the_warnings_is_an_event_that_says_which(asked, agent):
    fire_timers(until=at_hour(3))
    assert published(asked, "target.nearing") == [{"kind": "first_reply", "round": None, "percent": 50}]

    fire_timers(until=at_hour(3.5))
    assert [each["percent"] for each in published(asked, "target.nearing")] == [50, 80]
    assert Timer.objects.get(name=f"sla:{asked.pk}").due_at == at_hour(4)


def test_clocks_of_many_tickets_are_looked_at_together_as_they_would_be_alone(asked, team, agent):
    others = [make_ticket(team=team) for _ in range(3)]
    happened(0)
    answer(others[0], agent)
    happened(1)
    timers = list(Timer.objects.filter(operation="sla.look", due_at__lte=at_hour(2)))
    assert fire_together(timers) == 3
    assert [
        (e.subject, e.data["percent"]) for e in LoggedEvent.objects.filter(code="target.nearing").order_by("id")
    ] == [(ticket.key, 50) for ticket in (asked, *others[1:])]

    timers = list(Timer.objects.filter(operation="sla.look", due_at__lte=at_hour(3.2)))
    for timer in timers:
        timer.args["at"] = at_hour(4).isoformat()
    fire_together(timers)
    late = LoggedEvent.objects.filter(code="target.breached").order_by("id").values_list("subject", flat=True)
    assert list(late) == [ticket.key for ticket in (asked, *others[1:])]
    assert set(Timer.objects.filter(operation="sla.look").values_list("due_at", flat=True)) == {at_hour(10)}
    assert list(compare_all()) == []


def test_one_failure_among_many_timers_stops_no_other(asked, team):
    other = make_ticket(team=team)
    happened(0)
    timers = list(Timer.objects.filter(operation="sla.look").order_by("id"))
    timers[0].args = {"ticket_id": asked.pk, "at": "yesterday"}
    fire_together(timers)

    assert [e.subject for e in LoggedEvent.objects.filter(code="target.nearing")] == [other.key]
    assert [(t.name, t.attempts) for t in Timer.objects.filter(attempts__gt=0)] == [(f"sla:{asked.pk}", 1)]


def test_many_alerts_reach_whoever_has_each_ticket_and_the_leads_of_nobodys(asked, agent, team):
    lead = make_agent("Lea Lead", teams=(team,), role=Agent.LEAD, state=Agent.AWAY)
    mine = make_ticket(team=team)
    run_reactions()
    Ticket.objects.filter(pk=asked.pk).update(assignee=None)
    Ticket.objects.filter(pk=mine.pk).update(assignee=agent)
    Notice.objects.all().delete()
    calls = [Call(each.key, "rule:1", {"code": "target.nearing"}, BEGINNING) for each in (asked, mine)]
    alert_many(calls)

    found = Notice.objects.order_by("about").values_list("agent_id", "about")
    assert sorted(found) == sorted([(lead.pk, asked.key), (agent.pk, mine.key)])


def test_a_channel_may_have_hours_of_its_own(team, agent):
    mornings = make_calendar("Mornings", zone="UTC", hours={day: [["06:00", "08:00"]] for day in ROUND_THE_CLOCK})
    make_policy(first_reply=1)
    set_channel_hours("email", by=agent, calendar=mornings)
    by_mail = make_ticket(team=team)
    incoming = Incoming(contact=by_mail.contact, channel="portal", subject="No water", text="None at all.")
    by_portal = open_ticket(incoming, team=team, by=by_mail.contact)
    happened(0)

    due = dict(Clock.objects.values_list("promise_id", "due_at"))
    assert due == {by_mail.pk: at_hour(7), by_portal.pk: at_hour(1)}
    set_channel_hours("email", by=agent, calendar=mornings)
    set_channel_hours("email", by=agent, calendar=None)
    assert not ChannelHours.objects.exists()
    changes = LoggedEvent.objects.filter(code="channel_hours.changed").order_by("id")
    assert [change.data["calendar_id"] for change in changes] == [mornings.pk, None]
    with pytest.raises(Refused) as refused:
        set_channel_hours("pigeon", by=agent, calendar=mornings)
    assert refused.value.code == "sla.no_such_channels"


@dataclass
class Seller:
    """Sells by contact; counts how often it is asked."""

    sold: dict[int, Entitled] = field(default_factory=dict)
    asked: int = 0

    def is_set_up(self) -> bool:
        return bool(self.sold)

    def entitled(self, askers: Sequence[Asker]) -> Mapping[Asker, Entitled]:
        self.asked += 1
        return {asker: self.sold[asker.contact_id] for asker in askers if asker.contact_id in self.sold}

    def choices(self) -> Sequence[tuple[str, str]]:
        return [("gold", "Gold")]


@pytest.fixture
def seller() -> Iterator[Seller]:
    found = Seller()
    provides("test", found)
    yield found
    withdraw("test")


def test_what_was_sold_decides_targets_and_hours(team, seller):
    nights = make_calendar("Nights", zone="UTC", hours={day: [["20:00", "24:00"]] for day in ROUND_THE_CLOCK})
    make_policy(position=1, entitlements=["gold"], first_reply=1)
    make_policy(first_reply=4)
    gold, plain = make_contact("Greta Gold"), make_contact("Paul Plain")
    make_ticket(team=team, contact=plain)
    happened(0)
    assert seller.asked == 0

    seller.sold[gold.pk] = Entitled(("gold",), nights.pk)
    tickets = [make_ticket(team=team, contact=contact) for contact in (gold, plain)]
    happened(0)
    assert [Clock.objects.get(promise_id=ticket.pk).due_at for ticket in tickets] == [at_hour(21), at_hour(4)]


def test_another_contract_is_reckoned_with_the_time_already_used(team, agent, seller):
    make_policy(position=1, entitlements=["gold"], resolution=5)
    make_policy(resolution=20)
    contact = make_contact()
    ticket, over = make_ticket(team=team, contact=contact), make_ticket(team=team, contact=contact)
    close_ticket(over, by=agent, reason="junk")
    happened(0)
    seller.sold[contact.pk] = Entitled(("gold",))
    reconsider_tickets([ticket.pk, over.pk], by="contract:1")
    happened(3)

    assert [c.due_at for c in Clock.objects.filter(promise_id=ticket.pk)] == [at_hour(5)]
    assert LoggedEvent.objects.filter(code="terms.reconsidered").count() == 1
    change_requester(ticket, by=agent, contact=make_contact("Paul Plain"))
    happened(4)
    assert [c.due_at for c in Clock.objects.filter(promise_id=ticket.pk)] == [at_hour(20)]
    assert list(compare_all()) == []


def test_a_contract_changes_what_is_promised_on_open_requests_too(team, agent):
    always = make_calendar("Always", zone="UTC", hours=ROUND_THE_CLOCK)
    make_policy(position=1, entitlements=["Gold"], resolution=5)
    make_policy(position=2, entitlements=["*"], resolution=9)
    make_policy(resolution=3)
    contact = make_contact()
    ticket = make_ticket(team=team, contact=contact)
    run_reactions()

    def promised() -> tuple[timedelta, str]:
        clock = Clock.objects.select_related("calendar_version__calendar").get(promise_id=ticket.pk)
        return clock.target, clock.calendar_version.calendar.name

    assert promised() == (3 * HOUR, "Round the clock")
    contract = make_contract(contact, name="Gold", calendar=always)
    run_reactions()
    assert promised() == (5 * HOUR, "Always")
    end_contract(contract, by=agent)
    make_contract(contact, name="Silver")
    run_reactions()
    assert promised() == (9 * HOUR, "Round the clock")
    assert list(compare_all()) == []


def test_a_contract_that_is_still_to_begin_holds_from_its_first_day_on(team):
    make_policy(position=1, entitlements=["Gold"], resolution=5)
    make_policy(resolution=20)
    ticket = make_ticket(team=team)
    happened(0)
    tomorrow = (now() + timedelta(days=1)).date()
    contract = make_contract(ticket.contact, starts_on=tomorrow, name="Gold")
    run_reactions()

    timer = Timer.objects.get(name=f"sla:contract:{contract.pk}")
    assert (timer.due_at.date(), timer.args) == (tomorrow, {"contract_id": contract.pk})
    assert [c.target for c in Clock.objects.filter(promise_id=ticket.pk)] == [20 * HOUR]
