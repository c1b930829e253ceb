"""Text messages as the desk knows them: numbers, texts as they came, texts to go, and who wants none."""

from datetime import timedelta
from typing import Any, ClassVar

import msgspec
from cryptography.fernet import InvalidToken
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.base.secrets import fernet
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.models import Message


class SmsNumber(Keyed):
    """A number of ours, and the provider through which it sends and receives."""

    HTTP, SMPP = "http", "smpp"
    PROVIDERS: ClassVar = [(HTTP, _("HTTP, as Twilio does")), (SMPP, "SMPP 3.4")]

    name = models.CharField(_("name"), max_length=120, unique=True)
    number = models.CharField(
        _("number"), max_length=20, unique=True, help_text=_("With its country, such as +49 30 123456; or a short code")
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    calendar = models.ForeignKey(
        BusinessCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opening hours"),
        help_text=_("What is promised to whoever texts here, and when we say we are open again"),
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        choices=LANGUAGES,
        default="en",
        help_text=_("Of customers we do not know yet, where their words do not tell"),
    )
    provider = models.CharField(_("provider"), max_length=8, choices=PROVIDERS, default=HTTP)
    url = models.URLField(
        _("address of the provider"), max_length=300, blank=True, help_text=_("Such as https://api.twilio.com")
    )
    host = models.CharField(_("SMPP server"), max_length=253, blank=True)
    port = models.PositiveIntegerField(_("SMPP port"), default=2775, validators=[MaxValueValidator(65535)])
    uses_tls = models.BooleanField(_("encrypted (TLS)"), default=False)
    user = models.CharField(
        _("user name"), max_length=120, blank=True, help_text=_("Account SID of Twilio; system id of SMPP")
    )
    sealed = models.BinaryField(blank=True, default=b"", help_text="password or token, encrypted with the secret key")
    join_hours = models.PositiveSmallIntegerField(
        _("hours a ticket stays the same talk"),
        default=72,
        validators=[MinValueValidator(1), MaxValueValidator(8760)],
        help_text=_("A text that comes later opens a new ticket, unless it names the reference"),
    )
    daily_cap = models.PositiveIntegerField(
        _("most texts a day"),
        default=1000,
        help_text=_("Counted in parts, as providers charge; what goes beyond is held for the operator"),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, help_text="what the last try ended with")

    def __str__(self) -> str:
        return self.name

    @property
    def joins_for(self) -> timedelta:
        """How long a ticket stays the same talk."""
        return timedelta(hours=self.join_hours)

    @property
    def secret(self) -> str:
        """Password or token; "" where there is none, or it can't be opened."""
        try:
            opened: dict[str, Any] = (
                msgspec.json.decode(fernet("channels").decrypt(bytes(self.sealed))) if self.sealed else {}
            )
        except InvalidToken:
            return ""
        return str(opened.get("secret", ""))

    def seal(self, secret: str) -> None:
        """Keep `secret` encrypted; not saved yet."""
        self.sealed = fernet("channels").encrypt(msgspec.json.encode({"secret": secret}))


class SmsIn(Keyed):
    """A text as it came. It is a message once `message` is set; `reason` (a code) says why it is none."""

    WAITING, READ, ASIDE, JOINED = "waiting", "read", "aside", "joined"

    number = models.ForeignKey(SmsNumber, models.SET_NULL, null=True, related_name="+")
    provider_id = models.CharField(max_length=160, unique=True, help_text="number and the provider's id: taken once")
    sender = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    media = models.JSONField(default=list, help_text="addresses of pictures that came with it")
    bundle = models.CharField(max_length=80, blank=True, help_text="what the parts of one long text share")
    place = models.PositiveSmallIntegerField(default=1, help_text="which part it is, of `parts`")
    parts = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, default=WAITING)
    reason = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, help_text="the provider was told that we have it")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sender"], name="channels_sms_in_by_sender"),
            models.Index(fields=["bundle"], name="channels_sms_in_bundle", condition=~Q(bundle="")),
            models.Index(fields=["message"], name="channels_sms_in_by_message", condition=Q(message__isnull=False)),
        ]


class SmsOut(Keyed):
    """A text to go out, made once. What nobody knows arrived is held, never sent again by itself."""

    QUEUED, IN_FLIGHT, SENT, DELIVERED = "queued", "in_flight", "sent", "delivered"
    FAILED, IN_DOUBT, HELD = "failed", "in_doubt", "held"
    STATES: ClassVar = [
        (QUEUED, pgettext_lazy("outgoing text", "to go")),
        (IN_FLIGHT, pgettext_lazy("outgoing text", "being handed over")),
        (SENT, pgettext_lazy("outgoing text", "sent")),
        (DELIVERED, pgettext_lazy("outgoing text", "delivered")),
        (FAILED, pgettext_lazy("outgoing text", "refused")),
        (IN_DOUBT, pgettext_lazy("outgoing text", "in doubt")),
        (HELD, pgettext_lazy("outgoing text", "held back")),
    ]
    STUCK: ClassVar = (IN_DOUBT, FAILED, HELD)  # an operator says what becomes of it

    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    number = models.ForeignKey(SmsNumber, models.SET_NULL, null=True, related_name="+")
    once = models.CharField(max_length=120, unique=True, help_text="what may go only once")
    to = models.CharField(max_length=20)
    text = models.TextField()
    parts = models.PositiveSmallIntegerField(default=1)
    is_automatic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True, help_text="what the provider said last")
    queued_at = models.DateTimeField(default=now)
    not_before = models.DateTimeField(default=now)
    in_flight_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["message"], name="channels_sms_by_message", condition=Q(message__isnull=False)),
            models.Index(fields=["to"], name="channels_sms_by_to"),
            models.Index(
                fields=["state", "not_before"],
                name="channels_sms_open",
                condition=~Q(state__in=["sent", "delivered"]),
            ),
        ]


class SmsPart(Keyed):
    """One part of a text, as the provider knows it: receipts come by part."""

    out = models.ForeignKey(SmsOut, models.CASCADE, related_name="sent_parts")
    provider_id = models.CharField(max_length=160)
    state = models.CharField(max_length=10, default=SmsOut.SENT)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["provider_id"], name="channels_sms_part_by_id")]


class SmsStop(Keyed):
    """Somebody sent STOP: they get what they are owed and no more, until they send START."""

    number = models.ForeignKey(SmsNumber, models.CASCADE, related_name="+")
    phone = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["phone", "number"], name="channels_sms_stop_once")]


class SmsDay(models.Model):
    """How many parts a number sent on a day (UTC)."""

    id = models.BigAutoField(primary_key=True)
    number = models.ForeignKey(SmsNumber, models.CASCADE, related_name="+")
    day = models.DateField()
    parts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "day"], name="channels_sms_day_once")]
