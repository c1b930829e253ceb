"""Customers who register themselves: known from the moment on at which a mail has proved that the address is theirs."""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.people.actions.contacts import identify_contact, normal_address
from charterdesk.people.models import Contact, Identity, Login

PROVES_FOR = timedelta(days=1)
_SALT = "people.registration"


class Registration(NamedTuple):
    """What somebody told us of themselves."""

    address: str
    name: str
    language: str


def registration_proof(registration: Registration) -> str:
    """What a mail to the address carries. Nothing is kept until it is brought back."""
    address, name, language = registration
    return signing.dumps([normal_address(address), name, language], salt=_SALT, compress=True)


def registration_of(proof: str) -> Registration:
    """What was told. Raises `Refused("people.no_registration")` for what is too old or made up."""
    try:
        return Registration(*signing.loads(proof, salt=_SALT, max_age=PROVES_FOR))
    except signing.BadSignature as error:
        message = _("This link is too old, or was cut off. Register once more.")
        raise Refused("people.no_registration", message) from error


@transaction.atomic
def register_customer(proof: str) -> tuple[Contact, bool]:
    """The customer of `proof`, who has proved their address with it; and whether they may come in at once.

    Whoever wrote to us before is the contact they were, with the name we know. Only a new login may come in at once:
    one that was there has its own ways in, with a second factor perhaps, and the same link opens nothing twice.
    Raises as `registration_of`.
    """
    address, name, language = registration_of(proof)
    contact = identify_contact(email=address, name=name, language=language)
    contact.refresh_from_db(from_queryset=Contact.objects.select_for_update(of=("self",)))
    Identity.objects.filter(contact=contact, kind=Identity.EMAIL, value=address, verified_at=None).update(
        verified_at=now()
    )
    if contact.login_id or Login.objects.filter(email=address).exists():
        return contact, False
    contact.login = Login.objects.create_user(address)
    contact.save(update_fields=["login"])
    return contact, True
