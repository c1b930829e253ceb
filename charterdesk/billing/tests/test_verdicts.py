"""Free or charged: which reason decides, what it uses up, and what the customer can do about it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charterdesk.base.clock import now
from charterdesk.base.configured import sections
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import end_contract, save_tier
from charterdesk.billing.actions.orders import save_source, secret_of
from charterdesk.billing.actions.time_entries import Work, add_time, holding_verdict, remove_time
from charterdesk.billing.actions.verdicts import (
    accept_verdict,
    contest_verdict,
    decide_contest,
    judge,
    judge_all,
    save_reason,
    set_free,
    withdraw_verdict,
)
from charterdesk.billing.deciding import Case
from charterdesk.billing.models import (
    HOUR,
    INCIDENT,
    Contract,
    Order,
    OrderSource,
    Reason,
    Tier,
    TimeEntry,
    Use,
    Verdict,
)
from charterdesk.billing.periods import last_day, period_on
from charterdesk.billing.queries.contracts import left_of
from charterdesk.billing.testing_bought import (
    make_case,
    make_contract,
    make_order,
    make_reason,
    make_usual_reasons,
)
from charterdesk.billing.words import verdict_words
from charterdesk.events.log import BEGINNING
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent, Contact, Notice, Organisation
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db


def say(case: Case) -> str:
    """What is said of a case, without the space that may not be broken."""
    verdict = judge(case, by="system")
    assert verdict is not None
    return verdict_words(verdict).replace("\N{NO-BREAK SPACE}", " ")


def incidents_left(contract: Contract) -> int | None:
    return left_of([contract], on=now().date())[0].incidents


def test_a_desk_without_reasons_says_nothing() -> None:
    assert judge(make_case(make_contact()), by="system") is None
    assert not Verdict.objects.exists()


def test_the_first_reason_that_fits_decides_and_its_sentence_says_why() -> None:
    make_usual_reasons()
    contact = make_contact()

    assert say(make_case(contact)) == "Charged at 60.00 EUR per hour"
    contract = make_contract(contact, overage_per=HOUR, overage_amount=Decimal(45))
    assert say(make_case(contact)) == "Free: 4 of 5 requests left in your contract"
    make_order(contact, ordered_at=now() - timedelta(days=29), number="1042")
    assert say(make_case(contact)) == "Free: inside your 30 days after order 1042"
    assert say(make_case(contact, tags=["own-update"])) == "Free: caused by our own update"
    assert incidents_left(contract) == 4


def test_an_order_counts_to_the_last_moment_of_its_window_and_no_longer() -> None:
    make_usual_reasons()
    contact = make_contact()
    ordered_at = now() - timedelta(days=40)
    make_order(contact, ordered_at=ordered_at, number="7")

    assert say(make_case(contact, at=ordered_at + timedelta(days=30))) == "Free: inside your 30 days after order 7"
    late = make_case(contact, at=ordered_at + timedelta(days=30, seconds=1))
    assert say(late) == "Charged at 60.00 EUR per hour"


def test_an_order_that_was_cancelled_or_is_somebody_elses_gives_no_window() -> None:
    make_usual_reasons()
    contact = make_contact()
    make_order(make_contact("Omar"), ordered_at=now())
    order = make_order(contact, ordered_at=now())
    Order.objects.filter(pk=order.pk).update(status=Order.CANCELLED)

    assert say(make_case(contact)) == "Charged at 60.00 EUR per hour"


def test_a_contract_runs_out_of_requests_and_then_costs_what_was_agreed() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact, incidents=2, overage_per=INCIDENT, overage_amount=Decimal(90))

    assert say(make_case(contact)) == "Free: 1 of 2 requests left in your contract"
    assert say(make_case(contact)) == "Free: the last of the 2 requests your contract includes"
    said = say(make_case(contact))
    assert said.startswith("Charged at 90.00 EUR for the request, agreed on ")
    used_up = LoggedEvent.objects.filter(code="contract.exhausted", subject=contract.key)
    assert [event.data["kind"] for event in used_up] == ["incident"]


def test_the_same_request_uses_a_contract_once_however_often_it_is_judged() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact)
    case = make_case(contact)

    first = judge(case, by="system")
    assert judge(case, by="system") == first
    assert incidents_left(contract) == 4


def test_what_was_used_is_given_back_when_another_reason_holds() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact, incidents=1)
    case = make_case(contact, about="ticket:9")
    judge(case, by="system")
    assert incidents_left(contract) == 0

    assert say(make_case(contact, about="ticket:9", tags=["own-update"])) == "Free: caused by our own update"
    assert incidents_left(contract) == 1
    assert say(make_case(contact, about="ticket:9")) == "Free: the one request your contract includes"


def test_junk_gives_back_what_it_used() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact)
    judge(make_case(contact, about="ticket:9"), by="system")

    withdraw_verdict("ticket:9", by="system")
    assert (incidents_left(contract), holding_verdict("ticket:9")) == (5, None)


def test_requests_of_one_period_do_not_use_those_of_the_next() -> None:
    make_usual_reasons()
    contact = make_contact()
    begun = now().date() - timedelta(days=45)
    make_contract(contact, starts_on=begun, incidents=1, period="month")

    assert say(make_case(contact, at=now() - timedelta(days=40))) == "Free: the one request your contract includes"
    assert say(make_case(contact)) == "Free: the one request your contract includes"
    assert say(make_case(contact)) == "Charged at 60.00 EUR per hour"


def test_a_contract_holds_for_its_types_and_channels_and_while_it_runs() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact, types=["incident"], channels=["email"])

    assert "Charged" in say(make_case(contact, type="question"))
    assert "Charged" in say(make_case(contact, type="incident", channel="phone"))
    assert "4 of 5" in say(make_case(contact, type="incident"))
    end_contract(contract, by="system")
    assert "Charged" in say(make_case(contact, type="incident"))


def test_a_contract_of_an_organisation_is_shared_by_its_people() -> None:
    make_usual_reasons()
    mill = Organisation.objects.create(name="Mill")
    mia, omar = (Contact.objects.create(name=name, organisation=mill) for name in ("Mia", "Omar"))
    make_contract(mill, incidents=2)

    assert "1 of 2" in say(make_case(mia))
    assert "the last of the 2" in say(make_case(omar))
    assert "Charged" in say(make_case(make_contact("Zoe")))


def test_billable_time_waits_until_the_customer_accepted_the_price() -> None:
    make_usual_reasons()
    contact, agent = make_contact(), make_agent()
    verdict = judge(make_case(contact, about="ticket:9"), by="system")
    work = Work(about="ticket:9", contact_id=contact.pk, organisation_id=None)
    assert verdict

    with pytest.raises(Refused, match="has not accepted the price"):
        add_time(work, agent=agent, minutes=30, by=agent)
    add_time(work, agent=agent, minutes=5, kind=TimeEntry.COURTESY, by=agent)
    accepted = accept_verdict(verdict, by=contact)
    entry = add_time(work, agent=agent, minutes=30, by=agent)

    assert str(entry.cost) == "30.00 EUR"
    assert accepted.accepted_words.replace("\N{NO-BREAK SPACE}", " ") == "Charged at 60.00 EUR per hour"
    assert (accepted.accepted_by, accepted.accepted_at is not None) == (contact.key, True)


def test_hours_of_a_contract_are_used_and_more_costs_what_was_agreed() -> None:
    make_usual_reasons()
    contact, agent = make_contact(), make_agent()
    contract = make_contract(contact, incidents=None, minutes=60, overage_per=HOUR, overage_amount=Decimal(80))
    assert say(make_case(contact, about="ticket:9")) == "Free: 1:00 of 1:00 hours left in your contract"
    work = Work(about="ticket:9", contact_id=contact.pk, organisation_id=None)

    first = add_time(work, agent=agent, minutes=45, by=agent)
    second = add_time(work, agent=agent, minutes=45, by=agent)

    assert [(each.covered, each.charged, each.cost and str(each.cost)) for each in (first, second)] == [
        (45, 0, None),
        (15, 30, "40.00 EUR"),
    ]
    remove_time(second, by=agent)
    assert left_of([contract], on=now().date())[0].minutes == 15


def test_a_contested_verdict_is_decided_with_reasons_and_free_gives_time_back() -> None:
    make_usual_reasons()
    contact, agent = make_contact(), make_agent()
    verdict = judge(make_case(contact, about="ticket:9"), by="system")
    assert verdict
    accept_verdict(verdict, by=contact)
    work = Work(about="ticket:9", contact_id=contact.pk, organisation_id=None)
    entry = add_time(work, agent=agent, minutes=60, by=agent)

    with pytest.raises(Refused, match="Say what is wrong"):
        contest_verdict(verdict, text=" ", contact_id=contact.pk, by=contact)
    contest = contest_verdict(verdict, text="Your van broke the gate.", contact_id=contact.pk, by=contact)
    with pytest.raises(Refused, match="told us already"):
        contest_verdict(verdict, text="Again.", contact_id=contact.pk, by=contact)
    with pytest.raises(Refused, match="Say why"):
        decide_contest(contest, is_upheld=True, answer="", by=agent)
    free = decide_contest(contest, is_upheld=True, answer="you are right, it was our van", by=agent)

    assert verdict_words(free) == "Free: you are right, it was our van"
    entry.refresh_from_db()
    assert (entry.minutes, entry.charged, entry.cost) == (60, 0, None)
    with pytest.raises(Refused, match="decided already"):
        decide_contest(contest, is_upheld=False, answer="No.", by=agent)


def test_what_a_lead_decided_no_rule_changes() -> None:
    make_usual_reasons()
    contact = make_contact()
    verdict = judge(make_case(contact, about="ticket:9"), by="system")
    assert verdict
    free = set_free(verdict, words="a gift", by="agent:1")

    assert judge(make_case(contact, about="ticket:9", type="incident"), by="system") == free
    with pytest.raises(Refused, match="Something else was said"):
        accept_verdict(verdict, by=contact)


def test_a_price_is_accepted_once_and_anew_when_it_changes() -> None:
    make_usual_reasons()
    contact = make_contact()
    verdict = judge(make_case(contact, about="ticket:9"), by="system")
    assert verdict
    accept_verdict(verdict, by=contact)
    rate = Reason.objects.get(kind=Reason.RATE)
    assert judge(make_case(contact, about="ticket:9"), by="system") == verdict

    save_reason(rate, by="system", price_amount=Decimal(75))
    anew = judge(make_case(contact, about="ticket:9"), by="system")
    assert anew and (anew.number, anew.is_waiting, str(anew.price)) == (2, True, "75.00 EUR")


def test_a_reason_that_would_make_everything_free_or_costs_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="Name the tags or types"):
        make_reason(Reason.CAUSE, 1)
    with pytest.raises(Refused, match="Say what it costs"):
        make_reason(Reason.RATE, 1, per=HOUR)
    assert not Reason.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_requests_that_come_at_once_never_use_more_than_there_is() -> None:
    make_usual_reasons()
    contact = make_contact()
    contract = make_contract(contact, incidents=5)
    cases = [make_case(contact, about=f"ticket:{number}") for number in range(12)] * 2

    def judged(case: Case) -> str:
        try:
            verdict = judge(case, by="system")
            assert verdict
            return verdict.kind
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(judged, cases))

    kinds = sorted(Verdict.objects.filter(replaced_at=None).values_list("kind", flat=True))
    assert kinds == ["contract"] * 5 + ["rate"] * 7
    assert Use.objects.filter(given_back_at=None, contract=contract).count() == 5


def test_a_contract_that_ends_soon_reminds_whoever_agrees_on_contracts_once(
    fire_timers: Callable[[datetime], int], run_reactions: Callable[[], int]
) -> None:
    lead = make_agent("Nora", role=Agent.LEAD)
    make_agent("Ada")
    contract = make_contract(make_contact(), remind_days=30)
    assert contract.ends_on
    day = datetime.combine(contract.ends_on, time(12), tzinfo=UTC)

    fire_timers(day - timedelta(days=31))
    run_reactions()
    assert not Notice.objects.exists()
    fire_timers(day - timedelta(days=29))
    fire_timers(day)
    run_reactions()
    told = Notice.objects.filter(code="contract.ending").values_list("agent_id", "about")
    assert list(told) == [(lead.pk, contract.key)]


def test_periods_begin_on_the_day_the_contract_began() -> None:
    begun = date(2026, 1, 31)
    assert [period_on(begun, "month", day) for day in (begun, date(2026, 2, 27), date(2026, 2, 28))] == [
        begun,
        begun,
        date(2026, 2, 28),
    ]
    assert period_on(begun, "quarter", date(2026, 7, 30)) == date(2026, 4, 30)
    assert period_on(begun, "year", date(2027, 1, 30)) == begun
    assert period_on(begun, "whole", date(2030, 1, 1)) == begun
    assert last_day(date(2026, 3, 1), 12) == date(2027, 2, 28)


def test_what_is_offered_goes_through_the_settings_file_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    make_usual_reasons()
    make_contract(make_contact(), name="Care 5", overage_per=HOUR, overage_amount=Decimal(45))
    save_tier(None, by="system", name="Regulars", orders=3)
    save_source(None, by="system", name="Shop", slug="shop", kind="shopify", secret="hush")
    monkeypatch.setenv("DESK_SECRET_SHOP_ORDERS", "hush")
    kept = {name: list(sections()[name].read()) for name in ("offers", "free_or_charged", "loyalty", "order_sources")}
    Reason.objects.all().delete()
    Tier.objects.all().delete()

    for name, things in kept.items():
        for thing in things:
            sections()[name].write(thing, "system")

    assert {name: list(sections()[name].read()) for name in kept} == kept
    assert secret_of(OrderSource.objects.get()) == "hush"


def test_many_requests_are_judged_as_each_would_be_and_customers_who_bought_nothing_together() -> None:
    make_usual_reasons()
    buyer, former = make_contact("Mia"), make_contact("Mia M.")
    Contact.objects.filter(pk=former.pk).update(merged_into=buyer)
    make_contract(former, incidents=1)
    bought = [make_case(buyer), make_case(buyer)]
    statements = []
    for count in (2, 9):
        plain = [make_case(make_contact()) for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            judge_all([(case, BEGINNING) for case in plain], by="system")
        statements.append(len(captured))
    judge_all([(case, BEGINNING) for case in (*bought, *plain)], by="system")

    told = Verdict.objects.order_by("pk").values_list("kind", flat=True)
    assert list(told) == [Reason.RATE] * 11 + [Reason.CONTRACT, Reason.RATE]
    assert statements[0] == statements[1]
