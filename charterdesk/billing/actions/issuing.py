"""Issuing: a draft gets its number and is owed; a credit note takes it, or a part of it, back."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.money import Money, total
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import book, hold
from charterdesk.billing.actions.drafts import hold_draft, reckon, release
from charterdesk.billing.actions.outdated import require_current
from charterdesk.billing.actions.reminding import remind_later
from charterdesk.billing.actions.settling import allocate, settle, settle_open
from charterdesk.billing.events import CreditNoteIssued, InvoiceIssued
from charterdesk.billing.models import Account, BillTo, Booking, Invoice, InvoiceLine, NumberRun, Seller
from charterdesk.billing.models.ledger import RECEIVABLE, REVENUE, TAX
from charterdesk.billing.queries.seller import seller, today_of_seller
from charterdesk.billing.queries.taxes import percent_on
from charterdesk.events.log import key_of, publish

SAID_OF_SELLER = (
    "name", "street", "postcode", "city", "country", "vat_id", "registration", "email", "iban", "bic", "footer",
)  # fmt: skip


@transaction.atomic
def issue_invoice(draft: Invoice, *, by: Actor, on: date | None = None) -> Invoice:
    """Give a draft its number: from now on it is owed and never changes. What the customer overpaid, and the credit
    they have, is set off at once.

    `on` is the day it bears, else today where we are; tax is that of the day. Raises `Refused`: `billing.issued`,
    `billing.nothing_on_it`, `billing.no_seller` where nobody said who we are, `billing.future`, and
    `billing.outdated` where something on it costs something else by now, or nothing.
    """
    hold_draft(draft)
    day, settled = on or today_of_seller(), seller()
    _require_issuable(draft, settled, day)
    require_current(draft)
    for line in draft.lines.select_related("rate"):
        percent = percent_on(line.rate, day)
        if percent != line.percent:
            line.percent = percent
            line.save(update_fields=["percent"])
    reckon(draft)
    draft.due_on = day + timedelta(days=settled.payment_days)
    _give_number(draft, settled, day)
    sides = {RECEIVABLE: draft.gross, REVENUE: -draft.net, TAX: -draft.tax}
    book(draft.account, kind=Booking.INVOICE, cause_key=draft.key, by=by, sides=sides)
    publish(InvoiceIssued(invoice_id=draft.pk, account_id=draft.account_id), on=draft, by=by)
    settle(draft, by=by)
    remind_later(draft, settled)
    return draft


def _require_issuable(draft: Invoice, settled: Seller, day: date) -> None:
    if not draft.lines.exists():
        raise Refused("billing.nothing_on_it", _("There is nothing on this invoice yet."))
    if not settled.name or not settled.country:
        raise Refused("billing.no_seller", _("First say who you are: name and country, under Settings, Money."))
    if day > today_of_seller():
        raise Refused("billing.future", _("An invoice bears the day it is issued on, or one before."))


def _give_number(invoice: Invoice, settled: Seller, day: date) -> None:
    """The next number, without a gap: who comes second waits for the first to commit, or takes theirs if they don't."""
    prefix = settled.invoice_prefix if invoice.is_invoice else settled.credit_prefix
    run = f"{invoice.kind}:{day.year if settled.yearly else 0}"
    NumberRun.objects.get_or_create(run=run)
    numbers = NumberRun.objects.select_for_update().get(run=run)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    year = f"{day.year}-" if settled.yearly else ""
    invoice.number, invoice.state = f"{prefix}{year}{numbers.last:05}", Invoice.ISSUED
    invoice.issued_on, invoice.open_amount = day, invoice.gross_amount
    invoice.seller = seller_of(settled)
    if invoice.is_invoice:
        invoice.buyer = buyer_of(invoice.account)
    invoice.save()


def seller_of(settled: Seller) -> dict[str, Any]:
    """Who we are as things stand, as an invoice says it. No statement."""
    return {name: getattr(settled, name) for name in SAID_OF_SELLER}


def buyer_of(account: Account) -> dict[str, Any]:
    """To whom an invoice of `account` goes as things stand. Two statements."""
    known = BillTo.objects.filter(account=account).first() or BillTo(account=account)
    buyer = {name: getattr(known, name) for name in BillTo.FIELDS}
    return {**buyer, "name": buyer["name"] or str(account)}


