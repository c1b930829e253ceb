"""Announcements, and everybody they were meant for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.channels.models import Outgoing, SmsOut
from charterdesk.people.models import LANGUAGES, Contact, Team
from charterdesk.people.viewer import Viewer


class Announcement(Keyed):
    """Something told to many. `texts` maps languages to `subject` and `text`, of which `language` is for all others.

    `audience` says whom it is for, as `notices.audience` reads it; empty is everybody. Who was reached so far ends at
    contact `position`. A policy's changes carry its name and a version, counted when they are sent.
    """

    POLICY, WORKS, OUTAGE, NEWS = "policy", "works", "outage", "news"
    KINDS: ClassVar = [
        (NEWS, pgettext_lazy("announcement", "News")),
        (POLICY, _("Policy change")),
        (WORKS, _("Planned work")),
        (OUTAGE, _("Outage")),
    ]
    DRAFT, SCHEDULED, SENDING, PAUSED, STOPPED, DONE = "draft", "scheduled", "sending", "paused", "stopped", "done"
    STATES: ClassVar = [
        (DRAFT, pgettext_lazy("announcement", "draft")),
        (SCHEDULED, pgettext_lazy("announcement", "scheduled")),
        (SENDING, pgettext_lazy("announcement", "being sent")),
        (PAUSED, pgettext_lazy("announcement", "paused")),
        (STOPPED, pgettext_lazy("announcement", "stopped")),
        (DONE, pgettext_lazy("announcement", "sent")),
    ]

    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=NEWS)
    texts = models.JSONField(_("texts by language"), default=dict)
    language = models.CharField(_("language for all others"), max_length=8, choices=LANGUAGES, default="en")
    audience = models.JSONField(_("whom it is for"), default=dict, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("from the team"))
    is_contractual = models.BooleanField(_("part of the contract"), default=False)
    asks_receipt = models.BooleanField(_("asks to confirm that it was read"), default=False)
    policy = models.CharField(_("policy"), max_length=120, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    effective_on = models.DateField(_("holds from"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    send_at = models.DateTimeField(null=True, blank=True)
    position = models.BigIntegerField(default=0, help_text="the last contact who was looked at")
    total = models.PositiveIntegerField(default=0, help_text="whom it was for when it began")
    created_at = models.DateTimeField(default=now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "version"], condition=Q(version__isnull=False), name="notices_policy_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What it is called in the language for all."""
        return str(self.text_in(self.language)["subject"]) or self.key

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.DRAFT

    @property
    def is_under_way(self) -> bool:
        """Whether it is being sent, or could go on."""
        return self.state in (self.SENDING, self.PAUSED)

    def language_for(self, wanted: str) -> str:
        """The language somebody who speaks `wanted` reads it in."""
        written: dict[str, dict[str, str]] = self.texts
        return wanted if wanted in written else self.language

    def text_in(self, wanted: str) -> dict[str, str]:
        """`subject` and `text` for somebody who speaks `wanted`."""
        written: dict[str, dict[str, str]] = self.texts
        return {"subject": "", "text": ""} | written.get(self.language_for(wanted), {})


class RecipientQuerySet(QuerySet["Recipient"]):
    """Recipients, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What a customer was told; nothing for anybody else: staff see announcements as a whole."""
        if viewer.contact_id is None:
            return self.none()
        own = Q(contact=viewer.contact_id) | Q(contact__merged_into=viewer.contact_id)
        return self.filter(own).exclude(state=Recipient.SKIPPED)


class Recipient(Keyed):
    """One person an announcement is for: written once, with the mail or text that carries it."""

    MAILED, TEXTED, SHOWN, SKIPPED, RETURNED = "mailed", "texted", "shown", "skipped", "returned"
    STATES: ClassVar = [
        (MAILED, _("by mail")),
        (TEXTED, _("by SMS")),
        (SHOWN, _("on the portal only")),
        (SKIPPED, _("wants no announcements")),
        (RETURNED, _("came back")),
    ]

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="recipients", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=STATES)
    outgoing = models.ForeignKey(Outgoing, models.SET_NULL, null=True, related_name="+")
    sms = models.ForeignKey(SmsOut, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["announcement", "contact"], name="notices_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} for {self.contact_id}"
