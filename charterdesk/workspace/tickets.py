"""The ticket page: its pane beside the list, and the parts of it that are fetched anew."""

import json
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from charterdesk.base.clock import now
from charterdesk.people.actions import read_notices
from charterdesk.sla.explaining import Explanation, explain
from charterdesk.sla.queries import foremost
from charterdesk.tickets.actions.looks import note_look
from charterdesk.tickets.models import Draft, Ticket
from charterdesk.tickets.policies import may_answer, may_solve, may_work_on
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.ui.promises import PROMISED, nothing_promised, promises_beside
from charterdesk.workspace.conversation import own_images, timeline_of
from charterdesk.workspace.inbox import FIRST, list_code
from charterdesk.workspace.live import way_in
from charterdesk.workspace.remote import shown_once
from charterdesk.workspace.rows import plain_rows
from charterdesk.workspace.seldom import SELDOM
from charterdesk.workspace.staff import StaffRequest, answer, is_fragment, staff_path, wants
from charterdesk.workspace.taken_up import chips
from charterdesk.workspace.ticket_file import draft_of, others_of, read_file, read_ticket


def page(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/: the ticket; only its pane where the list asks for it."""
    context = pane_context(request, number)
    read_notices(request.viewer.agent_id or 0, about=context["ticket"].key, at=now())
    note_look(context["ticket"], by=request.viewer)
    is_pane = wants(request, "pane") or wants(request, "ticket")
    template = "workspace/tickets/pane.html" if is_pane else "workspace/tickets/page.html"
    return render(request, template, context)


def pane_context(request: StaffRequest, number: int) -> dict[str, Any]:
    """Everything the pane shows. At most eleven statements; three more for a draft with a macro taken up."""
    viewer = request.viewer
    file = read_file(viewer, number)
    ticket = file.ticket
    others = others_of(ticket, viewer)
    promises, theirs = promises_beside(ticket, others)
    queue = request.GET.get("queue", FIRST)
    draft: Any = draft_of(ticket, viewer)
    return {
        "file": file,
        "ticket": ticket,
        "promise": foremost(promises) or nothing_promised(ticket),
        "promises": [(PROMISED[line.target], line) for line in promises],
        "timeline": timeline_of(ticket, viewer, back_to=_since(request), once=shown_once(request)),
        "draft": draft,
        "draft_html": own_images(draft.body_html, draft.file_rows) if draft else "",
        "draft_files": [row for row in draft.file_rows if not row["inline"]] if draft else (),
        "taken_up": _taken_up(request, ticket, draft),
        "form_token": uuid4().hex,
        "others": plain_rows(others, theirs),
        "may_work": may_work_on(viewer, ticket),
        "may_answer": may_answer(viewer, ticket),
        "may_solve": may_solve(viewer, ticket),
        "seldom": SELDOM,
        "way_in": json.dumps(way_in(viewer, [ticket])),
        "place": "inbox",
        "queue_code": list_code(queue),
    }


def _taken_up(request: StaffRequest, ticket: Ticket, draft: Draft | None) -> str:
    """The macro taken up in the draft, as the composer shows it. No statement without one, else at most three."""
    taken_up = TakenUp.from_value(draft.taken_up) if draft else None
    return chips(request, taken_up, ticket, is_draft=True) if taken_up else ""


def _since(request: StaffRequest) -> int | None:
    """The oldest message of the stretch that the page has already, if it says so."""
    said = request.headers.get("X-Timeline-Since", "")
    return int(said) if said.isdecimal() else None


def pane(request: StaffRequest, ticket: Ticket) -> str:
    """The pane's HTML as it is now, for answers to actions."""
    return render_to_string("workspace/tickets/pane.html", pane_context(request, ticket.number), request)


def changed(request: StaffRequest, ticket: Ticket, text: str = "", *, undo: str = "", seconds: int = 6) -> HttpResponse:
    """The answer to an action on `ticket`: its pane as it is now, or without script its page.

    What is being written in the composer stays as it is.
    """
    to = reverse("workspace:ticket", args=[ticket.number])
    return answer(request, lambda: pane(request, ticket), to=to, text=text, undo=undo, seconds=seconds)


def written(request: StaffRequest, ticket: Ticket, text: str, *, undo: str = "", seconds: int = 6) -> HttpResponse:
    """Like `changed`, after something was written or thrown away: the composer starts from what the server keeps."""

    def fragment() -> str:
        context = pane_context(request, ticket.number)
        composer = render_to_string("workspace/tickets/composer.html", context, request)
        renewed = f'<hx-partial hx-target="#composer" hx-swap="outerHTML">{composer}</hx-partial>'
        return render_to_string("workspace/tickets/pane.html", context, request) + renewed

    to = reverse("workspace:ticket", args=[ticket.number])
    return answer(request, fragment, to=to, text=text, undo=undo, seconds=seconds)


def earlier(request: StaffRequest, number: int, message_id: int) -> HttpResponse:
    """GET tickets/<number>/before/<message>: the stretch of the timeline before a message."""
    ticket = read_ticket(request.viewer, number)
    timeline = timeline_of(ticket, request.viewer, before=message_id, once=shown_once(request))
    context = {"ticket": ticket, "timeline": timeline, "may_work": may_work_on(request.viewer, ticket)}
    template = "workspace/tickets/earlier.html" if is_fragment(request) else "workspace/tickets/earlier_page.html"
    return render(request, template, context)


def reasons(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/promises: why each promise is due when it is. Four statements."""
    ticket = read_ticket(request.viewer, number)
    explained = [(PROMISED[each.kind], each) for each in sorted(explain(ticket.pk), key=_told_first)]
    template = "workspace/tickets/reasons.html" if is_fragment(request) else "workspace/tickets/reasons_page.html"
    return render(request, template, {"ticket": ticket, "explained": explained, "place": "inbox"})


def _told_first(one: Explanation) -> tuple[int, int]:
    """In the order of the targets; of the next reply the latest round first."""
    return list(PROMISED).index(one.kind), -one.round


urls = [
    staff_path("tickets/<int:number>/", page, name="ticket"),
    staff_path("tickets/<int:number>/before/<int:message_id>", earlier, name="earlier"),
    staff_path("tickets/<int:number>/promises", reasons, name="promise_reasons"),
]
