"""Credit is given once for a cause; money goes back once, after whoever may said so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.credits import grant_credit, revoke_credit
from charterdesk.billing.actions.refunds import approve_refund, note_refund_paid, refuse_refund, request_refund
from charterdesk.billing.models import Booking, Credit, Refund, RefundLimit, Seller
from charterdesk.billing.models.ledger import BANK, CREDIT, RECEIVABLE, REFUND_DUE
from charterdesk.billing.testing import balance_of, eur, ledger_problems, make_account
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run all calls at the same moment, each on a connection of its own; what each returned, or raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return call()
        except Refused as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def manager() -> Agent:
    RefundLimit.objects.create(role=Agent.LEAD, amount=50)
    RefundLimit.objects.create(role=Agent.MANAGER, amount=250)
    return make_agent("Soraya", role=Agent.MANAGER)


def asked_for(amount: int, *, by: str = "system", cause: str = "breach:1", out_of: str = "goodwill") -> Refund:
    return request_refund(make_account(), eur(amount), reason="We were late.", cause_key=cause, by=by, out_of=out_of)


def test_a_credit_is_given_once_for_a_cause() -> None:
    account = make_account()
    for _time in range(2):
        grant_credit(account, eur(20), reason="Late answer", cause_key="breach:7", by="system")

    assert [(one.money, one.left) for one in Credit.objects.all()] == [(eur(20), eur(20))]
    assert balance_of(account, CREDIT) == eur(-20)


def test_a_credit_is_given_once_though_many_give_it_at_the_same_moment() -> None:
    account = make_account()

    def give() -> object:
        return grant_credit(account, eur(20), reason="Late answer", cause_key="breach:7", by="system").pk

    assert len(set(at_once(*[give] * 6))) == 1
    assert balance_of(account, CREDIT) == eur(-20)
    assert ledger_problems() == []


def test_a_cause_that_was_credited_is_not_credited_with_another_amount() -> None:
    account = make_account()
    grant_credit(account, eur(20), reason="Late answer", cause_key="breach:7", by="system")
    with pytest.raises(Refused) as refused:
        grant_credit(account, eur(30), reason="Late answer", cause_key="breach:7", by="system")

    assert refused.value.code == "billing.other_cause"


@pytest.mark.parametrize("amount", ["0", "-5", "1.001"])
def test_only_whole_coins_above_nothing_are_given(amount: str) -> None:
    with pytest.raises(Refused) as refused:
        grant_credit(make_account(), eur(amount), reason="x", cause_key="breach:8", by="system")

    assert refused.value.code == "billing.bad_amount"


def test_a_credit_given_in_error_is_taken_back_once() -> None:
    account = make_account()
    credit = grant_credit(account, eur(20), reason="Late answer", cause_key="breach:7", by="system")
    revoke_credit(credit, by="system")

    assert balance_of(account, CREDIT) == eur(0)
    with pytest.raises(Refused):
        revoke_credit(credit, by="system")


def test_within_their_limit_one_person_is_enough(manager: Agent) -> None:
    refund = asked_for(250)

    assert approve_refund(refund, agent=manager) is True
    assert balance_of(refund.account, REFUND_DUE) == eur(-250)


def test_above_their_limit_it_takes_a_second_person(manager: Agent) -> None:
    refund = asked_for(251)

    assert approve_refund(refund, agent=manager) is False
    with pytest.raises(Refused) as refused:
        approve_refund(refund, agent=manager)
    assert refused.value.code == "billing.signed_already"
    assert approve_refund(refund, agent=make_agent("Edmund", role=Agent.MANAGER)) is True


def test_above_the_limit_who_asked_does_not_approve(manager: Agent) -> None:
    refund = asked_for(251, by=manager.key)
    with pytest.raises(Refused) as refused:
        approve_refund(refund, agent=manager)

    assert refused.value.code == "billing.own_refund"
    assert refund.approvals.count() == 0


def test_without_any_limit_every_refund_takes_two() -> None:
    refund = asked_for(1)

    assert approve_refund(refund, agent=make_agent(role=Agent.ADMINISTRATOR)) is False


def test_many_who_approve_at_the_same_moment_approve_once(manager: Agent) -> None:
    refund = asked_for(600)
    others = [make_agent(f"Manager {number}", role=Agent.MANAGER) for number in range(5)]

    calls = [lambda one=one: approve_refund(Refund.objects.get(pk=refund.pk), agent=one) for one in others]
    outcomes = at_once(*calls)

    assert sorted(map(str, outcomes)) == ["False", "True", *["billing.refund_decided"] * 3]
    assert Booking.objects.filter(kind=Booking.REFUND).count() == 1
    assert balance_of(refund.account, REFUND_DUE) == eur(-600)


def test_money_goes_back_once_though_many_note_it_at_the_same_moment(manager: Agent) -> None:
    refund = asked_for(100)
    approve_refund(refund, agent=manager)

    def note() -> object:
        return note_refund_paid(Refund.objects.get(pk=refund.pk), by="system", reference="SEPA 1")

    assert sorted(map(str, at_once(*[note] * 4))) == ["False", "False", "False", "True"]
    assert balance_of(refund.account, BANK) == eur(-100)
    assert balance_of(refund.account, REFUND_DUE) == eur(0)
    assert ledger_problems() == []


def test_what_was_not_approved_is_not_paid_out() -> None:
    with pytest.raises(Refused) as refused:
        note_refund_paid(asked_for(10), by="system")

    assert refused.value.code == "billing.refund_not_approved"


def test_a_refusal_says_why_and_ends_it(manager: Agent) -> None:
    refund = asked_for(10)
    with pytest.raises(Refused) as refused:
        refuse_refund(refund, by=manager, why=" ")
    assert refused.value.code == "billing.no_reason"

    refuse_refund(refund, by=manager, why="It was paid back in May.")
    with pytest.raises(Refused):
        approve_refund(refund, agent=manager)
    assert (refund.state, refund.refusal) == (Refund.REFUSED, "It was paid back in May.")


def test_a_cause_is_refunded_once() -> None:
    account = make_account()
    found = [
        request_refund(account, eur(10), reason="We were late.", cause_key="breach:1", by="system").pk
        for _time in range(2)
    ]

    assert found[0] == found[1]


def test_no_more_goes_back_than_was_overpaid_or_credited() -> None:
    for out_of in (RECEIVABLE, CREDIT):
        with pytest.raises(Refused) as refused:
            asked_for(10, cause=out_of, out_of=out_of)
        assert refused.value.code == "billing.not_so_much"


def test_credit_that_is_paid_out_is_used_up(manager: Agent) -> None:
    account = make_account()
    for number in range(3):
        grant_credit(account, eur(20), reason="Late answer", cause_key=f"breach:{number}", by="system")
    refund = request_refund(account, eur(45), reason="Leaves us", cause_key="leave:1", by=manager, out_of=CREDIT)
    approve_refund(refund, agent=manager)

    assert list(Credit.objects.order_by("pk").values_list("left_amount", flat=True)) == [0, 0, 15]
    assert balance_of(account, CREDIT) == eur(-15)
    assert ledger_problems() == []


def test_what_a_published_charter_names_is_approved_by_itself_up_to_a_limit() -> None:
    Seller.objects.create(pk=Seller.ONLY, alone_amount=25)
    account = make_account()
    states = [
        request_refund(
            account, eur(amount), reason="We were late.", cause_key=f"breach:{amount}", by="system", by_charter=True
        ).state
        for amount in (25, 26)
    ]

    assert states == [Refund.APPROVED, Refund.REQUESTED]
