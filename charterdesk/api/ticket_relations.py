"""How a ticket stands to others and to people: merged, split, linked, followed, copied; and what it was promised."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Email, Given, Id, Number, line, one_of
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.ticket_rows import TicketOut, row_of, seen_ticket
from charterdesk.base.refused import require
from charterdesk.people.models import Agent
from charterdesk.sla.explaining import explain
from charterdesk.sla.queries import promise_lines_of
from charterdesk.tickets.actions import (
    follow_ticket,
    link_tickets,
    merge_ticket,
    set_copies,
    split_ticket,
    undo_merge,
    unfollow_ticket,
    unlink_tickets,
)
from charterdesk.tickets.models import Copied, Follower, Link, Merge, Ticket
from charterdesk.tickets.policies import may_merge, may_work_on

router = Router(tags=["Tickets"])


class MergeInto(Given):
    """The ticket in which it goes on."""

    into: Number


class Split(Given):
    """Messages that become a ticket of their own."""

    message_ids: list[Id] = Field(min_length=1, max_length=1000)
    subject: Annotated[str, line(300)] = ""


class NewLink(Given):
    """How it stands to another ticket."""

    number: Number
    kind: Annotated[str, one_of(code for code, _name in Link.KINDS)] = Field(Link.RELATED, examples=["related"])


class Copies(Given):
    """Exactly those who get copies."""

    addresses: list[Email] = Field(max_length=50)


class CopiesOut(BaseModel):
    """Who gets copies of what the customer gets."""

    addresses: list[str]


class LinkOut(BaseModel):
    """Another ticket this one stands to. `direction` is `to` where this one was linked to it, `from` the other way."""

    number: int
    subject: str
    status: str
    kind: str
    direction: str


class Links(BaseModel):
    """All links to tickets the asker may see."""

    items: list[LinkOut]


class FollowerOut(BaseModel):
    """An agent who hears of everything on a ticket."""

    agent_id: int
    name: str


class Followers(BaseModel):
    """All who follow a ticket."""

    items: list[FollowerOut]


class IntervalOut(BaseModel):
    """Time that was counted, or that was not, and why."""

    since: datetime
    until: datetime
    why: str = Field(description="Empty where it was counted; else pending, on_hold or solved.")


class PromiseOut(BaseModel):
    """One promise on a ticket, with how its due time comes about."""

    kind: str = Field(description="`reply` or `resolution`")
    target: str = Field(description="`first_reply`, `next_reply` or `resolution`")
    round: int = Field(description="Counts the promises of this target: each question has a next reply of its own")
    state: str = Field(description="kept, broken, late, paused, soon or running")
    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    is_broken: bool
    policy: str | None = Field(None, description="Staff only, as all below.")
    calendar: str | None = None
    target_seconds: int | None = None
    intervals: list[IntervalOut] = []
    sentences: list[str] = []


class Promises(BaseModel):
    """What a ticket was promised."""

    items: list[PromiseOut]


@router.post("/tickets/{number}/merge", auth=Scope("tickets:write", staff=True), response={200: TicketOut})
@once
def merge(request: ApiRequest, number: Path[Number], given: MergeInto) -> HttpResponse:
    """Let a ticket go on in another: messages move, later replies are redirected. The answer is that other one."""
    ticket = seen_ticket(request, number)
    into = Ticket.objects.visible_to(request.viewer).select_related("contact", "team").filter(number=given.into).first()
    if into is None:
        raise no_such("ticket")
    require(may_merge(request.viewer, ticket) and may_merge(request.viewer, into))
    merge_ticket(ticket, into=into, by=request.viewer)
    return answer(row_of(into, request.viewer))


@router.delete("/tickets/{number}/merge", auth=Scope("tickets:write", staff=True), response={200: TicketOut})
@once
def unmerge(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Undo the merge of a ticket: both stand on their own again."""
    ticket = seen_ticket(request, number)
    done = Merge.objects.select_related("ticket", "target").filter(ticket=ticket, undone_at=None).last()
    if done is None:
        raise Http404
    require(may_merge(request.viewer, done.ticket) and may_merge(request.viewer, done.target))
    undo_merge(done, by=request.viewer)
    return answer(row_of(done.ticket, request.viewer))


@router.post("/tickets/{number}/split", auth=Scope("tickets:write", staff=True), response={201: TicketOut})
@once
def split(request: ApiRequest, number: Path[Number], given: Split) -> HttpResponse:
    """Make messages of a ticket one of their own, and answer with that."""
    ticket = seen_ticket(request, number)
    require(may_merge(request.viewer, ticket))
    new = split_ticket(ticket, message_ids=given.message_ids, subject=given.subject, by=request.viewer)
    new.refresh_from_db()
    headers = {"Location": f"/api/v1/tickets/{new.number}"}
    return answer(row_of(new, request.viewer), status=201, headers=headers)


