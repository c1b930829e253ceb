"""The outside as the desk knows it: accounts, mails as they came, mails to go, and who is not heard."""

from typing import Any, ClassVar

import msgspec
from cryptography.fernet import InvalidToken
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.files import open_stored
from charterdesk.base.keys import Keyed
from charterdesk.base.secrets import fernet
from charterdesk.channels.failing import in_words
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Message


class MailAccount(Keyed):
    """A mailbox of ours elsewhere: fetched by IMAP, and a way out by SMTP. Either half may be left empty."""

    PLAIN, STARTTLS, TLS = "plain", "starttls", "tls"
    SECURITY: ClassVar = [(TLS, "TLS"), (STARTTLS, "STARTTLS"), (PLAIN, _("none"))]
    PASSWORD, XOAUTH2 = "password", "xoauth2"
    LOGINS: ClassVar = [(PASSWORD, _("password")), (XOAUTH2, "XOAUTH2")]

    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail address"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"))
    user = models.CharField(_("user name"), max_length=320, blank=True)
    login_by = models.CharField(_("sign-in"), max_length=10, choices=LOGINS, default=PASSWORD)
    sealed = models.BinaryField(
        blank=True, default=b"", help_text="passwords and tokens, encrypted with the secret key"
    )
    imap_host = models.CharField(_("IMAP server"), max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(_("IMAP port"), default=993)
    imap_security = models.CharField(_("IMAP security"), max_length=10, choices=SECURITY, default=TLS)
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    sent_folder = models.CharField(
        _("folder of sent mail"),
        max_length=200,
        blank=True,
        help_text=_("What staff send from a mail program is taken in, too"),
    )
    smtp_host = models.CharField(_("SMTP server"), max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(_("SMTP port"), default=587)
    smtp_security = models.CharField(_("SMTP security"), max_length=10, choices=SECURITY, default=STARTTLS)
    is_active = models.BooleanField(_("in use"), default=True)
    positions = models.JSONField(default=dict, help_text="by folder: UIDVALIDITY and the last UID taken in")
    checked_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, help_text="what the last try ended with")

    def __str__(self) -> str:
        return self.name

    @property
    def trouble(self) -> str:
        """What the last try ended with, in words; "" where it went well."""
        return in_words(self.error)

    @property
    def secrets(self) -> dict[str, Any]:
        """`password`, or `refresh_token`, `client_id`, `client_secret` and `token_url`; {} if they can't be opened."""
        try:
            return dict(msgspec.json.decode(fernet("channels").decrypt(bytes(self.sealed)))) if self.sealed else {}
        except InvalidToken:
            return {}

    def seal(self, **secrets: str) -> None:
        """Keep `secrets` encrypted; not saved yet."""
        self.sealed = fernet("channels").encrypt(msgspec.json.encode(secrets))


class RawMail(Keyed):
    """A mail as it came, whole; what it was read as comes after, and may fail without losing it."""

    WAITING, READ, DUPLICATE, IGNORED, JUNK, QUARANTINED = (
        "waiting",
        "read",
        "duplicate",
        "ignored",
        "junk",
        "quarantined",
    )
    STATES: ClassVar = [
        (WAITING, pgettext_lazy("mail", "waiting")),
        (READ, pgettext_lazy("mail", "read")),
        (DUPLICATE, pgettext_lazy("mail", "came twice")),
        (IGNORED, pgettext_lazy("mail", "set aside")),
        (JUNK, pgettext_lazy("mail", "junk")),
        (QUARANTINED, pgettext_lazy("mail", "in quarantine")),
    ]

    raw = models.BinaryField(help_text="empty once it lies in the file store, or is gone")
    kept_as = models.CharField(max_length=64, blank=True, default="", db_default="", help_text="SHA-256 of its file")
    size = models.PositiveBigIntegerField(help_text="bytes")
    source = models.CharField(max_length=80, help_text="`smtp`, `imap:<account>` or `sent:<account>`")
    source_id = models.CharField(
        max_length=120, null=True, blank=True, unique=True, help_text="folder and UID: fetched once"
    )
    sender = models.CharField(max_length=320, blank=True, help_text="of the envelope")
    recipients = ArrayField(models.CharField(max_length=320), default=list, help_text="of the envelope")
    client_ip = models.GenericIPAddressField(null=True, blank=True)
    client_name = models.CharField(max_length=253, blank=True, help_text="as it greeted us")
    received_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=12, choices=STATES, default=WAITING)
    reason = models.CharField(max_length=200, blank=True, help_text="why it is not a message")
    subject = models.CharField(max_length=300, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 over Message-ID and content")
    verdicts = models.JSONField(default=dict, help_text="spf, dkim, dmarc, junk score")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "-id"], name="channels_mail_by_state", condition=~Q(state="read")),
            models.Index(fields=["fingerprint"], name="channels_mail_fingerprint", condition=~Q(fingerprint="")),
            models.Index(fields=["message"], name="channels_mail_by_message", condition=Q(message__isnull=False)),
            models.Index(fields=["kept_as"], name="channels_mail_kept_as", condition=~Q(kept_as="")),
        ]

    @property
    def content(self) -> bytes:
        """The mail as it came, from the database or the file store; b"" when it was deleted."""
        if self.raw or not self.kept_as:
            return bytes(self.raw)
        try:
            with open_stored(self.kept_as) as stored:
                return stored.read()
        except FileNotFoundError:
            return b""


