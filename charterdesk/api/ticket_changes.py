"""What is done with a ticket: changed field by field, solved, closed and reopened, tagged, and many at once."""

from collections.abc import Callable
from http.client import NO_CONTENT
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import Field

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Email, Given, Id, Number, Priority, line, one_of
from charterdesk.api.ticket_opening import Results, no_such, team_named
from charterdesk.api.ticket_rows import Expand, Fields, TicketOut, row_of, rows_of, seen_ticket
from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Agent, Contact
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import (
    assign_ticket,
    change_requester,
    classify_ticket,
    close_ticket,
    move_ticket,
    open_parts,
    pause_ticket,
    prioritise_ticket,
    release_ticket,
    rename_ticket,
    reopen_ticket,
    resume_ticket,
    set_copies,
    solve_family,
    solve_ticket,
    tag_ticket,
)
from charterdesk.tickets.actions.looks import note_looks
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import (
    may_assign,
    may_change_many,
    may_close,
    may_reopen,
    may_solve,
    may_work_on,
)

router = Router(tags=["Tickets"])
MOST_AT_ONCE = 5000


class Shown(Asked):
    """How much of it to show."""

    fields: Fields = Field(ABSENT, description="Only these, apart by commas.")
    expand: Expand = Field(ABSENT, description="Show these whole, apart by commas.")


class TicketChanges(Given):
    """What becomes different; what is left out stays. All of it happens, or nothing."""

    subject: Annotated[str, line(300, least=1)] = ABSENT
    type: Annotated[str, one_of(code for code, _name in Ticket.TYPES)] = ABSENT
    priority: Priority = ABSENT
    tags: list[Annotated[str, line(50)]] = Field(ABSENT, max_length=50, description="Exactly these.")
    contact_id: Id = Field(ABSENT, description="Whom it is for from now on.")
    copies: list[Email] = Field(ABSENT, max_length=50, description="Exactly these get copies.")
    team_id: Id = Field(ABSENT, description="Hand it to this team.")
    assignee_id: Id | None = Field(ABSENT, description="null puts it back into the team's queue.")
    status: Literal["open", "pending", "on_hold"] = Field(
        ABSENT, description="To solve or close, `POST` its solution or closure."
    )
    status_reason: Annotated[str, line(200)] = Field("", description="Why it waits; only with `status`.")


class ManyChanges(Given):
    """The same changes for many tickets, each as by itself."""

    numbers: list[Number] = Field(min_length=1, max_length=MOST_AT_ONCE, examples=[[1042, 1043]])
    changes: TicketChanges


class Solution(Given):
    """What was done; the closing mail carries it."""

    solution: Annotated[str, line(20_000, least=1)] = Field(examples=["The valve was replaced."])
    with_parts: bool = Field(False, description="Solve every open ticket that is part of it as well.")


class TagChanges(Given):
    """Tags to put on and to take off."""

    add: list[Annotated[str, line(50)]] = Field([], max_length=50, examples=[["leak"]])
    remove: list[Annotated[str, line(50)]] = Field([], max_length=50)


@router.get("/tickets/{number}", auth=Scope("tickets:read"), response=TicketOut)
def read_ticket(request: ApiRequest, number: Path[Number], shown: Query[Shown]) -> HttpResponse:
    """One ticket, with the ETag of its state. One statement, some more for who sees all teams."""
    found = ticket_answer(request, number, fields=shown.fields, expand=shown.expand)
    if found.status_code == NO_CONTENT:
        raise Http404
    note_looks(Ticket.objects.filter(number=number), by=request.viewer)
    return found


def ticket_answer(
    request: ApiRequest, number: int, *, fields: str | None = None, expand: str | None = None
) -> HttpResponse:
    """The ticket as it is now. One statement."""
    rows = rows_of(Ticket.objects.visible_to(request.viewer).filter(number=number), request.viewer, expand=expand)
    if not rows:
        return nothing()  # it was handed to a team whose tickets the asker does not see
    return state_answer(request, rows[0], fields=f"{fields},{expand or ''}" if fields else None)


@router.patch("/tickets/{number}", auth=Scope("tickets:write", staff=True), response={200: TicketOut, 204: None})
@once
def change_ticket(request: ApiRequest, number: Path[Number], given: TicketChanges) -> HttpResponse:
    """Change a ticket; with `If-Match`, only in the state that was read (else 412). 204 once it is out of sight."""
    with transaction.atomic():
        ticket = seen_ticket(request, number)
        _check(request, ticket)
        change(ticket, given, by=request.viewer)
    return ticket_answer(request, number)


def _check(request: ApiRequest, ticket: Ticket) -> None:
    """Hold the ticket, and see that it is as the asker knows it. Two statements with If-Match, else none."""
    if "If-Match" in request.headers:
        Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
        check_state(request, rows_of(Ticket.objects.filter(pk=ticket.pk), request.viewer)[0])


def change(ticket: Ticket, given: TicketChanges, *, by: Viewer) -> None:
    """Carry the changes out, by the actions that do each. Raises `Refused`, `PermissionDenied`."""
    require(may_work_on(by, ticket))
    sent = given.sent()
    for name, apply in _CHANGES.items():
        if name in sent:
            apply(ticket, sent[name], by)
    if "status" in sent:
        _set_status(ticket, given.status, given.status_reason, by)


