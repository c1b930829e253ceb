"""The desk's own fields of customers and organisations, in forms and on pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import formats

from charterdesk.people.models import Contact, Organisation, PersonField, PersonFields

PREFIX = "own_"


@dataclass(frozen=True, kw_only=True)
class OwnValue:
    """A field that is filled in, as a page shows it."""

    label: str
    value: str


def fields_of(kind: str) -> list[PersonField]:
    """The fields in use of contacts or of organisations, in their order. One statement."""
    return list(PersonField.objects.filter(of=kind, retired_at=None))


def values_of(whose: Contact | Organisation | None) -> dict[str, Any]:
    """What the fields say of `whose`, by code. No statement where `own_fields` was fetched with it."""
    try:
        return dict(whose.own_fields.values) if whose else {}
    except PersonFields.DoesNotExist:
        return {}


def own_values(whose: Contact | Organisation, kind: str) -> list[OwnValue]:
    """The filled fields of `whose` in their order. One statement."""
    values = values_of(whose)
    return [
        OwnValue(label=field.label, value=_shown(field, values[field.code]))
        for field in fields_of(kind)
        if field.code in values
    ]


def _shown(field: PersonField, value: Any) -> str:
    if field.kind == PersonField.DATE:
        return formats.date_format(date.fromisoformat(value))
    if field.kind == PersonField.NUMBER:
        return formats.number_format(value)
    return str(value)


class OwnFieldsForm(forms.Form):
    """A form that ends with the desk's own fields of `of`."""

    of: ClassVar[str] = PersonField.CONTACT

    def __init__(self, *args: Any, whose: Contact | Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_of(whose)
        for field in fields_of(self.of):
            self.fields[f"{PREFIX}{field.code}"] = _form_field(field, values.get(field.code))

    @property
    def main(self) -> list[forms.BoundField]:
        """All but the desk's own fields."""
        return [self[name] for name in self.fields if not name.startswith(PREFIX)]

    @property
    def own(self) -> list[forms.BoundField]:
        """The desk's own fields."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def own_values(self) -> dict[str, Any]:
        """What was changed, by code: a choice that is offered no more stays as it was."""
        changed = {name for name in self.changed_data if name.startswith(PREFIX)}
        given = {name: value for name, value in self.cleaned_data.items() if name in changed}
        return {name.removeprefix(PREFIX): "" if value is None else str(value) for name, value in given.items()}


def _form_field(field: PersonField, value: Any) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": False, "initial": value}
    if field.kind == PersonField.NUMBER:
        return forms.DecimalField(max_digits=18, decimal_places=3, **common)
    if field.kind == PersonField.DATE:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
    if field.kind == PersonField.CHOICE:
        kept = [value] if value and value not in field.choices else []
        return forms.ChoiceField(choices=[("", "—"), *((each, each) for each in [*field.choices, *kept])], **common)
    return forms.CharField(max_length=500, widget=forms.TextInput(attrs={"dir": "auto"}), **common)
