"""What moves one customer's money comes one by one: who begins before the first commits sees what the first did."""

from decimal import Decimal
from functools import partial

import pytest

from charterdesk.billing.actions.credits import grant_credit, revoke_credit
from charterdesk.billing.actions.drafts import (
    NewLine,
    add_line,
    change_draft,
    discard_draft,
    draft_invoice,
    remove_line,
)
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.payments import counter_payment, record_payment
from charterdesk.billing.actions.refunds import (
    approve_refund,
    note_refund_paid,
    note_refund_trouble,
    refuse_refund,
    request_refund,
)
from charterdesk.billing.actions.reminding import dispute_invoice, remind_of_invoice, settle_dispute
from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.models import Account, Approval, Dispute, Invoice, Payment, Refund, RefundLimit
from charterdesk.billing.models.ledger import BANK, CREDIT, RECEIVABLE, REFUND_DUE
from charterdesk.billing.testing import balance_of, eur, ledger_problems, make_account
from charterdesk.events.testing_meeting import meet
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seller() -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE", reminders=2)


@pytest.fixture
def managers() -> tuple[Agent, Agent]:
    RefundLimit.objects.create(role=Agent.MANAGER, amount=50)
    return make_agent("Soraya", role=Agent.MANAGER), make_agent("Edmund", role=Agent.MANAGER)


@pytest.fixture
def account() -> Account:
    return make_account()


def line(draft: Invoice, amount: int = 100) -> None:
    add_line(draft, NewLine(text="Meter check", price=eur(amount)), by="system")


def issued(account: Account) -> Invoice:
    draft = draft_invoice(account, by="system")
    line(draft)
    return issue_invoice(draft, by="system")


def grant(account: Account, cause: str = "breach:1") -> int:
    return grant_credit(account, eur(20), reason="Late answer", cause_key=cause, by="system").pk


def ask(account: Account, cause: str, *, out_of: str = CREDIT, amount: int = 20) -> int:
    return request_refund(account, eur(amount), reason="Leaves us", cause_key=cause, by="system", out_of=out_of).pk


def approve(refund_id: int, agent: Agent) -> bool:
    return approve_refund(Refund.objects.get(pk=refund_id), agent=agent)


def pay(account: Account, amount: int, mark: str = "", invoice: Invoice | None = None) -> int:
    found = invoice and Invoice.objects.get(pk=invoice.pk)
    return record_payment(account, eur(amount), by="system", external_id=mark, invoice=found).pk


def counter(payment_id: int) -> None:
    counter_payment(Payment.objects.get(pk=payment_id), by="system")


def take_back(invoice: Invoice) -> str | None:
    return credit_invoice(Invoice.objects.get(pk=invoice.pk), by="system", reason="Our fault").number


def again(draft: Invoice) -> Invoice:
    return Invoice.objects.get(pk=draft.pk)


def test_a_cause_is_credited_once(account: Account) -> None:
    first, second = meet(partial(grant, account), partial(grant, account))

    assert first == second
    assert balance_of(account, CREDIT) == eur(-20)


def test_credit_is_taken_back_once_and_not_after_an_invoice_used_it(account: Account) -> None:
    credit = grant_credit(account, eur(20), reason="Late answer", cause_key="breach:1", by="system")

    def revoke() -> None:
        revoke_credit(type(credit).objects.get(pk=credit.pk), by="system")

    assert meet(revoke, revoke) == (None, "billing.credit_used")
    grant(account, "breach:2")
    credit = type(credit).objects.get(cause_key="breach:2")
    assert meet(lambda: issued(account).pk and None, revoke) == (None, "billing.credit_used")
    assert ledger_problems() == []


def test_two_invoices_never_use_the_same_credit(account: Account) -> None:
    """One draft for each customer at a time: the second is begun when the first is issued."""
    grant(account)
    first, second = meet(lambda: issued(account).open, lambda: issued(account).open)

    assert (first, second) == (eur(80), eur(100))
    assert balance_of(account, CREDIT) == eur(0)
    assert ledger_problems() == []


def test_refunds_of_credit_never_come_to_more_than_there_is(account: Account) -> None:
    grant(account)

    _first, second = meet(partial(ask, account, "leave:1"), partial(ask, account, "leave:2"))

    assert second == "billing.not_so_much"
    assert Refund.objects.count() == 1


