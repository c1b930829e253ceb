"""How the desk has set its work up: fields of its own, with what stands in them."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Number, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.fields import fields_of, values_of
from charterdesk.tickets.models import Ticket, TicketField
from charterdesk.tickets.policies import may_work_on

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
