"""Orders: what customers bought in a shop of ours, from wherever it tells us."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, MoneyPair, amount_field, currency_field
from charterdesk.billing.models.whose import belongs_to
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.viewer import Viewer


class OrderSource(Keyed):
    """Where orders come from. Its secret is kept encrypted; `slug` stands in the address a shop calls."""

    SHOPIFY, WOOCOMMERCE, OWN = "shopify", "woocommerce", "own"
    KINDS: ClassVar = [(SHOPIFY, "Shopify"), (WOOCOMMERCE, "WooCommerce"), (OWN, _("API and CSV"))]

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default=OWN)
    sealed_secret = models.BinaryField(default=bytes)
    support_days = models.PositiveSmallIntegerField(_("days of support after an order"), default=30)
    is_active = models.BooleanField(_("in use"), default=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.name


class OrderQuerySet(QuerySet["Order"]):
    """Orders, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All for staff; for a customer their own and those of the organisation whose requests they may see."""
        if viewer.is_staff:
            return self.all()
        if viewer.contact_id is None:
            return self.none()
        return self.of(contact_id=viewer.contact_id, organisation_id=viewer.organisation_id)

    def of(self, *, contact_id: int, organisation_id: int | None) -> Self:
        """Those of a customer, and of their organisation."""
        return self.filter(belongs_to(contact_id, organisation_id))

    def supported_at(self, moment: datetime) -> Self:
        """Those whose support window is open at `moment`."""
        return self.filter(supported_until__gte=moment, ordered_at__lte=moment).exclude(status__in=Order.UNDONE)


class Order(Keyed):
    """What somebody bought. `supported_until` is the end of its window of free support."""

    OPEN, PAID, FULFILLED, CANCELLED, REFUNDED = "open", "paid", "fulfilled", "cancelled", "refunded"
    STATUSES: ClassVar = [
        (OPEN, pgettext_lazy("order", "open")),
        (PAID, pgettext_lazy("order", "paid")),
        (FULFILLED, pgettext_lazy("order", "delivered")),
        (CANCELLED, pgettext_lazy("order", "cancelled")),
        (REFUNDED, pgettext_lazy("order", "refunded")),
    ]
    UNDONE = (CANCELLED, REFUNDED)

    source = models.ForeignKey(OrderSource, models.PROTECT, related_name="orders", db_index=False)
    external_id = models.CharField(max_length=80)
    number = models.CharField(_("number"), max_length=80)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=OPEN)
    total_amount = amount_field(default=0)
    currency = currency_field(default="EUR")
    total = MoneyPair("total_amount", "currency")
    ordered_at = models.DateTimeField()
    support_days = models.PositiveSmallIntegerField(default=30)
    supported_until = models.DateTimeField(help_text="kept by `take_order`")
    changed_at = models.DateTimeField(help_text="when the shop says it changed last: what is older changes nothing")
    taken_at = models.DateTimeField(default=now, editable=False)
    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "external_id"], name="billing_order_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contact", "-ordered_at"], name="billing_order_by_contact"),
            models.Index(fields=["organisation", "-ordered_at"], name="billing_order_by_organisation"),
            models.Index(fields=["number"], name="billing_order_by_number"),
            # Rules follow these dates: each minute, what came since the last.
            models.Index(fields=["ordered_at"], name="billing_order_by_time"),
            models.Index(fields=["supported_until"], name="billing_order_by_support"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def window(self) -> timedelta:
        """How long support after it is free."""
        return timedelta(days=self.support_days)


class OrderLine(Keyed):
    """So many of one thing, at the price of one."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    sku = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    price_amount = amount_field(default=0)
    currency = currency_field(default="EUR")
    price = MoneyPair("price_amount", "currency")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="billing_order_line_once"),
        ]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def sum(self) -> Money:
        """What the line comes to."""
        return (self.price * self.quantity).rounded()


class OrderNamed(Keyed):
    """What a request (by its key) is about: one order."""

    about = models.CharField(max_length=80, unique=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.about}: {self.order_id}"
