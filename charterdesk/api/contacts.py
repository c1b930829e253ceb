"""Customers, by whatever they are known."""

from datetime import datetime
from typing import Annotated, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Email, Given, Id, Moment, Size, Words, line, one_of, some_of
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.people.actions import (
    add_identity,
    change_contact,
    identify_contact,
    merge_contacts,
    normal_address,
    remove_identity,
    split_contact,
    undo_contact_merge,
)
from charterdesk.people.models import Contact, ContactMerge, Identity, Organisation
from charterdesk.people.policies import may_change_contacts, may_merge_contacts, may_see_contacts
from charterdesk.people.viewer import Viewer

router = Router(tags=["Contacts and organisations"])

OWN_COLUMNS = ("id", "name", "language", "time_zone", "organisation_id", "created_at")
STAFF_COLUMNS = (*OWN_COLUMNS, "note", "may_see_organisation", "erased_at", "merged_into_id")


class IdentityOut(BaseModel):
    """An address or number by which a contact is known."""

    id: int
    kind: str = Field(description="`email` or `phone`")
    value: str


class ContactOut(BaseModel):
    """A customer as a person. Customers see themselves only, without what the desk noted."""

    id: int
    name: str = ""
    language: str = ""
    time_zone: str = ""
    organisation_id: int | None = None
    created_at: datetime | None = None
    identities: list[IdentityOut] = []
    note: str = Field("", description="Staff only, as all below.")
    may_see_organisation: bool = False
    erased_at: datetime | None = None
    merged_into_id: int | None = None


class ContactPage(BaseModel):
    """Some contacts; `next` is the cursor of the next page, null at the end."""

    items: list[ContactOut]
    next: str | None


class ContactsAsked(Asked):
    """Which contacts."""

    email: Email = ABSENT
    phone: Annotated[str, line(40, least=4)] = ABSENT
    name: Annotated[str, line(200, least=1)] = Field(ABSENT, description="How their name begins, whatever its case.")
    organisation_id: Id = ABSENT
    created_since: Moment = ABSENT
    fields: Annotated[str, some_of([*STAFF_COLUMNS, "identities"])] = Field(ABSENT, examples=["name,identities"])
    cursor: Cursor = ""
    limit: Size = 50


class NewContact(Given):
    """Somebody to register; known already by this address, they are given back as they are."""

    email: Email
    name: Annotated[str, line(200)] = Field("", examples=["Mia Miller"])
    language: LANGUAGE = "en"
    phone: Annotated[str, line(40)] = Field("", examples=["+44 20 7946 0018"])
    organisation_id: Id = ABSENT
    note: Words = ""


class ContactChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200)] = ABSENT
    language: LANGUAGE = ABSENT
    organisation_id: Id | None = ABSENT
    note: Words = ABSENT
    may_see_organisation: bool = ABSENT


class NewIdentity(Given):
    """One more address or number."""

    kind: Annotated[str, one_of(["email", "phone"])] = Field(examples=["phone"])
    value: Annotated[str, line(320, least=1)] = Field(examples=["+44 20 7946 0018"])


class ContactMergeOut(BaseModel):
    """A merge that can be undone."""

    id: int
    contact_id: int
    merged_id: int
    merged_at: datetime


class ContactMerges(BaseModel):
    """Merges that can be undone, the latest first."""

    items: list[ContactMergeOut]


class SplitOff(Given):
    """Which addresses and numbers are another person's, and what that person is called."""

    identity_ids: list[Id] = Field(min_length=1, max_length=200)
    name: Annotated[str, line(200)] = ""


class MergeWith(Given):
    """The contact who is the same person."""

    contact_id: Id


def seen_contacts(viewer: Viewer) -> QuerySet[Contact]:
    """Staff look everybody up, customers themselves."""
    if may_see_contacts(viewer):
        return Contact.objects.all()
    return Contact.objects.filter(pk=viewer.contact_id or 0)


