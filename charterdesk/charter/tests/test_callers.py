"""Who called and was not answered in time gets what the charter names: once, on the right ticket, if we know them."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.billing.models import Credit
from charterdesk.calls.actions import file_call, name_caller
from charterdesk.calls.models import Call
from charterdesk.calls.testing import THEIRS, make_line, report
from charterdesk.channels.models import SmsNumber
from charterdesk.charter.actions.exclusions import declare_exclusion, judge_again, withdraw_exclusion
from charterdesk.charter.actions.recount import recount_figures
from charterdesk.charter.actions.remedies import approve_remedy
from charterdesk.charter.content import CALLED, Charter, Remedy
from charterdesk.charter.models import Case, OwedRemedy
from charterdesk.charter.testing import answer_within, credit, publish_for_test
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.models import Agent, Contact, Identity, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def mia(team: Team) -> Contact:
    """A customer whose number is known; the desk's charter promises who calls an answer in thirty seconds."""
    picked_up = answer_within(30 / 3600, code="picked-up", start=CALLED)
    publish_for_test(
        Charter(objectives=[picked_up, answer_within(4)], remedies=[credit("5", objectives=["picked-up"])])
    )
    make_line(team)
    mia = make_contact("Mia Miller", email="mia@home.example")
    Identity.objects.create(contact=mia, kind=Identity.PHONE, value=THEIRS)
    return mia


def late_call(name: str = "late", *, minutes_ago: int = 5, caller: str = THEIRS) -> Call:
    """A call that somebody answered after fifty seconds."""
    at = now() - minutes_ago * MINUTE
    for state, seconds in (("ringing", 0), ("answered", 50), ("ended", 90)):
        report(name, state, at + seconds * SECOND, caller=caller)
    run_reactions()
    return Call.objects.get(once=f"test:{name}")


def owed() -> list[tuple[str, int, str]]:
    rows = OwedRemedy.objects.order_by("pk").select_related("ticket")
    return [(each.state, each.ticket_id, str(each.money)) for each in rows]


def test_whoever_talked_may_put_the_call_on_its_ticket_and_there_it_is_made_good_once(team: Team, mia: Contact) -> None:
    ticket = make_ticket(team=team, contact=mia)
    call = late_call()
    assert owed() == []

    file_call(call, ticket=ticket, by=SYSTEM)
    run_reactions()
    run_reactions()
    fire_timers(now() + timedelta(hours=1))

    assert owed() == [("done", ticket.pk, "5.00 EUR")]
    assert [str(each.money) for each in Credit.objects.all()] == ["5.00 EUR"]
    told = Message.objects.get(template="remedy")
    assert told.to == ["mia@home.example"]
    assert "A person answers you within 0.00833333 hours." in told.body_text
    assert "Credit: 5.00\N{NO-BREAK SPACE}EUR on your next invoice" in told.body_text
    recount_figures(until=now(), say=lambda _line: None)
    run_reactions()
    assert len(owed()) == 1


def test_a_call_on_no_ticket_gets_one_that_promises_nothing_and_is_told_in_one_mail(team: Team, mia: Contact) -> None:
    call = late_call()
    fire_timers(now() + 5 * MINUTE)
    assert owed() == []

    fire_timers(now() + 15 * MINUTE)
    run_reactions()
    fire_timers(now() + timedelta(days=2))
    run_reactions()

    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.channel, ticket.subject) == (mia, "phone", "Your call")
    assert owed() == [("done", ticket.pk, "5.00 EUR")]
    assert list(ticket.messages.values_list("direction", "template").order_by("pk")) == [("in", ""), ("out", "remedy")]
    assert not Case.objects.filter(ticket=ticket).exists()
    call.refresh_from_db()
    assert call.ticket_id is None


def test_who_was_missed_is_told_on_the_ticket_of_the_call_back_and_strangers_once_they_are_named(
    team: Team, mia: Contact
) -> None:
    at = now() - 2 * MINUTE
    report("missed", "ringing", at)
    report("missed", "ended", at + 60 * SECOND)
    withheld = late_call("withheld", minutes_ago=30, caller="")
    run_reactions()
    back = Ticket.objects.get()
    assert owed() == [("done", back.pk, "5.00 EUR")]

    ida = make_contact("Ida")
    Identity.objects.filter(contact=ida).delete()
    Identity.objects.create(contact=ida, kind=Identity.PHONE, value="+4915112345678")
    SmsNumber.objects.create(name="Texts", number="+4930999999", team=team)
    name_caller(withheld, contact=ida, by=SYSTEM)
    run_reactions()
    fire_timers()

    assert [state for state, *_rest in owed()] == ["done", "done"]
    own = Ticket.objects.latest("pk")
    assert (own.contact, own.messages.get(template="remedy").to) == (ida, ["+4915112345678"])


def test_above_the_limit_it_waits_and_what_was_beyond_control_is_not_owed(team: Team, mia: Contact) -> None:
    dear = Remedy(code="dear", title={"en": "Credit"}, kind="credit", amount="50", approve_above="20")
    picked_up = answer_within(30 / 3600, code="picked-up", start=CALLED)
    publish_for_test(Charter(objectives=[picked_up], remedies=[dear]))
    call = late_call()
    file_call(call, ticket=make_ticket(team=team, contact=mia), by=SYSTEM)
    run_reactions()
    assert [state for state, *_rest in owed()] == ["waiting"]

    storm = declare_exclusion(by="agent:1", begins_at=now() - 9 * MINUTE, ends_at=now(), reason={"en": "Storm"})
    judge_again(storm.pk)
    assert [state for state, *_rest in owed()] == ["suspended"]
    withdraw_exclusion(storm, by="agent:1")
    judge_again(storm.pk)
    run_reactions()
    assert [state for state, *_rest in owed()] == ["waiting"]

    approve_remedy(OwedRemedy.objects.get(), by=make_agent(role=Agent.MANAGER))
    assert [str(each.money) for each in Credit.objects.all()] == ["50.00 EUR"]
