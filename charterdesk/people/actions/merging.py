"""One contact out of two, two out of one, and back. Whoever holds tickets hears of it and lets them follow."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.events import ContactMerged, ContactMergeUndone, ContactSplit, ContactsToldApart
from charterdesk.people.models import (
    Contact,
    ContactMerge,
    Duplicate,
    ErasureRequest,
    Identity,
    PersonFields,
    PersonNote,
)

FILLED = ("name", "time_zone", "organisation", "note", "login")
"""What the one who goes on takes from the other where they have nothing themselves."""


def lock_contacts(*contacts: Contact) -> None:
    """Read these afresh and hold their rows, in the order of their numbers. A query each."""
    for contact in sorted(contacts, key=lambda one: one.pk):
        contact.refresh_from_db(from_queryset=Contact.objects.select_for_update(of=("self",)))


@transaction.atomic
def merge_contacts(contact: Contact, other: Contact, *, by: Actor) -> ContactMerge:
    """Make `other` one person with `contact`: identities, notes, fields and tickets move; what is empty is filled in.

    Raises `Refused`: `people.same_contact`, `people.merged_contact` and `people.erased_contact` (either of them).
    """
    if contact.pk == other.pk:
        raise Refused("people.same_contact", _("These are the same contact already."))
    lock_contacts(contact, other)
    for each in (contact, other):
        _refuse_gone(each)
    merge = ContactMerge(contact=contact, merged=other)
    merge.identity_ids = list(other.identities.values_list("pk", flat=True))
    merge.note_ids = list(other.notes.values_list("pk", flat=True))
    Identity.objects.filter(pk__in=merge.identity_ids).update(contact=contact)
    PersonNote.objects.filter(pk__in=merge.note_ids).update(contact=contact)
    merge.filled = [*_fill(contact, other), *_fill_own_fields(contact, other), *_take_over_wish(contact, other)]
    merge.save()
    Duplicate.objects.filter(contact__in=(contact, other), other__in=(contact, other)).update(settled_at=now())
    merged = ContactMerged(contact_id=contact.pk, merged_id=other.pk, merge_id=merge.pk)
    publish(merged, on=contact, by=by)
    return merge


def _refuse_gone(contact: Contact) -> None:
    if contact.erased_at:
        raise Refused("people.erased_contact", _("This customer was erased."))
    if contact.merged_into_id:
        raise Refused("people.merged_contact", _("This customer was made one with another. Work on that one."))


def _fill(contact: Contact, other: Contact) -> list[str]:
    """Take over what `contact` lacks; the names of what that was. A login can be one contact's only."""
    filled = [name for name in FILLED if getattr(other, name) and not getattr(contact, name)]
    for name in filled:
        setattr(contact, name, getattr(other, name))
    other.merged_into = contact
    if "login" in filled:
        other.login = None
    other.save(update_fields=["merged_into", "login"])
    contact.save(update_fields=filled)
    return filled


def _fill_own_fields(contact: Contact, other: Contact) -> list[str]:
    theirs = PersonFields.objects.filter(contact=other).first()
    if theirs is None:
        return []
    own, _is_new = PersonFields.objects.get_or_create(contact=contact)
    filled = sorted(set(theirs.values) - set(own.values))
    own.values |= {code: theirs.values[code] for code in filled}
    own.save(update_fields=["values"])
    return [f"own:{code}"[:40] for code in filled]


def _take_over_wish(contact: Contact, other: Contact) -> list[str]:
    """A wish to be erased is about the person: it waits with whoever has their data now, unless one waits there."""
    waiting = ErasureRequest.objects.filter(state=ErasureRequest.ASKED, contact__in=(contact, other))
    wishes = list(waiting)
    if [wish.contact_id for wish in wishes] != [other.pk]:
        return []
    waiting.update(contact=contact)
    return [f"wish:{wishes[0].pk}"]


