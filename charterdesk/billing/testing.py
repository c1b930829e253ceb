"""Helpers for tests that need money."""

from decimal import Decimal

from django.db.models import Sum

from charterdesk.base.money import Money
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.models import Account, Balance, Credit, Entry, Invoice, Payment, Refund
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
