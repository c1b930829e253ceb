"""Contracts: what a customer bought of us, and what of it is used."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.billing.models.offers import Offer, Terms
from charterdesk.billing.models.whose import belongs_to
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.viewer import Viewer


class ContractQuerySet(QuerySet["Contract"]):
    """Contracts, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All for staff; for a customer their own and those of the organisation whose requests they may see."""
        if viewer.is_staff:
            return self.all()
        if viewer.contact_id is None:
            return self.none()
        return self.of(contact_id=viewer.contact_id, organisation_id=viewer.organisation_id)

    def of(self, *, contact_id: int, organisation_id: int | None) -> Self:
        """Those that hold for a customer: their own, and their organisation's."""
        return self.filter(belongs_to(contact_id, organisation_id))

    def running_on(self, day: date) -> Self:
        """Those in force on `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, cancelled_at=None)


class Contract(Keyed, Terms):
    """Support for one customer, a person or an organisation, from `starts_on` to `ends_on`, both included.

    Its terms are what was agreed on `agreed_on`; they never change. To agree on others, end it and make another.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="contracts")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contact=None, organisation__isnull=False) | Q(contact__isnull=False, organisation=None),
                name="billing_contract_of_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="billing_contract_runs"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ends_on", "id"], name="billing_contract_ending")]

    @property
    def customer(self) -> Contact | Organisation | None:
        """Who has it."""
        return self.organisation or self.contact

    def is_running_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.cancelled_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Use(Keyed):
    """Something included was used: a request by a verdict, or minutes by a time entry. Given back, it counts no more.

    Written under the contract's lock, so that no more is ever used than there is.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="uses", db_index=False)
    period_on = models.DateField(help_text="the first day of the period it counts in")
    cause_key = models.CharField(max_length=80, help_text="verdict:7 or timeentry:9")
    incidents = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(default=now)
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause_key"], condition=Q(given_back_at=None), name="billing_use_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["contract", "period_on"], condition=Q(given_back_at=None), name="billing_use_of")
        ]

    def __str__(self) -> str:
        return f"{self.cause_key} of {self.contract_id}"
