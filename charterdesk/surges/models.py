"""Many similar requests, what becomes of them, and one answer to many."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket


class SurgeQuerySet(QuerySet["Surge"]):
    """Which surges."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the teams whose tickets `viewer` sees: every surface starts here."""
        return self.filter(team_id__in=viewer.team_ids) if viewer.is_staff else self.none()


class Surge(Keyed):
    """Many new tickets of one team that speak of the same. `words` are what they share and others do not."""

    NOTICED, PROBLEM, DISMISSED = "noticed", "problem", "dismissed"
    STATES: ClassVar = [
        (NOTICED, _("to be looked at")),
        (PROBLEM, _("one problem")),
        (DISMISSED, _("nothing in common")),
    ]

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    words = ArrayField(models.CharField(max_length=80))
    state = models.CharField(max_length=10, choices=STATES, default=NOTICED)
    problem = models.OneToOneField(Ticket, models.SET_NULL, null=True, blank=True, related_name="+")
    told = models.CharField(max_length=300, blank=True, help_text="what customers read of it on their requests")
    noticed_at = models.DateTimeField(default=now, editable=False)
    last_at = models.DateTimeField(default=now)
    decided_by = models.CharField(max_length=40, blank=True)
    objects = SurgeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["last_at"], name="surges_surge_lately")]

    def __str__(self) -> str:
        return ", ".join(self.words)


class SurgeTicket(models.Model):
    """A ticket of a surge: it waits for somebody's yes, or is part of the problem."""

    WAITING, PART = "waiting", "part"
    STATES: ClassVar = [(WAITING, WAITING), (PART, PART)]

    surge = models.ForeignKey(Surge, models.CASCADE, related_name="tickets")
    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default=WAITING)

    def __str__(self) -> str:
        return f"ticket {self.ticket_id} of surge {self.surge_id}"


class SurgeTerms(Keyed):
    """From when on similar requests are pointed out; one row, or none where the desk's settings hold."""

    tickets = models.PositiveIntegerField(help_text="of so many customers of one team; 0: never")
    minutes = models.PositiveIntegerField(help_text="within so many")

    def __str__(self) -> str:
        return f"{self.tickets} in {self.minutes} minutes"


class Circular(Keyed):
    """One answer to the customers of many tickets, each in their own; `about` is the key of why, such as `surge:3`.

    `texts` by language; who writes in none of them gets the first.
    """

    RUNNING, DONE, STOPPED = "running", "done", "stopped"
    STATES: ClassVar = [(state, state) for state in (RUNNING, DONE, STOPPED)]

    about = models.CharField(max_length=40, db_index=True)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    texts = models.JSONField(default=dict)
    first_language = models.CharField(max_length=8)
    once = models.CharField(max_length=64, unique=True, help_text="the form it was written in")
    state = models.CharField(max_length=7, choices=STATES, default=RUNNING)
    total = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True, help_text="why the first one could not be written to")
    started_at = models.DateTimeField(default=now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"circular {self.pk}"

    @property
    def is_at_work(self) -> bool:
        """Whether somebody is still to be written to."""
        return self.state == self.RUNNING

    @property
    def handled(self) -> int:
        """How many of them it has come to."""
        return self.sent + self.passed


class CircularTicket(models.Model):
    """A ticket a circular goes to: each person once, so that nobody with two tickets reads it twice."""

    WAITING, SENT, PASSED = "waiting", "sent", "passed"
    STATES: ClassVar = [(state, state) for state in (WAITING, SENT, PASSED)]

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="tickets", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default=WAITING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circular", "contact"], name="surges_circular_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["circular", "state", "id"], name="surges_circular_rows")]

    def __str__(self) -> str:
        return f"circular {self.circular_id} to ticket {self.ticket_id}"
