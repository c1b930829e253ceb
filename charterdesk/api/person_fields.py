"""The desk's own fields of customers and organisations: which there are, and what they say."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Given, Id, line, one_of
from charterdesk.base.refused import require
from charterdesk.people.actions import (
    add_person_field,
    change_person_field,
    restore_person_field,
    retire_person_field,
    set_own_fields,
)
from charterdesk.people.models import Contact, Organisation, PersonField, PersonFields
from charterdesk.people.policies import may_change_contacts, may_see_contacts, may_set_person_fields

router = Router(tags=["How work is set up"])
COLUMNS = ("id", "of", "code", "kind", "name", "names", "choices", "position")
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["meter"])]
Name = Annotated[str, line(80, least=1)]
Choices = list[Annotated[str, line(80, least=1)]]
Position = Annotated[int, Field(ge=0, le=1000, description="Low ones first."), WHOLE]
Value = Annotated[str, line(500)] | int | float | None


class PersonNames(Given):
    """Its name by language, where it differs."""

    en: Name = ABSENT
    ar: Name = ABSENT
    de: Name = ABSENT
    es: Name = ABSENT
    fr: Name = ABSENT


class PersonFieldOut(BaseModel):
    """A field the desk keeps of customers, or of organisations, beside who they are."""

    id: int
    of: str = Field(description="contact or organisation", examples=["contact"])
    code: str
    kind: str = Field(description="text, number, date or choice")
    name: str = Field(examples=["Meter"])
    names: dict[str, str]
    choices: list[str]
    position: int
    is_retired: bool


class PersonFieldsOut(BaseModel):
    """Fields in their order."""

    items: list[PersonFieldOut]


class PersonFieldsAsked(Asked):
    """Of whom; left out, of both."""

    of: Annotated[str, one_of(code for code, _name in PersonField.OF)] = ABSENT


class NewPersonField(Given):
    """A field from now on; without a code it comes from the name."""

    of: Annotated[str, one_of(code for code, _name in PersonField.OF)] = Field(examples=["contact"])
    kind: Annotated[str, one_of(code for code, _name in PersonField.KINDS)] = Field(examples=["text"])
    name: Name = Field(examples=["Meter"])
    code: Code = ABSENT
    names: PersonNames = Field(ABSENT, examples=[{"de": "Zähler"}])
    choices: Choices = Field(ABSENT, max_length=100, examples=[[]])
    position: Position = 100


class PersonFieldChanges(Given):
    """What becomes different; what is left out stays. Of whom it is, its code and kind are what values are kept by."""

    name: Name = ABSENT
    names: PersonNames = Field(ABSENT, examples=[{"de": "Zähler"}])
    choices: Choices = Field(ABSENT, max_length=100, examples=[[]])
    position: Position = ABSENT
    is_retired: bool = Field(ABSENT, description="false takes it into use again, with what it said.")


class PersonValues(BaseModel):
    """What the fields say, by their codes."""

    values: dict[str, Any] = Field(examples=[{"meter": "A-17"}])


class NewPersonValues(Given):
    """What to put into fields, by their codes; null empties one, what is not named stays. Dates as 2026-11-22."""

    values: dict[Annotated[str, line(40)], Value] = Field(max_length=200, examples=[{}])


@router.get("/person-fields", auth=Scope("views:read", staff=True), response=PersonFieldsOut)
def list_person_fields(request: ApiRequest, asked: Query[PersonFieldsAsked]) -> HttpResponse:
    """The fields of customers and organisations, those out of use as well. One statement."""
    require(may_see_contacts(request.viewer))
    found = PersonField.objects.filter(of=asked.of) if asked.of else PersonField.objects.all()
    return answer({"items": [_row(field) for field in found]})


@router.post("/person-fields", auth=Scope("views:write", staff=True), response={201: PersonFieldOut})
@once
@transaction.atomic
def define_person_field(request: ApiRequest, given: NewPersonField) -> HttpResponse:
    """Keep something more of customers or organisations. 409 `people.no_choices`, `people.code_taken`."""
    require(may_set_person_fields(request.viewer))
    made = add_person_field(by=request.viewer, **given.model_dump(exclude_unset=True))
    return state_answer(request, _row(made), status=201)


@router.patch("/person-fields/{field_id}", auth=Scope("views:write", staff=True), response=PersonFieldOut)
@once
@transaction.atomic
def change_one_person_field(request: ApiRequest, field_id: Path[Id], given: PersonFieldChanges) -> HttpResponse:
    """Change a field; with `If-Match`, only in the state that was read (else 412)."""
    found = _field(request, field_id)
    check_state(request, _row(found))
    fields = given.model_dump(exclude_unset=True)
    is_retired = fields.pop("is_retired", None)
    change_person_field(found, by=request.viewer, **fields)
    if is_retired is not None:
        (retire_person_field if is_retired else restore_person_field)(found, by=request.viewer)
    return state_answer(request, _row(found))


@router.delete("/person-fields/{field_id}", auth=Scope("views:write", staff=True), response={204: None})
@once
def retire_one_person_field(request: ApiRequest, field_id: Path[Id]) -> HttpResponse:
    """Take a field out of use; what it says is kept."""
    retire_person_field(_field(request, field_id), by=request.viewer)
    return nothing()


def _field(request: ApiRequest, pk: int) -> PersonField:
    require(may_set_person_fields(request.viewer))
    return get_object_or_404(PersonField.objects.select_for_update(), pk=pk)


def _row(field: PersonField) -> dict[str, Any]:
    return {**{name: getattr(field, name) for name in COLUMNS}, "is_retired": field.retired_at is not None}


@router.get("/contacts/{contact_id}/fields", auth=Scope("contacts:read", staff=True), response=PersonValues)
def read_contact_fields(request: ApiRequest, contact_id: Path[Id]) -> HttpResponse:
    """What the desk's own fields say of a contact. Two statements."""
    return _values(request, get_object_or_404(Contact, pk=contact_id))


