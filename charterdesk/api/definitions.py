"""The fields the desk keeps of its tickets, and the request forms that ask for them: defined, changed, retired."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, line, one_of
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.models import Team
from charterdesk.tickets.actions.definitions import (
    define_field,
    define_request_form,
    place_defined,
    retire_field,
    retire_request_form,
)
from charterdesk.tickets.fields import is_asked_of_customers
from charterdesk.tickets.models import RequestForm, Ticket, TicketField
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How work is set up"])
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["meter"])]
Type = Annotated[str, one_of(code for code, _name in Ticket.TYPES)]
Label = Annotated[str, line(120, least=1)]
Text = Annotated[str, line(1000)]
FORM_COLUMNS = ("id", "code", "names", "intros", "type", "team_id", "fields", "is_public")


class Labels(Given):
    """What something is called, by language."""

    en: Label = Field(examples=["Meter"])
    ar: Label = ABSENT
    de: Label = ABSENT
    es: Label = ABSENT
    fr: Label = ABSENT


class Texts(Given):
    """A text by language."""

    en: Text = ABSENT
    ar: Text = ABSENT
    de: Text = ABSENT
    es: Text = ABSENT
    fr: Text = ABSENT


class Choice(Given):
    """Something that can be chosen; of a dependent choice, under which choice of the other field."""

    code: Code
    labels: Labels
    under: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""


class DefinedOut(BaseModel):
    """A field as it is set up."""

    code: str
    kind: str
    labels: dict[str, str]
    helps: dict[str, str]
    choices: list[dict[str, Any]]
    depends_on: str | None = Field(description="The code of the field of choices it depends on.")
    types: list[str]
    is_public: bool
    is_editable: bool
    required: str
    is_retired: bool


class NewField(Given):
    """A field to keep of tickets. Code and kind stay."""

    code: Code
    kind: Annotated[str, one_of(code for code, _name in TicketField.KINDS)] = Field(examples=["text"])
    labels: Labels
    helps: Texts = ABSENT
    choices: list[Choice] = Field([], max_length=1000, examples=[[]])
    depends_on: Code = Field(ABSENT, description="For dependent choices: the code of the field they depend on.")
    types: list[Type] = Field([], max_length=20, description="Of which types of ticket; none is all.", examples=[[]])
    is_public: bool = Field(False, description="Customers see it.")
    is_editable: bool = Field(False, description="Customers may change it.")
    required: Annotated[str, one_of(code for code, _name in TicketField.REQUIRED)] = Field("", examples=["solve"])


class FieldChanges(Given):
    """What becomes different; what is left out stays. A field that was out of use is in use again."""

    labels: Labels = ABSENT
    helps: Texts = ABSENT
    choices: list[Choice] = Field(ABSENT, max_length=1000, examples=[[]])
    depends_on: Code = ABSENT
    types: list[Type] = Field(ABSENT, max_length=20, examples=[[]])
    is_public: bool = ABSENT
    is_editable: bool = ABSENT
    required: Annotated[str, one_of(code for code, _name in TicketField.REQUIRED)] = Field(ABSENT, examples=["solve"])


class PlaceAmongLike(Given):
    """Where it is to stand among its like; beyond the last is last."""

    position: Annotated[int, Field(ge=0, le=10_000, description="0 is first.", examples=[0]), WHOLE]


class FormOut(BaseModel):
    """What is asked for one kind of request, in which order, and which team gets it."""

    id: int
    code: str = Field(examples=["no_water"])
    names: dict[str, str]
    intros: dict[str, str]
    type: str
    team_id: int
    fields: list[str] = Field(description="Codes of ticket fields, in their order.")
    is_public: bool


class Forms(BaseModel):
    """Request forms in their order."""

    items: list[FormOut]


class NewForm(Given):
    """A request form. Its code stays."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(examples=["no_water"])
    names: Labels = Field(examples=[{"en": "No water"}])
    team_id: Id
    intros: Texts = ABSENT
    type: Type = Field("question", examples=["incident"])
    fields: list[Code] = Field([], max_length=200, examples=[[]])
    is_public: bool = True


class FormChanges(Given):
    """What becomes different; what is left out stays. A form that was out of use is in use again."""

    names: Labels = Field(ABSENT, examples=[{"en": "No water"}])
    team_id: Id = ABSENT
    intros: Texts = ABSENT
    type: Type = Field(ABSENT, examples=["incident"])
    fields: list[Code] = Field(ABSENT, max_length=200, examples=[[]])
    is_public: bool = ABSENT


@router.get("/ticket-fields/{code}", auth=Scope("views:read", staff=True), response=DefinedOut)
def read_ticket_field(request: ApiRequest, code: Path[Code]) -> HttpResponse:
    """A field as it is set up, with the ETag of its state. One statement."""
    return state_answer(request, _field_row(_field(request, code)))


@router.post("/ticket-fields", auth=Scope("views:write", staff=True), response={201: DefinedOut})
@once
@transaction.atomic
def define_ticket_field(request: ApiRequest, given: NewField) -> HttpResponse:
    """Keep a field of tickets from now on."""
    require(may_administer(request.viewer))
    made = define_field(None, by=request.viewer, **_field_fields(given))
    row = _field_row(made)
    return answer(row, status=201, headers={"Location": f"/api/v1/ticket-fields/{made.code}", "ETag": etag_of(row)})


