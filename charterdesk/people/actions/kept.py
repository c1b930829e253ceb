"""What is kept of contacts and organisations: notes, and fields of the desk's own."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import reduce
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.erasing import Person, erases, without
from charterdesk.people.events import (
    PersonFieldAdded,
    PersonFieldChanged,
    PersonFieldRetired,
    PersonFieldsFilled,
    PersonNoteAdded,
    PersonNoteRemoved,
)
from charterdesk.people.models import Agent, Contact, Organisation, PersonField, PersonFields, PersonNote

Whose = Contact | Organisation
LONGEST_TEXT = 500


def _of(whose: Whose) -> dict[str, Any]:
    return {"contact" if isinstance(whose, Contact) else "organisation": whose}


@transaction.atomic
def add_person_note(whose: Whose, *, text: str, author: Agent | None, by: Actor) -> PersonNote:
    """Keep a note about a contact or an organisation. Raises `Refused("people.empty_note")`."""
    if not text.strip():
        raise Refused("people.empty_note", _("Write something first."))
    note = PersonNote.objects.create(**_of(whose), text=text.strip()[:10_000], author=author)
    publish(PersonNoteAdded(note_id=note.pk), on=whose, by=by)
    return note


@transaction.atomic
def remove_person_note(note: PersonNote, *, by: Actor) -> None:
    """Take a note away."""
    whose = note.contact or note.organisation
    removed = PersonNoteRemoved(note_id=note.pk)
    note.delete()
    if whose:
        publish(removed, on=whose, by=by)


@transaction.atomic
def set_own_fields(whose: Whose, *, values: Mapping[str, Any], by: Actor) -> None:
    """Fill in fields of the desk's own, by code; "" or None empties one. The log says which, never what.

    Raises `Refused`: `people.no_such_field`, `people.wrong_value` with `.field` the code. Three statements.
    """
    fields = {field.code: field for field in PersonField.objects.filter(of=whose._meta.model_name, retired_at=None)}
    if unknown := set(values) - set(fields):
        raise Refused("people.no_such_field", _("There is no field “%(code)s”.") % {"code": min(unknown)})
    kept, _is_new = PersonFields.objects.select_for_update().get_or_create(**_of(whose))
    read = {code: read_value(fields[code], value) for code, value in values.items()}
    changed = sorted(code for code, value in read.items() if kept.values.get(code) != value)
    if changed:
        wanted = kept.values | read
        kept.values = {code: value for code, value in wanted.items() if value is not None}
        kept.save(update_fields=["values"])
        publish(PersonFieldsFilled(codes=changed), on=whose, by=by)


def read_value(field: PersonField, value: Any) -> str | int | float | None:
    """`value` as it is kept: text, a number, a date as 2026-11-22, one of the choices; None for nothing.

    Raises `Refused("people.wrong_value")`.
    """
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if field.kind == PersonField.NUMBER:
        return _number(field, text)
    if field.kind == PersonField.DATE:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise _wrong(field, _("Write the date as 2026-12-25.")) from None
    if field.kind == PersonField.CHOICE and text not in field.choices:
        raise _wrong(field, _("Choose from the list."))
    return text[:LONGEST_TEXT]


def _number(field: PersonField, text: str) -> int | float:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise _wrong(field, _("Write a number.")) from None
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        raise _wrong(field, _("Write a number."))
    return int(number) if number == number.to_integral_value() else float(number)


def _wrong(field: PersonField, message: str) -> Refused:
    return Refused("people.wrong_value", f"{field.label}: {message}")


@transaction.atomic
def add_person_field(*, by: Actor, of: str, name: str, kind: str, code: str = "", **more: Any) -> PersonField:
    """Make a field of contacts or organisations; without a `code` it comes from its name.

    `more`: choices, names, position. Raises `Refused`: `people.no_name`, `people.no_choices`, `people.code_taken`.
    """
    if code and PersonField.objects.filter(of=of, code=code).exists():
        raise Refused("people.code_taken", _("There is a field with this code already."))
    field = PersonField(of=of, kind=kind)
    _apply(field, {"name": name, **more})
    field.code = code or _free_code(of, name)
    field.save()
    publish(PersonFieldAdded(field_id=field.pk), on=field, by=by)
    return field


@transaction.atomic
def change_person_field(field: PersonField, *, by: Actor, **more: Any) -> None:
    """Change name, names, choices or position; its kind and code stay, as values are kept by them. Raises as
    `add_person_field`."""
    changed = _apply(field, more)
    if changed:
        field.save(update_fields=changed)
        publish(PersonFieldChanged(field_id=field.pk, fields=changed), on=field, by=by)


@transaction.atomic
def retire_person_field(field: PersonField, *, by: Actor) -> None:
    """Show a field no more; its values are kept. Nothing happens when it is retired."""
    if field.retired_at is None:
        field.retired_at = now()
        field.save(update_fields=["retired_at"])
        publish(PersonFieldRetired(field_id=field.pk), on=field, by=by)


@transaction.atomic
def restore_person_field(field: PersonField, *, by: Actor) -> None:
    """Show a retired field again, with the values that were kept. Nothing happens when it is shown."""
    if field.retired_at is not None:
        field.retired_at = None
        field.save(update_fields=["retired_at"])
        publish(PersonFieldChanged(field_id=field.pk, fields=["retired_at"]), on=field, by=by)


def _apply(field: PersonField, values: Mapping[str, Any]) -> list[str]:
    if unknown := set(values) - {"name", "names", "choices", "position"}:
        raise ValueError(f"a field has no {', '.join(sorted(unknown))} to change")
    changed = sorted(name for name, value in values.items() if getattr(field, name) != value)
    for name in changed:
        setattr(field, name, values[name])
    if not field.name.strip():
        raise Refused("people.no_name", _("A field needs a name."))
    if field.kind == PersonField.CHOICE and not field.choices:
        raise Refused("people.no_choices", _("Write the choices, one a line."))
    return changed


def _free_code(of: str, name: str) -> str:
    """A code made of the name that no other field has."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:30] or "field"
    taken = set(PersonField.objects.filter(of=of, code__startswith=plain).values_list("code", flat=True))
    return next(code for code in (plain, *(f"{plain}_{n}" for n in range(2, 1000))) if code not in taken)


@erases
def forget_what_is_kept(person: Person) -> None:
    """Take away notes about `person` and their fields, and their name where others' notes name them."""
    PersonNote.objects.filter(contact=person.contact_id).delete()
    PersonFields.objects.filter(contact=person.contact_id).delete()
    naming = reduce(lambda found, trace: found | Q(text__icontains=trace), person.traces, Q(pk=None))
    for note in PersonNote.objects.filter(naming):
        note.text = without(note.text, person.traces)
        note.save(update_fields=["text"])
