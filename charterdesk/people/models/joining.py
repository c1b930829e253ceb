"""How people come to the desk: invited by mail, or read from a list."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Agent


class Invitation(Keyed):
    """That an agent was asked to come, by mail; the link in it lets them choose a password, once, until it ends."""

    OPEN, ACCEPTED, REVOKED, ENDED = "open", "accepted", "revoked", "ended"
    STATES: ClassVar = {
        OPEN: pgettext_lazy("invitation", "invited"),
        ACCEPTED: pgettext_lazy("invitation", "accepted"),
        REVOKED: pgettext_lazy("invitation", "revoked"),
        ENDED: pgettext_lazy("invitation", "link too old"),
    }

    agent = models.OneToOneField(Agent, models.CASCADE, related_name="invitation")
    number = models.PositiveIntegerField(default=1, help_text="how often it was sent; only the last link opens")
    sent_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def state_at(self, moment: datetime) -> str:
        """What became of it by `moment`."""
        if self.accepted_at:
            return self.ACCEPTED
        if self.revoked_at:
            return self.REVOKED
        return self.OPEN if moment < self.ends_at else self.ENDED

    @property
    def state(self) -> str:
        """What became of it."""
        return self.state_at(now())

    @property
    def state_word(self) -> str:
        """What became of it, to read."""
        return str(self.STATES[self.state])


class ImportRun(Keyed):
    """A list of people that was sent in: looked through first, then taken in, a stretch at a time.

    The list itself is kept until it is taken in or given up.
    """

    AGENTS, CONTACTS, ORGANISATIONS = "agents", "contacts", "organisations"
    KINDS: ClassVar = [
        (AGENTS, _("people of the desk")),
        (CONTACTS, _("customers")),
        (ORGANISATIONS, _("organisations")),
    ]
    WAITING, RUNNING, DONE, STOPPED = "waiting", "running", "done", "stopped"

    kind = models.CharField(_("what is in it"), max_length=20, choices=KINDS)
    filename = models.CharField(max_length=200)
    data = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=WAITING)
    invites = models.BooleanField(default=False, help_text="whether new agents get a mail")
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0, help_text="so many lines are taken in")
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="line and why, of the first that were refused")
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.filename

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return 100 * self.position // self.total if self.total else 100