@router.patch("/ticket-fields/{code}", auth=Scope("views:write", staff=True), response=DefinedOut)
@once
@transaction.atomic
def change_ticket_field(request: ApiRequest, code: Path[Code], given: FieldChanges) -> HttpResponse:
    """Change a field, or take it into use again; with `If-Match`, only in the state that was read (else 412)."""
    found = _field(request, code)
    check_state(request, _field_row(found))
    return state_answer(request, _field_row(define_field(found, by=request.viewer, **_field_fields(given))))


@router.delete("/ticket-fields/{code}", auth=Scope("views:write", staff=True), response={204: None})
@once
def retire_ticket_field(request: ApiRequest, code: Path[Code]) -> HttpResponse:
    """Take a field out of use. What stands in it stays, and comes back when it is changed again."""
    retire_field(_field(request, code), by=request.viewer)
    return nothing()


@router.put("/ticket-fields/{code}/position", auth=Scope("views:write", staff=True), response={204: None})
@once
def place_ticket_field(request: ApiRequest, code: Path[Code], given: PlaceAmongLike) -> HttpResponse:
    """Move a field among those in use: forms and tickets show them in that order."""
    place_defined(_field(request, code), by=request.viewer, position=given.position)
    return nothing()


def _field(request: ApiRequest, code: str) -> TicketField:
    require(may_administer(request.viewer))
    return get_object_or_404(TicketField.objects.select_related("depends_on"), code=code)


def _field_fields(given: NewField | FieldChanges) -> dict[str, Any]:
    """What the action takes. Raises `Refused` for a field it can't depend on."""
    fields = given.model_dump(exclude_unset=True)
    for choice in fields.get("choices", ()):
        choice.setdefault("under", "")
    if code := fields.get("depends_on"):
        fields["depends_on"] = TicketField.objects.in_use().filter(code=code).first()
        if fields["depends_on"] is None:
            raise no_such("field")
    return fields


def _field_row(field: TicketField) -> dict[str, Any]:
    names = ("code", "kind", "labels", "helps", "choices", "types", "is_public", "is_editable", "required")
    depends_on = field.depends_on.code if field.depends_on else None
    return {
        **{name: getattr(field, name) for name in names},
        "depends_on": depends_on,
        "is_retired": field.retired_at is not None,
    }


@router.get("/request-forms", auth=Scope("views:read"), response=Forms)
def list_request_forms(request: ApiRequest) -> HttpResponse:
    """The request forms in use, in their order; for customers, those they may choose, with what they are asked.

    One statement, two for customers.
    """
    found = list(RequestForm.objects.visible_to(request.viewer).select_related(None).values(*FORM_COLUMNS))
    if not request.viewer.is_staff:
        asked = {field.code for field in TicketField.objects.in_use() if is_asked_of_customers(field)}
        found = [{**row, "fields": [code for code in row["fields"] if code in asked]} for row in found]
    return answer({"items": found})


@router.post("/request-forms", auth=Scope("views:write", staff=True), response={201: FormOut})
@once
@transaction.atomic
def define_form(request: ApiRequest, given: NewForm) -> HttpResponse:
    """Offer a request form from now on."""
    require(may_administer(request.viewer))
    made = define_request_form(None, by=request.viewer, **_form_fields(given))
    row = _form_row(made)
    return answer(row, status=201, headers={"ETag": etag_of(row)})


@router.patch("/request-forms/{code}", auth=Scope("views:write", staff=True), response=FormOut)
@once
@transaction.atomic
def change_form(request: ApiRequest, code: Path[Code], given: FormChanges) -> HttpResponse:
    """Change a form, or take it into use again; with `If-Match`, only in the state that was read (else 412)."""
    found = _form(request, code)
    check_state(request, _form_row(found))
    return state_answer(request, _form_row(define_request_form(found, by=request.viewer, **_form_fields(given))))


@router.delete("/request-forms/{code}", auth=Scope("views:write", staff=True), response={204: None})
@once
def retire_form(request: ApiRequest, code: Path[Code]) -> HttpResponse:
    """Take a form out of use; tickets that came by it stay as they are."""
    retire_request_form(_form(request, code), by=request.viewer)
    return nothing()


@router.put("/request-forms/{code}/position", auth=Scope("views:write", staff=True), response={204: None})
@once
def place_form(request: ApiRequest, code: Path[Code], given: PlaceAmongLike) -> HttpResponse:
    """Move a form among those in use: customers choose from them in that order."""
    place_defined(_form(request, code), by=request.viewer, position=given.position)
    return nothing()


def _form(request: ApiRequest, code: str) -> RequestForm:
    require(may_administer(request.viewer))
    return get_object_or_404(RequestForm, code=code)


def _form_fields(given: NewForm | FormChanges) -> dict[str, Any]:
    """What the action takes. Raises `Refused` for a team or a field that is not there."""
    fields = given.model_dump(exclude_unset=True)
    if "team_id" in fields and not Team.objects.filter(pk=fields["team_id"]).exists():
        raise no_such("team")
    codes = fields.get("fields", ())
    if len(codes) != len(set(codes)) or TicketField.objects.in_use().filter(code__in=codes).count() < len(codes):
        raise no_such("field")
    return fields


def _form_row(form: RequestForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in FORM_COLUMNS}
