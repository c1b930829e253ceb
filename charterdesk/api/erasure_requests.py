"""Customers who ask to be forgotten, and what is decided, with a proof that names nobody."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.problems import naming
from charterdesk.base.refused import require
from charterdesk.people.models import ErasureRequest
from charterdesk.records.erasure import decline_request, erase_on_request
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Personal data"])
COLUMNS = ("id", "contact_id", "receipt", "state", "answer", "asked_at", "decided_at", "proof")
FIELD_OF = {"people.no_answer": "answer"}


class ErasureProof(BaseModel):
    """How much there was, and how much is left."""

    requests: int
    messages: int
    files: int
    addresses: int
    left: int = Field(description="Addresses, texts and files that are there after all: 0 if all went well.")


class ErasureRequestOut(BaseModel):
    """A customer's wish to be forgotten, and what became of it. Its receipt stays when they are."""

    id: int
    contact_id: int
    receipt: str
    state: str = Field(description="`asked`, `done`, `declined` or `taken_back`")
    answer: str = Field(description="Why it was declined, as the customer reads it.")
    asked_at: datetime
    decided_at: datetime | None
    proof: ErasureProof | None = Field(description="null until they are erased.")


class ErasureRequestPage(BaseModel):
    """Some of them; `next` is the cursor of the next page, null at the end."""

    items: list[ErasureRequestOut]
    next: str | None


class ErasureRequestsAsked(Asked):
    """Which of them."""

    state: Annotated[str, one_of(code for code, _name in ErasureRequest.STATES)] = Field(ABSENT, examples=["asked"])
    cursor: Cursor = ""
    limit: Size = 50


class Declined(Given):
    """Why not."""

    answer: Annotated[str, line(5000, least=1)] = Field(
        description="The customer is told.", examples=["An invoice of yours is not paid."]
    )


@router.get("/erasure-requests", auth=Scope("settings:read", staff=True), response=ErasureRequestPage)
def list_erasure_requests(request: ApiRequest, asked: Query[ErasureRequestsAsked]) -> HttpResponse:
    """Customers who ask to be forgotten, the latest first. One statement."""
    require(may_administer(request.viewer))
    found = ErasureRequest.objects.order_by("-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_shown(row) for row in found.values(*COLUMNS)[: asked.limit + 1]], asked.limit)


@router.get("/erasure-requests/{wish_id}", auth=Scope("settings:read", staff=True), response=ErasureRequestOut)
def read_erasure_request(request: ApiRequest, wish_id: Path[Id]) -> HttpResponse:
    """One wish to be forgotten, with the proof once they are. One statement."""
    return state_answer(request, request_row(_wish(request, wish_id)))


@router.post(
    "/erasure-requests/{wish_id}/erasure", auth=Scope("settings:write", staff=True), response=ErasureRequestOut
)
@once
def erase_as_asked(request: ApiRequest, wish_id: Path[Id]) -> HttpResponse:
    """Forget who asked for it, for good. The answer holds the proof; 409 `records.on_hold` while a hold stands."""
    found = _wish(request, wish_id)
    erase_on_request(found, by=request.viewer)
    return answer(request_row(found))


@router.post(
    "/erasure-requests/{wish_id}/refusal", auth=Scope("settings:write", staff=True), response=ErasureRequestOut
)
@once
def decline_to_erase(request: ApiRequest, wish_id: Path[Id], given: Declined) -> HttpResponse:
    """Say no to a wish to be forgotten, and why; the customer is told by mail."""
    found = _wish(request, wish_id)
    link = f"{settings.PUBLIC_URL}{reverse('portal:receipt', args=[found.receipt])}"
    with naming(FIELD_OF):
        decline_request(found, by=request.viewer, answer=given.answer, link=link)
    return answer(request_row(found))


def _wish(request: ApiRequest, pk: int) -> ErasureRequest:
    """The wish, for whoever may decide. One statement."""
    require(may_administer(request.viewer))
    return get_object_or_404(ErasureRequest.objects.select_related("contact"), pk=pk)


def request_row(wish: ErasureRequest) -> dict[str, Any]:
    """A wish to be forgotten as the API writes it."""
    return _shown({name: getattr(wish, name) for name in COLUMNS})


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "proof": row["proof"] or None}
