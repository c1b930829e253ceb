"""What is kept of ways in: open sessions, tries, what is demanded, and who else may vouch for somebody."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Login


class OpenSession(Keyed):
    """A device on which somebody is signed in. The place is told by its address only, and goes with the session."""

    PASSWORD, CODE, PASSKEY, SINGLE, OTHER = "password", "code", "passkey", "single", "other"
    WAYS: ClassVar = [
        (PASSWORD, _("by password")),
        (CODE, _("by a code sent by e-mail")),
        (PASSKEY, _("by passkey")),
        (SINGLE, _("by single sign-on")),
        (OTHER, _("otherwise")),
    ]

    login = models.ForeignKey(Login, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=300, blank=True, help_text="what the browser says it is")
    way = models.CharField(max_length=10, choices=WAYS, default=OTHER)
    opened_at = models.DateTimeField(default=now, editable=False)
    seen_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seen_at"], name="access_session_seen")]

    def __str__(self) -> str:
        return self.key


class Tries(models.Model):
    """How often something was tried within its window; the key is a keyed hash, so it names nobody."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(help_text="end of the window", db_index=True)

    def __str__(self) -> str:
        return self.key


class SignInPolicy(models.Model):
    """What the desk demands of those who sign in; one row at most."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    second_factor_for = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="roles that need a second factor"
    )
    may_register = models.BooleanField(default=True, db_default=True, help_text="customers may register themselves")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="access_policy_one")]

    def __str__(self) -> str:
        return "sign-in policy"


class IdentityProvider(Keyed):
    """Somebody else who vouches for people: single sign-on by OpenID Connect, or by SAML."""

    OIDC, SAML = "oidc", "saml"
    KINDS: ClassVar = [(OIDC, "OpenID Connect"), (SAML, "SAML 2.0")]

    name = models.CharField(_("name"), max_length=80, help_text=_("What the button says: Sign in with ..."))
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=OIDC)
    issuer = models.URLField(_("issuer"), max_length=500, help_text="of SAML its entity id, which may be a URN")
    client_id = models.CharField(_("client id"), max_length=300)
    sealed_secret = models.BinaryField(default=bytes, help_text="encrypted with the desk's secret key")
    sign_in_url = models.URLField(max_length=500, blank=True, default="", db_default="", help_text="of SAML")
    certificates = models.TextField(blank=True, default="", db_default="", help_text="PEM, of SAML; any of them signs")
    domains = ArrayField(
        models.CharField(max_length=253), default=list, blank=True, help_text=_("Mail domains it may vouch for")
    )
    groups_claim = models.CharField(_("claim with groups"), max_length=100, default="groups")
    role_of_group = models.JSONField(default=dict, blank=True, help_text="group: role")
    team_of_group = models.JSONField(default=dict, blank=True, help_text="group: id of a team")
    default_role = models.CharField(
        _("role of those no group names"), max_length=60, blank=True, help_text=_("Empty: they come in as customers.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class ExternalId(Keyed):
    """What another system calls one of our rows; given by SCIM, and of use to nobody else."""

    subject = models.CharField(max_length=80, unique=True, help_text="key of the row")
    value = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["value"], name="access_external_value")]

    def __str__(self) -> str:
        return f"{self.subject} = {self.value}"
