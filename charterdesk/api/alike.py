"""What may be the same twice: requests, customers and organisations, and saying that they are not."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, Id, Number
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.people.actions import settle_duplicate, tell_organisations_apart
from charterdesk.people.duplicate_organisations import organisations_alike
from charterdesk.people.duplicates import alike, open_duplicates
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.policies import may_merge_contacts
from charterdesk.tickets.policies import may_merge
from charterdesk.tickets.suggestions import maybe_the_same

router = Router(tags=["Contacts and organisations"])
SHOWN = 5
Why = Annotated[str, Field(description="phone, address, name or domain", examples=["phone"])]


class SimilarOut(BaseModel):
    """Another open ticket of the same customer that may be the same request."""

    number: int = Field(examples=[1050])
    subject: str
    status: str = Field(examples=["open"])


class SimilarTickets(BaseModel):
    """What may be the same request, the most alike first."""

    items: list[SimilarOut]


class ContactPair(BaseModel):
    """Two customers who may be one person, and why it seems so."""

    contact_id: int
    other_id: int
    reason: Why


class ContactPairs(BaseModel):
    """Pairs of customers nobody decided on."""

    items: list[ContactPair]


class OrganisationPair(BaseModel):
    """Two organisations that may be one, and why it seems so."""

    organisation_id: int
    other_id: int
    reason: Why


class OrganisationPairs(BaseModel):
    """Pairs of organisations nobody decided on."""

    items: list[OrganisationPair]


class OtherContact(Given):
    """The customer who is somebody else."""

    contact_id: Id


class OtherOrganisation(Given):
    """The organisation that is another."""

    organisation_id: Id


@router.get("/tickets/{number}/similar", auth=Scope("tickets:read", staff=True), response=SimilarTickets)
def list_similar_tickets(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Open tickets of the same customer that may be the same request, to be merged. Two statements."""
    ticket = seen_ticket(request, number)
    require(may_merge(request.viewer, ticket))
    found = maybe_the_same(ticket, request.viewer)
    return answer({"items": [{"number": one.number, "subject": one.subject, "status": one.status} for one in found]})


@router.get("/contacts/{contact_id}/alike", auth=Scope("contacts:read", staff=True), response=ContactPairs)
def list_contacts_alike(request: ApiRequest, contact_id: Path[Id]) -> HttpResponse:
    """Who may be the same person, the surest first. Four statements."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Contact, pk=contact_id)
    others = [] if found.erased_at else alike(found, limit=SHOWN)
    pairs = [{"contact_id": contact_id, "other_id": one.contact.pk, "reason": one.reason} for one in others]
    return answer({"items": pairs})


@router.get("/contact-duplicates", auth=Scope("contacts:read", staff=True), response=ContactPairs)
def list_contact_duplicates(request: ApiRequest) -> HttpResponse:
    """Up to fifty pairs of customers who may be one person, the newest first. Four statements."""
    require(may_merge_contacts(request.viewer))
    columns = ("contact_id", "other_id", "reason")
    return answer({"items": [{name: getattr(pair, name) for name in columns} for pair in open_duplicates()]})


@router.post("/contacts/{contact_id}/distinctions", auth=Scope("contacts:write", staff=True), response={204: None})
@once
def tell_contacts_apart(request: ApiRequest, contact_id: Path[Id], given: OtherContact) -> HttpResponse:
    """Say that two customers are two people, so that nobody is asked again; 409 `people.same_contact`."""
    require(may_merge_contacts(request.viewer))
    contact = get_object_or_404(Contact, pk=contact_id)
    other = Contact.objects.filter(pk=given.contact_id).first()
    if other is None:
        raise no_such("contact")
    settle_duplicate(contact, other, by=request.viewer)
    return nothing()


def _organisation_pairs(*, of: int = 0, limit: int = 50) -> dict[str, Any]:
    pairs = organisations_alike(of=of, limit=limit)
    return {
        "items": [
            {"organisation_id": pair.organisation.pk, "other_id": pair.other.pk, "reason": pair.reason}
            for pair in pairs
        ]
    }


@router.get(
    "/organisations/{organisation_id}/alike",
    auth=Scope("organisations:read", staff=True),
    response=OrganisationPairs,
)
def list_organisations_alike(request: ApiRequest, organisation_id: Path[Id]) -> HttpResponse:
    """Which organisations may be the same as this one. Three statements."""
    require(may_merge_contacts(request.viewer))
    return answer(_organisation_pairs(of=get_object_or_404(Organisation, pk=organisation_id).pk, limit=SHOWN))


@router.get("/organisation-duplicates", auth=Scope("organisations:read", staff=True), response=OrganisationPairs)
def list_organisation_duplicates(request: ApiRequest) -> HttpResponse:
    """Up to fifty pairs of organisations that may be one, the newest first. Two statements."""
    require(may_merge_contacts(request.viewer))
    return answer(_organisation_pairs())


@router.post(
    "/organisations/{organisation_id}/distinctions",
    auth=Scope("organisations:write", staff=True),
    response={204: None},
)
@once
def tell_two_organisations_apart(
    request: ApiRequest, organisation_id: Path[Id], given: OtherOrganisation
) -> HttpResponse:
    """Say that two organisations are two, so that nobody is asked again; 409 `people.same_organisation`."""
    require(may_merge_contacts(request.viewer))
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    other = Organisation.objects.filter(pk=given.organisation_id).first()
    if other is None:
        raise no_such("organisation")
    tell_organisations_apart(organisation, other, by=request.viewer)
    return nothing()
