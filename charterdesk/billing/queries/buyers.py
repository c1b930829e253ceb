"""Which customers bought anything at all: asked for many requests together, so that few are looked at one by one."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from charterdesk.billing.models import Contract, Order
from charterdesk.people.models import Contact, Organisation

Bought = type[Contract] | type[Order]
Customer = tuple[int, int | None]
"""A contact, and their organisation or None, by their primary keys."""


def buyers_among(customers: Collection[Customer], *, of: Sequence[Bought] = (Contract, Order)) -> set[Customer]:
    """Those of `customers` under whose names, or of whom they took in (as `belongs_to` says), a row of `of` stands.

    Two statements, and one for each kind.
    """
    people = _names(Contact, {contact_id for contact_id, _organisation_id in customers})
    houses = _names(Organisation, {number for _contact_id, number in customers if number is not None})
    named = Q(contact__in=list(people)) | Q(organisation__in=list(houses))
    found: set[Customer] = set()
    for kind in of:
        rows = kind._default_manager.filter(named).values_list("contact_id", "organisation_id").distinct()
        owners = [(people.get(contact_id or 0), houses.get(number or 0)) for contact_id, number in rows]
        buying = {contact_id for contact_id, _house in owners if contact_id}
        ordering = {number for _contact, number in owners if number}
        found |= {each for each in customers if each[0] in buying or each[1] in ordering}
    return found


def _names(kind: type[Contact | Organisation], ids: set[int]) -> dict[int, int]:
    """The numbers that stand for these customers: their own and those merged into them. None asked for, none read."""
    if not ids:
        return {}
    merged = kind._default_manager.filter(merged_into__in=list(ids)).values_list("pk", "merged_into")
    return {number: number for number in ids} | {former: present for former, present in merged if present}
