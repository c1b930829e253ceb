"""What is said on a ticket."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Contact
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models.ticket import Ticket


class SideThread(Keyed):
    """A conversation with a third party about a ticket; the customer never sees it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="side_threads")
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    opened_at = models.DateTimeField(default=now)


class MessageQuerySet(QuerySet["Message"]):
    """Messages, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Of tickets `viewer` may see: staff what their role lets them read, customers what was said to or by them."""
        if viewer.is_staff:
            mine = self if viewer.sees_every_team else self.filter(ticket__team_id__in=viewer.team_ids)
            if viewer.kept_from:
                mine = mine.exclude(ticket_id__in=viewer.tickets_kept_from)
            hidden = viewer.teams_without_notes
            return mine.exclude(direction=Message.NOTE, ticket__team_id__in=hidden) if hidden else mine.all()
        if viewer.contact_id is None:
            return self.none()
        if viewer.organisation_id is not None:
            theirs = Q(ticket__contact_id=viewer.contact_id) | Q(ticket__organisation_id=viewer.organisation_id)
            return self.filter(theirs).public()
        return self.filter(ticket__contact_id=viewer.contact_id).public()

    def public(self) -> Self:
        """What the customer may read: no notes, no talks with third parties, nothing called back or not yet out."""
        return self.filter(direction__in=(Message.IN, Message.OUT), side_thread=None).exclude(
            delivery__in=(Message.SCHEDULED, Message.CANCELLED)
        )


class Message(Keyed):
    """One entry on a ticket's timeline."""

    IN, OUT, NOTE = "in", "out", "note"
    DIRECTIONS: ClassVar = [(IN, _("from outside")), (OUT, _("to outside")), (NOTE, _("internal note"))]

    SCHEDULED, QUEUED, SENT, DELIVERED = "scheduled", "queued", "sent", "delivered"
    UNDELIVERED, IN_DOUBT, CANCELLED = "undelivered", "in_doubt", "cancelled"
    DELIVERIES: ClassVar = [
        ("", ""),
        (SCHEDULED, pgettext_lazy("delivery", "to be sent")),
        (QUEUED, pgettext_lazy("delivery", "on its way")),
        (SENT, pgettext_lazy("delivery", "sent")),
        (DELIVERED, pgettext_lazy("delivery", "delivered")),
        (UNDELIVERED, pgettext_lazy("delivery", "not delivered")),
        (IN_DOUBT, pgettext_lazy("delivery", "in doubt")),
        (CANCELLED, pgettext_lazy("delivery", "called back")),
    ]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages", db_index=False)
    side_thread = models.ForeignKey(SideThread, models.PROTECT, null=True, blank=True, related_name="messages")
    direction = models.CharField(max_length=4, choices=DIRECTIONS)
    channel = models.CharField(max_length=20, choices=Ticket.CHANNELS, default="email")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True, help_text="as written by the sender")
    author_address = models.CharField(max_length=320, blank=True)
    to = ArrayField(models.CharField(max_length=400), default=list, blank=True)
    cc = ArrayField(models.CharField(max_length=400), default=list, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body_text = models.TextField(blank=True, help_text="what was newly written, without quotes and signature")
    quoted_text = models.TextField(blank=True, help_text="quotes and signature, folded away")
    body_html = models.TextField(blank=True, help_text="the whole message, made safe; empty when it was plain text")
    template = models.CharField(max_length=60, blank=True, help_text="what text of ours this is, when automatic")
    is_automatic = models.BooleanField(default=False)
    once = models.CharField(max_length=120, null=True, blank=True, unique=True, help_text="what may exist only once")
    delivery = models.CharField(max_length=12, choices=DELIVERIES, default="", blank=True)
    delivery_note = models.CharField(max_length=500, blank=True)
    resent = models.SmallIntegerField(default=0, db_default=0, help_text="how often it was sent once more")
    send_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    redacted_at = models.DateTimeField(null=True, blank=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ticket", "id"], name="tickets_message_timeline"),
            models.Index(fields=["send_at"], condition=Q(delivery="scheduled"), name="tickets_message_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def goes_by_sms(self) -> bool:
        """Whether it leaves by SMS: one on that way with no mail address to go to."""
        return self.channel == "sms" and bool(self.to) and "@" not in self.to[0]

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it."""
        return (
            self.direction != self.NOTE
            and self.side_thread_id is None
            and self.delivery not in (self.SCHEDULED, self.CANCELLED)
        )


class Draft(Keyed):
    """What an agent is writing on a ticket, kept as they type, on whatever machine."""

    REPLY, NOTE = "reply", "note"

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, default=REPLY)
    body_html = models.TextField(blank=True)
    cc = ArrayField(models.CharField(max_length=400), default=list, blank=True)
    saved_at = models.DateTimeField(default=now)
    seen_id = models.BigIntegerField(null=True, blank=True, help_text="the last message before it was begun")
    taken_up = models.JSONField(default=dict, db_default={}, blank=True, help_text="a macro, as it was when chosen")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "agent"], name="tickets_draft_once")]


class Attachment(Keyed):
    """A file on a message, or on a draft until it is sent; its bytes are kept by their SHA-256."""

    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="attachments")
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="attachments")
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=150, help_text="found in the bytes, not taken from the sender")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True)
    content_id = models.CharField(max_length=255, blank=True, help_text="what `cid:` in the HTML names")
    is_inline = models.BooleanField(default=False)
    redacted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.filename
