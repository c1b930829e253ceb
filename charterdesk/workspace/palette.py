"""The command palette: tickets by number, people by name, places and things to do."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.people.models import Contact, Identity
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_operate
from charterdesk.workspace.inbox import NAMES
from charterdesk.workspace.staff import StaffRequest, staff_path

EACH = 5


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line of the palette."""

    name: Any
    url: str
    picture: str
    note: Any = ""


def palette(request: StaffRequest) -> HttpResponse:
    """GET palette?q=: what the words may mean. At most three statements."""
    words = request.GET.get("q", "").strip()
    groups = [
        (_("Tickets"), _tickets(request, words)),
        (_("People"), _people(request, words)),
        (_("Places"), _places(request, words)),
    ]
    context = {"groups": [(name, choices) for name, choices in groups if choices], "words": words}
    return render(request, "workspace/palette_results.html", context)


def _tickets(request: StaffRequest, words: str) -> list[Choice]:
    number = words.lstrip("#")
    if not (number.isdecimal() and len(number) < 19):
        return []
    found = Ticket.objects.visible_to(request.viewer).filter(number=int(number)).select_related("contact")
    return [
        Choice(
            name=str(ticket),
            url=reverse("workspace:ticket", args=[ticket.number]),
            picture="inbox",
            note=ticket.contact,
        )
        for ticket in found
    ]


def _people(request: StaffRequest, words: str) -> list[Choice]:
    """Customers whose name or address begins with the words: two index ranges."""
    if len(words) < 2:
        return []
    by_address = Identity.objects.filter(kind=Identity.EMAIL, value__startswith=words.lower())
    ids = list(by_address.values_list("contact_id", flat=True)[:EACH])
    found = Contact.objects.filter(Q(pk__in=ids) | Q(name__istartswith=words)).prefetch_related("identities")
    return [
        Choice(
            name=contact,
            url=f"{reverse('workspace:queue', args=['all'])}?contact={contact.pk}",
            picture="user",
            note=contact.email,
        )
        for contact in found[:EACH]
    ]


def _places(request: StaffRequest, words: str) -> list[Choice]:
    """Pages whose name holds the words; all of them for none."""
    places = [
        *[
            Choice(name=name, url=reverse("workspace:queue", args=[code]), picture="inbox")
            for code, name in NAMES.items()
        ],
        Choice(name=_("New ticket"), url=reverse("workspace:new"), picture="plus"),
        Choice(name=_("Search"), url=reverse("workspace:search"), picture="search"),
    ]
    if may_operate(request.viewer):
        places.append(Choice(name=_("Operation"), url=reverse("workspace:admin"), picture="settings"))
    fitting = [place for place in places if words.lower() in str(place.name).lower()]
    if words:
        url = f"{reverse('workspace:search')}?q={words}"
        fitting.append(Choice(name=_("Search all messages"), url=url, picture="search", note=words))
    return fitting


urls = [staff_path("palette", palette, name="palette")]
