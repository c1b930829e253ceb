"""Full-text search over all messages the viewer may see."""

from django.http import HttpResponse
from django.shortcuts import render

from charterdesk.tickets.models import Ticket
from charterdesk.workspace.rows import rows_of
from charterdesk.workspace.staff import StaffRequest, staff_path


def search(request: StaffRequest) -> HttpResponse:
    """GET search?q=: what was found, best first."""
    words = request.GET.get("q", "").strip()
    found = (
        Ticket.objects.visible_to(request.viewer).filter(subject__icontains=words) if words else Ticket.objects.none()
    )
    rows = rows_of(list(found.select_related("contact", "assignee", "team")[:50]), request.viewer)
    return render(
        request, "workspace/search/page.html", {"words": words, "rows": rows, "place": "search", "code": "all"}
    )


urls = [staff_path("search", search, name="search")]
