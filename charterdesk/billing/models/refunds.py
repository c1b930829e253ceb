"""Refunds: money that goes back to a customer, once, after whoever may said so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import MoneyPair, amount_field, currency_field
from charterdesk.billing.models.ledger import CREDIT, GOODWILL, RECEIVABLE, Account
from charterdesk.billing.models.payments import Payment
from charterdesk.people.models import Agent


class Refund(Keyed):
    """Money asked back for one cause: requested, approved or refused, and paid out once."""

    REQUESTED, APPROVED, REFUSED, PAID = "requested", "approved", "refused", "paid"
    STATES: ClassVar = [
        (REQUESTED, _("waits for approval")),
        (APPROVED, _("approved, to be paid out")),
        (REFUSED, _("refused")),
        (PAID, _("paid out")),
    ]
    SOURCES: ClassVar = [
        (GOODWILL, _("as a remedy, at our cost")),
        (RECEIVABLE, _("what they paid too much")),
        (CREDIT, _("the credit they have")),
    ]

    account = models.ForeignKey(Account, models.PROTECT, related_name="refunds")
    amount = amount_field()
    currency = currency_field()
    money = MoneyPair()
    out_of = models.CharField(max_length=12, choices=SOURCES, default=GOODWILL)
    reason = models.CharField(max_length=300, help_text="as the customer reads it")
    cause_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default=REQUESTED)
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, related_name="refunds", help_text="by card: whose card it goes back to"
    )
    ticket_key = models.CharField(max_length=40, blank=True)
    requested_at = models.DateTimeField(default=now, editable=False)
    requested_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    refusal = models.CharField(max_length=1000, blank=True, help_text="why not, as the customer reads it")
    paid_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=120, blank=True, help_text="of the transfer, or the provider's number")
    trouble = models.CharField(max_length=300, blank=True, help_text="why paying out did not work the last time")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_refund_of_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state__in=["requested", "approved"]), name="billing_refund_to_do"),
            models.Index(fields=["account", "-id"], name="billing_refund_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.money} for {self.cause_key}"


class Approval(Keyed):
    """One person's yes to a refund; above their limit it takes a second person's."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="approvals")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["refund", "agent"], name="billing_approval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} of {self.refund_id}"
