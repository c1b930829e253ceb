"""What comes beside every ticket after it, in one answer: costs, what the charter promised, tickets alike."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_merge
from charterdesk.tickets.suggestions import maybe_the_same
from charterdesk.ui.charter import charter_of
from charterdesk.workspace.costs import costs_context
from charterdesk.workspace.staff import StaffRequest, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket


def beside(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/beside: the parts of the side that come later. At most fifteen statements."""
    ticket = read_ticket(request.viewer, number)
    context = {**costs_context(request, ticket), **charter_of(ticket.pk), **_alike(request, ticket)}
    return render(request, "workspace/tickets/beside.html", context)


def _alike(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """What may be the same request, while that matters. One statement."""
    if not (ticket.is_open and may_merge(request.viewer, ticket)):
        return {}
    return {"similar": maybe_the_same(ticket, request.viewer)}


urls = ticket_paths(beside=beside)