@router.patch("/contacts/{contact_id}/fields", auth=Scope("contacts:write", staff=True), response=PersonValues)
@once
def change_contact_fields(request: ApiRequest, contact_id: Path[Id], given: NewPersonValues) -> HttpResponse:
    """Fill in fields of a contact. 409 `people.no_such_field`, `people.wrong_value`."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Contact, pk=contact_id, erased_at=None, merged_into=None)
    set_own_fields(found, values=given.values, by=request.viewer)
    return _values(request, found)


@router.get(
    "/organisations/{organisation_id}/fields", auth=Scope("organisations:read", staff=True), response=PersonValues
)
def read_organisation_fields(request: ApiRequest, organisation_id: Path[Id]) -> HttpResponse:
    """What the desk's own fields say of an organisation. Two statements."""
    return _values(request, get_object_or_404(Organisation, pk=organisation_id))


@router.patch(
    "/organisations/{organisation_id}/fields", auth=Scope("organisations:write", staff=True), response=PersonValues
)
@once
def change_organisation_fields(request: ApiRequest, organisation_id: Path[Id], given: NewPersonValues) -> HttpResponse:
    """Fill in fields of an organisation. 409 `people.no_such_field`, `people.wrong_value`."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id, merged_into=None)
    set_own_fields(found, values=given.values, by=request.viewer)
    return _values(request, found)


def _values(request: ApiRequest, whose: Contact | Organisation) -> HttpResponse:
    """What the fields in use say. One statement."""
    require(may_see_contacts(request.viewer))
    of: dict[str, Any] = {str(whose._meta.model_name): whose}
    in_use = set(PersonField.objects.filter(of=whose._meta.model_name, retired_at=None).values_list("code", flat=True))
    kept = PersonFields.objects.filter(**of).values_list("values", flat=True).first() or {}
    return answer({"values": {code: value for code, value in kept.items() if code in in_use}})
