"""The log, who has read how far, what failed, what is to happen later, and rules as data."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.events.rule_titles import title_of


class Transaction(models.BigIntegerField):  # type: ignore[type-arg]  # not subscriptable when run
    """A 64-bit transaction number (`xid8`), set by the database."""

    def db_type(self, connection: Any) -> str:
        """The column's type."""
        return "xid8"


class LoggedEvent(models.Model):
    """One row of the log, for reading; only `log.publish` writes. Partitioned by id (see `partitions.py`)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(editable=False)
    code = models.TextField()
    subject = models.TextField(help_text="key of what it happened to, such as ticket:1042")
    actor = models.TextField(help_text="key of who did it")
    cause_id = models.BigIntegerField(null=True, help_text="the event that caused this one")
    depth = models.SmallIntegerField(default=0, help_text="length of the chain of causes")
    data = models.JSONField(default=dict)
    facts = models.JSONField(null=True, help_text="the subject's registered fields at that moment; erasable")
    txid = Transaction(editable=False)

    class Meta:
        db_table = "events_event"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.id} {self.code} {self.subject}"


class Reader(models.Model):
    """How far a reader of the log has come.

    `position` is a snapshot: what it sees is read. While a long gap is read in pieces, `target` is the
    snapshot that ends it and `offset_id` the last event of it already delivered.
    """

    name = models.CharField(primary_key=True, max_length=60)
    position = models.TextField(default="1:1:")
    target = models.TextField(blank=True, default="")
    offset_id = models.BigIntegerField(default=0)
    floor_id = models.BigIntegerField(default=0, help_text="no event up to this one is read by position")
    seen_id = models.BigIntegerField(default=0, help_text="the highest number delivered so far")
    system_identifier = models.TextField(default="", help_text="the cluster whose transaction numbers these are")
    moved_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class Delivery(Keyed):
    """An event that a handler has still to hear: it failed, or waits behind one that did."""

    WAITING, PARKED = "waiting", "parked"
    STATES: ClassVar = [(WAITING, _("is tried again")), (PARKED, _("parked"))]

    event_id = models.BigIntegerField()
    subject = models.TextField()
    handler = models.TextField()
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event_id", "handler"], name="events_delivery_once")]
        indexes: ClassVar = [
            models.Index(fields=["subject", "event_id"], name="events_delivery_queue"),
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="events_delivery_due"),
            models.Index(fields=["-id"], condition=Q(state="parked"), name="events_delivery_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.handler} has not heard {self.event_id}"


class Dropped(Keyed):
    """A parked delivery or timer that an operator gave up, and why."""

    what = models.TextField(help_text="handler and event, or the timer's key")
    error = models.TextField(blank=True)
    reason = models.TextField()
    actor = models.TextField()
    dropped_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.what


class JobError(models.Model):
    """What a job last raised; gone once it went well."""

    job_id = models.BigIntegerField(primary_key=True)
    error = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.error


class Timer(Keyed):
    """An operation to be performed at a time."""

    RUNNING, PARKED = "running", "parked"
    STATES: ClassVar = [(RUNNING, _("running")), (PARKED, _("parked"))]

    name = models.TextField(unique=True, db_column="key", help_text="chosen by whoever set it")
    due_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="due_at, later after a failure")
    operation = models.TextField()
    subject = models.TextField(blank=True)
    actor = models.TextField()
    args = models.JSONField(default=dict)
    cause_id = models.BigIntegerField(null=True, help_text="the event whose reaction set it")
    depth = models.SmallIntegerField(default=0, help_text="length of the chain of causes, if due within a minute")
    state = models.CharField(max_length=8, choices=STATES, default=RUNNING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["try_at", "id"], condition=Q(state="running"), name="events_timer_due"),
            models.Index(fields=["-id"], condition=Q(state="parked"), name="events_timer_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.due_at}"


class Rule(Keyed):
    """When something happens and conditions hold, do actions. What it says is in its versions."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.CharField(max_length=100, unique=True, null=True, help_text="of a default rule: package.name")
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    created_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, help_text="out of every list; what it did stays told")

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        """What it is called for whoever reads."""
        return title_of(self.name)


class RuleVersion(Keyed):
    """What a rule says, from `active_from` until `active_until`; never changed once it has been active."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField(help_text='{"when": [codes], "if": condition, "then": [{"operation", "args"}]}')
    active_from = models.DateTimeField(null=True, blank=True)
    active_until = models.DateTimeField(null=True, blank=True)
    actor = models.TextField(default="system")
    reason = models.TextField(default="", db_default="", help_text="why it was made, by whoever made it")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "number"], name="events_rule_version_once"),
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(active_from__isnull=False, active_until__isnull=True),
                name="events_rule_one_active",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} v{self.number}"


class RuleRun(Keyed):
    """A version judged an event: whether it matched, the values it went by, and what it did."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="runs")
    event_id = models.BigIntegerField()
    subject = models.TextField()
    matched = models.BooleanField()
    values_used = models.JSONField(null=True, help_text="erasable")
    done = models.JSONField(default=list, help_text="the operations performed")
    error = models.TextField(blank=True)
    held = models.TextField(default="", db_default="", help_text="the guard that kept it from acting: a code")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event_id", "version"], name="events_rule_run_once")]
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="events_rule_run_subject"),
            models.Index(fields=["version", "-id"], name="events_rule_run_version"),
            models.Index(fields=["at"], condition=~Q(held=""), name="events_rule_run_held"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} judged {self.event_id}"


class Heartbeat(models.Model):
    """A running part of the worker says that it lives, and how it fares."""

    name = models.CharField(primary_key=True, max_length=100, help_text="part, host and process")
    part = models.CharField(max_length=20)
    at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(db_default=Now())
    state = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Webhook(Keyed):
    """An address of another system that hears of chosen events, each signed and tried until it answers."""

    name = models.CharField(_("name"), max_length=120)
    url = models.TextField(_("address"))
    codes = ArrayField(models.TextField(), default=list, help_text="of the events it hears; none is all")
    team_ids = ArrayField(models.BigIntegerField(), default=list, help_text="whose subjects it hears of; none is all")
    sealed = models.BinaryField(help_text="the keys it is signed with, encrypted; the newest first")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="since it last answered")
    try_at = models.DateTimeField(null=True, help_text="while it fails: not before")
    off_because = models.TextField(blank=True, default="", help_text="why the desk itself switched it off")

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class WebhookCall(Keyed):
    """An event that a webhook has to hear, and how that went."""

    WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"
    STATES: ClassVar = [(WAITING, _("waits")), (DELIVERED, _("delivered")), (FAILED, _("given up"))]

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="calls")
    event_id = models.BigIntegerField()
    code = models.TextField()
    subject = models.TextField()
    state = models.CharField(max_length=9, choices=STATES, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    tries = models.JSONField(default=list, help_text='[{"at", "status", "ms", "said"}], the latest last')
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "event_id"], name="events_webhookcall_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["webhook", "next_try_at"], condition=Q(state="waiting"), name="events_webhookcall_due"
            ),
            models.Index(fields=["webhook", "-id"], name="events_webhookcall_latest"),
            models.Index(fields=["done_at"], condition=~Q(state="waiting"), name="events_webhookcall_done"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} hears {self.event_id}"
