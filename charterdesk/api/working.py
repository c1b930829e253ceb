"""How the desk has set its work up: fields of its own with what stands in them, and macros."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Id, Number, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.actions.macros import apply_macro
from charterdesk.tickets.fields import fields_of, values_of
from charterdesk.tickets.models import Macro, Ticket, TicketField
from charterdesk.tickets.policies import may_answer, may_perform, may_work_on

router = Router(tags=["How work is set up"])


class FieldOut(BaseModel):
    """A field the desk keeps of its tickets, beside what every ticket has. Customers see those that are for them."""

    code: str
    kind: str
    label: str
    types: list[str] = Field(description="Of which types of ticket; none is all.")
    choices: list[str]
    required: str = Field(description="Empty, `submit` or `solve`.")
    is_public: bool


class FieldsOut(BaseModel):
    """Fields in their order."""

    items: list[FieldOut]


class FieldsAsked(Asked):
    """Which fields."""

    type: Annotated[str, one_of(code for code, _name in Ticket.TYPES)] = ABSENT


class ValuesOut(BaseModel):
    """What stands in a ticket's own fields, by their codes."""

    values: dict[str, Any]


class Values(Given):
    """What to put into fields, by their codes; null empties one, what is not named stays."""

    values: dict[str, str | int | float | bool | None] = Field(max_length=200, examples=[{}])


class MacroOut(BaseModel):
    """A text and steps that agents have ready."""

    id: int
    name: str
    kind: str = Field(description="`reply` or `note`")
    team_id: int | None
    used: int


class Macros(BaseModel):
    """The macros the asker may use."""

    items: list[MacroOut]


class MacroDone(BaseModel):
    """What a macro wrote, if it has a text."""

    message_id: int | None


@router.get("/ticket-fields", auth=Scope("views:read"), response=FieldsOut)
def list_ticket_fields(request: ApiRequest, asked: Query[FieldsAsked]) -> HttpResponse:
    """The fields of tickets, of one type or all. One statement."""
    found = TicketField.objects.in_use().visible_to(request.viewer)
    found = found.for_type(asked.type) if asked.type else found
    return answer({"items": [_field_row(field) for field in found]})


def _field_row(field: TicketField) -> dict[str, Any]:
    return {
        "code": field.code,
        "kind": field.kind,
        "label": field.label,
        "types": field.types,
        "choices": [code for code, _label in field.options()],
        "required": field.required,
        "is_public": field.is_public,
    }


@router.get("/tickets/{number}/fields", auth=Scope("tickets:read"), response=ValuesOut)
def read_ticket_fields(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What stands in a ticket's own fields, as far as the asker may see them. Three statements."""
    return answer({"values": _values(request, seen_ticket(request, number))})


def _values(request: ApiRequest, ticket: Ticket) -> dict[str, Any]:
    seen = {field.code for field in fields_of(ticket.type, request.viewer)}
    return {code: value for code, value in values_of(ticket).items() if code in seen}


@router.patch("/tickets/{number}/fields", auth=Scope("tickets:write", staff=True), response=ValuesOut)
@once
def change_ticket_fields(request: ApiRequest, number: Path[Number], given: Values) -> HttpResponse:
    """Put values into a ticket's own fields. A file is put in with the desk's own form."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    set_fields(ticket, by=request.viewer, values=given.values)
    return answer({"values": _values(request, ticket)})


@router.get("/macros", auth=Scope("macros:read", staff=True), response=Macros)
def list_macros(request: ApiRequest) -> HttpResponse:
    """The macros one may use, by name. One statement."""
    found = Macro.objects.visible_to(request.viewer).filter(is_active=True).order_by("name", "pk")
    return answer({"items": list(found.values("id", "name", "kind", "team_id", "used"))})


@router.post("/tickets/{number}/macros/{macro_id}", auth=Scope("macros:write", staff=True), response=MacroDone)
@once
def use_macro(request: ApiRequest, number: Path[Number], macro_id: Path[Id]) -> HttpResponse:
    """Send or note what a macro says, and take its steps; all of it or nothing."""
    viewer, ticket = request.viewer, seen_ticket(request, number)
    macro = get_object_or_404(Macro.objects.visible_to(viewer).filter(is_active=True), pk=macro_id)
    require(may_work_on(viewer, ticket) and all(may_perform(viewer, ticket, one["operation"]) for one in macro.steps))
    require(not macro.texts or macro.kind == Macro.NOTE or may_answer(viewer, ticket))
    message = apply_macro(ticket, macro=macro, agent=agent_of(request), by=viewer)
    return answer({"message_id": message.pk if message else None})
