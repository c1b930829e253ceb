"""Who: logins, contacts with their identities, organisations, teams and agents."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.calendars.models import BusinessCalendar

LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ar", _("Arabic")),
]


class LoginManager(BaseUserManager["Login"]):
    """Finds logins by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Login":
        """The login of an e-mail address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None) -> "Login":
        """Create the login of `email`; without a password it signs in by mailed code only."""
        login = self.model(email=email.strip().lower())
        login.set_password(password)
        login.save(using=self._db)
        return login


class Login(Keyed, AbstractBaseUser):
    """A way in for one person, contact or agent: an address with a password, or with a mailed code."""

    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = LoginManager()

    def __str__(self) -> str:
        return self.email


class Organisation(Keyed):
    """A company, authority or household that contacts belong to; recognised by its mail domains."""

    name = models.CharField(_("name"), max_length=200)
    domains = ArrayField(
        models.CharField(max_length=253), default=list, blank=True, help_text=_("Mail domains, lower case")
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(Lower("name"), name="people_organisation_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(QuerySet["Contact"]):
    """Contacts, chainable."""

    def with_email(self, address: str) -> Self:
        """The contact (at most one) with this e-mail address."""
        return self.filter(identities__kind=Identity.EMAIL, identities__value=address.strip().lower())


class Contact(Keyed):
    """A customer as a person."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    login = models.OneToOneField(Login, models.SET_NULL, null=True, blank=True, related_name="contact")
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )
    may_see_organisation = models.BooleanField(_("sees the organisation's requests"), default=False, db_default=False)
    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(Lower("name"), name="people_contact_name"),
        ]

    def __str__(self) -> str:
        return gettext("erased customer") if self.erased_at else self.name or self.email or self.phone or self.key

    @property
    def email(self) -> str:
        """The first e-mail address, or ""; reads prefetched identities, else one query."""
        return next((i.value for i in self.identities.all() if i.kind == Identity.EMAIL), "")

    @property
    def phone(self) -> str:
        """The first phone number, or ""."""
        return next((i.value for i in self.identities.all() if i.kind == Identity.PHONE), "")


class Identity(Keyed):
    """One address or number by which a contact is known; it belongs to one contact only."""

    EMAIL, PHONE = "email", "phone"
    KINDS: ClassVar = [(EMAIL, _("e-mail address")), (PHONE, _("phone number"))]

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=KINDS)
    value = models.CharField(max_length=320)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "value"], name="people_identity_once")]

    def __str__(self) -> str:
        return self.value


class Skill(Keyed):
    """Something an agent can do that a request may need."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Team(Keyed):
    """A department: it owns tickets, has an address, opening hours and a way to sign its mail."""

    CC_ALL, CC_NONE = "all", "none"
    CC_POLICIES: ClassVar = [
        (CC_ALL, _("Replies go to everybody who was on copy")),
        (CC_NONE, _("Replies go to the customer only")),
    ]

    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.EmailField(_("e-mail address"), unique=True, help_text=_("Mail to it becomes this team's ticket"))
    sender_name = models.CharField(_("sender name"), max_length=120, blank=True)
    signature = models.TextField(_("signature"), blank=True)
    signatures = models.JSONField(_("signatures by language"), default=dict, blank=True)
    cc_policy = models.CharField(_("copies"), max_length=10, choices=CC_POLICIES, default=CC_ALL)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, models.SET_NULL, null=True, blank=True, related_name="+")
    is_public = models.BooleanField(_("customers can choose it"), default=True)

    def __str__(self) -> str:
        return self.name

    def signature_in(self, language: str) -> str:
        """What stands under a mail in `language` (a code): its own signature, else the one for all."""
        return str(self.signatures.get(language) or self.signature).strip()


class Role(Keyed):
    """What people may do, by a name of the desk's own; beside the roles that are built in."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("what it is for"), max_length=300, blank=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class Agent(Keyed):
    """A person of the desk. With a `free_role` they may do what that says, in place of what `role` allows."""

    AGENT, LEAD, MANAGER, ADMINISTRATOR = "agent", "lead", "manager", "administrator"
    ROLES: ClassVar = [
        (AGENT, _("agent")),
        (LEAD, _("lead")),
        (MANAGER, _("manager")),
        (ADMINISTRATOR, _("administrator")),
    ]
    WORKING, BUSY, AWAY = "working", "busy", "away"
    STATES: ClassVar = [(WORKING, _("working")), (BUSY, _("takes nothing new")), (AWAY, _("away"))]

    login = models.OneToOneField(Login, models.PROTECT, related_name="agent")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=ROLES, default=AGENT)
    free_role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language of the screens"), max_length=8, choices=LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    teams = models.ManyToManyField(Team, through="Membership", related_name="agents")
    skills = models.ManyToManyField(Skill, blank=True, related_name="+")
    calendar = models.ForeignKey(
        BusinessCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("working hours"),
        help_text=_("New tickets come only while they work; empty is always"),
    )
    capacity = models.PositiveSmallIntegerField(_("capacity"), default=20, help_text=_("Open tickets at a time"))
    state = models.CharField(_("working state"), max_length=10, choices=STATES, default=AWAY)
    state_since = models.DateTimeField(default=now, editable=False)
    is_active = models.BooleanField(default=True)
    kept_from = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_default=[],
        blank=True,
        editable=False,
        help_text="keys of what is about them: they neither see it nor work on it",
    )
    panes = models.JSONField(default=dict, blank=True, help_text="how wide they drew the panes of their screen")

    def __str__(self) -> str:
        return self.name

    @property
    def email(self) -> str:
        """Where notices to this agent go."""
        return self.login.email


class Membership(Keyed):
    """An agent belongs to a team; with a `role` they may do there what it says, in place of what theirs does."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agent", "team"], name="people_membership_once")]


class AgentLanguage(Keyed):
    """How well an agent speaks a language; native speakers are asked first."""

    BASIC, FLUENT, NATIVE = 1, 2, 3
    LEVELS: ClassVar = [(BASIC, _("basic")), (FLUENT, _("fluent")), (NATIVE, _("native"))]

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=FLUENT)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agent", "language"], name="people_language_once")]


class Notice(Keyed):
    """Something one agent should hear about; `channels` mails it, the workspace shows it."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    about = models.CharField(max_length=80, help_text="key of the subject")
    ways = ArrayField(
        models.CharField(max_length=8), null=True, help_text="page, push, mail: as its agent chose; null before that"
    )
    wait_until = models.DateTimeField(null=True, help_text="the end of quiet hours: neither pushed nor mailed before")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent", "-id"], condition=models.Q(read_at=None), name="people_notice_unread"),
            models.Index(fields=["agent", "-id"], name="people_notice_of"),
        ]