@transaction.atomic
def undo_contact_merge(merge: ContactMerge, *, by: Actor) -> None:
    """Let both stand on their own again, with what was theirs. What came in meanwhile stays with who goes on.

    Raises `Refused`: `people.not_merged`, `people.erased_contact`, `people.merged_contact` (undo the later merge
    first).
    """
    contact, other = merge.contact, merge.merged
    lock_contacts(contact, other)
    _refuse_gone(contact)
    merge.refresh_from_db()
    if merge.undone_at or other.merged_into_id != contact.pk:
        raise Refused("people.not_merged", _("This was undone already."))
    merge.undone_at = now()
    merge.save(update_fields=["undone_at"])
    Identity.objects.filter(pk__in=merge.identity_ids, contact=contact).update(contact=other)
    PersonNote.objects.filter(pk__in=merge.note_ids, contact=contact).update(contact=other)
    _empty_again(contact, other, merge)
    wishes = [int(name.removeprefix("wish:")) for name in merge.filled if name.startswith("wish:")]
    waiting = ErasureRequest.objects.filter(state=ErasureRequest.ASKED, contact=contact, pk__in=wishes)
    waiting.update(contact=other)
    undone = ContactMergeUndone(contact_id=contact.pk, merged_id=other.pk, merge_id=merge.pk)
    publish(undone, on=contact, by=by)


def _empty_again(contact: Contact, other: Contact, merge: ContactMerge) -> None:
    """Give back what was filled in, where nobody has changed it since."""
    filled = [name for name in FILLED if name in merge.filled]
    login = contact.login if "login" in filled else None
    still = [name for name in filled if name == "login" or getattr(contact, name) == getattr(other, name)]
    for name in still:
        setattr(contact, name, None if name in ("organisation", "login") else "")
    contact.save(update_fields=still)
    other.merged_into = None
    other.login = login or other.login
    other.save(update_fields=["merged_into", "login"])
    own = PersonFields.objects.filter(contact=contact).first()
    theirs = PersonFields.objects.filter(contact=other).first()
    if own and theirs:
        given = {code for code in theirs.values if f"own:{code}"[:40] in merge.filled}
        own.values = {
            code: value for code, value in own.values.items() if code not in given or theirs.values.get(code) != value
        }
        own.save(update_fields=["values"])


@transaction.atomic
def split_contact(contact: Contact, *, identity_ids: Collection[int], name: str, by: Actor) -> Contact:
    """Make some of `contact`'s addresses and numbers a contact of their own, and return it.

    Requests that were begun from these addresses follow. Raises `Refused`: `people.nothing_to_split`,
    `people.nothing_left`, `people.merged_contact`, `people.erased_contact`.
    """
    lock_contacts(contact)
    _refuse_gone(contact)
    moving = contact.identities.filter(pk__in=identity_ids)
    if not moving:
        raise Refused("people.nothing_to_split", _("Choose the addresses and numbers of the other person."))
    if len(moving) == contact.identities.count():
        raise Refused("people.nothing_left", _("Leave at least one address or number with this customer."))
    new = Contact.objects.create(
        name=" ".join(name.split())[:200],
        language=contact.language,
        time_zone=contact.time_zone,
        organisation=contact.organisation,
    )
    Identity.objects.filter(pk__in=[identity.pk for identity in moving]).update(contact=new)
    publish(ContactSplit(contact_id=contact.pk, new_id=new.pk), on=contact, by=by)
    return new


@transaction.atomic
def settle_duplicate(contact: Contact, other: Contact, *, by: Actor) -> None:
    """Say that these are two people, so that nobody is asked again. Raises `Refused("people.same_contact")`."""
    if contact.pk == other.pk:
        raise Refused("people.same_contact", _("These are the same contact already."))
    first, second = sorted((contact, other), key=lambda one: one.pk)
    Duplicate.objects.get_or_create(contact=first, other=second, defaults={"reason": Duplicate.NAME})
    Duplicate.objects.filter(contact=first, other=second).update(settled_at=now())
    publish(ContactsToldApart(contact_id=first.pk, other_id=second.pk), on=first, by=by)
