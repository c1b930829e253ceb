"""Who wrote, for many at once: what `identify_contact` does for one, in the statements of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterdesk.base.inserting import insert_rows
from charterdesk.base.keys import Actor
from charterdesk.events.log import Cause, caused_by, event_row, write_events
from charterdesk.people.actions.contacts import normal_address
from charterdesk.people.events import ContactRegistered
from charterdesk.people.models import Contact, Identity, Login, Organisation


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote: from where, under which name, in which language, and the event that brought it."""

    email: str
    name: str
    language: str
    cause: Cause


def identify_contacts(writers: Sequence[Writer], *, by: Actor) -> dict[str, Contact]:
    """The contact of each writer by normal address; those who are new are registered.

    One statement, six with new ones, in the caller's transaction. The first mail that has a name gives it. Raises
    `IntegrityError` when somebody else is just registering one of them.
    """
    first: dict[str, Writer] = {}
    for writer in writers:
        first.setdefault(normal_address(writer.email), writer)
    known = _known(first)
    _give_names(known, first)
    new = {address: writer for address, writer in first.items() if address not in known}
    return known | (_registered(new, by=by) if new else {})


def _known(addresses: Mapping[str, Writer]) -> dict[str, Contact]:
    found = Identity.objects.filter(kind=Identity.EMAIL, value__in=list(addresses)).select_related("contact")
    return {identity.value: identity.contact for identity in found}


def _give_names(known: Mapping[str, Contact], writers: Mapping[str, Writer]) -> None:
    for address, contact in known.items():
        if writers[address].name and not contact.name:
            contact.name = writers[address].name[:200]
            contact.save(update_fields=["name"])


def _registered(new: Mapping[str, Writer], *, by: Actor) -> dict[str, Contact]:
    owners = _organisations({address.rpartition("@")[2] for address in new} - {""})
    logins = {login.email: login for login in Login.objects.filter(email__in=list(new), contact=None)}
    contacts = [
        Contact(
            name=writer.name[:200],
            language=writer.language,
            organisation=owners.get(address.rpartition("@")[2]),
            login=logins.get(address),
        )
        for address, writer in new.items()
    ]
    insert_rows(contacts)
    found = dict(zip(new, contacts, strict=True))
    insert_rows([Identity(contact=contact, kind=Identity.EMAIL, value=address) for address, contact in found.items()])
    rows = []
    for address, contact in found.items():
        with caused_by(new[address].cause):
            rows.append(event_row(ContactRegistered(contact_id=contact.pk), on=contact, by=by))
    write_events(rows)
    return found


def _organisations(domains: set[str]) -> dict[str, Organisation]:
    """The organisation that owns each mail domain, where one does. One query."""
    found = Organisation.objects.filter(domains__overlap=sorted(domains)).order_by("-pk")
    return {domain: organisation for organisation in found for domain in organisation.domains if domain in domains}
