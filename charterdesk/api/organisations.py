"""The organisations that customers belong to: looked up, made, changed, noted about, made one and parted."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.contact_notes import COLUMNS as NOTE_COLUMNS
from charterdesk.api.contact_notes import NewNote, NoteOut, Notes
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, Words, line
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.actions import (
    add_organisation,
    add_person_note,
    change_organisation,
    merge_organisations,
    remove_person_note,
    undo_organisation_merge,
)
from charterdesk.people.models import Contact, Organisation, OrganisationMerge
from charterdesk.people.policies import may_change_contacts, may_merge_contacts, may_see_contacts
from charterdesk.people.viewer import Viewer

router = Router(tags=["Contacts and organisations"])
ORGANISATION_COLUMNS = ("id", "name", "domains", "note", "created_at", "merged_into_id")
STAFF_ONLY = ("note", "merged_into_id")


class OrganisationOut(BaseModel):
    """A company, authority or household that contacts belong to."""

    id: int
    name: str
    domains: list[str]
    note: str = Field("", description="Staff only.")
    created_at: datetime
    merged_into_id: int | None = Field(None, description="Staff only: the organisation it lives on in.")


class OrganisationPage(BaseModel):
    """Some organisations; `next` is the cursor of the next page, null at the end."""

    items: list[OrganisationOut]
    next: str | None


class OrganisationsAsked(Asked):
    """Which organisations."""

    name: Annotated[str, line(200, least=1)] = Field(ABSENT, description="How its name begins, whatever its case.")
    domain: Annotated[str, line(253, least=1)] = Field(ABSENT, examples=["example.org"])
    cursor: Cursor = ""
    limit: Size = 50


class NewOrganisation(Given):
    """An organisation; who writes from its mail domains belongs to it."""

    name: Annotated[str, line(200, least=1)] = Field(examples=["Harbour Works"])
    domains: list[Annotated[str, line(253)]] = Field([], max_length=100, examples=[["harbour.example"]])
    note: Words = ""


class OrganisationChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200, least=1)] = ABSENT
    domains: list[Annotated[str, line(253)]] = Field(ABSENT, max_length=100)
    note: Words = ABSENT


class MergeWithOrganisation(Given):
    """The organisation that is the same."""

    organisation_id: Id


class MergeOut(BaseModel):
    """A merge that can be undone."""

    id: int
    organisation_id: int
    merged_id: int
    merged_at: datetime


class Merges(BaseModel):
    """Merges that can be undone, the latest first."""

    items: list[MergeOut]


def seen_organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """Staff look all up, customers their own."""
    if may_see_contacts(viewer):
        return Organisation.objects.all()
    mine = Contact.objects.filter(pk=viewer.contact_id or 0, organisation_id__isnull=False)
    return Organisation.objects.filter(pk__in=mine.values("organisation_id"))


def _organisation_rows(found: QuerySet[Organisation], viewer: Viewer) -> list[dict[str, Any]]:
    columns = [name for name in ORGANISATION_COLUMNS if viewer.is_staff or name not in STAFF_ONLY]
    return list(found.values(*columns))


@router.get("/organisations", auth=Scope("organisations:read"), response=OrganisationPage)
def list_organisations(request: ApiRequest, asked: Query[OrganisationsAsked]) -> HttpResponse:
    """Organisations, the first made first, without those that live on in another. One statement."""
    found = seen_organisations(request.viewer).filter(merged_into=None)
    if asked.name:
        found = found.filter(name__istartswith=asked.name)
    if asked.domain:
        found = found.filter(domains__contains=[asked.domain.lower()])
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of(_organisation_rows(found.order_by("pk")[: asked.limit + 1], request.viewer), asked.limit)


@router.get("/organisations/{organisation_id}", auth=Scope("organisations:read"), response=OrganisationOut)
def read_organisation(request: ApiRequest, organisation_id: Path[Id]) -> HttpResponse:
    """One organisation, with the ETag of its state. One statement."""
    rows = _organisation_rows(seen_organisations(request.viewer).filter(pk=organisation_id), request.viewer)
    if not rows:
        raise Http404
    return state_answer(request, rows[0])


@router.post("/organisations", auth=Scope("organisations:write", staff=True), response={201: OrganisationOut})
@once
def make_organisation(request: ApiRequest, given: NewOrganisation) -> HttpResponse:
    """Add an organisation."""
    require(may_change_contacts(request.viewer))
    made = add_organisation(by=request.viewer, **given.model_dump())
    rows = _organisation_rows(Organisation.objects.filter(pk=made.pk), request.viewer)
    return answer(rows[0], status=201, headers={"Location": f"/api/v1/organisations/{made.pk}"})


@router.patch(
    "/organisations/{organisation_id}", auth=Scope("organisations:write", staff=True), response=OrganisationOut
)
@once
def change_one_organisation(request: ApiRequest, organisation_id: Path[Id], given: OrganisationChanges) -> HttpResponse:
    """Change an organisation; with `If-Match`, only in the state that was read (else 412)."""
    require(may_change_contacts(request.viewer))
    with transaction.atomic():
        found = get_object_or_404(Organisation.objects.select_for_update(), pk=organisation_id)
        if "If-Match" in request.headers:
            rows = _organisation_rows(Organisation.objects.filter(pk=organisation_id), request.viewer)
            check_state(request, rows[0])
        change_organisation(found, by=request.viewer, **given.sent())
    rows = _organisation_rows(Organisation.objects.filter(pk=organisation_id), request.viewer)
    return state_answer(request, rows[0])


@router.post(
    "/organisations/{organisation_id}/merge",
    auth=Scope("organisations:write", staff=True),
    response=OrganisationOut,
)
@once
def merge_organisation(request: ApiRequest, organisation_id: Path[Id], given: MergeWithOrganisation) -> HttpResponse:
    """Make another organisation one with this one: people, mail domains, notes, fields and tickets move here.

    Whoever sees all requests of one sees those of both from then on. It can be undone.
    """
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id)
    other = Organisation.objects.filter(pk=given.organisation_id).first()
    if other is None:
        raise no_such("organisation")
    merge_organisations(found, other, by=request.viewer)
    return answer(_organisation_rows(Organisation.objects.filter(pk=organisation_id), request.viewer)[0])


@router.get("/organisations/{organisation_id}/merges", auth=Scope("organisations:read", staff=True), response=Merges)
def list_organisation_merges(request: ApiRequest, organisation_id: Path[Id]) -> HttpResponse:
    """Which organisations were made one with this one, and can be parted again. Two statements."""
    require(may_see_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id)
    merges = found.merges.filter(undone_at=None).order_by("-pk")
    return answer({"items": list(merges.values("id", "organisation_id", "merged_id", "merged_at"))})


@router.delete(
    "/organisations/{organisation_id}/merges/{merge_id}",
    auth=Scope("organisations:write", staff=True),
    response={204: None},
)
@once
def undo_merge_of_organisation(request: ApiRequest, organisation_id: Path[Id], merge_id: Path[Id]) -> HttpResponse:
    """Part two organisations again. What came in meanwhile stays with the one that went on."""
    require(may_merge_contacts(request.viewer))
    merges = OrganisationMerge.objects.select_related("organisation", "merged")
    merge = get_object_or_404(merges, pk=merge_id, organisation_id=organisation_id)
    undo_organisation_merge(merge, by=request.viewer)
    return nothing()


@router.get("/organisations/{organisation_id}/notes", auth=Scope("organisations:read", staff=True), response=Notes)
def list_organisation_notes(request: ApiRequest, organisation_id: Path[Id]) -> HttpResponse:
    """What was noted about an organisation, the latest first. Two statements."""
    require(may_see_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id)
    return answer({"items": list(found.notes.values(*NOTE_COLUMNS))})


@router.post(
    "/organisations/{organisation_id}/notes", auth=Scope("organisations:write", staff=True), response={201: NoteOut}
)
@once
def add_organisation_note(request: ApiRequest, organisation_id: Path[Id], given: NewNote) -> HttpResponse:
    """Note something about an organisation."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id)
    note = add_person_note(found, text=given.text, author=agent_of(request), by=request.viewer)
    return answer({name: getattr(note, name) for name in NOTE_COLUMNS}, status=201)


@router.delete(
    "/organisations/{organisation_id}/notes/{note_id}",
    auth=Scope("organisations:write", staff=True),
    response={204: None},
)
@once
def remove_organisation_note(request: ApiRequest, organisation_id: Path[Id], note_id: Path[Id]) -> HttpResponse:
    """Take a note away."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=organisation_id)
    remove_person_note(get_object_or_404(found.notes, pk=note_id), by=request.viewer)
    return nothing()