def contact_rows(found: QuerySet[Contact], viewer: Viewer) -> list[dict[str, Any]]:
    """The contacts `found` as rows, with what they are known by. One statement."""
    identities = Identity.objects.filter(contact=OuterRef("pk")).order_by("pk")
    shown = identities.values(row=JSONObject(id=F("id"), kind=F("kind"), value=F("value")))
    columns = STAFF_COLUMNS if viewer.is_staff else OWN_COLUMNS
    rows = list(found.values(*columns, known_by=ArraySubquery(shown)))
    for row in rows:
        row["identities"] = row.pop("known_by")
    return rows


@router.get("/contacts", auth=Scope("contacts:read"), response=ContactPage)
def list_contacts(request: ApiRequest, asked: Query[ContactsAsked]) -> HttpResponse:
    """Contacts, the first registered first. One statement."""
    found = seen_contacts(request.viewer)
    if asked.email:
        found = found.filter(identities__kind=Identity.EMAIL, identities__value=normal_address(asked.email))
    if asked.phone:
        digits = "".join(one for one in asked.phone if one.isdecimal() or one == "+")
        found = found.filter(identities__kind=Identity.PHONE, identities__value=digits)
    if asked.name:
        found = found.filter(name__istartswith=asked.name)
    if asked.organisation_id:
        found = found.filter(organisation_id=asked.organisation_id)
    if asked.created_since:
        found = found.filter(created_at__gte=asked.created_since)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of(
        contact_rows(found.order_by("pk")[: asked.limit + 1], request.viewer), asked.limit, fields=asked.fields
    )


@router.get("/contacts/{contact_id}", auth=Scope("contacts:read"), response=ContactOut)
def read_contact(request: ApiRequest, contact_id: Path[Id]) -> HttpResponse:
    """One contact, with the ETag of their state. One statement."""
    return state_answer(request, _row(request, contact_id))


def _row(request: ApiRequest, contact_id: int) -> dict[str, Any]:
    rows = contact_rows(seen_contacts(request.viewer).filter(pk=contact_id), request.viewer)
    if not rows:
        raise Http404
    return rows[0]


def _living(request: ApiRequest, contact_id: int) -> Contact:
    """The contact to be changed, their row held."""
    require(may_change_contacts(request.viewer))
    contact = get_object_or_404(Contact.objects.select_for_update(of=("self",)), pk=contact_id)
    if contact.erased_at or contact.merged_into_id:
        raise no_such("contact")
    return contact


@router.post("/contacts", auth=Scope("contacts:write", staff=True), response={200: ContactOut, 201: ContactOut})
@once
def register_contact(request: ApiRequest, given: NewContact) -> HttpResponse:
    """Register somebody: 201. Known already by this address: 200, and nothing changes."""
    require(may_change_contacts(request.viewer))
    known = Contact.objects.with_email(given.email).first()
    if known:
        return answer(_row(request, known.pk))
    with transaction.atomic():
        contact = identify_contact(email=given.email, name=given.name, language=given.language, by=request.viewer)
        fields: dict[str, Any] = {"note": given.note} if given.note else {}
        if given.organisation_id:
            fields["organisation"] = _organisation(given.organisation_id)
        change_contact(contact, by=request.viewer, **fields)
        if given.phone:
            add_identity(contact, kind=Identity.PHONE, value=given.phone, by=request.viewer)
    row = _row(request, contact.pk)
    return answer(row, status=201, headers={"Location": f"/api/v1/contacts/{contact.pk}", "ETag": etag_of(row)})


