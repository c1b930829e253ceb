"""The ledger: every movement of money as entries that add up to nothing, never changed and never taken out.

Debits are positive, credits negative. A wrong booking is countered by one that says the opposite. Entries name accounts
by number and hold no words, so erasing a person leaves them whole.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import MoneyPair, amount_field, currency_field
from charterdesk.billing.models.whose import belongs_to
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.permissions import READ_MONEY
from charterdesk.people.viewer import Viewer

RECEIVABLE, CREDIT, REFUND_DUE = "receivable", "credit", "refund_due"
BANK, REVENUE, TAX, GOODWILL = "bank", "revenue", "tax", "goodwill"
PARTS = [
    (RECEIVABLE, _("Owed by customers")),
    (CREDIT, _("Credit customers have")),
    (REFUND_DUE, _("Refunds to pay out")),
    (BANK, _("Money received and paid")),
    (REVENUE, _("Revenue")),
    (TAX, _("Tax to hand on")),
    (GOODWILL, _("Given as remedies and goodwill")),
]
OF_CUSTOMERS = (RECEIVABLE, CREDIT, REFUND_DUE)


class AccountQuerySet(QuerySet["Account"]):
    """Accounts, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All for staff who may read money.

        For customers their own, and that of the organisation whose requests they may see.
        """
        if viewer.is_staff:
            return self.all() if viewer.may(READ_MONEY) else self.none()
        if viewer.contact_id is None:
            return self.none()
        return self.filter(belongs_to(viewer.contact_id, viewer.organisation_id))


class Account(Keyed):
    """What stands between us and one customer, a person or an organisation, in one currency."""

    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    currency = currency_field()
    opened_at = models.DateTimeField(default=now, editable=False)
    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contact=None, organisation__isnull=False) | Q(contact__isnull=False, organisation=None),
                name="billing_account_of_one",
            ),
            models.UniqueConstraint(fields=["contact", "currency"], name="billing_account_contact_once"),
            models.UniqueConstraint(fields=["organisation", "currency"], name="billing_account_organisation_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.contact)


class Booking(Keyed):
    """One movement, with the entries it is made of. What caused it is named, so that nothing is booked twice."""

    INVOICE, CREDIT_NOTE, PAYMENT, CREDIT, CREDIT_USED = "invoice", "credit_note", "payment", "credit", "credit_used"
    REFUND, PAID_OUT, COUNTER = "refund", "paid_out", "counter"
    KINDS: ClassVar = [
        (INVOICE, _("Invoice")),
        (CREDIT_NOTE, _("Credit note")),
        (PAYMENT, _("Payment")),
        (CREDIT, _("Credit given")),
        (CREDIT_USED, _("Credit used")),
        (REFUND, _("Refund approved")),
        (PAID_OUT, _("Refund paid out")),
        (COUNTER, _("Countered")),
    ]

    kind = models.CharField(max_length=12, choices=KINDS)
    cause_key = models.CharField(max_length=160, unique=True, help_text="what this books, once and for all")
    account = models.ForeignKey(Account, models.PROTECT, related_name="bookings")
    counters = models.OneToOneField("self", models.PROTECT, null=True, related_name="countered_by")
    booked_at = models.DateTimeField(default=now, editable=False, db_index=True)
    by = models.CharField(max_length=80, help_text="key of who did it")

    def __str__(self) -> str:
        return f"{self.kind} {self.cause_key}"


class Entry(Keyed):
    """One side of a booking: so much more (or less) on one part of the ledger."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="entries")
    part = models.CharField(max_length=12, choices=PARTS)
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount = amount_field()
    currency = currency_field()
    money = MoneyPair()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "part", "id"], name="billing_entry_of_account")]

    def __str__(self) -> str:
        return f"{self.part} {self.money}"


class Balance(Keyed):
    """What the entries of one part of an account add up to; kept in the transaction that books."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="balances")
    part = models.CharField(max_length=12, choices=PARTS)
    amount = amount_field()
    currency = currency_field()
    money = MoneyPair()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "part"], name="billing_balance_once"),
            models.CheckConstraint(
                condition=~Q(part__in=[CREDIT, REFUND_DUE]) | Q(amount__lte=0), name="billing_balance_not_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.money}"
