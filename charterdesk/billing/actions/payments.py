"""Payments: recorded once, set off against what is open, countered where they were none."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import book, counter, hold
from charterdesk.billing.actions.credits import require_payable
from charterdesk.billing.actions.reminding import remind_later
from charterdesk.billing.actions.settling import allocate, settle_open, take_left
from charterdesk.billing.events import PaymentCountered, PaymentRecorded
from charterdesk.billing.models import Account, Allocation, Booking, Invoice, Payment
from charterdesk.billing.models.ledger import BANK, RECEIVABLE
from charterdesk.billing.queries.seller import seller, today_of_seller
from charterdesk.events.log import key_of, publish


@transaction.atomic
def record_payment(
    account: Account,
    money: Money,
    *,
    by: Actor,
    way: str = Payment.BANK,
    received_on: date | None = None,
    reference: str = "",
    external_id: str = "",
    invoice: Invoice | None = None,
) -> Payment:
    """Record money that came in. It settles `invoice` first, then whatever is due longest; what is left stays to their
    account. With an `external_id` (the bank's or provider's own) that was recorded before, nothing happens.

    Raises `Refused`: `billing.bad_amount`, `billing.future`, `billing.other_account`.
    """
    require_payable(account, money)
    hold(account)
    known = Payment.objects.filter(external_id=external_id).first() if external_id else None
    if known:
        return known
    today = today_of_seller()
    day = received_on or today
    if day > today:
        raise Refused("billing.future", _("Money that comes later is recorded later."))
    if invoice and invoice.account_id != account.pk:
        raise Refused("billing.other_account", _("This invoice is another customer's."))
    payment = Payment.objects.create(
        account=account,
        amount=money.amount,
        left_amount=money.amount,
        currency=money.currency,
        way=way,
        received_on=day,
        reference=reference.strip()[:140],
        external_id=external_id or None,
        by=key_of(by),
    )
    book(account, kind=Booking.PAYMENT, cause_key=payment.key, by=by, sides={BANK: money, RECEIVABLE: -money})
    publish(PaymentRecorded(payment_id=payment.pk, account_id=account.pk), on=payment, by=by)
    if invoice:
        _settle_first(payment, invoice, by=by)
    settle_open(payment, by=by)
    return payment


def _settle_first(payment: Payment, invoice: Invoice, *, by: Actor) -> None:
    invoice.refresh_from_db()
    used = min(invoice.open, payment.left)
    if used and invoice.is_invoice and not invoice.is_draft:
        take_left(payment, used)
        allocate(invoice, payment.key, used, by=by)


@transaction.atomic
def counter_payment(payment: Payment, *, by: Actor) -> None:
    """Counter a payment that was recorded in error, or that the bank took back: what it settled is open again.

    Raises `Refused`: `billing.countered_already`, `billing.refunded_already` where some of it went back since.
    """
    hold(payment.account)
    payment.refresh_from_db()
    if payment.countered_at:
        raise Refused("billing.countered_already", _("This payment was countered already."))
    settled = _settled_by(payment)
    if sum(settled.values(), payment.left) != payment.money:
        message = _("Some of this payment was refunded. Counter nothing; make an invoice of what is owed now.")
        raise Refused("billing.refunded_already", message)
    for invoice, money in settled.items():
        allocate(invoice, payment.key, -money, by=by)
        remind_later(invoice, seller())
    counter(Booking.objects.get(cause_key=payment.key), by=by)
    payment.left_amount, payment.countered_at = 0, now()
    payment.save(update_fields=["left_amount", "countered_at"])
    publish(PaymentCountered(payment_id=payment.pk, account_id=payment.account_id), on=payment, by=by)


def _settled_by(payment: Payment) -> dict[Invoice, Money]:
    """What of which invoice `payment` settles. Two statements."""
    sums: dict[int, Money] = {}
    for each in Allocation.objects.filter(source_key=payment.key):
        sums[each.invoice_id] = sums.get(each.invoice_id, Money.zero(each.currency)) + each.money
    invoices = Invoice.objects.in_bulk([pk for pk, money in sums.items() if money])
    return {invoice: sums[pk] for pk, invoice in invoices.items()}
