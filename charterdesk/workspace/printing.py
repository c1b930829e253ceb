"""A ticket on paper: a page to print, and the same as PDF. Notes are left out unless asked for."""

from django.http import HttpResponse
from django.shortcuts import render

from charterdesk.tickets.actions.looks import note_look
from charterdesk.ui.ticket_paper import MOST, facts_of, for_paper, printed, ticket_pdf
from charterdesk.workspace.conversation import message_view, with_files
from charterdesk.workspace.staff import StaffRequest, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket


def page(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/print: the ticket on one plain page, to be printed; `?notes=1` with notes."""
    ticket, viewer = read_ticket(request.viewer, number), request.viewer
    note_look(ticket, by=viewer)
    found = with_files(printed(ticket, viewer, with_notes="notes" in request.GET)).order_by("-pk")[:MOST]
    messages = [message_view(for_paper(message), viewer) for message in reversed(found)]
    context = {"ticket": ticket, "facts": facts_of(ticket), "messages_shown": messages, "place": "inbox"}
    return render(request, "workspace/tickets/print.html", context)


def pdf(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/pdf: the same as a PDF to keep or send on; `?notes=1` with notes."""
    ticket = read_ticket(request.viewer, number)
    note_look(ticket, by=request.viewer)
    made = ticket_pdf(ticket, request.viewer, with_notes="notes" in request.GET)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ticket-{ticket.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


urls = ticket_paths(print=page, pdf=pdf)
