"""Reads of invoices and accounts: what stands on them, what is late, how a customer stands with us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from charterdesk.base.money import Money
from charterdesk.billing.models import Account, Balance, Dispute, Entry, Invoice, InvoiceLine
from charterdesk.billing.models.ledger import CREDIT, PARTS, RECEIVABLE, REFUND_DUE
from charterdesk.people.models import Contact, Organisation

STEPS: Sequence[tuple[int | None, int | None]] = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))
"""Days late, from and to: not due yet, up to 30 days, ..."""


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """The lines with their rates of tax, in order. One statement."""
    return list(invoice.lines.select_related("rate").order_by("position"))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a customer stands with us: owed to us (negative: overpaid), their credit, what is to be paid back to them."""

    account: Account
    owed: Money
    credit: Money
    refunds: Money

    @property
    def overpaid(self) -> Money:
        """What they paid too much; nothing where they owe."""
        return max(-self.owed, Money.zero(self.owed.currency))

    @property
    def is_settled(self) -> bool:
        """Whether nothing stands open on either side."""
        return not (self.owed or self.credit or self.refunds)


def standings(accounts: Sequence[Account]) -> list[Standing]:
    """How each of `accounts` stands. One statement."""
    kept = {(one.account_id, one.part): one.money for one in Balance.objects.filter(account__in=accounts)}

    def of(account: Account, part: str) -> Money:
        return kept.get((account.pk, part), Money.zero(account.currency))

    return [
        Standing(
            account=account,
            owed=of(account, RECEIVABLE),
            credit=-of(account, CREDIT),
            refunds=-of(account, REFUND_DUE),
        )
        for account in accounts
    ]


def accounts_of(payer: Contact | Organisation) -> list[Account]:
    """The accounts of a customer, one for each currency. One statement."""
    if isinstance(payer, Organisation):
        own = Q(organisation=payer) | Q(organisation__merged_into=payer)
    else:
        own = Q(contact=payer) | Q(contact__merged_into=payer)
    return list(Account.objects.filter(own).order_by("currency", "pk"))


def disputed(invoices: Sequence[Invoice]) -> set[int]:
    """Which of `invoices` are disputed now. One statement."""
    found = Dispute.objects.filter(invoice__in=invoices, settled_at=None)
    return set(found.values_list("invoice_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class Age:
    """What is open and so many days late."""

    first: int | None
    last: int | None
    money: Money
    invoices: int


def ages(currency: str, *, on: date, account: Account | None = None) -> list[Age]:
    """Open amounts in `currency` by how late they are. One statement over what is open."""
    unpaid = Invoice.objects.open().filter(currency=currency)
    if account:
        unpaid = unpaid.filter(account=account)
    sums = {step: Money.zero(currency) for step in STEPS}
    counts = dict.fromkeys(STEPS, 0)
    for due_on, amount, number in unpaid.values_list("due_on").annotate(Sum("open_amount"), n=Count("pk")):
        late = max((on - due_on).days, 0)
        step = next(each for each in STEPS if each[1] is None or late <= each[1])
        sums[step] += Money(amount, currency)
        counts[step] += number
    return [Age(first=step[0], last=step[1], money=sums[step], invoices=counts[step]) for step in STEPS]


@dataclass(frozen=True, kw_only=True)
class PartTotal:
    """What one part of the ledger came to."""

    part: str
    name: str
    debit: Money
    credit: Money

    @property
    def balance(self) -> Money:
        """Debits less credits."""
        return self.debit - self.credit


def totals(currency: str, *, since: date, until: date) -> list[PartTotal]:
    """What was booked on each part of the ledger from `since` to `until`, both included. One statement over these."""
    entries = Entry.objects.filter(
        currency=currency,
        booking__booked_at__gte=datetime.combine(since, time.min, UTC),
        booking__booked_at__lt=datetime.combine(until + timedelta(days=1), time.min, UTC),
    )
    found = {
        row["part"]: row
        for row in entries.values("part").annotate(
            debit=Sum("amount", filter=Q(amount__gt=0), default=0),
            credit=Sum("amount", filter=Q(amount__lt=0), default=0),
        )
    }
    nothing = {"debit": 0, "credit": 0}
    return [
        PartTotal(
            part=part,
            name=str(name),
            debit=Money(Decimal(found.get(part, nothing)["debit"]), currency),
            credit=-Money(Decimal(found.get(part, nothing)["credit"]), currency),
        )
        for part, name in PARTS
    ]
