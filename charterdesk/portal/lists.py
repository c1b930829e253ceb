"""Lists of requests: one's own, and those of the organisation for whoever may see them."""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import split_key
from charterdesk.people.viewer import Viewer
from charterdesk.portal.customers import PortalRequest, address_of, contact_of, portal_path
from charterdesk.portal.steps import status_word, steps_of
from charterdesk.search.audience import customer
from charterdesk.search.queries import parents_with
from charterdesk.tickets.grading import closes_at, grade_terms
from charterdesk.tickets.models import Ticket
from charterdesk.ui.charter import charter_words
from charterdesk.ui.promises import promises_of

PER_PAGE = 20
MOST_PAGES = 500
OPEN, DONE, ALL = "open", "done", "all"
STATES = [(ALL, _("Open and done")), (OPEN, _("Open")), (DONE, _("Done"))]
SORTS = [("moved", _("Latest news first")), ("due", _("Promised soonest first")), ("newest", _("Newest first"))]
_ORDERS: dict[str, list[Any]] = {
    "moved": ["-last_message_at", "-pk"],
    "due": [F("due_at").asc(nulls_last=True), "-pk"],
    "newest": ["-pk"],
}


def my_requests(request: PortalRequest) -> HttpResponse:
    """GET requests/: the signed-in customer's requests. Three statements, up to five with words to look for."""
    contact_id = contact_of(request)
    mine = Ticket.objects.visible_to(request.viewer).filter(contact_id=contact_id)
    return _list(request, mine, by_words=_of_mine)


def our_requests(request: PortalRequest) -> HttpResponse:
    """GET organisation/requests/: what people of the customer's organisation asked, and who. As many statements."""
    contact_of(request)
    organisation_id = request.viewer.organisation_id
    if organisation_id is None:
        raise Http404
    ours = Ticket.objects.visible_to(request.viewer).filter(organisation_id=organisation_id)
    return _list(request, ours, by_words=_of_ours, is_ours=True)


def _list(request: PortalRequest, found: QuerySet[Ticket], *, by_words: Any, is_ours: bool = False) -> HttpResponse:
    """A page of `found` as the reader asked for it."""
    wanted = _wanted(request)
    found = found.filter(merged_into=None)
    if wanted["words"]:
        found = found.filter(by_words(wanted["words"], request.viewer))
    if wanted["state"] != ALL:
        is_open = Q(status__in=Ticket.UNFINISHED)
        found = found.filter(is_open if wanted["state"] == OPEN else ~is_open)
    first = wanted["page"] * PER_PAGE
    open_first = [Case(When(status__in=Ticket.UNFINISHED, then=0), default=1)] if wanted["state"] == ALL else []
    ordered = found.select_related("assignee", "team", "contact").order_by(*open_first, *_ORDERS[wanted["sort"]])
    tickets = list(ordered[first : first + PER_PAGE + 1])
    context = {
        **wanted,
        "cards": cards_of(tickets[:PER_PAGE]),
        "next_page": wanted["page"] + 1 if len(tickets) > PER_PAGE and wanted["page"] < MOST_PAGES else None,
        "states": STATES,
        "sorts": SORTS,
        "is_ours": is_ours,
        "place": "requests",
    }
    return render(request, "portal/requests.html", context)


def _wanted(request: PortalRequest) -> dict[str, Any]:
    """What the address asks for; what nobody knows is as by default."""
    given = request.GET
    page = given.get("page", "")
    words = " ".join(given.get("q", "").replace("\x00", "").split())[:200]
    return {
        "words": words,
        "state": given["state"] if given.get("state") in dict(STATES) else ALL,
        "sort": given["sort"] if given.get("sort") in _ORDERS else "moved",
        "page": min(int(page), MOST_PAGES) if page.isdecimal() and len(page) < 6 else 0,
    }


def cards_of(tickets: list[Ticket]) -> list[dict[str, Any]]:
    """What a card of each shows. One statement, two where some are solved; one more with a charter."""
    promises = promises_of(tickets) if tickets else {}
    charter = charter_words([ticket.pk for ticket in tickets])
    solved = {ticket.team_id for ticket in tickets if ticket.status == Ticket.SOLVED}
    terms = grade_terms(solved) if solved else {}
    return [
        {
            "ticket": ticket,
            "word": status_word(ticket),
            "steps": steps_of(ticket, closes_at(ticket, terms[ticket.team_id]) if ticket.team_id in terms else None),
            "promise": promises[ticket.pk],
            "charter": charter.get(ticket.pk),
            "href": address_of(ticket, ""),
        }
        for ticket in tickets
    ]


def _of_mine(words: str, viewer: Viewer) -> Q:
    """Own requests with `words` anywhere in them, or as part of their subject: the index hears a moment later."""
    assert viewer.contact_id is not None
    reader = customer(viewer.contact_id, viewer=viewer)
    keys = parents_with(words, reader=reader, language=(get_language() or "en")[:2])
    return _named(words) | Q(pk__in=[pk for kind, pk in map(split_key, keys) if kind == "ticket"])


def _of_ours(words: str, viewer: Viewer) -> Q:
    """Requests with `words` in their subject, or of somebody who is called so."""
    return _named(words) | Q(contact__name__icontains=words)


def _named(words: str) -> Q:
    number = words.removeprefix("#")
    is_number = number.isdecimal() and len(number) < 19
    return Q(subject__icontains=words) | (Q(number=int(number)) if is_number else Q(pk__in=[]))


urls = [
    portal_path("requests/", my_requests, "requests"),
    portal_path("organisation/requests/", our_requests, "our_requests"),
]
