"""What a ticket costs, by API: free or charged and why, accepted, contested and decided; and time spent on it."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import WHOLE, Given, Id, Number, Words, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.billing.actions.orders import name_order
from charterdesk.billing.actions.time_entries import add_time, remove_time, running_timer, start_timer, stop_timer
from charterdesk.billing.actions.verdicts import accept_verdict, contest_verdict, decide_contest, set_free
from charterdesk.billing.models import Order, TimeEntry, Verdict
from charterdesk.billing.queries.verdicts import Costs, costs_of
from charterdesk.tickets.charging import judge_ticket, work_on
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_accept_price, may_contest, may_decide_verdict, may_track_time

router = Router(tags=["Free or charged"])
Kind = Annotated[str, one_of(code for code, _name in TimeEntry.KINDS)]


class CostOut(BaseModel):
    """What a ticket costs. Without a verdict nothing is charged, and `verdict_id` is null."""

    verdict_id: int | None
    is_free: bool
    words: str = Field(description="Why, as the customer reads it.", examples=["Free: 2 of 5 requests left"])
    kind: str = Field(description="cause, window, contract, overage, rate, free or decided", examples=["contract"])
    price: str | None = Field(examples=["60.00"])
    currency: str | None
    per: str = Field(description="hour, incident or empty")
    is_waiting: bool = Field(description="Work that costs waits for the customer to accept it.")
    accepted_at: datetime | None
    contract_id: int | None
    order_id: int | None
    minutes: int = Field(description="Spent on it, courtesy included.")
    minutes_covered: int
    minutes_charged: int
    sums: list[str] = Field(description="What it comes to, one for each currency.", examples=[["40.00 EUR"]])
    contested: str | None = Field(description="What the customer says against it.")
    is_upheld: bool | None = Field(description="Whether they were right; null before it is decided.")
    reasons: str | None = Field(description="Why it was decided so.")


class Seen(Given):
    """Which verdict was seen: another may hold by now (409 `billing.other_verdict`)."""

    verdict_id: Id


class Contested(Seen):
    """What is wrong with it."""

    text: Annotated[Words, Field(min_length=1, max_length=5000)]


class VerdictDecision(Seen):
    """Free or not, and why. Where it was contested, this decides that too."""

    is_free: bool
    words: Annotated[Words, Field(min_length=1, max_length=5000)]


class AboutOrder(Given):
    """The order a ticket is about; null for none."""

    order_id: Id | None


class TimeOut(BaseModel):
    """Time spent on a ticket. A timer that runs has no end yet."""

    id: int
    worked_by: str
    spent: str = Field(description="billable or courtesy")
    done: str
    started_at: datetime
    ended_at: datetime | None
    minutes: int
    covered: int
    charged: int
    cost: str | None = Field(examples=["40.00 EUR"])


class Times(BaseModel):
    """All of it, the oldest first."""

    items: list[TimeOut]


class NewTime(Given):
    """Time that was spent."""

    minutes: Annotated[int, Field(ge=1, le=1440), WHOLE]
    kind: Kind = TimeEntry.BILLABLE
    note: Annotated[str, line(300)] = ""


class NewTimer(Given):
    """What begins now."""

    kind: Kind = TimeEntry.BILLABLE
    note: Annotated[str, line(300)] = ""


def _cost(ticket: Ticket) -> dict[str, Any]:
    """Four statements."""
    found: Costs = costs_of(ticket.key, on=now().date())
    verdict, contest = found.verdict, found.contest
    return {
        "verdict_id": verdict.pk if verdict else None,
        "is_free": verdict is None or verdict.is_free,
        "words": found.words,
        "kind": verdict.kind if verdict else "",
        "price": verdict.price.plain if verdict and verdict.price else None,
        "currency": verdict.currency if verdict and verdict.price else None,
        "per": verdict.per if verdict else "",
        "is_waiting": verdict is not None and verdict.is_waiting,
        "accepted_at": verdict.accepted_at if verdict else None,
        "contract_id": verdict.contract_id if verdict else None,
        "order_id": found.order.pk if found.order else verdict.order_id if verdict else None,
        "minutes": found.minutes,
        "minutes_covered": found.covered,
        "minutes_charged": found.charged,
        "sums": [str(each) for each in found.sums],
        "contested": contest.text if contest else None,
        "is_upheld": contest.is_upheld if contest else None,
        "reasons": contest.answer or None if contest else None,
    }


def _time(entry: TimeEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "worked_by": entry.agent.name,
        "spent": entry.kind,
        "done": entry.note,
        "started_at": entry.started_at,
        "ended_at": entry.ended_at,
        "minutes": entry.minutes,
        "covered": entry.covered,
        "charged": entry.charged,
        "cost": str(entry.cost) if entry.cost else None,
    }


def _verdict(ticket: Ticket, pk: int) -> Verdict:
    return get_object_or_404(Verdict, about=ticket.key, pk=pk)


@router.get("/tickets/{number}/cost", auth=Scope("tickets:read"), response=CostOut)
def read_cost(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What a ticket costs, and why. Five statements."""
    return answer(_cost(seen_ticket(request, number)))


