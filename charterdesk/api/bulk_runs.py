"""One thing done to many tickets in the background: how far it is, stopping it, taking it back. And junk."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Asked, Cursor, Given, Id, Number, Size, line, one_of
from charterdesk.api.ticket_rows import TicketOut, row_of, seen_ticket
from charterdesk.base.refused import require
from charterdesk.channels.actions import block_sender, unblock_sender
from charterdesk.channels.models import BlockedSender
from charterdesk.tickets.actions import close_ticket, reopen_ticket
from charterdesk.tickets.bulk import DEEDS, start_run, stop_run, undo_run
from charterdesk.tickets.models import BulkRun, Ticket
from charterdesk.tickets.policies import may_change_many, may_discard

router = Router(tags=["Tickets"])
MOST = 20_000
COLUMNS = (
    "id", "what", "value", "state", "total", "done", "refused", "undone", "said", "started_at", "finished_at",
)  # fmt: skip


class BulkRunOut(BaseModel):
    """A change of many tickets, and how far it is."""

    id: int
    what: str = Field(examples=["priority"])
    value: str = Field(examples=["1"])
    state: str = Field(description="running, done, stopped, undoing or undone", examples=["running"])
    total: int
    done: int
    refused: int
    undone: int
    said: str = Field(description="The first refusal.")
    started_at: datetime
    finished_at: datetime | None


class BulkRuns(BaseModel):
    """Some of your own, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[BulkRunOut]
    next: str | None


class RunsAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class NewRun(Given):
    """What to do to which tickets: as the inbox does it, with the same codes."""

    what: Annotated[str, one_of(DEEDS)] = Field(
        description="assign (id of an agent), team (id), priority, type, status, close, tag and untag (names apart by "
        "commas), field (code=value), junk, macro (id)",
        examples=["priority"],
    )
    value: Annotated[str, line(500)] = Field("", examples=["1"])
    numbers: list[Number] = Field(min_length=1, max_length=MOST, examples=[[1042, 1043]])


class Junk(Given):
    """That nobody asked for it."""

    block_sender: bool = Field(False, description="Take no more mail from its sender.")


@router.get("/bulk-runs", auth=Scope("tickets:read", staff=True), response=BulkRuns)
def list_bulk_runs(request: ApiRequest, asked: Query[RunsAsked]) -> HttpResponse:
    """Your changes of many tickets. One statement."""
    found = BulkRun.objects.filter(agent_id=request.viewer.agent_id or 0).order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*COLUMNS)[: asked.limit + 1]), asked.limit)


@router.post("/bulk-runs", auth=Scope("tickets:write", staff=True), response={202: BulkRunOut})
@once
def start_bulk_run(request: ApiRequest, given: NewRun) -> HttpResponse:
    """Begin a change of many tickets in the background. What one refuses leaves the others alone."""
    require(may_change_many(request.viewer))
    found = Ticket.objects.visible_to(request.viewer).filter(number__in=given.numbers)
    run = start_run(found, by=request.viewer, what=given.what, value=given.value, background=True)
    return answer(_row(run), status=202, headers={"Location": f"/api/v1/bulk-runs/{run.pk}"})


@router.get("/bulk-runs/{run_id}", auth=Scope("tickets:read", staff=True), response=BulkRunOut)
def read_bulk_run(request: ApiRequest, run_id: Path[Id]) -> HttpResponse:
    """How far one of yours is. One statement."""
    return answer(_row(_own(request, run_id)))


@router.delete("/bulk-runs/{run_id}", auth=Scope("tickets:write", staff=True), response={200: BulkRunOut})
@once
def stop_bulk_run(request: ApiRequest, run_id: Path[Id]) -> HttpResponse:
    """Do no more of it; what was done stays, and can be taken back."""
    run = _own(request, run_id)
    stop_run(run)
    return answer(_row(run))


@router.post("/bulk-runs/{run_id}/undo", auth=Scope("tickets:write", staff=True), response={202: BulkRunOut})
@once
def undo_bulk_run(request: ApiRequest, run_id: Path[Id]) -> HttpResponse:
    """Take back what it did, in the background; nothing happens while it runs, or for a macro."""
    run = _own(request, run_id)
    undo_run(run, background=True)
    return answer(_row(run), status=202)


def _own(request: ApiRequest, pk: int) -> BulkRun:
    return get_object_or_404(BulkRun, pk=pk, agent_id=request.viewer.agent_id)


def _row(run: BulkRun) -> dict[str, Any]:
    return {name: getattr(run, name) for name in COLUMNS}


@router.put("/tickets/{number}/junk", auth=Scope("tickets:write", staff=True), response=TicketOut)
@once
@transaction.atomic
def set_aside_as_junk(request: ApiRequest, number: Path[Number], given: Junk) -> HttpResponse:
    """Close a ticket as junk. 409 `tickets.no_junk` for the request of a customer."""
    ticket = seen_ticket(request, number)
    require(may_discard(request.viewer, ticket))
    close_ticket(ticket, by=request.viewer, reason="junk")
    if given.block_sender and ticket.contact.email:
        block_sender(ticket.contact.email, by=request.viewer, agent=agent_of(request))
    return answer(row_of(ticket, request.viewer))


@router.delete("/tickets/{number}/junk", auth=Scope("tickets:write", staff=True), response={200: TicketOut})
@once
@transaction.atomic
def take_up_again(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """It was no junk: open it again, and hear its sender again."""
    ticket = seen_ticket(request, number)
    require(may_discard(request.viewer, ticket))
    reopen_ticket(ticket, by=request.viewer)
    for blocked in BlockedSender.objects.filter(pattern=ticket.contact.email.lower()):
        unblock_sender(blocked, by=request.viewer)
    return answer(row_of(ticket, request.viewer))
