"""Erasing a person through and through: each package that keeps something of people registers how it forgets.

The parts run in the transaction that erases the contact, from the top layer down: nobody is half erased, and no part
is late. What must stay for history and measures stays without the person: tickets, their times and states, events.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from django.db.models import Q
from django.utils.html import escape

from charterdesk.people.models import Contact

NOTHING = "—"
"""What stands where somebody was named."""
NO_CONTACT = 0
"""The `contact_id` of somebody we know by an address alone; no contact has it, and no row without a contact does."""
LONG_NAME = 6
"""A name of one word is looked for in texts only if it has so many letters: "May" is a month as well."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is to be forgotten, as they were known: all that identifies them in other people's words.

    Of somebody without an account `takes_words` says whether what they said in public goes, too; others chose that in
    their profile.
    """

    contact_id: int
    name: str
    addresses: frozenset[str]
    phones: frozenset[str]
    takes_words: bool = False

    @property
    def traces(self) -> list[str]:
        """What to look for in texts, the longest first, as it stands in text and in HTML."""
        name = self.name.strip()
        names = {name} if " " in name or len(name) >= LONG_NAME else set()
        plain = names | self.addresses | self.phones
        return sorted(plain | {escape(each) for each in plain}, key=lambda trace: (-len(trace), trace))

    def addressed_in(self, field: str) -> Q:
        """The condition that a text names one of their addresses, however it is written in capitals."""
        naming = (Q(**{f"{field}__icontains": address}) for address in sorted(self.addresses))
        return reduce(lambda found, more: found | more, naming, Q(pk__in=[]))


def without(text: str, traces: Iterable[str]) -> str:
    """`text` with a dash wherever it names somebody by one of `traces`, however that is written in capitals."""
    return reduce(lambda left, trace: re.sub(re.escape(trace), NOTHING, left, flags=re.IGNORECASE), traces, text)


Part = Callable[[Person], None]
_parts: list[Part] = []


def erases(part: Part) -> Part:
    """Have `part` called for everybody who is erased. It does nothing where there is nothing of them any more."""
    if part not in _parts:
        _parts.append(part)
    return part


Guard = Callable[[Contact], None]
_guards: list[Guard] = []


def guards(guard: Guard) -> Guard:
    """Have `guard` called before anybody is erased: it raises `Refused` for whom the law says to keep."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def require_erasable(contact: Contact) -> None:
    """Raise `Refused` where somebody must not be erased yet."""
    for guard in _guards:
        guard(contact)


def forget(person: Person) -> None:
    """Have every package forget `person`, those that were found last first. In the caller's transaction."""
    for part in reversed(_parts):
        part(person)