@router.post("/tickets/{number}/cost", auth=Scope("tickets:write", staff=True), response=CostOut)
@once
def judge_one(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Judge it anew by the reasons in use now; what a lead decided stays."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    judge_ticket(ticket, by=request.viewer)
    return answer(_cost(ticket))


@router.post("/tickets/{number}/acceptances", auth=Scope("tickets:write"), response=CostOut)
@once
def accept(request: ApiRequest, number: Path[Number], given: Seen) -> HttpResponse:
    """Accept a price, as the customer or as whoever was told so; kept with the time and the words."""
    ticket = seen_ticket(request, number)
    require(may_accept_price(request.viewer, ticket))
    accept_verdict(_verdict(ticket, given.verdict_id), by=request.viewer)
    return answer(_cost(ticket))


@router.post("/tickets/{number}/contests", auth=Scope("tickets:write"), response=CostOut)
@once
def contest(request: ApiRequest, number: Path[Number], given: Contested) -> HttpResponse:
    """Say as the customer what is wrong with a verdict; a lead decides. 409 `billing.contested`."""
    ticket = seen_ticket(request, number)
    require(may_contest(request.viewer, ticket))
    contact_id = request.viewer.contact_id
    contest_verdict(_verdict(ticket, given.verdict_id), text=given.text, contact_id=contact_id, by=request.viewer)
    return answer(_cost(ticket))


@router.post("/tickets/{number}/cost-decisions", auth=Scope("tickets:write", staff=True), response=CostOut)
@once
def decide_cost(request: ApiRequest, number: Path[Number], given: VerdictDecision) -> HttpResponse:
    """Decide what is contested, or call it free, with reasons that the customer reads. 409 `billing.decided`."""
    ticket = seen_ticket(request, number)
    require(may_decide_verdict(request.viewer, ticket))
    verdict = _verdict(ticket, given.verdict_id)
    open_contest = getattr(verdict, "contest", None)
    if open_contest is not None:
        decide_contest(open_contest, is_upheld=given.is_free, answer=given.words, by=request.viewer)
    elif given.is_free:
        set_free(verdict, words=given.words, by=request.viewer)
    return answer(_cost(ticket))


@router.put("/tickets/{number}/order", auth=Scope("tickets:write", staff=True), response=CostOut)
@once
def say_which_order(request: ApiRequest, number: Path[Number], given: AboutOrder) -> HttpResponse:
    """Say which of the customer's orders a ticket is about."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    own = Order.objects.of(contact_id=ticket.contact_id, organisation_id=ticket.organisation_id)
    order = get_object_or_404(own, pk=given.order_id) if given.order_id else None
    name_order(ticket.key, order, by=request.viewer)
    judge_ticket(ticket, by=request.viewer)
    return answer(_cost(ticket))


@router.get("/tickets/{number}/time", auth=Scope("tickets:read"), response=Times)
def list_time(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Time spent on a ticket. Two statements."""
    ticket = seen_ticket(request, number)
    entries = TimeEntry.objects.select_related("agent").filter(about=ticket.key, removed_at=None).order_by("pk")
    return answer({"items": [_time(each) for each in entries]})


@router.post("/tickets/{number}/time", auth=Scope("tickets:write", staff=True), response={201: TimeOut})
@once
def note_time(request: ApiRequest, number: Path[Number], given: NewTime) -> HttpResponse:
    """Note time spent. 409 `billing.not_accepted` for billable time before its price is accepted."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    entry = add_time(work_on(ticket), agent=agent_of(request), by=request.viewer, **given.model_dump())
    return answer(_time(entry), status=201)


@router.put("/tickets/{number}/timer", auth=Scope("tickets:write", staff=True), response=TimeOut)
@once
def run_timer(request: ApiRequest, number: Path[Number], given: NewTimer) -> HttpResponse:
    """Let one's own timer run on a ticket; one that runs elsewhere is stopped. 409 `billing.not_accepted`."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    return answer(_time(start_timer(work_on(ticket), agent=agent_of(request), by=request.viewer, **given.model_dump())))


@router.delete("/tickets/{number}/timer", auth=Scope("tickets:write", staff=True), response=TimeOut)
@once
def end_timer(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Stop one's own timer on a ticket. 404 where none runs."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    running = running_timer(agent_of(request))
    if running is None or running.about != ticket.key:
        raise Http404
    return answer(_time(stop_timer(running, by=request.viewer)))


@router.delete("/tickets/{number}/time/{entry_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def take_time_off(request: ApiRequest, number: Path[Number], entry_id: Path[Id]) -> HttpResponse:
    """It was not spent after all: one's own, or any as a lead. 409 `billing.billed`."""
    ticket = seen_ticket(request, number)
    require(may_track_time(request.viewer, ticket))
    entries = TimeEntry.objects.filter(about=ticket.key)
    if not may_decide_verdict(request.viewer, ticket):
        entries = entries.filter(agent_id=request.viewer.agent_id or 0)
    remove_time(get_object_or_404(entries, pk=entry_id), by=request.viewer)
    return nothing()
