"""Tokens, the integrations they may stand for, and answers kept for programs that ask twice."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Agent, Login


class Integration(Keyed):
    """A program that works at the desk in its own name: an agent nobody signs in as, with teams and a role."""

    agent = models.OneToOneField(Agent, models.CASCADE, related_name="integration")
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.agent.name


class ApiToken(Keyed):
    """A secret by which a program acts as the person (or integration) of a login. Only its hash is kept."""

    TOKEN, CLIENT, ACCESS = "token", "client", "access"
    KINDS: ClassVar = [
        (TOKEN, _("token")),
        (CLIENT, _("OAuth client")),
        (ACCESS, _("access token of an OAuth client")),
    ]

    kind = models.CharField(max_length=6, choices=KINDS, default=TOKEN)
    login = models.ForeignKey(Login, models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=100)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, which is random")
    hint = models.CharField(max_length=8, help_text="how the secret ends, to tell one from another")
    created_by = models.CharField(max_length=60, help_text="key of who made it")
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="to the minute")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=models.Q(kind="access"), name="people_apitoken_passing"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> str:
        """By what an OAuth client names itself."""
        return f"client-{self.pk}"

    @property
    def state(self) -> str:
        """`revoked`, `expired` or `valid`, now."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= now() else "valid"


class KeptAnswer(Keyed):
    """What a program was answered when it asked with an idempotency key: asked again, it gets the same."""

    login = models.ForeignKey(Login, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=255, db_column="key", help_text="chosen by the program")
    request = models.CharField(max_length=64, help_text="SHA-256 of method, address and body")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["login", "name"], name="people_answer_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="people_answer_age")]

    def __str__(self) -> str:
        return self.name
