"""A broken promise has consequences: booked once, approved above a limit, capped, suspended, told to the customer."""

from datetime import timedelta

import pytest

from charterdesk.base.refused import Refused
from charterdesk.billing.models import Credit
from charterdesk.charter.actions.exclusions import declare_exclusion, judge_again, withdraw_exclusion
from charterdesk.charter.actions.remedies import approve_remedy, book_remedies, refuse_remedy
from charterdesk.charter.content import APOLOGY, DAY, ESCALATION, Charter, Remedy
from charterdesk.charter.models import Case, Figure, OwedRemedy
from charterdesk.charter.testing import answer_within, credit, happened, publish_for_test
from charterdesk.events.testing import fire_timers, run_reactions
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.sla.testing import answer, at_hour
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def broken(team, *remedies, hours: float = 4, **fields) -> Ticket:
    """A request whose answer is late."""
    publish_for_test(Charter(objectives=[answer_within(4)], remedies=list(remedies)))
    return late(team, **fields)


def late(team, hour: float = 0, **fields) -> Ticket:
    ticket = make_ticket(team=team, **fields)
    happened(hour)
    fire_timers(at_hour(hour + 4))
    happened(hour + 4)
    return ticket


def owed() -> list[tuple[str, str, int, str]]:
    rows = OwedRemedy.objects.order_by("pk")
    return [(each.code, each.state, each.day, str(each.money or "")) for each in rows]


def credits() -> list[str]:
    return [str(each.money) for each in Credit.objects.order_by("pk")]


def told(ticket: Ticket) -> list[str]:
    return list(ticket.messages.filter(template="remedy").order_by("pk").values_list("body_text", flat=True))


def test_a_credit_below_the_limit_is_the_customers_at_once_and_they_are_told(team):
    ticket = broken(team, credit("10", approve_above="20"))

    assert owed() == [("credit", "done", 1, "10.00 EUR")]
    assert credits() == ["10.00 EUR"]
    (text,) = told(ticket)
    assert "A person answers you within 4 hours." in text
    assert "Credit: 10.00\N{NO-BREAK SPACE}EUR on your next invoice" in text


def test_however_often_it_is_booked_it_is_booked_once(team):
    ticket = broken(team, credit("10"))

    for _again in range(3):
        book_remedies(Case.objects.get().pk)

    assert (owed(), credits(), len(told(ticket))) == ([("credit", "done", 1, "10.00 EUR")], ["10.00 EUR"], 1)


def test_above_the_limit_it_waits_for_a_manager_who_is_told(team):
    manager = make_agent("Soraya Fenn", role=Agent.MANAGER)
    ticket = broken(team, credit("30", approve_above="20"))
    assert (owed(), credits()) == ([("credit", "waiting", 1, "30.00 EUR")], [])
    assert list(Notice.objects.filter(code="remedy.waiting").values_list("agent_id", "about")) == [
        (manager.pk, ticket.key)
    ]
    assert "a manager looks at it first" in told(ticket)[0]

    approve_remedy(OwedRemedy.objects.get(), by=manager)

    assert (owed(), credits()) == ([("credit", "done", 1, "30.00 EUR")], ["30.00 EUR"])
    assert len(told(ticket)) == 2


def test_far_above_the_limit_two_people_say_yes(team):
    one, other = make_agent(role=Agent.MANAGER), make_agent(role=Agent.MANAGER)
    broken(team, credit("300", approve_above="20", two_above="100"))
    remedy = OwedRemedy.objects.get()

    approve_remedy(remedy, by=one)
    assert (remedy.state, credits()) == ("waiting", [])
    with pytest.raises(Refused) as refused:
        approve_remedy(remedy, by=one)
    assert refused.value.code == "charter.second_person"
    approve_remedy(remedy, by=other)

    assert (remedy.state, credits()) == ("done", ["300.00 EUR"])
    with pytest.raises(Refused) as refused:
        approve_remedy(remedy, by=other)
    assert refused.value.code == "charter.decided"


def test_a_refusal_has_a_reason_that_the_customer_reads(team):
    manager = make_agent(role=Agent.MANAGER)
    ticket = broken(team, credit("30", approve_above="0"))
    with pytest.raises(Refused) as refused:
        refuse_remedy(OwedRemedy.objects.get(), by=manager, reason=" ")
    assert refused.value.code == "charter.no_reason"

    refuse_remedy(OwedRemedy.objects.get(), by=manager, reason="Asked twice; see your other request.")

    assert (owed(), credits()) == ([("credit", "refused", 1, "30.00 EUR")], [])
    assert "refused: Asked twice; see your other request." in told(ticket)[-1]


