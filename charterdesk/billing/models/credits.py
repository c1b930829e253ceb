"""Credit: what we owe a customer in kind of money, used up on the next invoice by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import MoneyPair, amount_field, currency_field
from charterdesk.billing.models.ledger import Account


class Credit(Keyed):
    """A credit given for one cause; `left` is what no invoice has used yet, nothing once it was taken back."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = amount_field()
    currency = currency_field()
    left_amount = amount_field()
    money, left = MoneyPair(), MoneyPair("left_amount", "currency")
    reason = models.CharField(max_length=300, help_text="as the customer reads it")
    cause_key = models.CharField(max_length=120, unique=True)
    granted_at = models.DateTimeField(default=now, editable=False)
    taken_back_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, left_amount__gte=0, left_amount__lte=F("amount")),
                name="billing_credit_not_overused",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], condition=Q(left_amount__gt=0), name="billing_credit_left")
        ]

    def __str__(self) -> str:
        return f"{self.money} for {self.cause_key}"
