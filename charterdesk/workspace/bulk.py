"""One thing done to many tickets of the list, told in one sentence, and undone in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Agent
from charterdesk.people.permissions import BULK
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import (
    assign_ticket,
    close_ticket,
    prioritise_ticket,
    release_ticket,
    reopen_ticket,
    tag_ticket,
)
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_assign, may_change_many, may_close, may_discard, may_work_on
from charterdesk.workspace.controls import change_status, me, number_in
from charterdesk.workspace.inbox import MOST_ROWS, list_context
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path, toast

UNDO = "bulk_undo"
UNDO_SECONDS = 10
STATUSES = (Ticket.OPEN, Ticket.PENDING, Ticket.ON_HOLD, Ticket.CLOSED)


@dataclass(frozen=True)
class Deed:
    """What can be done to a ticket with a value: `do` returns what it was before, `undo` brings that back."""

    do: Callable[[StaffRequest, Ticket, str], Any]
    undo: Callable[[StaffRequest, Ticket, Any], None] | None
    may: Callable[[Viewer, Ticket], bool] = may_work_on


def _assign(request: StaffRequest, ticket: Ticket, value: str) -> int | None:
    before = ticket.assignee_id
    if value:
        agent = me(request) if value == "me" else get_object_or_404(Agent, pk=number_in(value), is_active=True)
        assign_ticket(ticket, agent=agent, by=request.viewer)
    else:
        release_ticket(ticket, by=request.viewer)
    return before


def _assign_back(request: StaffRequest, ticket: Ticket, before: int | None) -> None:
    _assign(request, ticket, str(before or ""))


def _prioritise(request: StaffRequest, ticket: Ticket, value: str) -> int:
    before = ticket.priority
    prioritise_ticket(ticket, by=request.viewer, priority=number_in(value))
    return before


def _prioritise_back(request: StaffRequest, ticket: Ticket, before: int) -> None:
    prioritise_ticket(ticket, by=request.viewer, priority=before)


def _set_status(request: StaffRequest, ticket: Ticket, value: str) -> str:
    before = ticket.status
    if value not in STATUSES:
        raise Refused("workspace.no_such_status", _("There is no such status."))
    if value == Ticket.CLOSED and not may_close(request.viewer, ticket):
        raise Refused("workspace.may_not_close", _("You may not close tickets of this team."))
    change_status(ticket, value, by=request.viewer)
    return before


def _set_status_back(request: StaffRequest, ticket: Ticket, before: str) -> None:
    """A new ticket can't be new again: it is open; what was solved stays open when it was closed."""
    if ticket.status != before:
        change_status(ticket, before if before in STATUSES else Ticket.OPEN, by=request.viewer)


def _tag(request: StaffRequest, ticket: Ticket, value: str) -> list[str]:
    before = set(ticket.tags)
    tag_ticket(ticket, by=request.viewer, add=[tag for tag in request.POST.get("tags", "").split(",") if tag.strip()])
    return sorted(set(ticket.tags) - before)


def _untag(request: StaffRequest, ticket: Ticket, before: Sequence[str]) -> None:
    tag_ticket(ticket, by=request.viewer, remove=before)


def _junk(request: StaffRequest, ticket: Ticket, value: str) -> str:
    before = ticket.status
    close_ticket(ticket, by=request.viewer, reason="junk")
    return before


def _no_junk(request: StaffRequest, ticket: Ticket, before: str) -> None:
    if not ticket.is_open:
        reopen_ticket(ticket, by=request.viewer)


DEEDS = {
    "assign": Deed(_assign, _assign_back, may_assign),
    "priority": Deed(_prioritise, _prioritise_back),
    "status": Deed(_set_status, _set_status_back),
    "tag": Deed(_tag, _untag),
    "junk": Deed(_junk, _no_junk, may_discard),
}


@require_POST
def act(request: StaffRequest, code: str) -> HttpResponse:
    """POST inbox/<code>/bulk: `do` ("priority:1") to each `ticket` (ids). What one refuses leaves the others alone.

    Ids the viewer may not work on are passed over. A few statements for each ticket.
    """
    what, _colon, value = request.POST.get("do", "").partition(":")
    if what not in DEEDS:
        return HttpResponse(status=422)
    require(may_change_many(request.viewer))
    done: list[tuple[int, Any]] = []
    refused: list[str] = []
    for ticket in _chosen(request, request.POST.getlist("ticket"), DEEDS[what]):
        try:
            done.append((ticket.pk, DEEDS[what].do(request, ticket, value)))
        except Refused as refusal:
            refused.append(f"#{ticket.number}: {refusal.message}")
    request.session[UNDO] = {"what": what, "done": done}
    undo = reverse("workspace:undo_bulk", args=[code]) if done and DEEDS[what].undo else ""
    return _answer(request, code, _said(len(done), refused), undo=undo, state="late" if refused else "")


@require_POST
def undo(request: StaffRequest, code: str) -> HttpResponse:
    """POST inbox/<code>/bulk/undo: what was last done to many is as it was, once."""
    last = request.session.pop(UNDO, {"what": "", "done": []})
    before = dict(last["done"])
    deed = DEEDS.get(last["what"])
    count, refused = 0, []
    for ticket in _chosen(request, [str(pk) for pk in before], deed) if deed and deed.undo else []:
        try:
            deed.undo(request, ticket, before[ticket.pk])  # type: ignore[union-attr,misc]
            count += 1
        except Refused as refusal:
            refused.append(f"#{ticket.number}: {refusal.message}")
    return _answer(request, code, _said(count, refused), state="late" if refused else "")


def _chosen(request: StaffRequest, ids: Sequence[str], deed: Deed) -> list[Ticket]:
    """The tickets meant, as far as the viewer may do `deed` to them. One statement."""
    numbers = [number_in(pk) for pk in ids[:MOST_ROWS]]
    found = Ticket.objects.visible_to(request.viewer).filter(pk__in=numbers).select_related("contact", "team")
    return [
        ticket
        for ticket in found.order_by("pk")
        if deed.may(request.viewer, ticket) and request.viewer.may(BULK, ticket.team_id)
    ]


def _said(count: int, refused: Sequence[str]) -> str:
    """What became of it, in a sentence or two; of refusals the first."""
    changed = ngettext("%(n)d ticket changed.", "%(n)d tickets changed.", count) % {"n": count}
    if not refused:
        return changed
    more = len(refused) - 1
    left = ngettext("%(n)d more was left as it was.", "%(n)d more were left as they were.", more) % {"n": more}
    return " ".join([changed, refused[0], *([left] if more else [])])


def _answer(request: StaffRequest, code: str, text: str, *, undo: str = "", state: str = "") -> HttpResponse:
    """The rows as they are now with the counts, and what to say; without script the list's page."""
    if not is_fragment(request):
        say(request, text)
        return redirect("workspace:queue", code)
    context = list_context(request, code)
    rows = render_to_string("workspace/inbox/rows.html", context, request)
    queues = render_to_string("workspace/inbox/queues.html", context, request)
    counts = f'<hx-partial hx-target="#queues" hx-swap="outerMorph">{queues}</hx-partial>'
    said = toast(request, text, undo=undo, seconds=UNDO_SECONDS, state=state, target="#rows")
    return HttpResponse(rows + counts + said)


urls = [
    staff_path("inbox/<slug:code>/bulk", act, name="bulk"),
    staff_path("inbox/<slug:code>/bulk/undo", undo, name="undo_bulk"),
]
