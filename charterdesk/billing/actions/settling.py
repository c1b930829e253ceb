"""Setting off: what is owed against what was paid, credited or given. The account is held by whoever calls."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import book
from charterdesk.billing.events import InvoicePaid
from charterdesk.billing.models import Account, Allocation, Booking, Credit, Invoice, Payment
from charterdesk.billing.models.ledger import CREDIT, RECEIVABLE
from charterdesk.events.log import publish


def settle(invoice: Invoice, *, by: Actor) -> None:
    """Set a new invoice off against what its customer overpaid, then against the credit they have, oldest first, and
    keep how much of each it was.

    Four statements, and three for each thing used; two more for credit.
    """
    for source in overpaid(invoice.account):
        if invoice.open:
            _use(source, invoice, min(_left(source), invoice.open), by=by)
    invoice.prepaid = invoice.gross - invoice.open
    _use_credit(invoice, by=by)
    invoice.credit = invoice.gross - invoice.open - invoice.prepaid
    invoice.save(update_fields=["prepaid_amount", "credit_amount"])


def _use_credit(invoice: Invoice, *, by: Actor) -> None:
    credits = Credit.objects.filter(account=invoice.account, left_amount__gt=0).order_by("pk")
    for credit in credits:
        if not invoice.open:
            return
        used = min(credit.left, invoice.open)
        credit.left = credit.left - used
        credit.save(update_fields=["left_amount"])
        book(
            invoice.account,
            kind=Booking.CREDIT_USED,
            cause_key=f"{credit.key}:{invoice.key}",
            by=by,
            sides={CREDIT: used, RECEIVABLE: -used},
        )
        allocate(invoice, credit.key, used, by=by)


def settle_open(source: Payment | Invoice, *, by: Actor) -> None:
    """Set a payment or a credit note off against open invoices, the oldest due first."""
    found = Invoice.objects.open().filter(account=source.account)
    for invoice in found.order_by("due_on", "pk"):
        if not _left(source):
            return
        _use(source, invoice, min(_left(source), invoice.open), by=by)


def _use(source: Payment | Invoice, invoice: Invoice, money: Money, *, by: Actor) -> None:
    take_left(source, money)
    allocate(invoice, source.key, money, by=by)


def allocate(invoice: Invoice, source_key: str, money: Money, *, by: Actor) -> None:
    """So much of `invoice` is settled (or, negative, open again). Two statements; one more when it is paid."""
    was_open = bool(invoice.open)
    invoice.open = invoice.open - money
    invoice.save(update_fields=["open_amount"])
    Allocation.objects.create(invoice=invoice, source_key=source_key, amount=money.amount, currency=money.currency)
    if was_open and not invoice.open:
        publish(InvoicePaid(invoice_id=invoice.pk, account_id=invoice.account_id), on=invoice, by=by)


def overpaid(account: Account) -> Iterator[Payment | Invoice]:
    """Credit notes, then payments, of which something is left; the oldest first. Two statements."""
    notes = Invoice.objects.filter(account=account, kind=Invoice.CREDIT_NOTE, state=Invoice.ISSUED, open_amount__gt=0)
    yield from notes.order_by("pk")
    yield from Payment.objects.filter(account=account, left_amount__gt=0).order_by("pk")


def take_overpaid(account: Account, money: Money) -> None:
    """Use up what was overpaid: it goes back. Raises `Refused("billing.not_so_much")`."""
    for source in overpaid(account):
        used = min(_left(source), money)
        take_left(source, used)
        money -= used
        if not money:
            return
    message = _("An invoice used this money meanwhile. Refuse the refund, and ask anew.")
    raise Refused("billing.not_so_much", message)


def _left(source: Payment | Invoice) -> Money:
    return source.left if isinstance(source, Payment) else source.open


def take_left(source: Payment | Invoice, money: Money) -> None:
    """Less is left of a payment or a credit note. One statement."""
    if isinstance(source, Payment):
        source.left = source.left - money
        source.save(update_fields=["left_amount"])
    else:
        source.open = source.open - money
        source.save(update_fields=["open_amount"])
