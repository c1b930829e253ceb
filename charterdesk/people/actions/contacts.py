"""Customers: registered, changed, made one, erased."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.kept import Given, Kept
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.erasing import Person, forget, require_erasable
from charterdesk.people.events import ContactChanged, ContactErased, ContactRegistered
from charterdesk.people.models import Contact, Identity, Login, Organisation

# Every new request begins with it.
_BY_ADDRESS = Kept(lambda: Contact.objects.filter(identities__kind=Identity.EMAIL, identities__value=Given("address")))
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def normal_address(address: str) -> str:
    """The form in which an e-mail address is kept and compared: trimmed, lower case."""
    return address.strip().lower()


def organisation_of(address: str) -> Organisation | None:
    """The organisation that owns the address's mail domain, or None. One query."""
    domain = normal_address(address).rpartition("@")[2]
    return Organisation.objects.filter(domains__contains=[domain]).first() if domain else None


def identify_contact(*, email: str, name: str = "", language: str = "en", by: Actor = SYSTEM) -> Contact:
    """Return the contact known by `email`, registering them if they are new.

    Safe when the same new person writes many times at once: one contact comes out. An empty name is filled in from
    the first mail that has one. Must run inside a transaction.
    """
    address = normal_address(email)
    contact = _BY_ADDRESS.first(address=address)
    if contact is None:
        contact = _register(address, name=name, language=language, by=by)
    if name and not contact.name:
        contact.name = name[:200]
        contact.save(update_fields=["name"])
    return contact


@transaction.atomic
def add_contact(*, email: str, by: Actor) -> Contact:
    """Take on somebody whom nobody here knows yet. Raises `Refused("people.identity_taken")` for a known address."""
    known = Contact.objects.with_email(email).first()
    if known:
        message = _("%(value)s is known as %(name)s's. Merge the two if they are one person.")
        raise Refused("people.identity_taken", message % {"value": normal_address(email), "name": known})
    return identify_contact(email=email, by=by)


def _register(address: str, *, name: str, language: str, by: Actor) -> Contact:
    """Create contact and identity; when somebody else was quicker, return theirs."""
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                name=name[:200],
                language=language,
                organisation=organisation_of(address),
                login=_free_login(address),
            )
            Identity.objects.create(contact=contact, kind=Identity.EMAIL, value=address)
            publish(ContactRegistered(contact_id=contact.pk), on=contact, by=by)
    except IntegrityError:
        return Contact.objects.with_email(address).get()
    return contact


def identify_caller(*, number: str, known_as: Sequence[str] = (), language: str = "en", by: Actor = SYSTEM) -> Contact:
    """Return the contact known by the phone `number` (E.164), registering them if they are new.

    `known_as` are other ways in which it may have been written down. One contact comes out, however many write at once.
    Must run inside a transaction.
    """
    wanted = [number, *known_as]
    found = Identity.objects.filter(kind=Identity.PHONE, value__in=wanted).select_related("contact")
    known = sorted(found, key=lambda identity: wanted.index(identity.value))
    if known:
        return known[0].contact
    try:
        with transaction.atomic():
            contact = Contact.objects.create(language=language)
            Identity.objects.create(contact=contact, kind=Identity.PHONE, value=number)
            publish(ContactRegistered(contact_id=contact.pk), on=contact, by=by)
    except IntegrityError:
        return Identity.objects.select_related("contact").get(kind=Identity.PHONE, value=number).contact
    return contact


def _free_login(address: str) -> Login | None:
    """The login of this address if it is nobody's contact yet: an agent may be a customer, too."""
    return Login.objects.filter(email=address, contact=None).first()


@transaction.atomic
def open_login(contact: Contact) -> Login:
    """Give `contact` a login for its e-mail address, if it has none. Raises `Refused("people.no_address")`."""
    if contact.login:
        return contact.login
    if not contact.email:
        raise Refused("people.no_address", _("This contact has no e-mail address to sign in with."))
    login = Login.objects.filter(email=contact.email).first() or Login.objects.create_user(contact.email)
    contact.login = login
    contact.save(update_fields=["login"])
    return login


