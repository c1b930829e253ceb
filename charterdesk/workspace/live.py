"""The way into the live stream: a signed list of what this agent's open pages may hear of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from charterdesk.events.topics import sign_topics
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.staff import StaffRequest, staff_path

MOST_TICKETS = 50


def way_in(viewer: Viewer, tickets: Iterable[Ticket]) -> dict[str, Any]:
    """The stream's address and a token for `tickets`, which the viewer may see, for the viewer and their teams."""
    topics = {str(ticket.number): ticket.key for ticket in tickets}
    heard = [*topics.values(), viewer.key, *(f"team:{pk}" for pk in viewer.team_ids)]
    heard += [f"calls:{pk}" for pk in viewer.own_team_ids]
    return {"url": settings.LIVE_URL, "token": sign_topics(heard, viewer.key, viewer.name), "topics": topics}


def live(request: StaffRequest) -> HttpResponse:
    """GET live?ticket=<number>&ticket=...: the stream's address and a token for these tickets, the agent and teams.

    `topics` tells the topic of each ticket that the viewer may see. One statement.
    """
    numbers = [int(number) for number in request.GET.getlist("ticket")[:MOST_TICKETS] if number.isdecimal()]
    found = Ticket.objects.visible_to(request.viewer).filter(number__in=numbers).only("pk", "number")
    response = JsonResponse(way_in(request.viewer, found))
    response["Cache-Control"] = "no-store"
    return response


urls = [staff_path("live", live, name="live")]
