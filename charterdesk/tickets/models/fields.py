"""Custom fields of tickets, what a ticket has in them, and the request forms that ask for them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models.message import Attachment
from charterdesk.tickets.models.ticket import Ticket

CODE = RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Small letters, digits and _ only, with a letter first."))


def in_language(texts: Mapping[str, str], language: str = "", *, fallback: str = "") -> str:
    """The one of `texts` (by language) for `language`, else in English, else any; `language` "" is the active one."""
    wanted = (language or get_language() or "en")[:2]
    return texts.get(wanted) or texts.get("en") or next(filter(None, texts.values()), fallback)


class TicketFieldQuerySet(QuerySet["TicketField"]):
    """Fields, chainable."""

    def in_use(self) -> Self:
        """Those that were not removed, in their order."""
        return self.filter(retired_at=None).order_by("position", "pk")

    def for_type(self, type: str) -> Self:
        """Those that tickets of `type` have."""
        return self.filter(Q(types=[]) | Q(types__contains=[type]))

    def visible_to(self, viewer: Viewer) -> Self:
        """Staff see all fields, whoever else those that are for customers too."""
        return self if viewer.is_staff else self.filter(is_public=True)


class TicketField(Keyed):
    """Something the desk wants to know of its tickets, beside what every ticket has."""

    TEXT, LONG, NUMBER, DATE, YES_NO = "text", "long", "number", "date", "yes_no"
    CHOICE, DEPENDENT, FILE, CONTACT = "choice", "dependent", "file", "contact"
    KINDS: ClassVar = [
        (TEXT, pgettext_lazy("kind of field", "text, one line")),
        (LONG, pgettext_lazy("kind of field", "text, several lines")),
        (NUMBER, pgettext_lazy("kind of field", "number")),
        (DATE, pgettext_lazy("kind of field", "date")),
        (YES_NO, pgettext_lazy("kind of field", "yes or no")),
        (CHOICE, pgettext_lazy("kind of field", "choice")),
        (DEPENDENT, pgettext_lazy("kind of field", "choice that depends on another field")),
        (FILE, pgettext_lazy("kind of field", "file")),
        (CONTACT, pgettext_lazy("kind of field", "contact")),
    ]
    CHOSEN = (CHOICE, DEPENDENT)
    MEASURED = (NUMBER, DATE)
    ON_SUBMIT, ON_SOLVE = "submit", "solve"
    REQUIRED: ClassVar = [
        ("", pgettext_lazy("field required", "never")),
        (ON_SUBMIT, pgettext_lazy("field required", "to send the form")),
        (ON_SOLVE, pgettext_lazy("field required", "to solve the ticket")),
    ]

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=TEXT)
    labels = models.JSONField(default=dict, help_text="by language")
    helps = models.JSONField(default=dict, blank=True, help_text="by language")
    choices = models.JSONField(default=list, blank=True, help_text="code, labels by language, and under which choice")
    depends_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    types = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="none is all")
    is_public = models.BooleanField(_("customers see it"), default=False)
    is_editable = models.BooleanField(_("customers may change it"), default=False)
    required = models.CharField(_("required"), max_length=6, choices=REQUIRED, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    objects = TicketFieldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the active language."""
        return in_language(self.labels, fallback=self.code)

    @property
    def help(self) -> str:
        """What explains it, in the active language."""
        return in_language(self.helps)

    def options(self, under: str | None = None) -> list[tuple[str, str]]:
        """What can be chosen, as (code, label); of a dependent choice with `under` only what goes with that."""
        found = [one for one in self.choices if under is None or one.get("under", "") in ("", under)]
        return [(one["code"], in_language(one["labels"], fallback=one["code"])) for one in found]


class FieldValues(models.Model):
    """What a ticket has in its custom fields, all of them in one row: by the fields' codes.

    Text, choices and dates (ISO) are strings, numbers are numbers, yes and no are booleans, files and contacts are the
    numbers of an attachment and of a contact. Tickets without any have no row.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="field_values")
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["data"], name="tickets_by_field", opclasses=["jsonb_path_ops"])]


class FieldMeasure(models.Model):
    """A number or a date of `FieldValues` once more, in an order: so that "at least" and "before" find by an index.

    Dates are days since 0001-01-01, which is day 1.
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="measures", db_index=False)
    field = models.ForeignKey(TicketField, models.CASCADE, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "field"], name="tickets_measure_once")]
        indexes: ClassVar = [models.Index(fields=["field", "value", "ticket"], name="tickets_by_measure")]


class FieldFile(models.Model):
    """The file that a ticket has in a field."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="field_files", db_index=False)
    field = models.ForeignKey(TicketField, models.CASCADE, related_name="+")
    attachment = models.OneToOneField(Attachment, models.CASCADE, related_name="field_file")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "field"], name="tickets_field_file_once")]


class RequestFormQuerySet(QuerySet["RequestForm"]):
    """Request forms, chainable."""

    def in_use(self) -> Self:
        """Those that were not removed, in their order."""
        return self.filter(retired_at=None).select_related("team").order_by("position", "pk")

    def visible_to(self, viewer: Viewer) -> Self:
        """Staff use all of them, whoever else those of the portal."""
        return self.in_use() if viewer.is_staff else self.in_use().filter(is_public=True)


class RequestForm(Keyed):
    """What is asked for one kind of request: which fields, in which order, and who gets it."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    names = models.JSONField(default=dict, help_text="by language: what is it about?")
    intros = models.JSONField(default=dict, blank=True, help_text="by language")
    type = models.CharField(_("type"), max_length=20, choices=Ticket.TYPES, default="question")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="codes, in their order")
    is_public = models.BooleanField(_("customers can choose it in the portal"), default=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    objects = RequestFormQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is about, in the active language."""
        return in_language(self.names, fallback=self.code)

    @property
    def intro(self) -> str:
        """What stands over it, in the active language."""
        return in_language(self.intros)

    def chosen_fields(self) -> list[TicketField]:
        """Its fields in their order, without those that were removed. One statement, none where there are no fields."""
        found: dict[str, Any] = {
            field.code: field for field in TicketField.objects.in_use().filter(code__in=self.fields)
        }
        return [found[code] for code in self.fields if code in found]
