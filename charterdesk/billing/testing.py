"""Helpers for tests that need money."""

from decimal import Decimal

from django.db.models import Sum

from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.drafts import NewLine, add_line, draft_invoice
from charterdesk.billing.actions.issuing import issue_invoice
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.actions.refunds import request_refund
from charterdesk.billing.actions.reminding import dispute_invoice
from charterdesk.billing.actions.seller import change_seller, save_tax_rate
from charterdesk.billing.models import Account, Balance, Credit, Entry, Invoice, Payment, Refund, TaxRate
from charterdesk.billing.models.ledger import CREDIT, RECEIVABLE, REFUND_DUE
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.testing import make_contact


def eur(amount: str | int) -> Money:
    """So many euros."""
    return Money.of(amount, "EUR")


def make_account(payer: Contact | Organisation | None = None, currency: str = "EUR") -> Account:
    """The account of `payer`, else of somebody new."""
    return account_of(payer or make_contact("Rosalind"), currency)


def balance_of(account: Account, part: str) -> Money:
    """What is kept as the balance of a part of the account."""
    found = Balance.objects.filter(account=account, part=part).first()
    return found.money if found else Money.zero(account.currency)


def pay_for_something(payer: Contact) -> dict[str, Keyed]:
    """One of everything: an invoice that is disputed, a draft, a payment, a credit, a refund, and a tax."""
    change_seller(by="system", name="Aldermouth Water", country="IE", registration="40128", vat_id="IE1234567FA")
    known = TaxRate.objects.filter(name="Standard").first()
    tax = known or save_tax_rate(None, by="system", name="Standard", percent=Decimal(23), is_default=True)
    account = make_account(payer)
    line = NewLine(text="Meter check", price=eur(100))
    first = draft_invoice(account, by="system")
    add_line(first, line, by="system")
    invoice = issue_invoice(first, by="system")
    dispute_invoice(invoice, by=payer, text="I have no meter.")
    payment = record_payment(account, eur(20), by="system", invoice=invoice)
    credit = grant_credit(account, eur(10), reason="Late answer", cause_key="breach:1", by="system")
    refund = request_refund(account, eur(5), reason="We were late", cause_key="breach:2", by="system")
    draft = draft_invoice(account, by="system")
    add_line(draft, line, by="system")
    return {
        "account": account, "invoice": invoice, "draft": draft, "payment": payment, "credit": credit,
        "refund": refund, "tax": tax,
    }  # fmt: skip


def ledger_problems() -> list[str]:
    """What does not agree in the whole ledger; empty when all is well."""
    problems = [
        f"booking {row['booking_id']} adds up to {row['sum']} {row['currency']}"
        for row in Entry.objects.values("booking_id", "currency").annotate(sum=Sum("amount")).exclude(sum=0)
    ]
    sums = {
        (row["account_id"], row["part"]): row["sum"]
        for row in Entry.objects.values("account_id", "part").annotate(sum=Sum("amount"))
    }
    kept = {(one.account_id, one.part): one.amount for one in Balance.objects.all()}
    for key in sums.keys() | kept.keys():
        if sums.get(key, Decimal(0)) != kept.get(key, Decimal(0)):
            problems.append(f"{key}: entries say {sums.get(key, 0)}, the balance {kept.get(key, 0)}")
    return problems + _standing_problems(kept)


def _standing_problems(kept: dict[tuple[int, str], Decimal]) -> list[str]:
    """Where documents and ledger say different things of what a customer owes, has and gets."""
    said: dict[tuple[int, str], Decimal] = {}

    def say(account_id: int, part: str, amount: Decimal) -> None:
        said[account_id, part] = said.get((account_id, part), Decimal(0)) + amount

    for invoice in Invoice.objects.filter(state=Invoice.ISSUED):
        say(invoice.account_id, RECEIVABLE, invoice.open_amount if invoice.is_invoice else -invoice.open_amount)
    for payment in Payment.objects.all():
        say(payment.account_id, RECEIVABLE, -payment.left_amount)
    for credit in Credit.objects.all():
        say(credit.account_id, CREDIT, -credit.left_amount)
    for refund in Refund.objects.filter(state=Refund.APPROVED):
        say(refund.account_id, REFUND_DUE, -refund.amount)
    parts = {key for key in kept.keys() | said.keys() if key[1] in (RECEIVABLE, CREDIT, REFUND_DUE)}
    return [
        f"{key}: documents say {said.get(key, 0)}, the ledger {kept.get(key, 0)}"
        for key in sorted(parts)
        if said.get(key, Decimal(0)) != kept.get(key, Decimal(0))
    ]
