"""What is kept of contacts and organisations beside who they are: notes, fields of the desk's own, and merges."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Agent, Contact, Organisation

ABOUT_ONE = Q(contact__isnull=False, organisation=None) | Q(contact=None, organisation__isnull=False)


class ContactMerge(Keyed):
    """`merged` lives on in `contact`: what moved and what was filled in, so that it can be undone."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Contact, models.CASCADE, related_name="merged_in")
    identity_ids = ArrayField(models.BigIntegerField(), default=list)
    note_ids = ArrayField(models.BigIntegerField(), default=list)
    filled = ArrayField(models.CharField(max_length=40), default=list, help_text="what was empty and is theirs now")
    merged_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="people_contact_merged_into_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} lives on in {self.contact_id}"


class Duplicate(Keyed):
    """Two contacts that may be one person, the older first; `reason` says why, `settled_at` that somebody looked."""

    PHONE, ADDRESS, NAME = "phone", "address", "name"
    REASONS: ClassVar = [
        (PHONE, _("the same phone number")),
        (ADDRESS, _("addresses much alike")),
        (NAME, _("the same name")),
    ]

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=REASONS)
    found_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contact", "other"], name="people_duplicate_once")]
        indexes: ClassVar = [models.Index(fields=["-id"], condition=Q(settled_at=None), name="people_duplicate_open")]

    def __str__(self) -> str:
        return f"{self.contact_id} and {self.other_id}"


class OrganisationMerge(Keyed):
    """`merged` lives on in `organisation`: what moved and what was filled in, so that it can be undone."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Organisation, models.CASCADE, related_name="merged_in")
    domains = ArrayField(models.CharField(max_length=253), default=list)
    contact_ids = ArrayField(models.BigIntegerField(), default=list)
    note_ids = ArrayField(models.BigIntegerField(), default=list)
    filled = ArrayField(models.CharField(max_length=40), default=list, help_text="what was empty and is theirs now")
    merged_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="people_organisation_merged_into_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} lives on in {self.organisation_id}"


class OrganisationsApart(Keyed):
    """Two organisations that look alike and are two, the older first: nobody is asked again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    settled_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "other"], name="people_organisations_apart_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} and {self.other_id}"


class PersonNote(Keyed):
    """Something to know about a contact or an organisation, by whom and when."""

    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="notes")
    author = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=ABOUT_ONE, name="people_note_about_one")]

    def __str__(self) -> str:
        return self.text[:80]


class PersonField(Keyed):
    """A field of the desk's own on contacts or organisations. `code` is its name in data, and never changes."""

    CONTACT, ORGANISATION = "contact", "organisation"
    OF: ClassVar = [(CONTACT, _("customers")), (ORGANISATION, _("organisations"))]
    TEXT, NUMBER, DATE, CHOICE = "text", "number", "date", "choice"
    KINDS: ClassVar = [(TEXT, _("text")), (NUMBER, _("number")), (DATE, _("date")), (CHOICE, _("choice"))]

    of = models.CharField(_("of"), max_length=12, choices=OF, default=CONTACT)
    code = models.SlugField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS, default=TEXT)
    name = models.CharField(_("name"), max_length=80)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    choices = ArrayField(models.CharField(max_length=80), verbose_name=_("choices"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["of", "position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "code"], name="people_field_code_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language, else the name for all."""
        return str(self.names.get(get_language() or "") or self.name)


class PersonFields(Keyed):
    """What the desk's own fields say of one contact or organisation, by code; a date as 2026-11-22."""

    contact = models.OneToOneField(Contact, models.CASCADE, null=True, related_name="own_fields")
    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="own_fields")
    values = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=ABOUT_ONE, name="people_fields_about_one")]

    def __str__(self) -> str:
        return f"fields of {self.contact_id or self.organisation_id}"
