"""What management settles once: who the seller is, when to pay, how numbers run, and who may give money back alone."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, MoneyPair, amount_field, currency_field
from charterdesk.people.models import Agent


class Seller(Keyed):
    """The one row of what stands on every invoice and holds for every payment; what was issued keeps what it said."""

    ONLY = 1

    currency = currency_field(default="EUR")
    name = models.CharField(_("name of the company"), max_length=200, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as IE"))
    vat_id = models.CharField(_("VAT number"), max_length=30, blank=True)
    registration = models.CharField(_("company registration"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for questions about invoices"), blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    footer = models.CharField(_("line at the foot of each invoice"), max_length=300, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=14, validators=[MaxValueValidator(365)])
    invoice_prefix = models.CharField(_("invoice numbers begin with"), max_length=12, default="INV-", blank=True)
    credit_prefix = models.CharField(_("credit note numbers begin with"), max_length=12, default="CN-", blank=True)
    yearly = models.BooleanField(_("numbers begin anew each year"), default=True)
    reminder_days = models.PositiveSmallIntegerField(
        _("days between reminders"), default=7, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    reminders = models.PositiveSmallIntegerField(_("reminders at most"), default=3, validators=[MaxValueValidator(10)])
    keep_years = models.PositiveSmallIntegerField(
        _("years the law has you keep invoices"), default=10, validators=[MaxValueValidator(99)]
    )
    alone_amount = amount_field(verbose_name=_("refunds a published charter gives by itself, up to"), default=0)
    alone = MoneyPair("alone_amount", "currency")

    def __str__(self) -> str:
        return self.name or self.currency


class RefundLimit(Keyed):
    """Up to how much somebody of a role approves refunds alone, in the desk's currency; without a row nothing."""

    role = models.CharField(_("role"), max_length=20, choices=Agent.ROLES, unique=True)
    amount = amount_field(validators=[MinValueValidator(0)])

    def __str__(self) -> str:
        return f"{self.role}: {self.amount}"

    def in_currency(self, currency: str) -> Money:
        """The limit as money."""
        return Money(self.amount, currency)


class NumberRun(models.Model):
    """Where the numbers of invoices (or credit notes) of a year stand; locked while one is given, so none is missed."""

    run = models.CharField(max_length=20, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.run}: {self.last}"
