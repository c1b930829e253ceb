"""What is to be done on a ticket, item by item; and a ticket put off, and brought back."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Date, Given, Id, Moment, Number, line
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import (
    add_item,
    change_item,
    remove_item,
    snooze_ticket,
    tick_item,
    wake_ticket,
)
from charterdesk.tickets.models import ChecklistItem, Snooze, Ticket
from charterdesk.tickets.policies import may_work_on

router = Router(tags=["Tickets"])
COLUMNS = ("id", "text", "assignee_id", "due_on", "done_at", "done_by_id")
MOST_TASKS = 200
AWAKE: dict[str, Any] = {"is_snoozed": False, "until": None, "since": None, "agent_id": None}


class ItemOut(BaseModel):
    """Something to be done on a ticket."""

    id: int
    text: str = Field(examples=["Call the waterworks"])
    assignee_id: int | None
    due_on: date | None
    done_at: datetime | None
    done_by_id: int | None


class Items(BaseModel):
    """A checklist."""

    items: list[ItemOut]


class TaskOut(ItemOut):
    """Something to be done, and on which ticket."""

    number: int


class Tasks(BaseModel):
    """The first 200 of what is not done."""

    items: list[TaskOut]


class TasksAsked(Asked):
    """Whose."""

    of_teams: bool = Field(False, description="Of anybody who works for your teams.")


class NewItem(Given):
    """Something to do; whoever is to do it is told."""

    text: Annotated[str, line(300, least=1)] = Field(examples=["Call the waterworks"])
    assignee_id: Id = ABSENT
    due_on: Date = ABSENT


class ItemChanges(Given):
    """What becomes different; what is left out stays."""

    text: Annotated[str, line(300, least=1)] = Field(ABSENT, examples=["Call the waterworks"])
    assignee_id: Id | None = ABSENT
    due_on: Date | None = ABSENT
    done: bool = Field(ABSENT, examples=[True])


class PutOff(Given):
    """Until when; left out or null, until its customer writes, which brings it back in any case."""

    until: Moment | None = ABSENT


class SnoozeOut(BaseModel):
    """Whether a ticket is put off; its promises run on."""

    is_snoozed: bool
    until: datetime | None
    since: datetime | None
    agent_id: int | None


@router.get("/tickets/{number}/checklist", auth=Scope("tickets:read", staff=True), response=Items)
def list_checklist(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What is to be done on a ticket. Two statements."""
    ticket = seen_ticket(request, number)
    return answer({"items": list(ticket.checklist.order_by("pk").values(*COLUMNS))})


@router.get("/tasks", auth=Scope("tickets:read", staff=True), response=Tasks)
def list_tasks(request: ApiRequest, asked: Query[TasksAsked]) -> HttpResponse:
    """What you have to do, or with `of_teams` anybody of your teams; what is due first comes first. One statement."""
    mine = Ticket.objects.visible_to(request.viewer)
    found = ChecklistItem.objects.filter(done_at=None, ticket__in=mine)
    if not asked.of_teams:
        found = found.filter(assignee_id=request.viewer.agent_id or 0)
    rows = found.order_by("due_on", "pk").values(*COLUMNS, number=F("ticket__number"))
    return answer({"items": list(rows[:MOST_TASKS])})


@router.post("/tickets/{number}/checklist", auth=Scope("tickets:write", staff=True), response={201: ItemOut})
@once
def add_checklist_item(request: ApiRequest, number: Path[Number], given: NewItem) -> HttpResponse:
    """Put something on a ticket's checklist."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    item = add_item(ticket, by=request.viewer, text=given.text, assignee=_agent(given.assignee_id), due_on=given.due_on)
    row = _row(item)
    return answer(row, status=201, headers={"ETag": etag_of(row)})


@router.patch("/checklist-items/{item_id}", auth=Scope("tickets:write", staff=True), response=ItemOut)
@once
@transaction.atomic
def change_checklist_item(request: ApiRequest, item_id: Path[Id], given: ItemChanges) -> HttpResponse:
    """Change an item, or say that it is done or after all is not; with `If-Match`, only as it was read (else 412)."""
    item = _item(request, item_id)
    check_state(request, _row(item))
    fields = given.sent()
    done = fields.pop("done", None)
    if fields:
        assignee_id = fields.get("assignee_id", item.assignee_id)
        text, due_on = fields.get("text", item.text), fields.get("due_on", item.due_on)
        change_item(item, by=request.viewer, text=text, assignee=_agent(assignee_id), due_on=due_on)
    if done is not None:
        tick_item(item, by=request.viewer, done=done, agent=agent_of(request))
    return state_answer(request, _row(item))


@router.delete("/checklist-items/{item_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def remove_checklist_item(request: ApiRequest, item_id: Path[Id]) -> HttpResponse:
    """Take an item off its checklist."""
    remove_item(_item(request, item_id), by=request.viewer)
    return nothing()


def _item(request: ApiRequest, pk: int) -> ChecklistItem:
    """The item, on a ticket the asker may work on. One statement."""
    seen = ChecklistItem.objects.filter(ticket__in=Ticket.objects.visible_to(request.viewer))
    item = get_object_or_404(seen.select_related("ticket__team", "ticket__contact"), pk=pk)
    require(may_work_on(request.viewer, item.ticket))
    return item


def _agent(pk: int | None) -> Agent | None:
    """Who is to do it. Raises `Refused` for nobody of the desk."""
    if pk is None:
        return None
    found = Agent.objects.filter(pk=pk, is_active=True).first()
    if found is None:
        raise no_such("agent")
    return found


def _row(item: ChecklistItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in COLUMNS}


@router.get("/tickets/{number}/snooze", auth=Scope("tickets:read", staff=True), response=SnoozeOut)
def read_snooze(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Whether a ticket is put off, until when, and by whom. Two statements."""
    return answer(_snooze(seen_ticket(request, number)))


@router.put("/tickets/{number}/snooze", auth=Scope("tickets:write", staff=True), response=SnoozeOut)
@once
def put_ticket_off(request: ApiRequest, number: Path[Number], given: PutOff) -> HttpResponse:
    """Put a ticket off: it leaves the queues of work until then, or until its customer writes."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    snooze_ticket(ticket, by=request.viewer, agent=agent_of(request), until=given.until)
    return answer(_snooze(ticket))


@router.delete("/tickets/{number}/snooze", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def bring_ticket_back(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Bring a ticket back into the queues; nothing happens unless it is put off."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    wake_ticket(ticket, by=request.viewer)
    return nothing()


def _snooze(ticket: Ticket) -> dict[str, Any]:
    row = Snooze.objects.filter(ticket=ticket).values("until", "since", "agent_id").first()
    return {"is_snoozed": True, **row} if row else AWAKE