def test_refunds_never_come_to_more_than_was_paid_too_much(account: Account) -> None:
    pay(account, 20)

    out_of = partial(ask, account, out_of=RECEIVABLE)
    _first, second = meet(partial(out_of, "back:1"), partial(out_of, "back:2"))

    assert second == "billing.not_so_much"
    assert Refund.objects.count() == 1


def test_a_cause_is_refunded_once(account: Account) -> None:
    first, second = meet(*[partial(ask, account, "breach:1", out_of="goodwill")] * 2)

    assert first == second


def test_an_invoice_does_not_use_credit_that_is_approved_to_go_back(
    account: Account, managers: tuple[Agent, Agent]
) -> None:
    grant(account)
    refund = ask(account, "leave:1")

    said = meet(partial(approve, refund, managers[0]), lambda: issued(account).open)

    assert said == (True, eur(100))
    assert (balance_of(account, CREDIT), balance_of(account, REFUND_DUE)) == (eur(0), eur(-20))
    assert ledger_problems() == []


def test_the_second_of_two_who_approve_is_the_second(account: Account, managers: tuple[Agent, Agent]) -> None:
    refund = ask(account, "breach:1", out_of="goodwill", amount=51)

    assert meet(partial(approve, refund, managers[0]), partial(approve, refund, managers[1])) == (False, True)
    assert balance_of(account, REFUND_DUE) == eur(-51)


def test_who_says_yes_twice_at_the_same_moment_is_one_person(account: Account, managers: tuple[Agent, Agent]) -> None:
    refund = ask(account, "breach:1", out_of="goodwill", amount=51)

    assert meet(*[partial(approve, refund, managers[0])] * 2) == (False, "billing.signed_already")
    assert Approval.objects.count() == 1


def test_what_is_refused_is_not_approved_at_the_same_moment(account: Account, managers: tuple[Agent, Agent]) -> None:
    refund = ask(account, "breach:1", out_of="goodwill")

    def refuse() -> None:
        refuse_refund(Refund.objects.get(pk=refund), by=managers[1], why="Paid in May")

    assert meet(refuse, partial(approve, refund, managers[0])) == (None, "billing.refund_decided")
    assert balance_of(account, REFUND_DUE) == eur(0)
    other = ask(account, "breach:2", out_of="goodwill")
    refund = other
    assert meet(partial(approve, other, managers[0]), refuse) == (True, "billing.refund_decided")
    assert Refund.objects.get(pk=other).state == Refund.APPROVED


def test_money_goes_back_once_and_trouble_told_late_changes_nothing(
    account: Account, managers: tuple[Agent, Agent]
) -> None:
    refund = ask(account, "breach:1", out_of="goodwill")
    approve(refund, managers[0])

    def note() -> bool:
        return note_refund_paid(Refund.objects.get(pk=refund), by="system")

    def trouble() -> None:
        note_refund_trouble(Refund.objects.get(pk=refund), by="system", trouble="card expired")

    assert meet(note, trouble) == (True, None)
    assert Refund.objects.get(pk=refund).trouble == ""
    assert note() is False

    second = ask(account, "breach:2", out_of="goodwill")
    approve(second, managers[0])
    refund = second
    assert meet(note, note) == (True, False)
    assert balance_of(account, BANK) == eur(-40)


def test_a_payment_told_twice_is_recorded_once(account: Account) -> None:
    first, second = meet(*[partial(pay, account, 20, "bank:1")] * 2)

    assert first == second
    assert balance_of(account, BANK) == eur(20)


def test_two_payments_never_settle_the_same_part_of_an_invoice(account: Account) -> None:
    invoice = issued(account)

    meet(partial(pay, account, 80, "bank:1", invoice), partial(pay, account, 80, "bank:2", invoice))

    assert Invoice.objects.get().open == eur(0)
    assert [one.left for one in Payment.objects.order_by("pk")] == [eur(0), eur(60)]
    assert ledger_problems() == []


def test_a_payment_is_countered_once_and_not_after_it_went_back(
    account: Account, managers: tuple[Agent, Agent]
) -> None:
    payment = pay(account, 20)
    assert meet(*[partial(counter, payment)] * 2) == (None, "billing.countered_already")

    payment = pay(account, 20)
    refund = ask(account, "back:1", out_of=RECEIVABLE)
    said = meet(partial(approve, refund, managers[0]), partial(counter, payment))
    assert said == (True, "billing.refunded_already")
    assert ledger_problems() == []


