"""Custom fields of tickets as fields of a form, for every surface that asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.models import Contact
from charterdesk.tickets.actions import IncomingFile
from charterdesk.tickets.fields import is_empty, missing, read_value
from charterdesk.tickets.models import TicketField

PREFIX = "field_"


class AskedFields(forms.Form):
    """A form that asks for custom fields as well: call `ask` when it is made, read `field_values` once it is valid."""

    asked: Sequence[TicketField] = ()
    required_when = ""

    def ask(
        self, fields: Sequence[TicketField], *, data: Mapping[str, Any] | None = None, required_when: str = ""
    ) -> None:
        """Add `fields` with what stands in them; `required_when` (`submit`) says which may not stay empty."""
        self.asked, self.required_when = fields, required_when
        kept = data or {}
        for field in fields:
            self.fields[PREFIX + field.code] = form_field(field, kept.get(field.code))

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The custom fields."""
        return [self[PREFIX + field.code] for field in self.asked]

    def clean(self) -> dict[str, Any]:
        """What stands in them is read as the desk keeps it, choices before what depends on them."""
        cleaned = super().clean() or {}
        read: dict[str, Any] = {}
        for field in sorted(self.asked, key=lambda each: each.kind == TicketField.DEPENDENT):
            self._read(field, cleaned.get(PREFIX + field.code), read)
        for field in missing(self.asked, read, when=self.required_when) if self.required_when else ():
            if PREFIX + field.code not in self.errors:
                self.add_error(PREFIX + field.code, _("This is needed."))
        self.field_values = read
        return cleaned

    def _read(self, field: TicketField, value: Any, read: dict[str, Any]) -> None:
        if field.kind == TicketField.FILE:
            if value:
                read[field.code] = as_incoming(value)
            return
        try:
            read[field.code] = read_value(field, value, read)
        except Refused as refused:
            self.add_error(PREFIX + field.code, refused.message)


def form_field(field: TicketField, value: Any = None) -> forms.Field:
    """A field of a form for `field`, with `value` in it. One statement for a contact that is there, else none."""
    made: forms.Field = _MAKE[field.kind](field)
    made.label, made.help_text, made.required = field.label, field.help, False
    made.initial = _initial(field, value)
    return made


def _initial(field: TicketField, value: Any) -> Any:
    if is_empty(value):
        return ""
    if field.kind == TicketField.CONTACT:
        contact = Contact.objects.filter(pk=value).first()
        return contact.email if contact else ""
    if field.kind == TicketField.YES_NO:
        return "yes" if value else "no"
    return "" if field.kind == TicketField.FILE else value


def _choices(field: TicketField) -> forms.ChoiceField:
    """All that can be chosen; of what depends on another field, in groups by what is chosen there."""
    nothing: list[tuple[Any, Any]] = [("", "—")]
    if field.kind != TicketField.DEPENDENT or field.depends_on is None:
        return forms.ChoiceField(choices=[*nothing, *field.options()])
    above = field.depends_on
    groups = [(label, field.options(code)) for code, label in above.options()]
    widget = forms.Select(attrs={"data-depends-on": PREFIX + above.code})
    return forms.ChoiceField(choices=[*nothing, *((label, own) for label, own in groups if own)], widget=widget)


def _yes_no(field: TicketField) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))])


def _text(field: TicketField) -> forms.CharField:
    if field.kind == TicketField.LONG:
        return forms.CharField(max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
    return forms.CharField(max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}))


def _number(field: TicketField) -> forms.CharField:
    return forms.CharField(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


def _date(field: TicketField) -> forms.CharField:
    return forms.CharField(max_length=10, widget=forms.DateInput(attrs={"type": "date"}))


def _contact(field: TicketField) -> forms.CharField:
    return forms.CharField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))


def _file(field: TicketField) -> forms.FileField:
    return forms.FileField()


_MAKE: dict[str, Any] = {
    TicketField.TEXT: _text,
    TicketField.LONG: _text,
    TicketField.NUMBER: _number,
    TicketField.DATE: _date,
    TicketField.YES_NO: _yes_no,
    TicketField.CHOICE: _choices,
    TicketField.DEPENDENT: _choices,
    TicketField.FILE: _file,
    TicketField.CONTACT: _contact,
}


def as_incoming(file: UploadedFile[Any]) -> IncomingFile:
    """An uploaded file as actions take it."""
    return IncomingFile(
        filename=file.name or "",
        stream=cast(BinaryIO, file.file),
        content_type=file.content_type or "application/octet-stream",
    )
