"""The charter's versions, the cases measured against it, the figures kept of them, and the remedies owed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.money import Money, amount_field, currency_field
from charterdesk.calendars.models import CalendarVersion
from charterdesk.charter.content import KINDS, Charter, read
from charterdesk.people.models import Contact
from charterdesk.tickets.models import Ticket


class CharterVersion(Keyed):
    """What we promise, from `effective_at` on until the next version takes its place. Never changed once published."""

    DRAFT, APPROVED, PUBLISHED = "draft", "approved", "published"
    STATES: ClassVar = [(DRAFT, _("draft")), (APPROVED, _("approved")), (PUBLISHED, _("published"))]

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    content = models.JSONField(default=dict)
    editors = ArrayField(models.CharField(max_length=40), default=list, help_text="keys of who wrote in it")
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=~Q(state="published"), name="charter_one_unpublished_version"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(effective_at__isnull=False), name="charter_published_has_effect"
            ),
        ]

    def __str__(self) -> str:
        return f"charter {self.number}"

    @property
    def charter(self) -> Charter:
        """What it says."""
        return read(self.content)


class Exclusion(Keyed):
    """A time beyond control, with a reason for all to read: cases it touches count neither as kept nor as broken."""

    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    objectives = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    team_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reason = models.JSONField(default=dict, help_text="by language")
    declared_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField(default=now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("begins_at")), name="charter_exclusion_has_length")
        ]

    def __str__(self) -> str:
        return f"exclusion {self.pk}"


class Bound(models.Model):
    """A ticket that began under a version: what is measured of it, and the last event that was reckoned with."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="+")
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+", db_index=False)
    applied_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"what ticket {self.ticket_id} was promised"


class Case(Keyed):
    """One promise to one customer: an objective, on a ticket, for the `number`th time."""

    RUNNING, PAUSED, KEPT, BROKEN, DROPPED = "running", "paused", "kept", "broken", "dropped"
    STATES: ClassVar = [
        (RUNNING, _("under way")),
        (PAUSED, _("waiting for you")),
        (KEPT, _("kept")),
        (BROKEN, _("broken")),
        (DROPPED, _("no longer owed")),
    ]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+", db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+", db_index=False)
    objective = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    team_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=STATES, default=RUNNING)
    started_at = models.DateTimeField()
    running_since = models.DateTimeField(null=True, blank=True)
    used = models.DurationField()
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True, help_text="of the decision, where the calendar is")
    count = models.PositiveIntegerField(default=0)
    exclusion = models.ForeignKey(Exclusion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "objective", "number"], name="charter_case_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["objective", "decided_at"], condition=Q(state="broken"), name="charter_case_broken"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="charter_case_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.objective} of ticket {self.ticket_id}"

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.state in (self.RUNNING, self.PAUSED)


class AnswerCase(Keyed):
    """One promise to somebody on the line (`about` is the key of their call), decided once they were answered or went.

    It counts in the same figures as the cases of tickets; who hung up before it was due makes none.
    """

    about = models.CharField(max_length=40)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+", db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+", db_index=False)
    objective = models.CharField(max_length=40)
    team_id = models.BigIntegerField()
    state = models.CharField(
        max_length=8, choices=[each for each in Case.STATES if each[0] in (Case.KEPT, Case.BROKEN)]
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    day = models.DateField(help_text="of the decision, where the calendar is")
    exclusion = models.ForeignKey(Exclusion, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "objective"], name="charter_answer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["decided_at"], name="charter_answer_decided")]

    def __str__(self) -> str:
        return f"{self.objective} of {self.about}"

    @property
    def is_open(self) -> bool:
        """Never: a call is a case once it is decided."""
        return False


class Figure(models.Model):
    """What became of the cases decided on one day: kept by counting as they are decided, and by nothing else."""

    objective = models.CharField(max_length=40)
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    kept = models.IntegerField(default=0)
    broken = models.IntegerField(default=0)
    excluded = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "objective", "version"], name="charter_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.objective} on {self.day}"


class OwedRemedy(Keyed):
    """One remedy the charter names for one broken promise: of a request (`case`), or to who called (`answer`).

    `ticket` is where it is made good: what was promised for, or where the call stands. `day` counts those of a remedy
    by the day, from 1.
    """

    WAITING, DONE, REFUSED, SUSPENDED = "waiting", "done", "refused", "suspended"
    STATES: ClassVar = [
        (WAITING, _("waits for approval")),
        (DONE, _("done")),
        (REFUSED, _("refused")),
        (SUSPENDED, _("not owed: beyond control")),
    ]

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="remedies", db_index=False)
    answer = models.ForeignKey(AnswerCase, models.PROTECT, null=True, related_name="remedies", db_index=False)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=KINDS)
    day = models.PositiveSmallIntegerField(default=1)
    amount = amount_field(null=True, blank=True)
    currency = currency_field(blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    needs = models.PositiveSmallIntegerField(default=0, help_text="how many people have to approve it")
    approved_by = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    refused_by = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True, help_text="why it was refused, as the customer is told")
    booked_as = models.CharField(max_length=80, blank=True, help_text="key of what billing booked")
    created_at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "code", "day"], name="charter_remedy_once"),
            models.UniqueConstraint(fields=["answer", "code", "day"], name="charter_remedy_once_a_call"),
            models.CheckConstraint(
                condition=Q(case__isnull=True) ^ Q(answer__isnull=True), name="charter_remedy_for_one_promise"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(state="waiting"), name="charter_remedy_waiting"),
            models.Index(fields=["created_at", "id"], name="charter_remedy_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for ticket {self.ticket_id}"

    @property
    def money(self) -> Money | None:
        """How much, for what costs money."""
        return Money(self.amount, self.currency) if self.amount is not None else None

    @property
    def promise(self) -> Case | AnswerCase:
        """What was broken."""
        found = self.case or self.answer
        assert found is not None  # the database sees to it
        return found

    @property
    def cause_key(self) -> str:
        """What it is booked for, once and for all."""
        promise = f"call{self.answer_id}" if self.answer_id else self.case_id
        return f"charter:{promise}:{self.code}:{self.day}"
