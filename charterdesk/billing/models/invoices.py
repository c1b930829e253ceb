"""Invoices and credit notes: drafts may change, what was issued never does; a credit note counters it."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import MoneyPair, amount_field, currency_field
from charterdesk.billing.models.ledger import Account
from charterdesk.billing.models.whose import belongs_to
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import READ_MONEY
from charterdesk.people.viewer import Viewer


class TaxRate(Keyed):
    """A kind of tax by its name; how much it is stands in its versions, by the day from which it holds."""

    STANDARD, ZERO, EXEMPT, REVERSE, OUTSIDE = "S", "Z", "E", "AE", "O"
    CATEGORIES: ClassVar = [
        (STANDARD, _("taxed")),
        (ZERO, _("taxed at nothing")),
        (EXEMPT, _("exempt")),
        (REVERSE, _("the customer owes the tax (reverse charge)")),
        (OUTSIDE, _("not subject to tax")),
    ]
    WITHOUT: ClassVar = (ZERO, EXEMPT, REVERSE, OUTSIDE)

    name = models.CharField(_("name"), max_length=80, unique=True)
    category = models.CharField(_("kind"), max_length=2, choices=CATEGORIES, default=STANDARD)
    why = models.CharField(_("why no tax is charged, as the invoice says it"), max_length=200, blank=True)
    is_default = models.BooleanField(_("for new lines"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="billing_tax_one_default")
        ]

    def __str__(self) -> str:
        return self.name


class TaxRateVersion(Keyed):
    """So many percent from a day on; never changed."""

    rate = models.ForeignKey(TaxRate, models.CASCADE, related_name="versions")
    percent = models.DecimalField(
        _("percent"),
        max_digits=6,
        decimal_places=3,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    valid_from = models.DateField(_("from"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rate", "valid_from"], name="billing_tax_from_once")]
        ordering: ClassVar = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.percent} % from {self.valid_from}"


class BillTo(Keyed):
    """To whom invoices of an account go; each invoice keeps what it said when it was issued."""

    FIELDS: ClassVar = ("name", "street", "postcode", "city", "country", "vat_id", "reference", "email")

    account = models.OneToOneField(Account, models.PROTECT, related_name="bill_to")
    name = models.CharField(_("name"), max_length=200, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as IE"))
    vat_id = models.CharField(_("VAT number"), max_length=30, blank=True)
    reference = models.CharField(_("their reference, such as an order number"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail for invoices"), blank=True)

    def __str__(self) -> str:
        return self.name


class InvoiceQuerySet(QuerySet["Invoice"]):
    """Invoices, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All for staff who may read money.

        For customers what was issued to them, or to the organisation whose requests they may see.
        """
        if viewer.is_staff:
            return self.all() if viewer.may(READ_MONEY) else self.none()
        if viewer.contact_id is None:
            return self.none()
        own = belongs_to(viewer.contact_id, viewer.organisation_id, through="account__")
        return self.filter(own, state=Invoice.ISSUED)

    def open(self) -> Self:
        """Issued invoices that are not paid."""
        return self.filter(kind=Invoice.INVOICE, state=Invoice.ISSUED, open_amount__gt=0)


class Invoice(Keyed):
    """An invoice, or a credit note that counters (a part of) one. All amounts are positive.

    `open_amount` is what of an invoice is not paid yet; of a credit note, what nothing was set off against yet.
    """

    INVOICE, CREDIT_NOTE = "invoice", "credit_note"
    KINDS: ClassVar = [(INVOICE, _("Invoice")), (CREDIT_NOTE, _("Credit note"))]
    DRAFT, ISSUED = "draft", "issued"
    STATES: ClassVar = [(DRAFT, pgettext_lazy("invoice", "draft")), (ISSUED, pgettext_lazy("invoice", "issued"))]

    account = models.ForeignKey(Account, models.PROTECT, related_name="invoices", db_index=False)
    kind = models.CharField(max_length=12, choices=KINDS, default=INVOICE)
    counters = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    state = models.CharField(max_length=8, choices=STATES, default=DRAFT)
    number = models.CharField(max_length=40, null=True, unique=True)
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    supplied_from = models.DateField(null=True)
    supplied_until = models.DateField(null=True)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    currency = currency_field()
    net_amount = amount_field(default=0)
    tax_amount = amount_field(default=0)
    gross_amount = amount_field(default=0)
    open_amount = amount_field(default=0)
    prepaid_amount = amount_field(default=0, help_text="what was overpaid before, and set off when it was issued")
    credit_amount = amount_field(default=0, help_text="the credit that was used when it was issued")
    net, tax, gross = MoneyPair("net_amount"), MoneyPair("tax_amount"), MoneyPair("gross_amount")
    open, prepaid, credit = MoneyPair("open_amount"), MoneyPair("prepaid_amount"), MoneyPair("credit_amount")
    note = models.CharField(_("a line for the customer"), max_length=500, blank=True)
    seller = models.JSONField(default=dict, help_text="who we were when it was issued")
    buyer = models.JSONField(default=dict, help_text="whom it went to; emptied when a person is forgotten")
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now, editable=False)
    by = models.CharField(max_length=80)
    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(open_amount__gte=0, open_amount__lte=F("gross_amount")), name="billing_invoice_open"
            ),
            models.CheckConstraint(
                condition=Q(gross_amount=F("net_amount") + F("tax_amount")), name="billing_invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number=None) | Q(state="issued", number__isnull=False),
                name="billing_invoice_numbered",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="draft", kind="invoice"), name="billing_invoice_one_draft"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="billing_invoice_of_account"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="issued", kind="invoice", open_amount__gt=0),
                name="billing_invoice_unpaid",
            ),
            models.Index(fields=["-issued_on", "-id"], name="billing_invoice_by_day"),
        ]

    def __str__(self) -> str:
        return self.number or self.key

    @property
    def is_invoice(self) -> bool:
        """Whether it is an invoice, and no credit note."""
        return self.kind == self.INVOICE

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.state == self.DRAFT

    @property
    def is_paid(self) -> bool:
        """Whether nothing of it is open."""
        return not self.is_draft and not self.open_amount

    def days_late(self, day: date) -> int:
        """For how many days it has been due and unpaid."""
        if not self.is_invoice or self.is_draft or self.is_paid or self.due_on is None:
            return 0
        return max((day - self.due_on).days, 0)


class InvoiceLine(Keyed):
    """So many of one thing. `credits` is the line of the invoice that a credit note's line takes back."""

    PIECE, HOUR, MONTH = "C62", "HUR", "MON"
    UNITS: ClassVar = [(PIECE, _("piece")), (HOUR, _("hour")), (MONTH, _("month"))]

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what for"), max_length=300)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=4, default=1)
    unit = models.CharField(_("unit"), max_length=3, choices=UNITS, default=PIECE)
    price_amount = amount_field(verbose_name=_("price of one"))
    net_amount = amount_field()
    currency = currency_field()
    price, net = MoneyPair("price_amount"), MoneyPair("net_amount")
    rate = models.ForeignKey(TaxRate, models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=2, default="O")
    percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    credits = models.ForeignKey("self", models.PROTECT, null=True, related_name="credited_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="billing_invoice_line_once")
        ]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.text


class Billed(Keyed):
    """What was put on an invoice (by its key), so that nothing is charged twice; gone when that is countered."""

    source_key = models.CharField(max_length=120, unique=True)
    line = models.ForeignKey(InvoiceLine, models.CASCADE, related_name="sources")

    def __str__(self) -> str:
        return self.source_key


class Dispute(Keyed):
    """A customer says that an invoice is wrong; until it is settled, nobody reminds them of it."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="disputes")
    text = models.CharField(_("what is wrong"), max_length=2000)
    raised_at = models.DateTimeField(default=now, editable=False)
    by = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(_("what we say to it"), max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice"], condition=Q(settled_at=None), name="billing_dispute_one")
        ]

    def __str__(self) -> str:
        return f"dispute of {self.invoice_id}"