@router.get("/tickets/{number}/links", auth=Scope("tickets:read", staff=True), response=Links)
def list_links(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """The tickets a ticket stands to, of those the asker may see. Three statements."""
    return answer({"items": _links(request, seen_ticket(request, number))})


def _links(request: ApiRequest, ticket: Ticket) -> list[dict[str, Any]]:
    seen = Ticket.objects.visible_to(request.viewer)
    found: list[dict[str, Any]] = []
    for direction, here, there in (("to", "ticket", "other"), ("from", "other", "ticket")):
        links = Link.objects.filter(**{here: ticket, f"{there}__in": seen}).order_by("pk")
        named = {name: F(f"{there}__{name}") for name in ("number", "subject", "status")}
        found += [{**row, "direction": direction} for row in links.values("kind", **named)]
    return found


@router.post("/tickets/{number}/links", auth=Scope("tickets:write", staff=True), response={200: Links})
@once
def link(request: ApiRequest, number: Path[Number], given: NewLink) -> HttpResponse:
    """Say how a ticket stands to another."""
    ticket, other = seen_ticket(request, number), _other(request, given.number)
    require(may_work_on(request.viewer, ticket))
    link_tickets(ticket, by=request.viewer, other=other, kind=given.kind)
    return answer({"items": _links(request, ticket)})


@router.delete("/tickets/{number}/links/{other}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def unlink(request: ApiRequest, number: Path[Number], other: Path[Number]) -> HttpResponse:
    """Take the link between two tickets off, whichever way it points."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    unlink_tickets(ticket, by=request.viewer, other=seen_ticket(request, other))
    return nothing()


def _other(request: ApiRequest, number: int) -> Ticket:
    found = Ticket.objects.visible_to(request.viewer).filter(number=number).first()
    if found is None:
        raise no_such("ticket")
    return found


@router.get("/tickets/{number}/followers", auth=Scope("tickets:read", staff=True), response=Followers)
def list_followers(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Who hears of everything on a ticket. Two statements."""
    return answer({"items": _followers(seen_ticket(request, number))})


def _followers(ticket: Ticket) -> list[dict[str, Any]]:
    rows = Follower.objects.filter(ticket=ticket).order_by("pk").values("agent_id", name=F("agent__name"))
    return [dict(row) for row in rows]


@router.put("/tickets/{number}/followers/{agent_id}", auth=Scope("tickets:write", staff=True), response=Followers)
@once
def follow(request: ApiRequest, number: Path[Number], agent_id: Path[Id]) -> HttpResponse:
    """Let an agent hear of everything on a ticket."""
    ticket, agent = seen_ticket(request, number), get_object_or_404(Agent, pk=agent_id, is_active=True)
    require(may_work_on(request.viewer, ticket) or agent.pk == request.viewer.agent_id)
    follow_ticket(ticket, by=request.viewer, agent=agent)
    return answer({"items": _followers(ticket)})


@router.delete("/tickets/{number}/followers/{agent_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def unfollow(request: ApiRequest, number: Path[Number], agent_id: Path[Id]) -> HttpResponse:
    """Let an agent hear no more of a ticket than any colleague."""
    ticket, agent = seen_ticket(request, number), get_object_or_404(Agent, pk=agent_id)
    require(may_work_on(request.viewer, ticket) or agent.pk == request.viewer.agent_id)
    unfollow_ticket(ticket, by=request.viewer, agent=agent)
    return nothing()


@router.get("/tickets/{number}/copies", auth=Scope("tickets:read", staff=True), response=CopiesOut)
def read_copies(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Who gets copies. Two statements."""
    return answer({"addresses": _copies(seen_ticket(request, number))})


def _copies(ticket: Ticket) -> list[str]:
    return list(Copied.objects.filter(ticket=ticket).order_by("pk").values_list("address", flat=True))


@router.put("/tickets/{number}/copies", auth=Scope("tickets:write", staff=True), response=CopiesOut)
@once
def change_copies(request: ApiRequest, number: Path[Number], given: Copies) -> HttpResponse:
    """Make exactly these the ones who get copies."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    with transaction.atomic():
        set_copies(ticket, by=request.viewer, addresses=given.addresses)
    return answer({"addresses": _copies(ticket)})


@router.get("/tickets/{number}/promises", auth=Scope("tickets:read"), response=Promises)
def list_promises(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What a ticket was promised, by when, how it stands, and, for staff, why. Five statements."""
    ticket = seen_ticket(request, number)
    items: list[dict[str, Any]] = [
        {
            "kind": each.kind,
            "target": each.target,
            "round": each.round,
            "state": each.state,
            "started_at": each.started_at,
            "due_at": each.due_at,
            "met_at": each.met_at,
            "is_broken": each.is_broken,
        }
        for each in promise_lines_of(ticket.pk)
    ]
    if request.viewer.is_staff:
        reasons = {(each.kind, each.round): each for each in explain(ticket.pk)}
        for item in items:
            reason = reasons.get((item["target"], item["round"]))
            item.update(_reason(reason) if reason else {})
    return answer({"items": items})


def _reason(reason: Any) -> dict[str, Any]:
    """How a due time comes about."""
    return {
        "policy": reason.policy,
        "calendar": reason.calendar,
        "target_seconds": reason.target // timedelta(seconds=1),
        "intervals": [{"since": one.since, "until": one.until, "why": one.why} for one in reason.intervals],
        "sentences": reason.sentences,
    }
