"""The status page: parts of the service, what is wrong with them or planned, and who follows it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Expression, Q, QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import LANGUAGES
from charterdesk.tickets.models import Ticket


def in_language(texts: dict[str, Any]) -> str:
    """What `texts` say in the reader's language, else in English, else in the first there is."""
    return str(texts.get(get_language() or "") or texts.get("en") or next(iter(texts.values()), ""))


class Component(Keyed):
    """A part of the service, as customers know it."""

    names = models.JSONField(_("names by language"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_active = models.BooleanField(_("shown"), default=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return in_language(self.names)


class IncidentQuerySet(QuerySet["Incident"]):
    """Incidents, chainable."""

    def current(self, moment: datetime | Expression) -> Self:
        """What is on at `moment`: outages that are not over, and work that has begun."""
        begun = Q(starts_at__lte=moment)
        works = Q(kind=Incident.WORKS) & (Q(ends_at=None) | Q(ends_at__gt=moment))
        return self.filter(begun, Q(kind=Incident.OUTAGE) | works, ended_at=None)

    def planned(self, moment: datetime) -> Self:
        """Work that has not begun."""
        return self.filter(kind=Incident.WORKS, starts_at__gt=moment, ended_at=None)

    def past(self, moment: datetime) -> Self:
        """What is over."""
        over = Q(kind=Incident.WORKS, ends_at__lte=moment) | Q(ended_at__isnull=False)
        return self.filter(over).order_by("-starts_at", "-id")


class Incident(Keyed):
    """An outage, or work that is planned: which parts it concerns, from when to when, and what became of it."""

    OUTAGE, WORKS = "outage", "works"
    KINDS: ClassVar = [(OUTAGE, _("Outage")), (WORKS, _("Planned work"))]
    PARTLY, WHOLLY = "partly", "wholly"
    IMPACTS: ClassVar = [(PARTLY, _("works only in part")), (WHOLLY, _("does not work"))]
    LOOKING, FOUND, WATCHING, OVER = "looking", "found", "watching", "over"
    STAGES: ClassVar = [
        (LOOKING, _("We look into it")),
        (FOUND, _("We know the cause")),
        (WATCHING, _("Mended, and we watch it")),
        (OVER, _("It is over")),
    ]

    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=OUTAGE)
    titles = models.JSONField(_("titles by language"), default=dict)
    impact = models.CharField(_("what it means"), max_length=8, choices=IMPACTS, default=PARTLY)
    stage = models.CharField(_("how far we are"), max_length=10, choices=STAGES, default=LOOKING)
    components = models.ManyToManyField(Component, related_name="incidents", blank=True)
    starts_at = models.DateTimeField(_("from"), default=now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], condition=Q(ended_at=None), name="notices_incident_open"),
        ]

    def __str__(self) -> str:
        return in_language(self.titles)

    @property
    def is_works(self) -> bool:
        """Whether it was planned."""
        return self.kind == self.WORKS

    @property
    def is_over(self) -> bool:
        """Whether it is over: said so, or, of planned work, its time has passed."""
        return self.ended_at is not None or (self.is_works and self.ends_at is not None and self.ends_at <= now())

    @property
    def is_planned(self) -> bool:
        """Whether it has not begun."""
        return self.is_works and not self.is_over and self.starts_at > now()

    @property
    def word(self) -> str:
        """How it stands, to read."""
        if self.is_over:
            return str(_("It is over"))
        if self.is_planned:
            return str(pgettext_lazy("work", "planned"))
        return str(_("We work on it")) if self.is_works else str(self.get_stage_display())

    @property
    def look(self) -> str:
        """The colour of how it stands, as states have them."""
        if self.is_over:
            return "kept"
        if self.is_works:
            return "waiting" if self.is_planned else "soon"
        return "late" if self.impact == self.WHOLLY else "soon"


class IncidentUpdate(Keyed):
    """What we said of an incident at a time. Mailed to followers in pieces: up to follower `told_up_to` so far."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="updates")
    stage = models.CharField(max_length=10, choices=Incident.STAGES, blank=True)
    texts = models.JSONField(_("texts by language"), default=dict)
    at = models.DateTimeField(default=now)
    told_up_to = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return in_language(self.texts)


class StatusFollower(Keyed):
    """A mail address that hears of the status: of everything, or of one incident. Nothing goes there before it is
    confirmed from there."""

    address = models.EmailField(max_length=320)
    incident = models.ForeignKey(Incident, models.CASCADE, null=True, blank=True, related_name="followers")
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    asked_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address", "incident"], nulls_distinct=False, name="notices_follows_once")
        ]

    def __str__(self) -> str:
        return self.address