@transaction.atomic
def credit_invoice(
    invoice: Invoice, *, by: Actor, reason: str, quantities: Mapping[int, Decimal] | None = None
) -> Invoice:
    """Take an issued invoice back by a credit note: all of it, or of some lines (by primary key) so many.

    What is open of the invoice is settled by it; the rest is set off against other invoices, else it is what the
    customer paid too much, to be refunded. Taken back whole, what it charged for can be charged again.

    Raises `Refused`: `billing.not_issued`, `billing.no_reason`, `billing.credited_already`, `billing.bad_quantity`.
    """
    hold(invoice.account)
    invoice.refresh_from_db()
    if invoice.is_draft or not invoice.is_invoice:
        raise Refused("billing.not_issued", _("Only an invoice that was issued is taken back by a credit note."))
    if not reason.strip():
        raise Refused("billing.no_reason", _("Say why, in words the customer can read."))
    left = _left_to_credit(invoice)
    chosen = _chosen(left, quantities)
    note = _write_note(invoice, chosen, by=by, reason=reason)
    _set_off(invoice, note, by=by)
    if all(chosen.get(line, Decimal(0)) == quantity for line, quantity in left.items()):
        for line in invoice.lines.all():
            release(line, by=by)
    return note


def _left_to_credit(invoice: Invoice) -> dict[InvoiceLine, Decimal]:
    """How many of each line no credit note took back. Two statements."""
    taken: dict[int | None, Decimal] = {}
    for pk, quantity in InvoiceLine.objects.filter(credits__invoice=invoice).values_list("credits_id", "quantity"):
        taken[pk] = taken.get(pk, Decimal(0)) + quantity
    return {line: line.quantity - taken.get(line.pk, Decimal(0)) for line in invoice.lines.select_related("rate")}


def _chosen(
    left: Mapping[InvoiceLine, Decimal], quantities: Mapping[int, Decimal] | None
) -> dict[InvoiceLine, Decimal]:
    wanted = {line: quantities.get(line.pk, Decimal(0)) if quantities is not None else left[line] for line in left}
    if any(quantity < 0 or quantity > left[line] for line, quantity in wanted.items()):
        raise Refused("billing.bad_quantity", _("No more can be taken back than there is on the invoice."))
    chosen = {line: quantity for line, quantity in wanted.items() if quantity}
    if not chosen:
        raise Refused("billing.credited_already", _("Nothing of this invoice is left to take back."))
    return chosen


def _write_note(invoice: Invoice, chosen: Mapping[InvoiceLine, Decimal], *, by: Actor, reason: str) -> Invoice:
    """Issue the credit note, and book it: never more than the invoice came to, coins of rounding included."""
    note = Invoice.objects.create(
        account=invoice.account,
        kind=Invoice.CREDIT_NOTE,
        counters=invoice,
        currency=invoice.currency,
        language=invoice.language,
        note=reason.strip()[:500],
        buyer=invoice.buyer,
        by=key_of(by),
    )
    for position, (line, quantity) in enumerate(chosen.items(), start=1):
        InvoiceLine.objects.create(
            invoice=note,
            position=position,
            text=line.text,
            quantity=quantity,
            unit=line.unit,
            price_amount=line.price_amount,
            net_amount=_net_of(line, quantity).amount,
            currency=line.currency,
            rate=line.rate,
            category=line.category,
            percent=line.percent,
            credits=line,
        )
    reckon(note)
    _keep_within(invoice, note)
    _give_number(note, seller(), today_of_seller())
    sides = {RECEIVABLE: -note.gross, REVENUE: note.net, TAX: note.tax}
    book(note.account, kind=Booking.CREDIT_NOTE, cause_key=note.key, by=by, sides=sides)
    event = CreditNoteIssued(invoice_id=note.pk, account_id=note.account_id, counters_id=invoice.pk)
    publish(event, on=note, by=by)
    return note


def _net_of(line: InvoiceLine, quantity: Decimal) -> Money:
    """What so many of `line` come to; the last of it is whatever the credit notes before left. One statement."""
    before = list(InvoiceLine.objects.filter(credits=line))
    left = line.net - total((one.net for one in before), line.currency)
    if sum((one.quantity for one in before), Decimal(0)) + quantity == line.quantity:
        return left
    return min((line.price * quantity).rounded(), left)


def _keep_within(invoice: Invoice, note: Invoice) -> None:
    """The credit notes of an invoice, each rounded, may not take back a coin more of tax than it bore."""
    others = list(invoice.credit_notes.filter(state=Invoice.ISSUED))
    left_net = invoice.net - total((one.net for one in others), invoice.currency)
    left_tax = invoice.tax - total((one.tax for one in others), invoice.currency)
    if note.net == left_net or note.tax > left_tax:
        note.tax = left_tax
        note.gross = note.net + note.tax
        note.save(update_fields=["tax_amount", "gross_amount"])


def _set_off(invoice: Invoice, note: Invoice, *, by: Actor) -> None:
    """First against the invoice itself, then against whatever else is open."""
    used = min(invoice.open, note.open)
    if used:
        note.open = note.open - used
        note.save(update_fields=["open_amount"])
        allocate(invoice, note.key, used, by=by)
    settle_open(note, by=by)
