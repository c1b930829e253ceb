"""What the desk notes about contacts, and a contact erased for good."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Asked, Given, Id, line
from charterdesk.api.oneself import ZIP, zip_answer
from charterdesk.base.refused import require
from charterdesk.people.actions import add_person_note, erase_contact, remove_person_note
from charterdesk.people.models import Contact, PersonNote
from charterdesk.people.policies import may_change_contacts, may_see_contacts
from charterdesk.records.actions import export_person
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Contacts and organisations"])
COLUMNS = ("id", "text", "author_id", "created_at")


class NoteOut(BaseModel):
    """Something to know about a contact. Customers never see it."""

    id: int
    text: str
    author_id: int | None
    created_at: datetime


class Notes(BaseModel):
    """Notes, the latest first."""

    items: list[NoteOut]


class NewNote(Given):
    """Something to note."""

    text: Annotated[str, line(10_000, least=1)] = Field(examples=["Calls at noon."])


class DataAsked(Asked):
    """How much of it."""

    with_notes: bool = Field(False, description="What the house wrote about them, too: look through it first.")


class Erasure(Given):
    """The word that makes it so: it can't be undone."""

    sure: Literal[True] = Field(examples=[True])


@router.get("/contacts/{contact_id}/notes", auth=Scope("contacts:read", staff=True), response=Notes)
def list_contact_notes(request: ApiRequest, contact_id: Path[Id]) -> HttpResponse:
    """What was noted about a contact, the latest first. Two statements."""
    require(may_see_contacts(request.viewer))
    if not Contact.objects.filter(pk=contact_id).exists():
        raise Http404
    return answer({"items": list(PersonNote.objects.filter(contact_id=contact_id).values(*COLUMNS))})


@router.post("/contacts/{contact_id}/notes", auth=Scope("contacts:write", staff=True), response={201: NoteOut})
@once
def add_contact_note(request: ApiRequest, contact_id: Path[Id], given: NewNote) -> HttpResponse:
    """Note something about a contact."""
    contact = _contact(request, contact_id)
    note = add_person_note(contact, text=given.text, author=agent_of(request), by=request.viewer)
    row: dict[str, Any] = {name: getattr(note, name) for name in COLUMNS}
    return answer(row, status=201)


@router.delete("/contacts/{contact_id}/notes/{note_id}", auth=Scope("contacts:write", staff=True), response={204: None})
@once
def remove_contact_note(request: ApiRequest, contact_id: Path[Id], note_id: Path[Id]) -> HttpResponse:
    """Take a note away."""
    contact = _contact(request, contact_id)
    remove_person_note(get_object_or_404(contact.notes, pk=note_id), by=request.viewer)
    return nothing()


def _contact(request: ApiRequest, pk: int) -> Contact:
    """A contact that was not erased, for whoever may note about them. One statement."""
    require(may_change_contacts(request.viewer))
    return get_object_or_404(Contact, pk=pk, erased_at=None)


@router.get(
    "/contacts/{contact_id}/data", auth=Scope("contacts:read", staff=True), response={200: None}, openapi_extra=ZIP
)
def take_contact_data(request: ApiRequest, contact_id: Path[Id], asked: Query[DataAsked]) -> FileResponse:
    """Everything the desk keeps of a contact, as a zip to hand out. Two statements for each ticket."""
    require(may_administer(request.viewer))
    contact = get_object_or_404(Contact, pk=contact_id, erased_at=None)
    made = export_person(contact, by=request.viewer, with_notes=asked.with_notes)
    return zip_answer(made, f"customer-{contact.pk}.zip")


@router.post("/contacts/{contact_id}/erasure", auth=Scope("contacts:write", staff=True), response={204: None})
@once
def erase_one_contact(request: ApiRequest, contact_id: Path[Id], given: Erasure) -> HttpResponse:
    """Erase a contact for good: who they are and what they wrote. Their tickets stay, without a name and texts."""
    require(may_administer(request.viewer) and given.sure)
    erase_contact(get_object_or_404(Contact, pk=contact_id, erased_at=None), by=request.viewer)
    return nothing()
