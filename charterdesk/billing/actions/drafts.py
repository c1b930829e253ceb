"""Drafts of invoices: what is to be charged comes in by itself or by hand, and goes out again."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.money import TOO_MUCH, Money, total
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import hold
from charterdesk.billing.actions.locking import lock_all_about
from charterdesk.billing.actions.time_entries import take_off_invoice
from charterdesk.billing.events import InvoiceDiscarded, InvoiceDrafted, InvoiceLineRemoved
from charterdesk.billing.models import (
    Account,
    Billed,
    Invoice,
    InvoiceLine,
    TaxRate,
    TimeEntry,
    Verdict,
)
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.billing.queries.taxes import default_rate, percent_on, shares_of
from charterdesk.billing.queries.to_bill import ToBill, to_bill
from charterdesk.events.log import key_of, publish

MOST_PIECES = 10**9


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """What a line is to say. `source_key` names what it charges for, which then is charged nowhere else."""

    text: str
    price: Money
    quantity: Decimal = Decimal(1)
    unit: str = InvoiceLine.PIECE
    rate: TaxRate | None = None
    source_key: str = ""


@transaction.atomic
def draft_invoice(account: Account, *, by: Actor) -> Invoice:
    """The draft of `account`, begun where there is none."""
    hold(account)
    draft = Invoice.objects.filter(account=account, state=Invoice.DRAFT, kind=Invoice.INVOICE).first()
    if draft:
        return draft
    language = account.contact.language if account.contact else "en"
    draft = Invoice.objects.create(account=account, currency=account.currency, language=language, by=key_of(by))
    publish(InvoiceDrafted(invoice_id=draft.pk, account_id=account.pk), on=draft, by=by)
    return draft


@transaction.atomic
def collect(account: Account, *, by: Actor) -> Invoice:
    """Put on the draft all that is to be charged and was not yet: time, requests, periods of contracts, orders.

    Eleven statements, and four for each line.
    """
    draft = draft_invoice(account, by=by)
    for one in _held(account):
        line = NewLine(text=one.text, price=one.price, quantity=one.quantity, unit=one.unit, source_key=one.source_key)
        try:
            with transaction.atomic():
                add_line(draft, line, by=by)
        except IntegrityError:
            continue  # it came onto another invoice meanwhile
    return draft


def _held(account: Account) -> list[ToBill]:
    """What there is to charge, each request it is about held: nobody calls free meanwhile what comes onto a draft."""
    held = {one.about for one in to_bill(account) if one.about}
    lock_all_about(held)
    return [one for one in to_bill(account) if one.about in held or not one.about]


@transaction.atomic
def add_line(draft: Invoice, line: NewLine, *, by: Actor) -> InvoiceLine:
    """Add a line to a draft; without a rate of tax it has the default one's.

    Raises `Refused`: `billing.issued`, `billing.no_text`, `billing.bad_quantity`, `billing.bad_amount`,
    `billing.too_much`, `billing.charged_already` for a source that stands on a line; and `IntegrityError` where it
    came onto another customer's at this moment.
    """
    hold_draft(draft)
    _require_sound(draft, line)
    if line.source_key and Billed.objects.filter(source_key=line.source_key).exists():
        raise Refused("billing.charged_already", _("This is charged already, on this invoice or another one."))
    rate = line.rate or default_rate()
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    added = InvoiceLine.objects.create(
        invoice=draft,
        position=last + 1,
        text=line.text.strip()[:300],
        quantity=line.quantity,
        unit=line.unit,
        price_amount=line.price.amount,
        net_amount=(line.price * line.quantity).rounded().amount,
        currency=draft.currency,
        rate=rate,
        category=rate.category if rate else TaxRate.OUTSIDE,
        percent=percent_on(rate, today_of_seller()),
    )
    if line.source_key:
        Billed.objects.create(source_key=line.source_key, line=added)
        _mark(line.source_key)
    reckon(draft)
    return added


def _require_sound(draft: Invoice, line: NewLine) -> None:
    if not line.text.strip():
        raise Refused("billing.no_text", _("Say what the line is for."))
    if line.quantity <= 0:
        raise Refused("billing.bad_quantity", _("Give a quantity above nothing. Credit notes give back."))
    if line.price.currency != draft.currency or line.price.amount < 0:
        message = _("Give a price in %(currency)s, not below nothing.") % {"currency": draft.currency}
        raise Refused("billing.bad_amount", message)
    if line.quantity >= MOST_PIECES or line.price.amount * line.quantity >= TOO_MUCH:
        raise Refused("billing.too_much", _("That is more than an invoice holds. Look at quantity and price again."))


@transaction.atomic
def remove_line(line: InvoiceLine, *, by: Actor) -> None:
    """Take a line off a draft; what it charged for can be charged again. Raises `Refused("billing.issued")`."""
    draft = line.invoice
    hold_draft(draft)
    event = InvoiceLineRemoved(invoice_id=draft.pk, account_id=draft.account_id, line_id=line.pk)
    release(line, by=by)
    line.delete()
    reckon(draft)
    publish(event, on=draft, by=by)


@transaction.atomic
def discard_draft(draft: Invoice, *, by: Actor) -> None:
    """Throw a draft away; what it charged for can be charged again. Raises `Refused("billing.issued")`."""
    hold_draft(draft)
    for line in draft.lines.all():
        release(line, by=by)
    publish(InvoiceDiscarded(invoice_id=draft.pk, account_id=draft.account_id), on=draft, by=by)
    draft.delete()


@transaction.atomic
def change_draft(draft: Invoice, *, by: Actor, note: str, language: str) -> None:
    """Set what the draft says to its customer, and in which language. Raises `Refused("billing.issued")`."""
    hold_draft(draft)
    draft.note, draft.language = note.strip()[:500], language
    draft.save(update_fields=["note", "language"])


def hold_draft(draft: Invoice) -> None:
    """Read a draft afresh, its account held. Raises `Refused("billing.issued")`."""
    hold(draft.account)
    draft.refresh_from_db()
    if not draft.is_draft:
        message = _("It was issued, and never changes. To take something back, make a credit note.")
        raise Refused("billing.issued", message)


def reckon(invoice: Invoice) -> None:
    """Keep what a draft comes to: net by its lines, tax by kind of tax. Two statements."""
    lines = list(invoice.lines.select_related("rate"))
    shares = shares_of(lines, invoice.currency)
    invoice.net = total((line.net for line in lines), invoice.currency)
    invoice.tax = total((share.tax for share in shares), invoice.currency)
    invoice.gross = invoice.net + invoice.tax
    invoice.save(update_fields=["net_amount", "tax_amount", "gross_amount", "currency"])


def release(line: InvoiceLine, *, by: Actor) -> None:
    """What `line` charged for can be charged again, by what is said of it now. Two statements, and some for each
    thing."""
    for source in line.sources.all():
        model, number = source_of(source.source_key)
        if model is TimeEntry:
            take_off_invoice(number, by=by)
        elif model is Verdict:
            Verdict.objects.filter(pk=number).update(billed_at=None)
    line.sources.all().delete()


def _mark(source_key: str) -> None:
    """Time entries and verdicts know themselves that they stand on an invoice. One statement."""
    model, number = source_of(source_key)
    if model:
        model.objects.filter(pk=number).update(billed_at=now())


def source_of(source_key: str) -> tuple[type[TimeEntry] | type[Verdict] | None, int]:
    """The time entry or verdict a source names; programs name their own things as they like."""
    kind, _colon, number = source_key.partition(":")
    known = next((model for model in (TimeEntry, Verdict) if kind == model._meta.model_name), None)
    return (known, int(number)) if known and number.isascii() and number.isdecimal() else (None, 0)