def test_by_the_day_it_grows_until_it_is_done_or_the_cap_is_reached(team, agent):
    ticket = broken(team, credit("5", basis=DAY, cap="12", days=10))

    for day in range(1, 5):
        fire_timers(at_hour(4) + timedelta(days=day))

    assert owed() == [("credit", "done", day, sum) for day, sum in ((1, "5.00 EUR"), (2, "5.00 EUR"), (3, "2.00 EUR"))]
    answer(ticket, agent)
    happened(110)
    fire_timers(at_hour(4) + timedelta(days=9))
    assert credits() == ["5.00 EUR", "5.00 EUR", "2.00 EUR"]


def test_a_day_in_which_it_was_done_costs_nothing(team, agent):
    ticket = broken(team, credit("5", basis=DAY))
    answer(ticket, agent)
    happened(10)

    fire_timers(at_hour(4) + timedelta(days=3))

    assert credits() == ["5.00 EUR"]


def test_a_customers_year_has_a_cap(team):
    contact = make_contact()
    broken(team, credit("10", cap_year="15"), contact=contact)

    late(team, 10, contact=contact)
    late(team, 20, contact=contact)

    assert credits() == ["10.00 EUR", "5.00 EUR"]


def test_an_escalation_reaches_the_lead_and_an_apology_is_the_mail(team):
    lead = make_agent("Nora Quist", teams=(team,), role=Agent.LEAD)
    ticket = broken(
        team,
        Remedy(code="sorry", title={"en": "Apology"}, kind=APOLOGY),
        Remedy(code="lead", title={"en": "A lead takes over"}, kind=ESCALATION),
    )

    assert owed() == [("sorry", "done", 1, ""), ("lead", "done", 1, "")]
    assert list(Notice.objects.filter(code="remedy.escalated").values_list("agent_id", flat=True)) == [lead.pk]
    assert len(told(ticket)) == 1


def test_only_the_remedies_for_that_promise_follow(team):
    publish_for_test(
        Charter(
            objectives=[answer_within(4), answer_within(99, code="other")],
            remedies=[credit("10", objectives=["other"]), credit("7", code="mine", objectives=["answer"])],
        )
    )
    late(team)

    assert [code for code, *_rest in owed()] == ["mine"]


def test_what_is_beyond_control_counts_for_nothing_and_costs_nothing(team):
    publish_for_test(Charter(objectives=[answer_within(4)], remedies=[credit("10")]))
    declare_exclusion(by="agent:1", begins_at=at_hour(1), ends_at=at_hour(9), reason={"en": "Flood"})
    ticket = late(team)

    assert (owed(), told(ticket)) == ([], [])
    assert list(Figure.objects.values_list("kept", "broken", "excluded")) == [(0, 0, 1)]


def test_an_exclusion_declared_later_suspends_what_waits_and_its_withdrawal_brings_it_back(team):
    broken(team, credit("30", approve_above="0"))
    flood = declare_exclusion(by="agent:1", begins_at=at_hour(1), ends_at=at_hour(9), reason={"en": "Flood"})
    assert judge_again(flood.pk) == 1
    assert judge_again(flood.pk) == 0
    assert owed() == [("credit", "suspended", 1, "30.00 EUR")]
    assert list(Figure.objects.values_list("kept", "broken", "excluded")) == [(0, 0, 1)]

    withdraw_exclusion(flood, by="agent:1")
    assert judge_again(flood.pk) == 1
    run_reactions()

    assert owed() == [("credit", "waiting", 1, "30.00 EUR")]
    assert list(Figure.objects.values_list("kept", "broken", "excluded")) == [(0, 1, 0)]


def test_an_exclusion_of_another_promise_excuses_nothing(team):
    broken(team, credit("10"))
    other = declare_exclusion(
        by="agent:1", begins_at=at_hour(1), ends_at=at_hour(9), reason={"en": "Flood"}, objectives=["solution"]
    )

    assert judge_again(other.pk) == 0
    assert owed() == [("credit", "done", 1, "10.00 EUR")]


def test_the_mail_speaks_the_customers_language(team):
    publish_for_test(
        Charter(
            objectives=[answer_within(4)],
            remedies=[Remedy(code="sorry", title={"en": "Apology", "de": "Entschuldigung"}, kind=APOLOGY)],
        )
    )
    ticket = late(team, contact=make_contact(language="de"), language="de")

    assert "Entschuldigung" in Message.objects.get(ticket=ticket, template="remedy").body_text
