"""What we sell as support (offers), and what customers get for staying with us (tiers)."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, MoneyPair, amount_field, currency_field
from charterdesk.calendars.models import BusinessCalendar

INCIDENT, HOUR = "incident", "hour"
PER: list[tuple[str, object]] = [(HOUR, _("hour")), (INCIDENT, _("request"))]


class Terms(models.Model):
    """What support includes and costs. No types or channels are all of them; no number of incidents or minutes is none.

    A contract keeps terms of its own: what was agreed stays, whatever becomes of the offer.
    """

    MONTH, QUARTER, YEAR, WHOLE = "month", "quarter", "year", "whole"
    PERIODS: ClassVar = [
        (MONTH, _("month")),
        (QUARTER, _("quarter")),
        (YEAR, _("year")),
        (WHOLE, _("whole contract")),
    ]

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is, as customers read it"), blank=True)
    types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField(_("period"), max_length=8, choices=PERIODS, default=YEAR)
    is_unlimited = models.BooleanField(_("all requests are included"), default=False)
    incidents = models.PositiveIntegerField(_("requests included per period"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes included per period"), null=True, blank=True)
    price_amount = amount_field(default=0)
    overage_per = models.CharField(max_length=8, choices=PER, blank=True)
    overage_amount = amount_field(null=True, blank=True)
    currency = currency_field(default="EUR")
    remind_days = models.PositiveSmallIntegerField(_("days before the end to remind of it"), default=30)
    price = MoneyPair("price_amount", "currency")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def overage(self) -> Money | None:
        """What one more hour or request costs when what is included is used up; None where there is no more then."""
        if not self.overage_per or self.overage_amount is None:
            return None
        return Money(self.overage_amount, self.currency)


TERMS = (
    "name", "description", "types", "channels", "calendar", "period", "is_unlimited", "incidents", "minutes",
    "price_amount", "overage_per", "overage_amount", "currency", "remind_days",
)  # fmt: skip
"""The fields of `Terms`, which a contract takes over from its offer."""


class Offer(Keyed, Terms):
    """Support as customers can have it."""

    months = models.PositiveSmallIntegerField(_("how many months it runs"), null=True, blank=True, default=12)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("it is offered"), default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="billing_offer_name")]
        ordering: ClassVar = ["position", "pk"]


class Tier(Keyed):
    """Whoever ordered `orders` times in the last year is of it: their requests go `classes` priority classes earlier.

    Only while nobody they would overtake is due within `margin`: loyalty never breaks another's promise.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    orders = models.PositiveIntegerField(_("orders in the last year"), validators=[MinValueValidator(1)])
    classes = models.PositiveSmallIntegerField(
        _("priority classes earlier"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    margin = models.DurationField(_("room that others' promises keep"), default=timedelta(hours=2))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["orders"], name="billing_tier_orders"),
            models.CheckConstraint(condition=Q(orders__gt=0), name="billing_tier_some_orders"),
        ]
        ordering: ClassVar = ["-orders"]

    def __str__(self) -> str:
        return self.name


class Favour(Keyed):
    """A request (its key) that goes `classes` priority classes earlier, for its customer is of a tier."""

    about = models.CharField(max_length=80, unique=True)
    tier_name = models.CharField(max_length=80)
    classes = models.PositiveSmallIntegerField()
    margin = models.DurationField()

    def __str__(self) -> str:
        return f"{self.about}: {self.tier_name}"
