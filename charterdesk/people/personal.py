"""What we keep of a person, told to them: each package that keeps something registers how it tells it.

A chapter is a list of things, a thing a list of fields. A field has a name for programs, a label for people, and a
value: text, number, time, a list of texts, a file (`PersonalFile`), or a list of things again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.people.models import Contact, Identity, PersonField, PersonFields


@dataclass(frozen=True)
class PersonalFile:
    """A file of theirs, by the SHA-256 it is stored under."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Field:
    """One thing we know."""

    name: str
    label: str
    value: Any


Thing = list[Field]
Teller = Callable[[Contact, bool], Iterable[Thing]]


@dataclass(frozen=True)
class Chapter:
    """What one package tells; `title` gives the heading in the language that is active."""

    name: str
    title: Callable[[], str]
    tell: Teller


_chapters: dict[str, Chapter] = {}


def tells(name: str, title: Callable[[], str]) -> Callable[[Teller], Teller]:
    """Have the function below tell what its package keeps of a contact.

    It is called with the contact and whether what was written inside the house is asked for as well.
    """

    def register(tell: Teller) -> Teller:
        _chapters[name] = Chapter(name, title, tell)
        return tell

    return register


def chapters() -> list[Chapter]:
    """All chapters, the person first, then as packages come from below."""
    return list(_chapters.values())


@tells("contact", lambda: _("Who you are"))
def _tell_contact(contact: Contact, with_notes: bool) -> list[Thing]:
    """Name, addresses and what else stands on the card. Five queries, one more with notes."""
    known = list(contact.identities.values_list("kind", "value"))
    fields = [
        Field("name", _("Name"), contact.name),
        Field("emails", _("E-mail addresses"), [value for kind, value in known if kind == Identity.EMAIL]),
        Field("phones", _("Phone numbers"), [value for kind, value in known if kind == Identity.PHONE]),
        Field("language", _("Language"), contact.get_language_display()),
        Field("time_zone", _("Time zone"), contact.time_zone),
        Field("organisation", _("Organisation"), contact.organisation.name if contact.organisation else ""),
        Field("signs_in_with", _("Signs in with"), contact.login.email if contact.login else ""),
        Field("since", _("Known since"), contact.created_at),
    ]
    if own := _own_fields(contact):
        fields.append(Field("fields", _("More about you"), [own]))
    if with_notes:
        notes = [
            [Field("at", _("Time"), one.created_at), Field("text", _("Text"), one.text)] for one in contact.notes.all()
        ]
        fields += [Field("note", _("Note"), contact.note), Field("notes", _("Notes"), notes)]
    return [fields]


def _own_fields(contact: Contact) -> Thing:
    """What fields of the desk's own say of them. Two queries."""
    kept = PersonFields.objects.filter(contact=contact).values_list("values", flat=True).first() or {}
    fields = PersonField.objects.filter(of=PersonField.CONTACT, code__in=list(kept))
    return [Field(field.code, field.label, kept[field.code]) for field in fields]
