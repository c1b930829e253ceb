"""Somebody known by an e-mail address alone is forgotten."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, line, one_of
from charterdesk.api.problems import naming
from charterdesk.base.refused import require
from charterdesk.records.addresses import erase_address, kept_of
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Personal data"])
DELETE, KEEP = "delete", "keep"
FIELD_OF = {
    "records.bad_address": "address",
    "records.of_a_customer": "address",
    "records.of_the_house": "address",
    "records.on_hold": "address",
}


class AddressErasure(Given):
    """Whom, and the word that makes it so: it can't be undone."""

    address: Annotated[str, line(254, least=1)] = Field(examples=["reader@example.org"])
    comments: Annotated[str, one_of((KEEP, DELETE))] = Field(
        KEEP, description="Whether what they said below articles stays without name and address.", examples=[DELETE]
    )
    sure: bool = Field(description="false erases nothing and says what there is.", examples=[True])


class AddressErasureOut(BaseModel):
    """How much there was, or is, of somebody; without the address."""

    is_erased: bool
    comments: int
    follows: int = Field(description="Articles whose comments they hear of, and the status page.")
    mails: int = Field(description="That came from the address, or went there and are of no ticket.")
    tickets: int = Field(description="Of others, on which the address got copies, was asked or wrote.")
    left: int | None = Field(description="What is there after all: 0 if all went well; null where nothing was erased.")


@router.post("/address-erasures", auth=Scope("settings:write", staff=True), response=AddressErasureOut)
@once
def erase_by_address(request: ApiRequest, given: AddressErasure) -> HttpResponse:
    """Erase somebody who is no contact and known by an e-mail address alone, as who commented without an account.

    409 `records.of_a_customer` where a contact has the address: erase the contact.
    """
    require(may_administer(request.viewer))
    with naming(FIELD_OF):
        if not given.sure:
            return answer({**kept_of(given.address), "left": None, "is_erased": False})
        gone = erase_address(given.address, with_words=given.comments == DELETE, by=request.viewer)
    return answer({**gone, "is_erased": True})
