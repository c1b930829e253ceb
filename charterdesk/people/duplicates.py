"""Contacts that may be one person: the same number, addresses much alike, the same name.

Looked up by the indexes of `people_identity` and of names, for one contact at once, and by the clock for all that
have come since the last time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from charterdesk.people.models import Contact, Duplicate

PHONE_KEY = r"right(regexp_replace({0}.value, '\D', '', 'g'), 9)"
ADDRESS_KEY = "translate(split_part(split_part({0}.value, '@', 1), '+', 1), '._-', '')"
SHORTEST_NAME_IN_ADDRESS = 8
"""Letters of an address before the @ that say something of a person; "anna" does not."""
OF_MANY = (
    "accounting", "accounts", "billing", "buchhaltung", "contact", "contabilidad", "comptabilite", "customerservice",
    "facturacion", "helpdesk", "hausverwaltung", "invoices", "kontakt", "management", "newsletter", "noreply",
    "office", "postmaster", "purchasing", "reception", "secretary", "service", "support", "verwaltung", "webmaster",
)  # fmt: skip
"""Addresses that several people share: no sign of anything."""
COMMON_NAME = 5
"""A name that more contacts bear than these says nothing."""

_LIVING = "{0}.erased_at IS NULL AND {0}.merged_into_id IS NULL"
_ALIKE = f"""
    SELECT own.contact_id AS contact_id, other.contact_id AS other_id, 'phone' AS reason, 1 AS rank
      FROM people_identity AS own
      JOIN people_identity AS other ON {PHONE_KEY.format("other")} = {PHONE_KEY.format("own")}
           AND other.kind = 'phone' AND other.contact_id <> own.contact_id
     WHERE own.kind = 'phone' AND length({PHONE_KEY.format("own")}) = 9 AND own.contact_id {{which}}
    UNION ALL
    SELECT own.contact_id, other.contact_id, 'address', 2
      FROM people_identity AS own
      JOIN people_identity AS other ON {ADDRESS_KEY.format("other")} = {ADDRESS_KEY.format("own")}
           AND other.kind = 'email' AND other.contact_id <> own.contact_id
     WHERE own.kind = 'email' AND length({ADDRESS_KEY.format("own")}) >= %(shortest)s
           AND NOT {ADDRESS_KEY.format("own")} = ANY(%(of_many)s) AND own.contact_id {{which}}
    UNION ALL
    SELECT own.id, other.id, 'name', 3
      FROM people_contact AS own
      JOIN people_contact AS other ON lower(other.name) = lower(own.name) AND other.id <> own.id
     WHERE own.name LIKE '%% %%' AND own.id {{which}}
           AND (SELECT count(*) FROM (SELECT FROM people_contact AS same WHERE lower(same.name) = lower(own.name)
                                       LIMIT %(common)s + 1) AS bearing) <= %(common)s
"""
_PAIRS = f"""
    SELECT DISTINCT ON (least(alike.contact_id, other_id), greatest(alike.contact_id, other_id))
           least(alike.contact_id, other_id), greatest(alike.contact_id, other_id), reason
      FROM ({_ALIKE}) AS alike
      JOIN people_contact AS one ON one.id = alike.contact_id AND {_LIVING.format("one")}
      JOIN people_contact AS two ON two.id = other_id AND {_LIVING.format("two")}
     ORDER BY 1, 2, rank
"""
_LIMITS: dict[str, Any] = {"shortest": SHORTEST_NAME_IN_ADDRESS, "of_many": list(OF_MANY), "common": COMMON_NAME}


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another contact who may be the same person, and why."""

    contact: Contact
    reason: str

    @property
    def why(self) -> str:
        """The reason in words."""
        return str(dict(Duplicate.REASONS)[self.reason])


def alike(contact: Contact, *, limit: int = 5) -> list[Alike]:
    """Who may be the same person as `contact`, surest first, without those somebody said no to. Three statements."""
    rows = _pairs("= %(contact)s", contact=contact.pk)
    settled = {
        (pair.contact_id, pair.other_id)
        for pair in Duplicate.objects.exclude(settled_at=None).filter(_either(contact.pk))
    }
    found = {(one if two == contact.pk else two): why for one, two, why in rows if (one, two) not in settled}
    order = [Duplicate.PHONE, Duplicate.ADDRESS, Duplicate.NAME]
    ids = sorted(found, key=lambda pk: (order.index(found[pk]), pk))[:limit]
    people = Contact.objects.prefetch_related("identities").in_bulk(ids)
    return [Alike(contact=people[pk], reason=found[pk]) for pk in ids if pk in people]


def _either(contact_id: int) -> Q:
    return Q(contact_id=contact_id) | Q(other_id=contact_id)


@transaction.atomic
def find_duplicates(*, after: int = 0, many: int = 20_000) -> int:
    """Note the pairs among which one is a contact of a number beyond `after`, at most `many` contacts at a time.

    Returns the number of the last contact looked at; the same as `after` when there is none. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id FROM people_contact WHERE id > %s ORDER BY id LIMIT %s) AS next",
            [after, many],
        )
        last: int | None = cursor.fetchone()[0]
        if last is None:
            return after
        cursor.execute(
            f"INSERT INTO people_duplicate (contact_id, other_id, reason, found_at) "
            f"SELECT *, now() FROM ({_PAIRS.format(which='BETWEEN %(first)s AND %(last)s')}) AS pairs "
            "ON CONFLICT (contact_id, other_id) DO NOTHING",
            {**_LIMITS, "first": after + 1, "last": last},
        )
    return last


def _pairs(which: str, **params: int) -> Sequence[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(which=which), {**_LIMITS, **params})
        rows: list[tuple[int, int, str]] = cursor.fetchall()
    return rows


def open_duplicates(*, limit: int = 50) -> list[Duplicate]:
    """Pairs that nobody has looked at, the newest first. Two statements."""
    found = Duplicate.objects.filter(settled_at=None, contact__merged_into=None, other__merged_into=None)
    living = found.filter(contact__erased_at=None, other__erased_at=None)
    related = living.select_related("contact__organisation", "other__organisation")
    return list(related.prefetch_related("contact__identities", "other__identities").order_by("-id")[:limit])
