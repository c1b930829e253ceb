"""What we promise by when (policies), and how each promise stands (clocks)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.people.models import Team
from charterdesk.tickets.models import Ticket

FIRST_REPLY, NEXT_REPLY, RESOLUTION, ANSWER = "first_reply", "next_reply", "resolution", "answer"
KINDS = [(FIRST_REPLY, _("first reply")), (NEXT_REPLY, _("next reply")), (RESOLUTION, _("solution"))]


def usual_warnings() -> list[int]:
    """The shares of the time, in percent, at which staff are warned, unless a policy says otherwise."""
    return [75]


def waiting() -> list[str]:
    """The statuses in which the solution's clock stands, unless a policy says otherwise."""
    return [Ticket.PENDING, Ticket.ON_HOLD]


class Policy(Keyed):
    """Targets for some requests. What it says is in its versions; the first that matches, by position, holds."""

    slug = models.CharField(max_length=60, unique=True, null=True, help_text="of one that came with the desk")
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.slug or self.key


class PolicyVersion(Keyed):
    """What a policy says from `active_from` to `active_until`; never changed. Empty conditions match everything.

    Targets are open time on the calendar: the policy's own, else that of the customer's contract, of the channel, or of
    the team. `entitlements` are names of contracts.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    priorities = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    team_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    entitlements = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    first_reply = models.DurationField(_("first reply within"), null=True, blank=True)
    next_reply = models.DurationField(_("next reply within"), null=True, blank=True)
    resolution = models.DurationField(_("solution within"), null=True, blank=True)
    answer = models.DurationField(
        _("answer within"), null=True, blank=True, help_text="of who waits on the line: a call, a chat"
    )
    warnings = ArrayField(models.PositiveSmallIntegerField(), default=usual_warnings, help_text="in percent")
    pauses = ArrayField(models.CharField(max_length=10), default=waiting, blank=True)
    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="+")
    active_from = models.DateTimeField(default=now)
    active_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "number"], name="sla_policy_version_once"),
            models.UniqueConstraint(fields=["policy"], condition=Q(active_until=None), name="sla_policy_one_active"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["position", "id"], condition=Q(active_until=None), name="sla_policy_in_force")
        ]

    def __str__(self) -> str:
        return self.name


class Promise(models.Model):
    """How a ticket stands to what it was promised; its clocks hang on it. There is one per ticket, clocks or none."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="+")
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    status = models.CharField(max_length=10, default="open", help_text="the ticket's, after `applied_id`")
    is_answered = models.BooleanField(default=False, help_text="an agent has written to the customer")
    asked_at = models.DateTimeField(null=True, help_text="the customer has written since, and waits")
    applied_id = models.BigIntegerField(help_text="the last event of the ticket that was reckoned with")

    def __str__(self) -> str:
        return f"promises of {self.ticket_id}"


class Clock(Keyed):
    """One target of one ticket, and the time used of it.

    While it is `running`, `used` is the open time counted before `running_since`. A clock that is `paused` keeps the
    due time it had. One that is `stopped` was done at `stopped_at`; one that is `dropped` is owed no more. The next
    reply has a clock for each question, counted by `round`.
    """

    RUNNING, PAUSED, STOPPED, DROPPED = "running", "paused", "stopped", "dropped"
    STATES: ClassVar = [
        (RUNNING, _("running")),
        (PAUSED, _("paused")),
        (STOPPED, _("done")),
        (DROPPED, _("owed no more")),
    ]

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=12, choices=KINDS)
    round = models.SmallIntegerField(default=1, db_default=1)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="+", db_index=False)
    target = models.DurationField()
    state = models.CharField(max_length=8, choices=STATES, default=RUNNING)
    used = models.DurationField()
    started_at = models.DateTimeField()
    running_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    warned_percent = models.SmallIntegerField(default=0, db_default=0, help_text="the last warning's step")
    stopped_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    stretches = models.JSONField(default=list, help_text="[from, to, why it stood or '' , calendar version]")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise", "kind", "round"], name="sla_clock_round_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(state="running"), name="sla_clock_running"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.promise_id}"


class Wait(Keyed):
    """Somebody on the line waits to be answered, a caller or a visitor in a chat; `about` is its key (`call:17`).

    Where nothing is promised (closed just then, or no such target) it has no policy and is never late. `ended_at` is
    when they were answered or went, `is_answered` which of the two.
    """

    about = models.CharField(max_length=40, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=8, blank=True)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    calendar_version = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_answered = models.BooleanField(default=False)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_at"], name="sla_wait_by_time")]

    def __str__(self) -> str:
        return f"answer to {self.about}"


class ChannelHours(Keyed):
    """Opening hours of a way in, where they are others than the team's."""

    channel = models.CharField(_("channel"), max_length=20, unique=True)
    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.channel
