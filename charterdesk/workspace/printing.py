"""A ticket on paper: a page to print, and the same as PDF. Notes are left out unless asked for."""

import json
import unicodedata
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.later import later
from charterdesk.base.refused import require
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.policies import may_read_notes
from charterdesk.ui.moments import full_moment
from charterdesk.workspace.conversation import MessageView, message_view, with_files
from charterdesk.workspace.staff import StaffRequest, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket

typst = later("typst")

MOST = 1000
"""So many of the newest messages are printed."""
HERE = Path(__file__).parent
FONTS = HERE / "static" / "workspace" / "print"


def _said(request: StaffRequest, ticket: Ticket) -> list[tuple[Message, MessageView]]:
    """What is printed, oldest first: what the customer may read; with `notes`, what was said inside as well.

    One statement.
    """
    with_notes = "notes" in request.GET
    require(not with_notes or may_read_notes(request.viewer, ticket))
    found = ticket.messages.exclude(delivery=Message.CANCELLED) if with_notes else ticket.messages.public()
    shown = list(with_files(found).order_by("-pk")[:MOST])
    return [(message, message_view(message, request.viewer)) for message in reversed(shown)]


def _facts(ticket: Ticket) -> list[tuple[str, str]]:
    """What stands at the head: whose it is, how it stands, when things were."""
    facts = [
        (_("Customer"), str(ticket.contact)),
        (_("Organisation"), str(ticket.contact.organisation or "")),
        (_("Status"), ticket.get_status_display()),
        (_("Type"), ticket.get_type_display()),
        (_("Team"), str(ticket.team)),
        (_("Assignee"), str(ticket.assignee or "")),
        (_("Opened"), full_moment(ticket.opened_at)),
        (_("Solved"), full_moment(ticket.solved_at) if ticket.solved_at else ""),
    ]
    return [(name, value) for name, value in facts if value]


def page(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/print: the ticket on one plain page, to be printed; `?notes=1` with notes."""
    ticket = read_ticket(request.viewer, number)
    messages = [view for _message, view in _said(request, ticket)]
    context = {"ticket": ticket, "facts": _facts(ticket), "messages_shown": messages, "place": "inbox"}
    return render(request, "workspace/tickets/print.html", context)


def pdf(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/pdf: the same as a PDF to keep or send on; `?notes=1` with notes."""
    ticket = read_ticket(request.viewer, number)
    response = HttpResponse(ticket_pdf(_as_data(request, ticket)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ticket-{ticket.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def ticket_pdf(data: dict[str, Any]) -> bytes:
    """`data` set by `ticket.typ` in our own fonts. Some tenths of a second of processor time."""
    inputs = {"ticket": json.dumps(data)}
    made: bytes = typst.compile(HERE / "ticket.typ", font_paths=[FONTS], sys_inputs=inputs)
    return made


def _as_data(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """What the template wants."""
    return {
        "title": f"#{ticket.number} {ticket.subject}",
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "facts": _facts(ticket),
        "solution": ticket.solution,
        "solution_rtl": runs_from_right(ticket.solution),
        "solution_word": _("Solution"),
        "files_word": _("Files:"),
        "footer": _("Printed {time}").format(time=full_moment(now())),
        "messages": [_message(message, view) for message, view in _said(request, ticket)],
    }


def _message(message: Message, view: MessageView) -> dict[str, Any]:
    text = _("The content was taken out.") if view.is_redacted else message.body_text
    return {
        "author": view.author,
        "at": full_moment(view.at),
        "kind": view.kind,
        "note": "is-note" in view.side,
        "text": text,
        "rtl": runs_from_right(text),
        "files": [file.name for file in view.files],
    }


def runs_from_right(text: str) -> bool:
    """Whether `text` runs from right to left: its first letter with a direction says so (UAX #9, rule P2)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return get_language_bidi()


urls = ticket_paths(print=page, pdf=pdf)
