"""What a ticket costs is said at intake and told before it costs anything; loyalty never overtakes a promise."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from charterdesk.base.clock import now
from charterdesk.billing.actions.contracts import save_tier
from charterdesk.billing.actions.orders import name_order
from charterdesk.billing.actions.time_entries import add_time, holding_verdict
from charterdesk.billing.actions.verdicts import contest_verdict, decide_contest
from charterdesk.billing.models import Favour, Verdict
from charterdesk.billing.queries.set_up import forget_set_up, has_tiers, is_charging
from charterdesk.billing.testing_bought import make_contract, make_order, make_usual_reasons
from charterdesk.billing.words import verdict_words
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.actions import change_requester, close_ticket, tag_ticket
from charterdesk.tickets.charging import work_on
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.routing import waiting
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
Run = Callable[[], int]


def said(ticket: Ticket) -> str:
    """What is said of a ticket, without the space that may not be broken."""
    verdict = holding_verdict(ticket.key)
    return verdict_words(verdict).replace("\N{NO-BREAK SPACE}", " ") if verdict else ""


def test_a_desk_that_charges_nothing_asks_once_and_then_not_for_some_seconds(
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    forget_set_up()
    with django_assert_num_queries(2):
        assert (is_charging(), has_tiers()) == (False, False)
    with django_assert_num_queries(0):
        assert (is_charging(), has_tiers()) == (False, False)


def test_a_new_request_is_judged_and_a_price_is_mailed_once(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    ticket = make_ticket(team=team)
    run_reactions()
    run_reactions()

    assert said(ticket) == "Charged at 60.00 EUR per hour"
    mail = Message.objects.get(ticket=ticket, template="price")
    assert "Charged at 60.00" in mail.body_text
    assert Verdict.objects.count() == 1


def test_what_is_free_is_not_mailed(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    contact = make_contact()
    make_contract(contact)
    ticket = make_ticket(team=team, contact=contact)
    run_reactions()

    assert said(ticket) == "Free: 4 of 5 requests left in your contract"
    assert not Message.objects.filter(template="price").exists()


def test_a_tag_an_order_and_another_customer_change_what_is_said(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    ticket = make_ticket(team=team)
    tag_ticket(ticket, by="system", add=["own-update"])
    run_reactions()
    assert said(ticket) == "Free: caused by our own update"

    tag_ticket(ticket, by="system", remove=["own-update"])
    run_reactions()
    assert said(ticket) == "Charged at 60.00 EUR per hour"
    old = make_order(ticket.contact, ordered_at=now() - timedelta(days=31), number="1")
    new = make_order(ticket.contact, ordered_at=now() - timedelta(days=3), number="2")
    name_order(ticket.key, old, by="system")
    run_reactions()
    assert said(ticket) == "Charged at 60.00 EUR per hour"
    name_order(ticket.key, new, by="system")
    run_reactions()
    assert said(ticket) == "Free: inside your 30 days after order 2"

    change_requester(ticket, by="system", contact=make_contact("Omar"))
    run_reactions()
    assert said(ticket) == "Charged at 60.00 EUR per hour"


def test_junk_costs_nothing_and_uses_nothing(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    ticket = make_ticket(team=team)
    run_reactions()
    close_ticket(ticket, by="system", reason="junk")
    run_reactions()

    assert said(ticket) == ""


def test_hours_that_run_out_put_a_price_on_what_goes_on_and_leave_what_was_done(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    contact, agent = make_contact(), make_agent(teams=(team,))
    make_contract(contact, incidents=None, minutes=60)
    ticket = make_ticket(team=team, contact=contact)
    run_reactions()
    assert said(ticket) == "Free: 1:00 of 1:00 hours left in your contract"
    entry = add_time(work_on(ticket), agent=agent, minutes=60, by=agent)
    run_reactions()

    entry.refresh_from_db()
    assert (entry.covered, entry.charged) == (60, 0)
    assert said(ticket) == "Charged at 60.00 EUR per hour"


def test_who_leads_the_team_hears_of_a_contest_and_the_customer_of_the_decision(team: Team, run_reactions: Run) -> None:
    make_usual_reasons()
    lead = make_agent("Nora", teams=(team,), role=Agent.LEAD)
    make_agent("Elsewhere", role=Agent.LEAD)
    ticket = make_ticket(team=team)
    run_reactions()
    verdict = holding_verdict(ticket.key)
    assert verdict
    contest = contest_verdict(verdict, text="It was you.", contact_id=ticket.contact_id, by=ticket.contact)
    run_reactions()

    told = Notice.objects.filter(code="verdict.contested").values_list("agent__name", "about")
    assert list(told) == [("Nora", ticket.key)]
    decide_contest(contest, is_upheld=True, answer="it was us, sorry", by=lead)
    run_reactions()
    mails = Message.objects.filter(ticket=ticket, template="price").order_by("pk")
    assert "Free: it was us, sorry" in mails[1].body_text


@pytest.fixture
def loyal(team: Team, run_reactions: Run) -> Ticket:
    """A request of a customer with three orders, that came last."""
    save_tier(None, by="system", name="Regulars", orders=3, classes=1, margin=timedelta(hours=2))
    contact = make_contact("Rosalind")
    for days in (10, 20, 30):
        make_order(contact, ordered_at=now() - timedelta(days=days))
    make_ticket(team=team, subject="first")
    ticket = make_ticket(team=team, contact=contact, subject="loyal")
    run_reactions()
    return ticket


def queue(team: Team) -> list[str]:
    return [ticket.subject for ticket in waiting(team.pk, at=now())]


def test_a_loyal_customer_goes_first_while_nobody_else_is_due_soon(team: Team, loyal: Ticket) -> None:
    Ticket.objects.exclude(pk=loyal.pk).update(due_at=now() + timedelta(hours=5))
    assert queue(team) == ["loyal", "first"]
    assert Favour.objects.get().tier_name == "Regulars"


def test_a_loyal_customer_waits_their_turn_while_somebody_elses_promise_is_near(team: Team, loyal: Ticket) -> None:
    Ticket.objects.exclude(pk=loyal.pk).update(due_at=now() + timedelta(hours=2))
    assert queue(team) == ["first", "loyal"]


def test_orders_of_long_ago_and_cancelled_ones_are_not_counted(team: Team, run_reactions: Run) -> None:
    save_tier(None, by="system", name="Regulars", orders=2)
    contact = make_contact()
    make_order(contact, ordered_at=now() - timedelta(days=366))
    make_order(contact, ordered_at=now() - timedelta(days=3))
    make_ticket(team=team, contact=contact)
    run_reactions()

    assert not Favour.objects.exists()
