"""A ticket and how it stands to agents, other tickets and people on copy."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import LANGUAGES, Agent, Contact, Organisation, Team
from charterdesk.people.viewer import Viewer


class NextNumber(Func):
    """The next ticket number, from a sequence: unique and rising, with gaps after a rollback."""

    template = "nextval('tickets_number')"
    output_field = models.BigIntegerField()


class TicketQuerySet(QuerySet["Ticket"]):
    """Tickets, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may see: every surface starts here. One index range, no join, no DISTINCT; two ranges for
        customers who see what their organisation asks. What is about an agent themselves they don't see."""
        if viewer.is_staff:
            seen = self.all() if viewer.sees_every_team else self.filter(team_id__in=viewer.team_ids)
            return seen.exclude(pk__in=viewer.tickets_kept_from) if viewer.kept_from else seen
        if viewer.contact_id is None:
            return self.none()
        if viewer.organisation_id is not None:
            return self.filter(Q(contact_id=viewer.contact_id) | Q(organisation_id=viewer.organisation_id))
        return self.filter(contact_id=viewer.contact_id)

    def unfinished(self) -> Self:
        """Those that still need work or an answer."""
        return self.filter(status__in=Ticket.UNFINISHED)

    def active(self) -> Self:
        """Those the desk has to work on now."""
        return self.filter(status__in=Ticket.ACTIVE)


class Ticket(Keyed):
    """A request we have taken on; from opening to closure one team owns it."""

    NEW, OPEN, PENDING, ON_HOLD, SOLVED, CLOSED = "new", "open", "pending", "on_hold", "solved", "closed"
    STATUSES: ClassVar = [
        (NEW, pgettext_lazy("ticket status", "new")),
        (OPEN, pgettext_lazy("ticket status", "open")),
        (PENDING, pgettext_lazy("ticket status", "waiting for the customer")),
        (ON_HOLD, pgettext_lazy("ticket status", "waiting for others")),
        (SOLVED, pgettext_lazy("ticket status", "solved")),
        (CLOSED, pgettext_lazy("ticket status", "closed")),
    ]
    ACTIVE = (NEW, OPEN)
    UNFINISHED = (NEW, OPEN, PENDING, ON_HOLD)

    URGENT, HIGH, NORMAL, LOW = 1, 2, 3, 4
    PRIORITIES: ClassVar = [
        (URGENT, pgettext_lazy("priority", "urgent")),
        (HIGH, pgettext_lazy("priority", "high")),
        (NORMAL, pgettext_lazy("priority", "normal")),
        (LOW, pgettext_lazy("priority", "low")),
    ]
    TYPES: ClassVar = [
        ("question", _("question")),
        ("incident", _("incident")),
        ("problem", _("problem")),
        ("order", _("order")),
        ("complaint", _("complaint")),
    ]
    CHANNELS: ClassVar = [
        ("email", _("e-mail")),
        ("portal", _("portal")),
        ("phone", _("phone")),
        ("sms", _("SMS")),
        ("desk", _("front desk")),
        ("letter", _("letter")),
        ("api", _("API")),
    ]

    number = models.BigIntegerField(unique=True, editable=False, db_default=NextNumber())
    subject = models.CharField(_("subject"), max_length=300)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=NEW)
    status_reason = models.CharField(_("reason"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=TYPES, default="question")
    priority = models.PositiveSmallIntegerField(_("priority"), choices=PRIORITIES, default=NORMAL)
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    channel = models.CharField(_("channel"), max_length=20, choices=CHANNELS, default="email")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey(Agent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    solution = models.TextField(_("solution"), blank=True)
    opened_at = models.DateTimeField(default=now)
    assigned_at = models.DateTimeField(null=True, blank=True)
    first_replied_at = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True, blank=True, help_text="next promise to keep; kept by `set_due`")
    promised_at = models.DateTimeField(
        null=True, blank=True, help_text="when we promised a solution; kept by `set_due`"
    )
    solved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    objects = TicketQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["contact", "-id"], name="tickets_by_contact"),
            models.Index(fields=["team", "status", "last_message_at", "id"], name="tickets_by_team"),
            models.Index(fields=["status", "last_message_at", "id"], name="tickets_by_status"),
            models.Index(fields=["assignee", "status", "last_message_at", "id"], name="tickets_by_assignee"),
            # For lists with a filter, in the order of activity: the rarest of these is read until a page is full.
            models.Index(fields=["last_message_at", "id"], name="tickets_by_activity"),
            models.Index(fields=["opened_at", "id"], name="tickets_by_opening"),
            models.Index(fields=["channel", "last_message_at", "id"], name="tickets_by_channel"),
            models.Index(fields=["language", "last_message_at", "id"], name="tickets_by_language"),
            models.Index(fields=["type", "last_message_at", "id"], name="tickets_by_type"),
            models.Index(
                fields=["team", "due_at", "id"],
                condition=Q(status__in=("new", "open", "pending", "on_hold")),
                name="tickets_by_due",
            ),
            models.Index(
                fields=["team", "priority", "opened_at"],
                condition=Q(assignee=None, status__in=("new", "open")),
                name="tickets_waiting",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="tickets_merged"),
            models.Index(fields=["solved_at"], condition=Q(status="solved"), name="tickets_to_close"),
            GinIndex(fields=["tags"], name="tickets_by_tag"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether work or an answer is still owed."""
        return self.status in self.UNFINISHED

    @property
    def is_merged(self) -> bool:
        """Whether the work goes on in another ticket."""
        return self.merged_into_id is not None


class Copied(Keyed):
    """Somebody who gets a copy of what we send to the customer."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="copied")
    address = models.EmailField()
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "address"], name="tickets_copied_once")]


class Follower(Keyed):
    """An agent who wants to hear of everything on a ticket."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="followers")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "agent"], name="tickets_follower_once")]


class Link(Keyed):
    """`ticket` stands to `other` as `kind` says: related to, caused by, follows up on, split from, or part of."""

    RELATED, CAUSED_BY, FOLLOWS, SPLIT_FROM, PART_OF = "related", "caused_by", "follows", "split_from", "part_of"
    KINDS: ClassVar = [
        (RELATED, _("is related to")),
        (CAUSED_BY, _("is caused by")),
        (FOLLOWS, _("follows up on")),
        (SPLIT_FROM, _("was split from")),
        (PART_OF, _("is part of")),
    ]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="links")
    other = models.ForeignKey(Ticket, models.CASCADE, related_name="linked_by")
    kind = models.CharField(max_length=12, choices=KINDS, default=RELATED)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "other"], name="tickets_link_once")]


class Merge(Keyed):
    """`ticket` was merged into `target`: what moved, so that it can be undone."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="merges")
    target = models.ForeignKey(Ticket, models.CASCADE, related_name="received_merges")
    message_ids = ArrayField(models.BigIntegerField(), default=list)
    copied = ArrayField(models.CharField(max_length=320), default=list, help_text="addresses the merge put on copy")
    former_status = models.CharField(max_length=10)
    merged_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)


class StatusCount(models.Model):
    """Tickets by team, status and assignee: a view over a kept sum and its unfolded changes, exact at all times."""

    id = models.CharField(primary_key=True, max_length=60)
    team = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    status = models.CharField(max_length=10)
    assignee = models.ForeignKey(Agent, models.DO_NOTHING, null=True, related_name="+")
    tickets = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "tickets_statuscount"