def _set_tags(ticket: Ticket, tags: list[str], by: Viewer) -> None:
    wanted = {" ".join(tag.lower().split()) for tag in tags}
    tag_ticket(ticket, by=by, add=wanted, remove=set(ticket.tags) - wanted)


def _set_contact(ticket: Ticket, contact_id: int, by: Viewer) -> None:
    contact = Contact.objects.filter(pk=contact_id, erased_at=None).first()
    if contact is None:
        raise no_such("contact")
    change_requester(ticket, by=by, contact=contact)


def _set_team(ticket: Ticket, team_id: int, by: Viewer) -> None:
    require(may_assign(by, ticket))
    move_ticket(ticket, team=team_named(team_id), by=by)


def _set_assignee(ticket: Ticket, agent_id: int | None, by: Viewer) -> None:
    require(may_assign(by, ticket))
    if agent_id is None:
        release_ticket(ticket, by=by)
        return
    agent = Agent.objects.filter(pk=agent_id, is_active=True).first()
    if agent is None:
        raise no_such("agent")
    assign_ticket(ticket, agent=agent, by=by)


def _set_status(ticket: Ticket, status: str, reason: str, by: Viewer) -> None:
    if status == Ticket.OPEN:
        resume_ticket(ticket, by=by)
    else:
        pause_ticket(ticket, by=by, status=status, reason=reason)


_CHANGES: dict[str, Callable[[Ticket, Any, Viewer], object]] = {
    "subject": lambda ticket, subject, by: rename_ticket(ticket, by=by, subject=subject),
    "type": lambda ticket, type, by: classify_ticket(ticket, by=by, type=type),
    "priority": lambda ticket, priority, by: prioritise_ticket(ticket, by=by, priority=priority),
    "tags": _set_tags,
    "contact_id": _set_contact,
    "copies": lambda ticket, addresses, by: set_copies(ticket, by=by, addresses=addresses),
    "team_id": _set_team,
    "assignee_id": _set_assignee,
}


@router.post("/tickets/bulk-changes", auth=Scope("tickets:write", staff=True), response={200: Results})
@once
def change_many(request: ApiRequest, given: ManyChanges) -> HttpResponse:
    """Change many tickets in one transaction; those that can't be say why and stay as they were."""
    require(may_change_many(request.viewer))
    results = []
    with transaction.atomic():
        seen = Ticket.objects.visible_to(request.viewer).filter(number__in=given.numbers).select_related("contact")
        tickets = {ticket.number: ticket for ticket in seen}
        for number in given.numbers:
            results.append(_result(tickets.get(number), number, given.changes, request.viewer))
    return answer({"results": results})


def _result(ticket: Ticket | None, number: int, changes: TicketChanges, by: Viewer) -> dict[str, Any]:
    """Change one of many by itself, and say what became of it."""
    if ticket is None:
        detail = _("There is nothing here, or you may not see it.")
        return {"status": 404, "number": number, "code": "api.not_found", "detail": detail}
    try:
        with transaction.atomic():
            change(ticket, changes, by=by)
    except Refused as refused:
        return {"status": 409, "number": number, "code": refused.code, "detail": str(refused.message)}
    except PermissionDenied:
        return {"status": 403, "number": number, "code": "api.forbidden", "detail": _("You may not do this.")}
    return {"status": 200, "number": number, "id": ticket.pk}


@router.post("/tickets/{number}/solution", auth=Scope("tickets:write", staff=True), response={200: TicketOut})
@once
def solve(request: ApiRequest, number: Path[Number], given: Solution) -> HttpResponse:
    """Solve a ticket; its customer is told how. 409 `tickets.already_solved` when nothing is left to do."""
    ticket = seen_ticket(request, number)
    require(may_solve(request.viewer, ticket))
    require(not given.with_parts or all(may_solve(request.viewer, part) for part in open_parts(ticket)))
    (solve_family if given.with_parts else solve_ticket)(ticket, by=request.viewer, solution=given.solution)
    return answer(row_of(ticket, request.viewer))


@router.delete("/tickets/{number}/solution", auth=Scope("tickets:write"), response={200: TicketOut})
@once
def reopen(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Open a solved or closed ticket again, as its team or its customer."""
    ticket = seen_ticket(request, number)
    require(may_reopen(request.viewer, ticket))
    reopen_ticket(ticket, by=request.viewer)
    return answer(row_of(ticket, request.viewer))


@router.post("/tickets/{number}/closure", auth=Scope("tickets:write"), response={200: TicketOut})
@once
def close(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """End a ticket: a customer their own at any time, the desk one that is solved."""
    ticket = seen_ticket(request, number)
    require(may_close(request.viewer, ticket))
    close_ticket(ticket, by=request.viewer, reason="" if request.viewer.is_staff else "customer")
    return answer(row_of(ticket, request.viewer))


@router.post("/tickets/{number}/tags", auth=Scope("tickets:write", staff=True), response={200: TicketOut})
@once
def change_tags(request: ApiRequest, number: Path[Number], given: TagChanges) -> HttpResponse:
    """Put tags on and take tags off, whatever others do meanwhile."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    tag_ticket(ticket, by=request.viewer, add=given.add, remove=given.remove)
    return answer(row_of(ticket, request.viewer))
