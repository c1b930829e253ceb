"""Complaints (ISO 10002): tickets that say a right was not respected, who may decide them, and how they did."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Ticket

TYPE = "complaint"


class Level(Keyed):
    """Somebody who decides complaints, the first one first; `is_outside`: a body that is not ours, told of as the last.

    A level inside has a team, whose tickets complaints become there.
    """

    position = models.PositiveSmallIntegerField(_("order"), default=1)
    names = models.JSONField(_("name by language"), default=dict)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team"))
    is_outside = models.BooleanField(_("a body outside"), default=False)
    contact_name = models.CharField(_("who to turn to"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    post = models.TextField(_("postal address"), max_length=500, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering: ClassVar = ["is_outside", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_outside=True) | Q(team__isnull=False), name="complaints_inside_has_team"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called in the active language, else in English or whichever there is."""
        names: dict[str, str] = self.names
        language = (get_language() or "en")[:2]
        return str(names.get(language) or names.get("en") or next(iter(names.values()), ""))

    @property
    def ways(self) -> list[str]:
        """How to reach it, a line for each way."""
        post = " · ".join(line.strip() for line in self.post.splitlines() if line.strip())
        return [way for way in (self.contact_name, self.email, self.phone, post, self.website) if way]


class Complaint(Keyed):
    """That `ticket` is a complaint: what it is about, where it stands, and whether nobody concerned has a hand in it.

    Where everybody who could work on it is concerned nobody is kept out, and `is_independent` is False.
    """

    HANDLING, PERSON, PROMISE, BILL, OTHER = "handling", "person", "promise", "bill", "other"
    KINDS: ClassVar[list[tuple[str, Any]]] = [
        (HANDLING, _("how my request was handled")),
        (PERSON, _("how somebody treated me")),
        (PROMISE, _("a promise that was not kept")),
        (BILL, _("what I am to pay")),
        (OTHER, _("something else")),
    ]

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    about = models.ForeignKey(Ticket, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(_("what it is about"), max_length=10, choices=KINDS, default=OTHER)
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    level_since = models.DateTimeField(default=now)
    is_independent = models.BooleanField(default=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    is_decided = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="complaints_latest")]

    def __str__(self) -> str:
        return f"complaint {self.ticket_id}"

    @property
    def is_anew(self) -> bool:
        """Whether it was taken to a higher level than the one it was made at."""
        return self.level_since > self.made_at


class Concerned(Keyed):
    """A complaint is about this agent, or about what they did."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="concerned")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["complaint", "agent"], name="complaints_concerned_once"),
        ]


class Decision(Keyed):
    """What was decided on a complaint at a level, and why, as its customer was told."""

    UPHELD, PARTLY, NOT_UPHELD = "upheld", "partly", "not_upheld"
    VERDICTS: ClassVar[list[tuple[str, Any]]] = [
        (UPHELD, _("upheld")),
        (PARTLY, _("partly upheld")),
        (NOT_UPHELD, _("not upheld")),
    ]

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="decisions")
    level = models.ForeignKey(Level, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(_("decision"), max_length=10, choices=VERDICTS)
    reasons = models.TextField(_("reasons"))
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    in_time = models.BooleanField(null=True, help_text="before the time that was promised; null: none was")
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-made_at"], name="complaints_decision_latest")]
