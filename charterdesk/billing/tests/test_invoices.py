"""Invoices: numbered without gaps, taxed, set off, never changed; credit notes take them back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.drafts import NewLine, add_line, discard_draft, draft_invoice, remove_line
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.payments import counter_payment, record_payment
from charterdesk.billing.actions.refunds import approve_refund, request_refund
from charterdesk.billing.actions.reminding import (
    RESTS,
    dispute_invoice,
    pause_reminders,
    remind_of_invoice,
    resume_reminders,
    save_reminder_step,
    settle_dispute,
)
from charterdesk.billing.actions.seller import change_bill_to, change_seller, save_tax_rate
from charterdesk.billing.models import Account, Billed, Credit, Invoice, Refund
from charterdesk.billing.models.ledger import RECEIVABLE, REVENUE, TAX
from charterdesk.billing.queries.reminders import next_day, words_of_step
from charterdesk.billing.queries.seller import seller as billing_seller
from charterdesk.billing.testing import balance_of, eur, ledger_problems, make_account
from charterdesk.billing.tests.test_credits_and_refunds import at_once
from charterdesk.calendars.testing import make_calendar
from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.events.skipped import NOT_DUE
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = now().year


@pytest.fixture(autouse=True)
def seller() -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE", reminders=2)
    save_tax_rate(None, by="system", name="Standard", percent=Decimal(23), valid_from=date(2020, 1, 1), is_default=True)


def drafted(account: Account | None = None, *prices: str) -> Invoice:
    draft = draft_invoice(account or make_account(), by="system")
    for price in prices or ("100",):
        add_line(draft, NewLine(text="Meter check", price=eur(price)), by="system")
    return draft


def issued(account: Account | None = None, *prices: str) -> Invoice:
    return issue_invoice(drafted(account, *prices), by="system")


def test_an_invoice_adds_up_and_is_booked() -> None:
    invoice = issued(None, "60.10", "39.90")

    assert (invoice.net, invoice.tax, invoice.gross) == (eur(100), eur(23), eur(123))
    assert invoice.due_on == now().date() + timedelta(days=14)
    balances = {part: balance_of(invoice.account, part) for part in (RECEIVABLE, REVENUE, TAX)}
    assert balances == {RECEIVABLE: eur(123), REVENUE: eur(-100), TAX: eur(-23)}
    assert ledger_problems() == []


def test_tax_is_reckoned_on_the_sum_not_on_each_line() -> None:
    invoice = issued(None, *["0.10"] * 5)

    assert invoice.tax == eur("0.12")  # 23 % of 0.50 is 0.115; of each 0.10 it would be 0.02


def test_tax_is_that_of_the_day_it_is_issued_on() -> None:
    standard = drafted().lines.get().rate
    save_tax_rate(standard, by="system", name="Standard", percent=Decimal(25), valid_from=now().date(), is_default=True)

    assert issue_invoice(drafted(), by="system").tax == eur(25)
    assert issue_invoice(drafted(), by="system", on=now().date() - timedelta(days=1)).tax == eur(23)


def test_numbers_run_without_gaps_though_many_are_issued_at_the_same_moment_and_some_fail() -> None:
    drafts = [drafted() for _number in range(8)]
    empty = [draft_invoice(make_account(), by="system") for _number in range(3)]

    calls = [
        lambda one=one: issue_invoice(Invoice.objects.get(pk=one.pk), by="system").number for one in drafts + empty
    ]
    outcomes = at_once(*calls)

    numbers = [number for number in outcomes if str(number).startswith("INV-")]
    assert sorted(map(str, numbers)) == [f"INV-{YEAR}-{number:05}" for number in range(1, 9)]
    assert outcomes.count("billing.nothing_on_it") == 3


def test_a_draft_is_issued_once_though_two_press_at_the_same_moment() -> None:
    draft = drafted()

    def issue() -> object:
        return issue_invoice(Invoice.objects.get(pk=draft.pk), by="system").number

    assert sorted(map(str, at_once(issue, issue))) == [f"INV-{YEAR}-00001", "billing.issued"]
    assert balance_of(draft.account, RECEIVABLE) == eur(123)


def test_what_was_issued_never_changes_not_even_in_the_database() -> None:
    invoice = issued()
    with pytest.raises(Refused):
        add_line(invoice, NewLine(text="More", price=eur(1)), by="system")
    for change in (
        lambda: Invoice.objects.update(gross_amount=1),
        lambda: invoice.lines.update(net_amount=1),
        lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
    ):
        with pytest.raises(DatabaseError):
            change()


def test_credit_is_used_up_on_the_next_invoice_by_itself() -> None:
    account = make_account()
    grant_credit(account, eur(20), reason="Late answer", cause_key="breach:1", by="system")
    grant_credit(account, eur(200), reason="Later answer", cause_key="breach:2", by="system")

    invoice = issued(account)

    assert invoice.is_paid
    assert list(Credit.objects.order_by("pk").values_list("left_amount", flat=True)) == [0, 97]
    assert ledger_problems() == []


def test_a_payment_settles_the_invoice_it_names_then_the_oldest() -> None:
    account = make_account()
    first, second = issued(account), issued(account)
    record_payment(account, eur(150), by="system", invoice=second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.open, second.open) == (eur(96), eur(0))


def test_a_payment_the_bank_tells_of_twice_is_recorded_once() -> None:
    account = make_account()
    for _time in range(2):
        record_payment(account, eur(5), by="system", external_id="bank:1")

    assert balance_of(account, RECEIVABLE) == eur(-5)


def test_what_was_paid_too_much_is_used_by_the_next_invoice_or_goes_back() -> None:
    account = make_account()
    record_payment(account, eur(200), by="system")
    invoice = issued(account)
    assert invoice.is_paid

    refund = request_refund(account, eur(77), reason="Overpaid", cause_key="r:1", by="system", out_of=RECEIVABLE)
    for name in ("Soraya", "Edmund"):
        approve_refund(refund, agent=make_agent(name, role=Agent.MANAGER))
    assert refund.state == Refund.APPROVED
    assert balance_of(account, RECEIVABLE) == eur(0)
    assert ledger_problems() == []


def test_a_countered_payment_opens_what_it_settled() -> None:
    invoice = issued()
    payment = record_payment(invoice.account, eur(123), by="system")
    counter_payment(payment, by="system")

    invoice.refresh_from_db()
    assert invoice.open == eur(123)
    with pytest.raises(Refused):
        counter_payment(payment, by="system")
    assert ledger_problems() == []


def test_a_credit_note_takes_an_invoice_back_and_what_it_charged_for_can_be_charged_again() -> None:
    draft = draft_invoice(make_account(), by="system")
    add_line(draft, NewLine(text="Meter check", price=eur(100), source_key="timeentry:1"), by="system")
    invoice = issue_invoice(draft, by="system")

    note = credit_invoice(invoice, by="system", reason="Our own fault")

    assert (note.number, note.gross, note.open) == (f"CN-{YEAR}-00001", eur(123), eur(0))
    assert invoice.is_paid
    assert not Billed.objects.exists()
    assert balance_of(invoice.account, RECEIVABLE) == eur(0)
    with pytest.raises(Refused) as refused:
        credit_invoice(invoice, by="system", reason="Again")
    assert refused.value.code == "billing.credited_already"


def test_parts_taken_back_never_come_to_more_than_the_whole() -> None:
    draft = draft_invoice(make_account(), by="system")
    line = add_line(draft, NewLine(text="Seal", price=eur("0.335"), quantity=Decimal(3)), by="system")
    invoice = issue_invoice(draft, by="system")

    notes = [credit_invoice(invoice, by="system", reason="x", quantities={line.pk: Decimal(1)}) for _time in range(3)]

    assert sum((note.net for note in notes), eur(0)) == invoice.net
    assert sum((note.tax for note in notes), eur(0)) == invoice.tax
    assert invoice.is_paid
    assert ledger_problems() == []


def test_taking_back_what_was_paid_leaves_it_to_be_refunded() -> None:
    invoice = issued()
    record_payment(invoice.account, eur(123), by="system")
    note = credit_invoice(invoice, by="system", reason="Our own fault")

    assert note.open == eur(123)
    refund = request_refund(
        invoice.account, eur(123), reason="Our own fault", cause_key=note.key, by="system", out_of=RECEIVABLE
    )
    assert refund.state == Refund.REQUESTED


def test_a_thing_is_charged_once() -> None:
    one, other = draft_invoice(make_account(), by="system"), draft_invoice(make_account(), by="system")
    line = add_line(one, NewLine(text="x", price=eur(1), source_key="timeentry:1"), by="system")
    with pytest.raises(Refused) as refused:
        add_line(other, NewLine(text="x", price=eur(1), source_key="timeentry:1"), by="system")
    assert refused.value.code == "billing.charged_already"

    remove_line(line, by="system")
    add_line(other, NewLine(text="x", price=eur(1), source_key="timeentry:1"), by="system")
    discard_draft(other, by="system")
    assert not Billed.objects.exists()


def test_who_took_a_line_off_discarded_a_draft_or_changed_an_address_stands_in_the_log() -> None:
    agent = make_agent("Nora")
    draft = drafted(None, "1", "2")
    key = draft.key
    remove_line(draft.lines.get(price_amount=2), by=agent)
    discard_draft(draft, by=agent)
    for city in ("Mill", "Mill"):
        change_bill_to(draft.account, by=agent, name="Mill", city=city)

    found = LoggedEvent.objects.filter(actor=agent.key).order_by("pk").values_list("code", "subject")
    assert list(found) == [
        ("invoice_line.removed", key),
        ("invoice.discarded", key),
        ("bill_to.changed", draft.account.key),
    ]


def test_an_invoice_and_a_payment_bear_the_day_it_is_where_we_are_not_in_london() -> None:
    east, west = "Pacific/Kiritimati", "Etc/GMT+12"  # one of them always has another day than UTC
    zone = next(each for each in (east, west) if now().astimezone(ZoneInfo(each)).date() != now().date())
    there = now().astimezone(ZoneInfo(zone)).date()
    make_calendar("Ours", zone=zone)

    invoice = issued()
    payment = record_payment(invoice.account, invoice.gross, by="system")

    assert (invoice.issued_on, payment.received_on, str(invoice.number)[4:8]) == (there, there, str(there.year))


def test_a_late_invoice_is_reminded_of_but_not_while_it_is_disputed(
    fire_timers: Callable[..., int], run_reactions: Callable[[], int]
) -> None:
    invoice = issued()
    fire_timers(now() + timedelta(days=16))
    invoice.refresh_from_db()
    assert invoice.reminded == 1

    dispute = dispute_invoice(invoice, by="system", text="I never had a meter")
    assert remind_of_invoice(invoice, by="system") == RESTS
    assert invoice.reminded == 1
    settle_dispute(dispute, by="system", answer="You have one since May.")
    assert [remind_of_invoice(invoice, by="system"), remind_of_invoice(invoice, by="system")] == [None, NOT_DUE]
    assert invoice.reminded == 2


def test_reminders_go_by_the_desks_own_steps_each_once_and_rest_while_paused(
    fire_timers: Callable[..., int], run_reactions: Callable[[], int]
) -> None:
    words = {"en": {"subject": "Still open: {{ number }}", "text": "Dear {{ customer }}, {{ open }} is open."}}
    first = save_reminder_step(None, by="system", days=3, words={})
    save_reminder_step(None, by="system", days=10, words=words)
    invoice = issued()
    due_on = invoice.due_on
    assert due_on is not None

    def reminded_after(days: int) -> int:
        fire_timers(datetime.combine(due_on + timedelta(days=days), time(12), UTC))
        invoice.refresh_from_db()
        return invoice.reminded

    assert (reminded_after(2), reminded_after(3), reminded_after(9)) == (0, 1, 1)
    pause_reminders(invoice, by="system", until_on=now().date() + timedelta(days=60))
    assert reminded_after(10) == 1
    resume_reminders(invoice, by="system")
    assert (reminded_after(10), reminded_after(300)) == (2, 2)
    assert words_of_step(2, "en")["subject"] == "Still open: {{ number }}"
    assert words_of_step(2, "de") == words_of_step(1, "en") == {}
    with pytest.raises(Refused):
        save_reminder_step(first, by="system", days=10, words={})
    with pytest.raises(Refused):
        pause_reminders(invoice, by="system", until_on=now().date() - timedelta(days=1))


def test_what_is_reminded_of_late_keeps_the_distance_to_the_next_reminder() -> None:
    """After a dispute of weeks all steps lie in the past: the next came an hour after the one before."""
    invoice, today = issued(), now().date()
    invoice.due_on, settled = today - timedelta(days=40), billing_seller()

    assert next_day(invoice, settled, [3, 10]) == today - timedelta(days=37)
    invoice.reminded, invoice.reminded_at = 1, now()
    assert next_day(invoice, settled, [3, 10]) == today + timedelta(days=7)
    assert next_day(invoice, settled, []) == today + timedelta(days=settled.reminder_days)
    invoice.reminded = 2
    assert [next_day(invoice, settled, steps) for steps in ([3, 10], [])] == [None, None]


def test_planned_reminders_move_with_the_steps(run_reactions: Callable[[], int]) -> None:
    step = save_reminder_step(None, by="system", days=3, words={})
    invoice = issued()
    assert invoice.due_on is not None

    def planned() -> list[date]:
        run_reactions()
        timers = Timer.objects.filter(name=f"{invoice.key}:reminder").values_list("due_at", flat=True)
        return [at.date() for at in timers]

    assert planned() == [invoice.due_on + timedelta(days=3)]
    save_reminder_step(step, by="system", days=9, words={})
    assert planned() == [invoice.due_on + timedelta(days=9)]
    Invoice.objects.filter(pk=invoice.pk).update(reminded=1)
    save_reminder_step(step, by="system", days=5, words={})
    assert planned() == []
    save_reminder_step(None, by="system", days=20, words={})
    assert planned() == [invoice.due_on + timedelta(days=20)]


def test_without_a_seller_nothing_is_issued() -> None:
    change_seller(by="system", name="")
    with pytest.raises(Refused) as refused:
        issue_invoice(drafted(), by="system")

    assert refused.value.code == "billing.no_seller"
