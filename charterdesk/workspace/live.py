"""The way into the live stream: a signed list of what this agent's open pages may hear of."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from charterdesk.events.topics import sign_topics
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.staff import StaffRequest, staff_path

MOST_TICKETS = 50


def live(request: StaffRequest) -> HttpResponse:
    """GET live?ticket=<number>&ticket=...: the stream's address and a token for these tickets, the agent and teams.

    `topics` tells the topic of each ticket that the viewer may see. One statement.
    """
    numbers = [int(number) for number in request.GET.getlist("ticket")[:MOST_TICKETS] if number.isdecimal()]
    found = Ticket.objects.visible_to(request.viewer).filter(number__in=numbers).only("pk", "number")
    topics = {str(ticket.number): ticket.key for ticket in found}
    heard = [*topics.values(), request.viewer.key, *(f"team:{pk}" for pk in request.viewer.team_ids)]
    heard += [f"calls:{pk}" for pk in request.viewer.own_team_ids]
    token = sign_topics(heard, request.viewer.key, request.viewer.name)
    response = JsonResponse({"url": settings.LIVE_URL, "token": token, "topics": topics})
    response["Cache-Control"] = "no-store"
    return response


urls = [staff_path("live", live, name="live")]
