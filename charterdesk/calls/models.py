"""Numbers customers call, who reports their calls, the calls, and whom we owe a call."""

from datetime import timedelta
from typing import ClassVar, Self

from cryptography.fernet import InvalidToken
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.secrets import fernet
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import LANGUAGES, Agent, Contact, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import ChecklistItem, Ticket


class PhoneLine(Keyed):
    """A number of ours that customers call: whose calls these are, and when it is open."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    number = models.CharField(_("number"), max_length=20, unique=True, help_text=_("With its country: +49 30 123456"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    language = models.CharField(
        _("language"), max_length=8, choices=LANGUAGES, default="en", help_text=_("Of callers we do not know yet")
    )
    calendar = models.ForeignKey(
        BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opening hours")
    )
    calls_back = models.BooleanField(
        _("call back who was missed"), default=True, help_text=_("A missed call becomes a ticket")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    def __str__(self) -> str:
        return self.name


class PhoneSystem(Keyed):
    """A telephone system that reports calls at a secret address of its own (generic CTI, as Zammad takes it)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    sealed = models.BinaryField(default=b"", help_text="the secret of its address, encrypted with the secret key")
    is_active = models.BooleanField(_("in use"), default=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, help_text="why its last report was not taken")

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """The secret part of its address; "" where it can't be opened."""
        try:
            return fernet("calls").decrypt(bytes(self.sealed)).decode() if self.sealed else ""
        except InvalidToken:
            return ""

    def seal(self, secret: str) -> None:
        """Keep `secret` encrypted; not saved yet."""
        self.sealed = fernet("calls").encrypt(secret.encode())


class Extension(Keyed):
    """Where an agent's telephone is found."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    number = models.CharField(_("extension"), max_length=40, unique=True)

    def __str__(self) -> str:
        return self.number


class CallBack(Keyed):
    """We owe somebody a call: one ticket for a number at a team, however often they were missed."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20, blank=True)
    item = models.ForeignKey(
        ChecklistItem, models.SET_NULL, null=True, related_name="+", db_index=False, help_text="what is to be done"
    )
    missed = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "team"], condition=Q(done_at=None) & ~Q(number=""), name="calls_one_open_call_back"
            ),
        ]

    def __str__(self) -> str:
        return f"call-back {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the call is still owed; asks for the ticket."""
        return self.done_at is None and self.ticket.status not in (Ticket.SOLVED, Ticket.CLOSED)


class CallQuerySet(QuerySet["Call"]):
    """Which calls."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the teams whose tickets `viewer` sees, none about themselves: every surface starts here."""
        if not viewer.is_staff:
            return self.none()
        mine = self.all() if viewer.sees_every_team else self.filter(team_id__in=viewer.team_ids)
        return mine.exclude(ticket_id__in=viewer.tickets_kept_from) if viewer.kept_from else mine

    def missed(self) -> Self:
        """Incoming ones that ended without a talk."""
        return self.filter(direction=Call.IN, state=Call.ENDED).exclude(cause=Call.ANSWERED)


class Call(Keyed):
    """One call as the telephone system reports it. `number` is the other side's; "" where it is withheld.

    `rang_at` is None where nobody told when it began to ring. Times are those of the telephone system.
    """

    IN, OUT = "in", "out"
    DIRECTIONS: ClassVar = [(IN, _("incoming")), (OUT, _("outgoing"))]
    RINGING, TALKING, ENDED = "ringing", "talking", "ended"
    STATES: ClassVar = [
        (RINGING, pgettext_lazy("call", "ringing")),
        (TALKING, pgettext_lazy("call", "talking")),
        (ENDED, pgettext_lazy("call", "ended")),
    ]
    ANSWERED, MISSED, BUSY, REFUSED, VOICEMAIL = "answered", "missed", "busy", "refused", "voicemail"
    CAUSES: ClassVar = [
        (ANSWERED, pgettext_lazy("call", "answered")),
        (MISSED, pgettext_lazy("call", "missed")),
        (BUSY, pgettext_lazy("call", "busy")),
        (REFUSED, pgettext_lazy("call", "refused")),
        (VOICEMAIL, pgettext_lazy("call", "left a message")),
    ]

    once = models.CharField(max_length=160, unique=True, help_text="who reports it, and its id there")
    line = models.ForeignKey(PhoneLine, models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    direction = models.CharField(max_length=3, choices=DIRECTIONS, default=IN)
    number = models.CharField(max_length=20, blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+", db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="+", db_index=False)
    call_back = models.ForeignKey(CallBack, models.SET_NULL, null=True, related_name="calls", db_index=False)
    state = models.CharField(max_length=8, choices=STATES, default=RINGING)
    cause = models.CharField(max_length=10, choices=CAUSES, blank=True)
    transfers = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(help_text="the first time known of it")
    rang_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    recording = models.URLField(max_length=500, blank=True, help_text="where it lies; never fetched")
    objects = CallQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "begun_at"], name="calls_of_team"),
            models.Index(fields=["begun_at"], name="calls_by_time"),
            models.Index(fields=["number", "begun_at"], name="calls_of_number", condition=~Q(number="")),
            models.Index(fields=["contact", "begun_at"], name="calls_of_contact", condition=Q(contact__isnull=False)),
            models.Index(fields=["ticket"], name="calls_of_ticket", condition=Q(ticket__isnull=False)),
            models.Index(fields=["begun_at"], name="calls_now", condition=~Q(state="ended")),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def is_missed(self) -> bool:
        """Whether somebody called and talked to nobody."""
        return self.direction == self.IN and self.state == self.ENDED and self.cause != self.ANSWERED

    @property
    def waited(self) -> timedelta | None:
        """How long it rang until it was answered or given up; None while it rings, or where nobody told."""
        until = self.answered_at or self.ended_at
        return until - self.rang_at if until and self.rang_at else None

    @property
    def talked(self) -> timedelta | None:
        """How long they talked; None while they do, or did not."""
        return self.ended_at - self.answered_at if self.answered_at and self.ended_at else None