@transaction.atomic
def change_contact(contact: Contact, *, by: Actor, **fields: Any) -> None:
    """Change name, language, time_zone, organisation, note or may_see_organisation of `contact`.

    Nothing happens where nothing differs.
    """
    allowed = {"name", "language", "time_zone", "organisation", "note", "may_see_organisation"}
    if unknown := set(fields) - allowed:
        raise ValueError(f"a contact has no {', '.join(sorted(unknown))} to change")
    changed = sorted(name for name, value in fields.items() if getattr(contact, name) != value)
    for name in changed:
        setattr(contact, name, fields[name])
    if changed:
        contact.save(update_fields=changed)
        publish(ContactChanged(contact_id=contact.pk, fields=changed), on=contact, by=by)


@transaction.atomic
def add_identity(contact: Contact, *, kind: str, value: str, by: Actor) -> Identity:
    """Let `contact` be known by one more address or number.

    Raises `Refused`: `people.no_such_address`, `people.identity_taken` (merge the two instead).
    """
    value = normal_address(value) if kind == Identity.EMAIL else normal_number(value)
    if (kind == Identity.EMAIL and not ADDRESS.fullmatch(value)) or not value:
        raise Refused("people.no_such_address", _("Write an e-mail address as name@example.org, or a phone number."))
    taken = Identity.objects.filter(kind=kind, value=value).select_related("contact").first()
    if taken and taken.contact_id == contact.pk:
        return taken
    if taken:
        message = _("%(value)s is known as %(name)s's. Merge the two if they are one person.")
        raise Refused("people.identity_taken", message % {"value": value, "name": taken.contact})
    identity = Identity.objects.create(contact=contact, kind=kind, value=value)
    publish(ContactChanged(contact_id=contact.pk, fields=["identities"]), on=contact, by=by)
    return identity


@transaction.atomic
def remove_identity(identity: Identity, *, by: Actor) -> None:
    """Forget an address or number of a contact. Raises `Refused("people.last_identity")`."""
    contact = identity.contact
    if contact.identities.count() == 1:
        raise Refused("people.last_identity", _("A customer is known by one address or number at least."))
    identity.delete()
    publish(ContactChanged(contact_id=contact.pk, fields=["identities"]), on=contact, by=by)


def normal_number(number: str) -> str:
    """The form in which a phone number is kept: 4 to 20 digits (0 to 9, however they were written), and the plus it may
    begin with; "" for fewer or more."""
    digits = "".join(str(int(each)) for each in number if each.isdecimal())
    return f"{'+' if number.strip().startswith('+') else ''}{digits}" if 4 <= len(digits) <= 20 else ""


@transaction.atomic
def erase_contact(contact: Contact, *, by: Actor) -> None:
    """Erase `contact` through and through: who they are, and what every package keeps of them (`people.erasing`).

    Their tickets stay, with times and states, without a name and without texts. It can't be undone; nothing happens
    when it was done. Refused while a guard (`people.erasing.guards`) says so, as a legal hold does. A statement or some
    for each table that may hold something, whatever they wrote.
    """
    contact.refresh_from_db(from_queryset=Contact.objects.select_for_update(of=("self",)))
    if contact.erased_at:
        return
    require_erasable(contact)
    for merged in Contact.objects.filter(merged_in__contact=contact, merged_into=contact, erased_at=None):
        erase_contact(merged, by=by)
    forget(_person(contact))
    contact.identities.all().delete()
    login = contact.login
    contact.name, contact.note, contact.time_zone = "", "", ""
    contact.organisation = contact.login = None
    contact.erased_at = now()
    contact.save()
    if login and not hasattr(login, "agent"):
        login.delete()
    publish(ContactErased(contact_id=contact.pk), on=contact, by=by)


def _person(contact: Contact) -> Person:
    """How `contact` is known. Two queries at most."""
    known = list(contact.identities.values_list("kind", "value"))
    login = {contact.login.email} if contact.login else set()
    return Person(
        contact_id=contact.pk,
        name=contact.name,
        addresses=frozenset(login | {value for kind, value in known if kind == Identity.EMAIL}),
        phones=frozenset(value for kind, value in known if kind == Identity.PHONE),
    )