def test_an_invoice_is_taken_back_once(account: Account) -> None:
    invoice = issued(account)

    first, second = meet(*[partial(take_back, invoice)] * 2)

    assert (str(first)[:3], second) == ("CN-", "billing.credited_already")
    assert balance_of(account, RECEIVABLE) == eur(0)
    assert ledger_problems() == []


def test_two_customers_invoices_get_one_number_after_the_other() -> None:
    one, other = make_account(make_contact("Una")), make_account(make_contact("Otto"))

    for numbers in (["00001", "00002"], ["00003", "00004"]):  # the first of a year, and later ones
        said = meet(lambda: issued(one).number, lambda: issued(other).number)
        assert [str(number)[-5:] for number in said] == numbers


def test_a_number_whose_invoice_failed_is_the_next_ones() -> None:
    one, other = make_account(make_contact("Una")), make_account(make_contact("Otto"))
    issued(one)

    def fail() -> None:
        Invoice.objects.get(pk=issued(one).pk).save(force_insert=True)

    first, second = meet(fail, lambda: issued(other).number)

    assert (first, str(second)[-5:]) == ("IntegrityError", "00002")


def test_a_customer_has_one_draft(account: Account) -> None:
    first, second = meet(*[lambda: draft_invoice(account, by="system").pk] * 2)

    assert first == second


def test_two_lines_added_at_once_both_count(account: Account) -> None:
    draft = draft_invoice(account, by="system")

    meet(lambda: line(again(draft), 100), lambda: line(again(draft), 10))

    draft.refresh_from_db()
    assert (draft.net, draft.lines.count()) == (eur(110), 2)


def test_nothing_comes_onto_goes_off_or_changes_a_draft_that_is_being_issued(account: Account) -> None:
    for change in (
        lambda draft: line(again(draft)),
        lambda draft: remove_line(again(draft).lines.get(), by="system"),
        lambda draft: change_draft(again(draft), by="system", note="x", language="de"),
        lambda draft: discard_draft(again(draft), by="system"),
        lambda draft: issue_invoice(again(draft), by="system"),
    ):
        draft = draft_invoice(account, by="system")
        line(draft)

        def issue(draft: Invoice = draft) -> bool:
            return issue_invoice(again(draft), by="system").is_draft

        assert meet(issue, partial(change, draft)) == (False, "billing.issued")
    assert ledger_problems() == []


def test_an_invoice_is_disputed_and_settled_once(account: Account) -> None:
    invoice = issued(account)

    def dispute() -> None:
        dispute_invoice(again(invoice), by="system", text="I have no meter.")

    def settle() -> None:
        settle_dispute(Dispute.objects.get(), by="system", answer="You have one since May.")

    assert meet(dispute, dispute) == (None, "billing.disputed_already")
    assert meet(settle, settle) == (None, "billing.dispute_settled")


def test_nobody_is_reminded_of_what_is_being_paid_or_disputed(account: Account) -> None:
    invoice, later = issued(account), issued(make_account(make_contact("Otto")))

    def remind(which: Invoice) -> None:
        remind_of_invoice(again(which), by="system")

    meet(partial(pay, account, 100, "bank:1", invoice), partial(remind, invoice))
    meet(lambda: dispute_invoice(again(later), by="system", text="No meter.").pk, partial(remind, later))

    assert list(Invoice.objects.order_by("pk").values_list("reminded", flat=True)) == [0, 0]


def test_only_what_is_left_of_a_line_is_taken_back(account: Account) -> None:
    draft = draft_invoice(account, by="system")
    add_line(draft, NewLine(text="Valve", price=eur(10), quantity=Decimal(3)), by="system")
    invoice = issue_invoice(draft, by="system")
    (valve,) = invoice.lines.values_list("pk", flat=True)

    def two_of_three() -> str | None:
        quantities = {valve: Decimal(2)}
        return credit_invoice(again(invoice), by="system", reason="Broken", quantities=quantities).number

    first, second = meet(two_of_three, two_of_three)

    assert (str(first)[:3], second) == ("CN-", "billing.bad_quantity")