@router.patch("/contacts/{contact_id}", auth=Scope("contacts:write", staff=True), response=ContactOut)
@once
def change_one_contact(request: ApiRequest, contact_id: Path[Id], given: ContactChanges) -> HttpResponse:
    """Change a contact; with `If-Match`, only in the state that was read (else 412)."""
    with transaction.atomic():
        contact = _living(request, contact_id)
        if "If-Match" in request.headers:
            check_state(request, _row(request, contact_id))
        fields = given.sent()
        if "organisation_id" in fields:
            pk = fields.pop("organisation_id")
            fields["organisation"] = _organisation(pk) if pk else None
        change_contact(contact, by=request.viewer, **fields)
    return state_answer(request, _row(request, contact_id))


def _organisation(pk: int) -> Organisation:
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise no_such("organisation")
    return found


@router.post("/contacts/{contact_id}/identities", auth=Scope("contacts:write", staff=True), response={201: ContactOut})
@once
def add_contact_identity(request: ApiRequest, contact_id: Path[Id], given: NewIdentity) -> HttpResponse:
    """Let a contact be known by one more address or number."""
    with transaction.atomic():
        contact = _living(request, contact_id)
        add_identity(contact, kind=given.kind, value=given.value, by=request.viewer)
    return answer(_row(request, contact_id), status=201)


@router.delete(
    "/contacts/{contact_id}/identities/{identity_id}", auth=Scope("contacts:write", staff=True), response={204: None}
)
@once
def remove_contact_identity(request: ApiRequest, contact_id: Path[Id], identity_id: Path[Id]) -> HttpResponse:
    """Forget an address or number of a contact; one stays at least."""
    with transaction.atomic():
        contact = _living(request, contact_id)
        remove_identity(get_object_or_404(Identity, pk=identity_id, contact=contact), by=request.viewer)
    return nothing()


@router.post("/contacts/{contact_id}/merge", auth=Scope("contacts:write", staff=True), response=ContactOut)
@once
def merge_contact(request: ApiRequest, contact_id: Path[Id], given: MergeWith) -> HttpResponse:
    """Make another contact one with this one: identities, notes and tickets move here."""
    require(may_merge_contacts(request.viewer))
    contact = get_object_or_404(Contact, pk=contact_id)
    other = Contact.objects.filter(pk=given.contact_id).first()
    if other is None:
        raise no_such("contact")
    merge_contacts(contact, other, by=request.viewer)
    return answer(_row(request, contact_id))


@router.get("/contacts/{contact_id}/merges", auth=Scope("contacts:read", staff=True), response=ContactMerges)
def list_contact_merges(request: ApiRequest, contact_id: Path[Id]) -> HttpResponse:
    """Which contacts were made one with this one, and can be parted again. Two statements."""
    require(may_see_contacts(request.viewer))
    merges = get_object_or_404(Contact, pk=contact_id).merges.filter(undone_at=None).order_by("-pk")
    return answer({"items": list(merges.values("id", "contact_id", "merged_id", "merged_at"))})


@router.delete(
    "/contacts/{contact_id}/merges/{merge_id}", auth=Scope("contacts:write", staff=True), response={204: None}
)
@once
def undo_merge_of_contact(request: ApiRequest, contact_id: Path[Id], merge_id: Path[Id]) -> HttpResponse:
    """Part two contacts again. What came in meanwhile stays with the one who went on."""
    require(may_merge_contacts(request.viewer))
    merges = ContactMerge.objects.select_related("contact", "merged")
    undo_contact_merge(get_object_or_404(merges, pk=merge_id, contact_id=contact_id), by=request.viewer)
    return nothing()


@router.post("/contacts/{contact_id}/split", auth=Scope("contacts:write", staff=True), response={201: ContactOut})
@once
def split_one_contact(request: ApiRequest, contact_id: Path[Id], given: SplitOff) -> HttpResponse:
    """Make some of a contact's addresses and numbers a contact of their own; what was written from them follows."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Contact, pk=contact_id)
    new = split_contact(found, identity_ids=given.identity_ids, name=given.name, by=request.viewer)
    return answer(_row(request, new.pk), status=201, headers={"Location": f"/api/v1/contacts/{new.pk}"})
