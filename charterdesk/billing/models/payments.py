"""Payments, and what was set off against which invoice."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import MoneyPair, amount_field, currency_field
from charterdesk.billing.models.invoices import Invoice
from charterdesk.billing.models.ledger import Account


class Payment(Keyed):
    """Money we received; `left` is what no invoice took. One recorded in error is countered, and then has none left."""

    BANK, CASH, CARD, STRIPE, OTHER = "bank", "cash", "card", "stripe", "other"
    WAYS: ClassVar = [
        (BANK, _("bank transfer")),
        (CASH, _("cash")),
        (CARD, _("card")),
        (STRIPE, "Stripe"),
        (OTHER, _("another way")),
    ]

    account = models.ForeignKey(Account, models.PROTECT, related_name="payments", db_index=False)
    amount = amount_field()
    currency = currency_field()
    left_amount = amount_field()
    money, left = MoneyPair(), MoneyPair("left_amount")
    way = models.CharField(max_length=8, choices=WAYS, default=BANK)
    received_on = models.DateField()
    reference = models.CharField(max_length=140, blank=True)
    external_id = models.CharField(max_length=120, null=True, unique=True, help_text="the bank's or provider's own")
    recorded_at = models.DateTimeField(default=now, editable=False)
    countered_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, left_amount__gte=0, left_amount__lte=F("amount")),
                name="billing_payment_not_overused",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="billing_payment_of_account")]

    def __str__(self) -> str:
        return f"{self.money} on {self.received_on}"


class Allocation(Keyed):
    """So much of an invoice was settled by a payment, a credit or a credit note (its key); negative when countered."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="allocations")
    source_key = models.CharField(max_length=40, db_index=True)
    amount = amount_field()
    currency = currency_field()
    money = MoneyPair()
    at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"{self.money} of {self.source_key}"
