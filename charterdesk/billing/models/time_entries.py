"""Time spent on a request: billable or a courtesy, by a running timer or by hand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, amount_field, currency_field
from charterdesk.billing.models.contracts import Contract
from charterdesk.billing.models.verdicts import Verdict
from charterdesk.people.models import Agent, Contact, Organisation

MINUTES_OF_AN_HOUR = 60


class TimeEntry(Keyed):
    """Minutes somebody worked on a request (`about`, a key); without `ended_at` their timer runs.

    Of billable minutes, `covered` were included in a contract and `charged` cost `rate` an hour. What was put on an
    invoice (`billed_at`) is never changed.
    """

    BILLABLE, COURTESY = "billable", "courtesy"
    KINDS: ClassVar = [(BILLABLE, _("billable")), (COURTESY, _("courtesy"))]

    about = models.CharField(max_length=80)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=BILLABLE)
    note = models.CharField(_("what was done"), max_length=300, blank=True)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)
    charged = models.PositiveIntegerField(default=0)
    verdict = models.ForeignKey(Verdict, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    rate_amount = amount_field(null=True, blank=True)
    currency = currency_field(default="EUR")
    billed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("time entry")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent"], condition=Q(ended_at=None, removed_at=None), name="billing_one_timer"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=models.F("covered") + models.F("charged")), name="billing_time_adds_up"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["about", "id"], name="billing_time_of"),
            models.Index(
                fields=["contact", "id"],
                condition=Q(charged__gt=0, billed_at=None, removed_at=None),
                name="billing_time_to_bill",
            ),
            models.Index(fields=["agent", "-id"], name="billing_time_by_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.about}"

    @property
    def rate(self) -> Money | None:
        """What an hour of it costs."""
        return None if self.rate_amount is None else Money(self.rate_amount, self.currency)

    @property
    def cost(self) -> Money | None:
        """What the charged minutes come to, rounded to the coin; None where nothing is charged."""
        return (
            Money(self.rate.amount * self.charged / MINUTES_OF_AN_HOUR, self.currency).rounded()
            if self.rate and self.charged
            else None
        )

    @property
    def is_running(self) -> bool:
        """Whether its timer runs."""
        return self.ended_at is None and self.removed_at is None
