"""How the desk has set its work up: fields of its own, with what stands in them."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, file_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Number, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.api.uploads import files_of
from charterdesk.base.refused import require
from charterdesk.tickets.actions.fields import change_details, set_fields
from charterdesk.tickets.fields import fields_of, values_of
from charterdesk.tickets.models import Attachment, Ticket, TicketField
from charterdesk.tickets.policies import may_work_on
from charterdesk.ui.files import file_response

router = Router(tags=["How work is set up"])
FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["meter"])]
FieldValues = Annotated[
    dict[Annotated[str, line(40)], str | int | float | bool | None],
    Field(max_length=200, description="By code; a file by what `POST /uploads` gave.", examples=[{}]),
]


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

    values: FieldValues


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


@router.patch("/tickets/{number}/fields", auth=Scope("tickets:write"), response=ValuesOut)
@once
def change_ticket_fields(request: ApiRequest, number: Path[Number], given: Values) -> HttpResponse:
    """Put values into a ticket's own fields; a customer, into those of theirs that they may change.

    409 `tickets.no_such_field`, `tickets.bad_field`, `tickets.field_required`, `api.no_such_upload`.
    """
    ticket, viewer = seen_ticket(request, number), request.viewer
    require(may_work_on(viewer, ticket) if viewer.is_staff else ticket.contact_id == viewer.contact_id)
    change = set_fields if viewer.is_staff else change_details
    change(ticket, by=viewer, values=field_values(request, given.values))
    return answer({"values": _values(request, ticket)})


def field_values(request: ApiRequest, values: FieldValues) -> dict[str, Any]:
    """`values` as actions take them: of a field of files, what was uploaded. At most one statement."""
    of_files = TicketField.objects.in_use().filter(kind=TicketField.FILE, code__in=values)
    codes = set(of_files.values_list("code", flat=True)) if values else set()
    return {
        code: files_of(request, [str(value)])[0] if code in codes and value is not None else value
        for code, value in values.items()
    }


@router.get(
    "/tickets/{number}/fields/{code}/file",
    auth=Scope("tickets:read"),
    response={200: None},
    openapi_extra=file_answer("application/octet-stream", "The file, as it is."),
)
def read_field_file(request: ApiRequest, number: Path[Number], code: Path[FieldCode]) -> HttpResponseBase:
    """Download the file that stands in a field you may see. Three statements."""
    ticket = seen_ticket(request, number)
    field = get_object_or_404(TicketField.objects.in_use().visible_to(request.viewer), code=code)
    there = Attachment.objects.filter(field_file__ticket=ticket, field_file__field=field, redacted_at=None)
    found = get_object_or_404(there)
    return file_response(found.sha256, filename=found.filename, content_type="application/octet-stream")
