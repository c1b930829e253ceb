"""What customers do about themselves: which mails they want, how they are reached, and being forgotten."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.actions.contacts import change_contact, erase_contact, normal_address
from charterdesk.people.actions.merging import merge_contacts
from charterdesk.people.erasing import Person, erases
from charterdesk.people.events import ErasureAsked, ErasureDecided, MailsChosen, ProfileChanged
from charterdesk.people.models import Contact, CustomerChoice, ErasureRequest, Identity, Login

PROVES_FOR = timedelta(days=1)
_SALT = "people.address"


@transaction.atomic
def choose_mails(contact: Contact, *, by: Actor, mails: str) -> None:
    """Keep which mails `contact` wants: a code of `CustomerChoice.MAILS`. Raises `Refused("people.no_such_choice")`."""
    if mails not in dict(CustomerChoice.MAILS):
        raise Refused("people.no_such_choice", _("Choose from the list which mails you want."))
    choice, _created = CustomerChoice.objects.select_for_update().get_or_create(contact=contact)
    if choice.mails != mails:
        choice.mails = mails
        choice.save()
        publish(MailsChosen(contact_id=contact.pk, mails=mails), on=contact, by=by)


@transaction.atomic
def change_profile(contact: Contact, *, by: Actor, phone: str, **fields: Any) -> None:
    """Change name, language and time_zone, and the phone number. Raises `Refused("people.phone_taken")`."""
    changed = sorted(name for name, value in fields.items() if getattr(contact, name) != value)
    if changed:
        change_contact(contact, by=by, **{name: fields[name] for name in changed})
    if _set_phone(contact, " ".join(phone.split())):
        changed.append("phone")
    if changed:
        publish(ProfileChanged(contact_id=contact.pk, fields=changed), on=contact, by=by)


def _set_phone(contact: Contact, number: str) -> bool:
    """Make `number` the only phone number of `contact`; "" for none. Returns whether that changed something."""
    phones = contact.identities.filter(kind=Identity.PHONE)
    if list(phones.values_list("value", flat=True)) == [number] or not (number or phones.exists()):
        return False
    if number and Identity.objects.filter(kind=Identity.PHONE, value=number).exclude(contact=contact).exists():
        raise Refused("people.phone_taken", _("We know this number from somebody else. Write to us if it is yours."))
    phones.exclude(value=number).delete()
    if number:
        Identity.objects.get_or_create(contact=contact, kind=Identity.PHONE, value=number)
    return True


def address_proof(contact: Contact, address: str) -> str:
    """What a mail to `address` carries; who brings it back, signed in as `contact`, has proved that it is theirs."""
    return signing.dumps([contact.pk, normal_address(address)], salt=_SALT)


def proved_address(contact: Contact, proof: str) -> str:
    """The address that `proof` is for. Raises `Refused("people.no_proof")` for what is too old or another person's."""
    try:
        contact_id, address = signing.loads(proof, salt=_SALT, max_age=PROVES_FOR)
    except signing.BadSignature:
        contact_id, address = None, ""
    if contact_id != contact.pk:
        message = _("This link is too old, or for somebody else. Sign in as yourself, and ask for a new one.")
        raise Refused("people.no_proof", message)
    return str(address)


@transaction.atomic
def add_address(contact: Contact, *, by: Actor, proof: str) -> str:
    """Take `contact` to be reached by the address of `proof`, and return it.

    Known as another customer's, the two become one: whoever reads the mails of both is one person. Raises as
    `proved_address`, and `Refused("people.address_of_staff")`.
    """
    address = proved_address(contact, proof)
    if Login.objects.filter(email=address, agent__isnull=False).exists():
        raise Refused("people.address_of_staff", _("Somebody of the desk uses this address."))
    known = Identity.objects.select_related("contact").filter(kind=Identity.EMAIL, value=address).first()
    if known and known.contact_id != contact.pk:
        merge_contacts(contact, known.contact, by=by)
    Identity.objects.update_or_create(
        kind=Identity.EMAIL, value=address, defaults={"contact": contact, "verified_at": now()}
    )
    publish(ProfileChanged(contact_id=contact.pk, fields=["address"]), on=contact, by=by)
    return address


@transaction.atomic
def remove_address(contact: Contact, identity: Identity, *, by: Actor) -> None:
    """Forget an address of `contact`; where it was the one to sign in with, another takes its place.

    Raises `Refused("people.last_address")`: somebody whom no mail reaches could not come in again.
    """
    left = contact.identities.filter(kind=Identity.EMAIL).exclude(pk=identity.pk)
    other = left.exclude(verified_at=None).first() or left.first()
    if other is None:
        raise Refused("people.last_address", _("Add another address before you remove this one."))
    if contact.login and contact.login.email == identity.value:
        if Login.objects.filter(email=other.value).exists():
            raise Refused("people.last_address", _("Somebody signs in with your other address. Write to us, please."))
        contact.login.email = other.value
        contact.login.save(update_fields=["email"])
    identity.delete()
    publish(ProfileChanged(contact_id=contact.pk, fields=["address"]), on=contact, by=by)


@transaction.atomic
def ask_erasure(contact: Contact, *, by: Actor) -> ErasureRequest:
    """Keep that `contact` wants to be forgotten, once; return the request, whose receipt tells what comes of it."""
    request, is_new = ErasureRequest.objects.get_or_create(contact=contact, state=ErasureRequest.ASKED)
    if is_new:
        publish(ErasureAsked(contact_id=contact.pk, request_id=request.pk), on=contact, by=by)
    return request


@transaction.atomic
def take_back_erasure(request: ErasureRequest, *, by: Actor) -> None:
    """The customer changed their mind. Raises `Refused("people.erasure_decided")`."""
    _decide(request, ErasureRequest.TAKEN_BACK, by=by)


@transaction.atomic
def decline_erasure(request: ErasureRequest, *, by: Actor, answer: str) -> None:
    """Say no, and why: the law may ask us to keep something. Raises `people.erasure_decided`, `people.no_answer`."""
    if not answer.strip():
        raise Refused("people.no_answer", _("Say why: the customer reads it."))
    request.answer = answer.strip()
    _decide(request, ErasureRequest.DECLINED, by=by)


@transaction.atomic
def carry_out_erasure(request: ErasureRequest, *, by: Actor, proof: dict[str, int]) -> None:
    """Erase whoever asked. `proof` says in numbers what there was; the receipt shows it. Raises as the actions do."""
    request.proof = proof
    _decide(request, ErasureRequest.DONE, by=by)
    erase_contact(request.contact, by=by)


def _decide(request: ErasureRequest, state: str, *, by: Actor) -> None:
    present = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if present.state != ErasureRequest.ASKED:
        raise Refused("people.erasure_decided", _("This was decided already."))
    request.state, request.decided_at = state, now()
    request.save()
    publish(
        ErasureDecided(contact_id=request.contact_id, request_id=request.pk, state=state), on=request.contact, by=by
    )


@erases
def forget_choices(person: Person) -> None:
    """What they chose goes, and what we answered to earlier wishes; the receipts stay. Two statements."""
    CustomerChoice.objects.filter(contact_id=person.contact_id).delete()
    ErasureRequest.objects.filter(contact_id=person.contact_id).exclude(answer="").update(answer="")
