"""Free or charged: the reasons in their order, as data, and what was said of each request, with why."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, amount_field, currency_field
from charterdesk.billing.models.contracts import Contract
from charterdesk.billing.models.offers import PER
from charterdesk.billing.models.orders import Order
from charterdesk.people.models import Contact, Organisation


class Reason(Keyed):
    """One reason to call a request free or charged. The first that fits, by position, decides.

    `types`, `tags` and `channels` say which requests it is for; none of them is all. `words` are what the customer
    reads, by language, where the kind does not say it by itself.
    """

    CAUSE, WINDOW, CONTRACT, OVERAGE, RATE, FREE = "cause", "window", "contract", "overage", "rate", "free"
    DECIDED = "decided"
    KINDS: ClassVar = [
        (CAUSE, _("We caused it: free")),
        (WINDOW, _("Within the days of support after an order: free")),
        (CONTRACT, _("Included in a contract: free")),
        (OVERAGE, _("Above what a contract includes: charged as agreed there")),
        (RATE, _("Charged at a price")),
        (FREE, _("Free")),
    ]

    kind = models.CharField(_("what decides"), max_length=10, choices=KINDS)
    name = models.CharField(_("name"), max_length=120)
    words = models.JSONField(_("what the customer reads"), default=dict, blank=True)
    types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    price_amount = amount_field(null=True, blank=True)
    currency = currency_field(default="EUR")
    per = models.CharField(max_length=8, choices=PER, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="rate") | Q(price_amount__isnull=False), name="billing_reason_rate_has_price"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def price(self) -> Money | None:
        """What an hour or a request costs by it."""
        return None if self.price_amount is None else Money(self.price_amount, self.currency)


class Verdict(Keyed):
    """What was said of a request (`about`, a key): free or charged, and why. One holds; those before it stay.

    Charged, it holds nobody to anything before its customer has accepted it: `accepted_words` is what they saw.
    """

    FREE, CHARGED = "free", "charged"
    OUTCOMES: ClassVar = [(FREE, _("free")), (CHARGED, _("charged"))]

    about = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    kind = models.CharField(max_length=10, help_text="of the reason that decided")
    reason = models.ForeignKey(Reason, models.SET_NULL, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    facts = models.JSONField(default=dict, help_text="numbers, days and words of ours that its sentence names")
    price_amount = amount_field(null=True, blank=True)
    currency = currency_field(default="EUR")
    per = models.CharField(max_length=8, choices=PER, blank=True)
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=80, blank=True)
    accepted_words = models.TextField(blank=True)
    billed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "number"], name="billing_verdict_number"),
            models.UniqueConstraint(fields=["about"], condition=Q(replaced_at=None), name="billing_verdict_holds"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["contact", "id"],
                condition=Q(per="incident", replaced_at=None, accepted_at__isnull=False),
                name="billing_verdict_to_bill",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.outcome}"

    @property
    def is_free(self) -> bool:
        """Whether it costs the customer nothing."""
        return self.outcome == self.FREE

    @property
    def price(self) -> Money | None:
        """What an hour or a request costs; None for what is free."""
        return None if self.price_amount is None else Money(self.price_amount, self.currency)

    @property
    def is_waiting(self) -> bool:
        """Whether work that costs waits for the customer's word."""
        return not self.is_free and self.accepted_at is None and self.replaced_at is None


class Contest(Keyed):
    """A customer says that a verdict is wrong; a lead decides, with reasons."""

    verdict = models.OneToOneField(Verdict, models.CASCADE, related_name="contest")
    contact_id = models.BigIntegerField(null=True)
    text = models.TextField(_("what you say to it"))
    contested_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    is_upheld = models.BooleanField(null=True, help_text="whether the customer was right")
    answer = models.TextField(_("what we say to it"), blank=True)

    def __str__(self) -> str:
        return f"contest of {self.verdict_id}"
