"""Reads of people: lists and searches that stay short however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from charterdesk.people.models import Agent, Contact, Identity, Organisation
from charterdesk.people.viewer import Viewer

CANDIDATES = 200
"""So many by name, and so many by address, are looked at for a search; more would tell nobody anything."""
Cursor = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Found:
    """Some contacts or organisations, and where the next page begins (None at the end)."""

    rows: Sequence[Contact] | Sequence[Organisation]
    after: Cursor | None = None


def living_contacts() -> QuerySet[Contact]:
    """Contacts that are somebody: neither erased nor merged into another."""
    return Contact.objects.filter(erased_at=None, merged_into=None)


def who_leads(team_id: int) -> list[int]:
    """Numbers of the agents who lead a team; of the managers where nobody does, else of the administrators.

    Two statements at most.
    """
    active = Agent.objects.filter(is_active=True, free_role=None)
    leads = active.filter(role=Agent.LEAD, memberships__team=team_id).values_list("pk", flat=True)
    return list(leads) or managers(active)


def managers(among: QuerySet[Agent]) -> list[int]:
    """Numbers of the managers `among` some agents; of the administrators where there is none. One statement."""
    rows = list(among.filter(role__in=(Agent.MANAGER, Agent.ADMINISTRATOR)).values_list("pk", "role"))
    return [pk for pk, role in rows if role == Agent.MANAGER] or [pk for pk, _role in rows]


def colleagues_at_work(viewer: Viewer, *, limit: int) -> list[Agent]:
    """Who of the viewer's teams works now, then who takes nothing new. One query."""
    here = Agent.objects.filter(is_active=True, memberships__team_id__in=viewer.team_ids)
    present = here.exclude(state=Agent.AWAY).exclude(pk=viewer.agent_id or 0)
    return list(present.order_by("-state", "name").distinct()[:limit])


def contacts_page(*, words: str = "", after: Cursor | None = None, size: int = 50) -> Found:
    """Contacts by name, those without one first; with `words`, those whose name or addresses hold them all.

    Two statements, three with words.
    """
    people = living_contacts().select_related("organisation").prefetch_related("identities")
    if words.strip():
        people = people.filter(pk__in=_matching(words))
    return _page(people, after, size)


def _page(rows: QuerySet, after: Cursor | None, size: int) -> Found:  # type: ignore[type-arg]
    """The rows after a cursor, in the order of an index on the name and then of numbers."""
    ordered = rows.annotate(sorted_name=Lower("name")).order_by("sorted_name", "pk")
    if after:
        name, pk = after
        ordered = ordered.filter(sorted_name__gte=name).filter(Q(sorted_name__gt=name) | Q(pk__gt=pk))
    found = list(ordered[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Found(rows=found[:size], after=(last.sorted_name, last.pk) if last else None)


def _matching(words: str) -> list[int]:
    """The numbers of contacts whose name, or one of whose addresses, holds every word. One statement."""
    parts = words.lower().split()[:6]
    by_name = living_contacts().annotate(lower_name=Lower("name"))
    by_value = Identity.objects.all()
    for part in parts:
        by_name = by_name.filter(lower_name__contains=part)
        by_value = by_value.filter(value__contains=_as_kept(part))
    named = by_name.values_list("pk", flat=True)[:CANDIDATES]
    known = by_value.values_list("contact_id", flat=True)[:CANDIDATES]
    return list(named.union(known, all=True))


def _as_kept(part: str) -> str:
    """A part of a number as numbers are kept: without brackets, blanks and slashes."""
    plain = part.strip("()").replace("-", "").replace("/", "")
    return plain if plain.lstrip("+").isdecimal() else part


def organisations_page(*, words: str = "", after: Cursor | None = None, size: int = 50) -> Found:
    """Organisations by name; with `words`, those whose name or domain holds them. One statement."""
    rows = Organisation.objects.filter(merged_into=None)
    for part in words.lower().split()[:6]:
        rows = rows.filter(Q(name__icontains=part) | Q(domains__contains=[part]))
    return _page(rows, after, size)
