"""A little money: who sells, invoices of half a year in every state, payments, credit and refunds that wait."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.money import Money
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.drafts import NewLine, add_line, draft_invoice
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.actions.refunds import approve_refund, note_refund_paid, request_refund
from charterdesk.billing.actions.reminding import dispute_invoice
from charterdesk.billing.actions.seller import change_bill_to, change_seller, save_tax_rate
from charterdesk.billing.models import Account, Invoice, InvoiceLine, TaxRate
from charterdesk.people import cast
from charterdesk.people.models import Agent, Contact, Organisation

PAID, OPEN, LATE = "paid", "open", "late"
TOWN = {"postcode": "AM1 2WB", "city": cast.TOWN, "country": cast.COUNTRY}
STREETS = ("Quay Street 4", "Heron Row 17", "Millpond Lane 2", "Harbour Road 88")
# Who, days ago, how it stands, and the lines: text, price, quantity, unit.
Sold = tuple[str, int, str, list[tuple[str, str, str, str]]]
SOLD: list[Sold] = [
    ("rosalind", 150, PAID, [("Meter exchanged outside the interval", "84.00", "1", InvoiceLine.PIECE)]),
    ("rosalind", 9, OPEN, [("Extra reading of the garden meter", "38.50", "1", InvoiceLine.PIECE)]),
    ("dietmar", 75, LATE, [("Leak traced on your own pipe", "62.00", "2.5", InvoiceLine.HOUR)]),
    ("gaston", 31, LATE, [("Copies of bills, 2021 to 2025", "4.50", "5", InvoiceLine.PIECE)]),
    ("paloma", 40, PAID, [("Seal of the meter replaced", "27.00", "1", InvoiceLine.PIECE)]),
    ("lettings", 120, PAID, [("Account care, quarter", "180.00", "3", InvoiceLine.MONTH)]),
    ("lettings", 30, OPEN, [
        ("Account care, quarter", "180.00", "3", InvoiceLine.MONTH),
        ("Readings of eleven flats", "9.80", "11", InvoiceLine.PIECE),
    ]),
    ("brewery", 110, LATE, [("Water analysis, full", "412.00", "1", InvoiceLine.PIECE)]),
    ("brewery", 5, OPEN, [("Advice on softening", "95.00", "1.5", InvoiceLine.HOUR)]),
    ("bakery", 60, PAID, [("Standpipe for the street fair", "55.00", "3", InvoiceLine.PIECE)]),
]  # fmt: skip


@transaction.atomic
def make_money(say: Callable[[str], object]) -> None:
    """Sell, pay and pay back a little, by ordinary means. Some six hundred statements."""
    say("writing invoices")
    change_seller(
        by="system", name=cast.COMPANY, street="Weir Lane 2", vat_id="IE3301972TH", registration="Company 40128",
        email=f"billing@{cast.DOMAIN}", iban="IE29AIBK93115212345678", bic="AIBKIE2D",
        limits={Agent.LEAD: Decimal(50), Agent.MANAGER: Decimal(200)}, alone_amount=Decimal(25), **TOWN,
    )  # fmt: skip
    begun = now().date() - timedelta(days=700)
    save_tax_rate(None, by="system", name="Standard", percent=Decimal(23), valid_from=begun, is_default=True)
    save_tax_rate(
        None, by="system", name="Water, domestic", percent=Decimal(0), category=TaxRate.EXEMPT,
        why="Domestic water is exempt from VAT", valid_from=begun,
    )  # fmt: skip
    invoices = [(_invoice(sold), sold[2]) for sold in SOLD if _payer(sold[0])]
    for invoice, state in invoices:
        if state == PAID and invoice.due_on:
            day = min(invoice.due_on - timedelta(days=2), now().date())
            record_payment(invoice.account, invoice.gross, by="system", received_on=day, reference=str(invoice.number))
    if invoices:
        _stories([invoice for invoice, _state in invoices])


def _payer(key: str) -> Contact | Organisation | None:
    for one in cast.ORGANISATIONS:
        if one.key == key:
            return Organisation.objects.filter(name=one.name).first()
    known = next(one for one in cast.CONTACTS if one.key == key)
    return Contact.objects.with_email(known.email).first()


def _invoice(sold: Sold) -> Invoice:
    key, days, _state, lines = sold
    payer = _payer(key)
    assert payer is not None
    account = account_of(payer, "EUR")
    change_bill_to(account, by="system", name=str(payer), street=STREETS[account.pk % len(STREETS)], **TOWN)
    draft = draft_invoice(account, by="system")
    for text, price, quantity, unit in lines:
        add_line(
            draft, NewLine(text=text, price=Money.of(price, "EUR"), quantity=Decimal(quantity), unit=unit), by="system"
        )
    return issue_invoice(draft, by="system", on=now().date() - timedelta(days=days))


def _stories(invoices: list[Invoice]) -> None:
    """A dispute, a credit note, credit from a broken promise, and refunds in every state."""
    first = invoices[0].account
    for invoice in invoices:
        invoice.refresh_from_db()
    late = [invoice for invoice in invoices if invoice.days_late(now().date())]
    if late:
        dispute_invoice(late[0], by="system", text="Your own man said the leak was before the meter.")
    paid = [invoice for invoice in invoices if invoice.is_paid]
    if len(paid) > 1:
        credit_invoice(paid[-1], by="system", reason="The standpipe came a day late.")
    grant_credit(
        first, Money.of("15.00", "EUR"), reason="Our answer came a day late.", cause_key="demo:credit", by="system"
    )
    lead = Agent.objects.get(name="Nora Whitcombe")
    _refund(first, "18.00", "Charged twice for one reading.", 1, lead, paid=True)
    _refund(first, "42.50", "The plumber came on the wrong day.", 2, lead, paid=False)
    account = invoices[-1].account
    request_refund(
        account, Money.of("310.00", "EUR"), reason="Two days without water at the ovens.", cause_key="demo:refund:3",
        by=lead,
    )  # fmt: skip


def _refund(account: Account, amount: str, reason: str, number: int, lead: Agent, *, paid: bool) -> None:
    refund = request_refund(
        account, Money.of(amount, "EUR"), reason=reason, cause_key=f"demo:refund:{number}", by="system"
    )
    approve_refund(refund, agent=lead)
    if paid:
        note_refund_paid(refund, by=lead, reference="SEPA 2026-0417")
