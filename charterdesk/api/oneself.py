"""What customers do about themselves: name and addresses, mails by choice, their data, and being forgotten."""

from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope, contact_of
from charterdesk.api.contacts import IdentityOut
from charterdesk.api.erasure_requests import ErasureRequestOut, request_row
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Email, Given, Id, line, one_of
from charterdesk.api.problems import Problem, naming
from charterdesk.api.ticket_opening import LANGUAGE
from charterdesk.base.refused import Refused
from charterdesk.people.actions.customers import (
    add_address,
    ask_erasure,
    change_profile,
    choose_mails,
    remove_address,
    take_back_erasure,
)
from charterdesk.people.models import Contact, CustomerChoice, ErasureRequest, Identity
from charterdesk.records.actions import export_person
from charterdesk.ui.address_proofs import mail_address_proof

router = Router(tags=["Oneself"])
PLAIN = ("name", "phone", "language", "time_zone")
FIELD_OF = {
    "people.phone_taken": "phone",
    "people.no_such_time_zone": "time_zone",
    "people.too_many_proofs": "address",
    "people.no_proof": "proof",
}
Mails = Annotated[str, one_of(code for code, _name in CustomerChoice.MAILS)]
ZIP = {
    "responses": {
        200: {
            "description": "A zip file with person.json, person.html and the files.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class ProfileOut(BaseModel):
    """A customer as they are known, and which mails they want."""

    id: int
    name: str
    phone: str = Field(examples=["+353 20 911 0000"])
    language: str
    time_zone: str = Field(examples=["Europe/Dublin"])
    mails: str = Field(description="Which mails of the desk they want.")
    identities: list[IdentityOut]


class ProfileChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200, least=1)] = ABSENT
    phone: Annotated[str, StringConstraints(pattern=r"^(\+?[0-9 ()/.-]{3,30})?$")] = Field(
        ABSENT, description="Empty for none.", examples=["+353 20 911 0000"]
    )
    language: LANGUAGE = ABSENT
    time_zone: Annotated[str, line(64)] = Field(ABSENT, examples=["Europe/Dublin"])
    mails: Mails = ABSENT


class NewAddress(Given):
    """An address to be reached by as well."""

    address: Email


class Proof(Given):
    """What the mail to the address carries at the end of its link."""

    proof: Annotated[str, line(1000, least=1)]


class AddressAsked(BaseModel):
    """A mail is on its way there."""

    address: str


class SureToBeErased(Given):
    """That it is meant."""

    sure: Literal[True]


def _me(request: ApiRequest) -> Contact:
    """The customer who asks. Two statements. Raises `Problem` for staff: an administrator changes what is theirs."""
    if request.viewer.contact_id is None:
        raise Problem(403, "api.customers_only", _("Only customers do this for themselves."))
    return Contact.objects.select_related("login").prefetch_related("identities").get(pk=request.viewer.contact_id)


def _row(contact: Contact) -> dict[str, Any]:
    choice = CustomerChoice.objects.filter(contact=contact).first() or CustomerChoice()
    return {
        "id": contact.pk,
        **{name: getattr(contact, name) for name in PLAIN},
        "mails": choice.mails,
        "identities": [
            {"id": each.pk, "kind": each.kind, "value": each.value} for each in contact.identities.order_by("pk")
        ],
    }


@router.get("/me/profile", auth=Scope("contacts:read"), response=ProfileOut)
def read_my_profile(request: ApiRequest) -> HttpResponse:
    """A customer's own name, addresses and choices, with the ETag of their state. Four statements."""
    return state_answer(request, _row(_me(request)))


@router.patch("/me/profile", auth=Scope("contacts:write"), response=ProfileOut)
@once
@transaction.atomic
def change_my_profile(request: ApiRequest, given: ProfileChanges) -> HttpResponse:
    """Change one's own name, phone number, language, time zone, or which mails one wants. 409 `people.phone_taken`."""
    me, sent = _me(request), given.sent()
    check_state(request, _row(me))
    mails = sent.pop("mails", None)
    with naming(FIELD_OF):
        if sent.get("time_zone") and sent["time_zone"] not in available_timezones():
            raise Refused("people.no_such_time_zone", _("Choose a time zone from the list, such as Europe/Dublin."))
        if sent:
            change_profile(me, by=me, **{**{name: getattr(me, name) for name in PLAIN}, **sent})
    if mails:
        choose_mails(me, by=me, mails=mails)
    return state_answer(request, _row(_me(request)))


@router.post("/me/addresses", auth=Scope("contacts:write"), response={202: AddressAsked})
@once
def ask_for_my_address(request: ApiRequest, given: NewAddress) -> HttpResponse:
    """Have a mail sent to another address of one's own; what its link ends with proves it. 409 after too many."""
    with naming(FIELD_OF):
        mail_address_proof(_me(request), given.address, home=settings.PUBLIC_URL)
    return answer({"address": given.address}, status=202)


@router.post("/me/addresses/proof", auth=Scope("contacts:write"), response=ProfileOut)
@once
def prove_my_address(request: ApiRequest, given: Proof) -> HttpResponse:
    """Bring back what the mail carried: the address counts from then on. 409 `people.no_proof`."""
    me = _me(request)
    with naming(FIELD_OF):
        add_address(me, by=me, proof=given.proof)
    return answer(_row(me))


@router.delete("/me/addresses/{identity_id}", auth=Scope("contacts:write"), response={204: None})
@once
def drop_my_address(request: ApiRequest, identity_id: Path[Id]) -> HttpResponse:
    """Be reached by an address no more. 409 `people.last_address` for the only one."""
    me = _me(request)
    remove_address(me, get_object_or_404(me.identities.filter(kind=Identity.EMAIL), pk=identity_id), by=me)
    return nothing()


@router.get("/me/data", auth=Scope("contacts:read"), response={200: None}, openapi_extra=ZIP)
def take_my_data(request: ApiRequest) -> FileResponse:
    """Everything the desk keeps of the customer who asks, as a zip. Two statements for each ticket."""
    me = _me(request)
    return zip_answer(export_person(me, by=me), "my-data.zip")


def zip_answer(made: Any, filename: str) -> FileResponse:
    """A zip that was made, to be saved, never kept on the way."""
    found = FileResponse(made, as_attachment=True, filename=filename, content_type="application/zip")
    found["Cache-Control"] = "no-store"
    return found


@router.post("/me/erasure-request", auth=Scope("contacts:write"), response=ErasureRequestOut)
@once
def ask_to_be_erased(request: ApiRequest, given: SureToBeErased) -> HttpResponse:
    """Ask to be forgotten; an administrator decides. Asked again, it is the same wish with the same receipt."""
    me = _me(request)
    return answer(request_row(ask_erasure(me, by=me)))


@router.get("/me/erasure-request", auth=Scope("contacts:read"), response=ErasureRequestOut)
def read_my_erasure_request(request: ApiRequest) -> HttpResponse:
    """Your latest wish to be forgotten, and what was decided; 404 where there is none. Three statements."""
    found = ErasureRequest.objects.filter(contact=_me(request)).order_by("-pk").first()
    if found is None:
        raise Http404
    return answer(request_row(found))


@router.delete("/me/erasure-request", auth=Scope("contacts:write"), response={204: None})
@once
def take_back_my_erasure(request: ApiRequest) -> HttpResponse:
    """Take the wish to be forgotten back: everything stays. 409 `people.erasure_decided`."""
    found = ErasureRequest.objects.filter(contact=_me(request), state=ErasureRequest.ASKED).first()
    if found is None:
        raise Http404
    take_back_erasure(found, by=contact_of(request))
    return nothing()