ASIDE = (RawMail.QUARANTINED, RawMail.JUNK)
"""States of mails that wait for somebody to look at them."""


EMPTY_MAIL: dict[str, Any] = {
    "raw": b"",
    "kept_as": "",
    "subject": "",
    "from_address": "",
    "sender": "",
    "recipients": [],
    "client_ip": None,
    "client_name": "",
    "verdicts": {},
}
"""A mail of which nothing is kept but that it came."""


class MailReference(Keyed):
    """A Message-ID that belongs to a message: what answers to it belongs to the same ticket."""

    header = models.CharField(max_length=500, help_text="Message-ID without its angle brackets")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    is_ours = models.BooleanField(default=False, help_text="we made it, so nobody else can have used it before")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["header"], name="channels_reference")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "header"], name="channels_reference_once"),
        ]


class Outgoing(Keyed):
    """A mail to go out, built once: whatever is tried again is the same mail with the same Message-ID."""

    QUEUED, IN_FLIGHT, SENT, FAILED, IN_DOUBT, HELD = "queued", "in_flight", "sent", "failed", "in_doubt", "held"
    STATES: ClassVar = [
        (QUEUED, pgettext_lazy("outgoing mail", "to go")),
        (IN_FLIGHT, pgettext_lazy("outgoing mail", "being handed over")),
        (SENT, pgettext_lazy("outgoing mail", "sent")),
        (FAILED, pgettext_lazy("outgoing mail", "refused")),
        (IN_DOUBT, pgettext_lazy("outgoing mail", "in doubt")),
        (HELD, pgettext_lazy("outgoing mail", "held back")),
    ]
    STUCK: ClassVar = (IN_DOUBT, FAILED, HELD)  # an operator says what becomes of it

    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    header = models.CharField(max_length=500, help_text="its Message-ID without the angle brackets")
    sender = models.CharField(max_length=320, help_text="of the envelope; empty for what must never bounce to us")
    recipients = ArrayField(models.CharField(max_length=320), help_text="still to be reached")
    refused = models.JSONField(default=dict, help_text="who refused it for good, with their words")
    raw = models.BinaryField()
    is_automatic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True, help_text="what the other side said last")
    queued_at = models.DateTimeField(default=now)
    in_flight_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["message"], name="channels_out_by_message", condition=Q(message__isnull=False)),
            models.Index(fields=["state", "-id"], name="channels_out_open", condition=~Q(state="sent")),
            models.Index(fields=["header"], name="channels_out_by_header"),
        ]


class AutomaticCount(models.Model):
    """How many automatic mails an address got in an hour: the last defence against loops."""

    id = models.BigAutoField(primary_key=True)
    address = models.CharField(max_length=320)
    hour = models.DateTimeField()
    mails = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["address", "hour"], name="channels_automatic_once")]


class BlockedSender(Keyed):
    """An address, or a domain (`@shop.example`), whose mail is junk without being looked at."""

    pattern = models.CharField(_("address or @domain"), max_length=320, unique=True)
    by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)


class JunkWord(models.Model):
    """How often a word stood in mails that agents called junk, and in those they kept."""

    word = models.CharField(primary_key=True, max_length=40)
    junk = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)


class PicturesFrom(Keyed):
    """An agent sees the remote pictures of this sender's mails without asking for them each time."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agent", "address"], name="channels_pictures_once")]


class PushSubscription(Keyed):
    """A browser in which an agent wants to be notified: where its push service is, and what seals messages for it."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    endpoint = models.TextField(unique=True)
    browser_key = models.CharField(max_length=120)
    secret = models.CharField(max_length=40)
    browser = models.CharField(_("browser"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.browser or self.key


class Pushed(Keyed):
    """A notice was handed to a browser's push service, or is just being: no other worker does it again."""

    notice_id = models.BigIntegerField()
    subscription = models.ForeignKey(PushSubscription, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice_id", "subscription"], name="channels_pushed_once")
        ]
