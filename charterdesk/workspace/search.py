"""Full-text search over all messages the viewer may see, with what matched marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from charterdesk.base.keys import split_key
from charterdesk.people.viewer import Viewer
from charterdesk.search.audience import Reader, staff
from charterdesk.search.queries import Hit, parents_with
from charterdesk.search.queries import search as find
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.staff import StaffRequest, staff_path, wants

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Found:
    """A hit, the ticket it belongs to, and where it is read."""

    hit: Hit
    ticket: Ticket
    url: str


def search(request: StaffRequest) -> HttpResponse:
    """GET search?q=&cursor=: what was found, best first; only the results where they are asked for."""
    words = request.GET.get("q", "").strip()
    results = find(
        words,
        reader=reader_of(request.viewer),
        language=request.viewer.language,
        limit=PAGE,
        cursor=request.GET.get("cursor", ""),
        is_typing=wants(request, "results"),
    )
    context = {
        "words": words,
        "found": _with_tickets(results.hits, request.viewer),
        "meant": meant(words, results.corrected),
        "after": results.after,
        "place": "search",
    }
    template = "workspace/search/results.html" if wants(request, "results") else "workspace/search/page.html"
    return render(request, template, context)


def reader_of(viewer: Viewer) -> Reader:
    """Who searches: management everything, other staff what their teams may see."""
    if viewer.sees_every_team:
        return Reader(everything=True, viewer=viewer)
    return staff(viewer.team_ids, viewer=viewer)


def ticket_ids_with(words: str, viewer: Viewer) -> list[int]:
    """The tickets of the best hundred hits for `words`, whoever may see them now. Two statements or so."""
    keys = parents_with(words, reader=reader_of(viewer), language=viewer.language)
    return sorted(pk for kind, pk in map(split_key, keys) if kind == "ticket")


def meant(words: str, corrected: Sequence[tuple[str, str]]) -> str:
    """What `words` would be with their typing errors `corrected`; "" where there were none."""
    right = {wrong.casefold(): right for wrong, right in corrected}
    found = " ".join(right.get(word.strip('",.').casefold(), word) for word in words.split())
    return found if found != words else ""


def find_tickets(words: str, viewer: Viewer, *, limit: int) -> list[Ticket]:
    """The tickets of the best hits for `words`, best first, each once; `words` may be half typed."""
    hits = find(words, reader=reader_of(viewer), language=viewer.language, limit=3 * limit, is_typing=True).hits
    ids = list(dict.fromkeys(_ticket_id(hit) for hit in hits))[:limit]
    tickets = Ticket.objects.visible_to(viewer).select_related("contact").in_bulk(ids)
    return [tickets[pk] for pk in ids if pk in tickets]


def _with_tickets(hits: Sequence[Hit], viewer: Viewer) -> list[Found]:
    """The hits whose ticket the viewer may see. One statement."""
    ids = [_ticket_id(hit) for hit in hits]
    tickets = Ticket.objects.visible_to(viewer).select_related("contact", "team").in_bulk(ids)
    return [
        Found(hit=hit, ticket=tickets[pk], url=_url(hit, tickets[pk]))
        for hit, pk in zip(hits, ids, strict=True)
        if pk in tickets
    ]


def _ticket_id(hit: Hit) -> int:
    """The primary key of the ticket a hit is or belongs to; 0, which is none, for what belongs to no ticket."""
    kind, pk = split_key(hit.parent or hit.source)
    return pk if kind == "ticket" else 0


def _url(hit: Hit, ticket: Ticket) -> str:
    page = reverse("workspace:ticket", args=[ticket.number])
    return f"{page}#message-{hit.id}" if hit.kind == "message" else page


urls = [staff_path("search", search, name="search")]
