"""What the desk should have done and could not, and mail and texts that are held: tried again, settled, given up."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.base.refused import require
from charterdesk.channels.actions import settle_outgoing
from charterdesk.channels.models import Outgoing, SmsOut
from charterdesk.channels.sms.actions import settle_sms
from charterdesk.events.failures import JOB, KINDS, drop_failure, failures, retry_failure
from charterdesk.tickets.policies import may_operate

router = Router(tags=["What got stuck"])
MOST = 200
MAIL = ("id", "state", "sender", "recipients", "note", "attempts", "queued_at")
TEXT = ("id", "state", "number_id", "to", "text", "note", "attempts", "queued_at")
Kind = Annotated[str, one_of(KINDS)]


class FailureOut(BaseModel):
    """Something that failed for good, and waits for somebody to decide."""

    kind: str = Field(description="delivery (of an event to what reacts to it), timer or job", examples=["job"])
    id: int
    what: str = Field(description="What should have been done.")
    about: str = Field(examples=["ticket:5"])
    error: str
    attempts: int
    at: datetime | None


class Failures(BaseModel):
    """Of each kind the latest 200."""

    items: list[FailureOut]


class FailuresAsked(Asked):
    """Which of them."""

    kind: Kind = Field(ABSENT, examples=[JOB])


class GivenUp(Given):
    """Why it is given up; it is kept with what failed."""

    reason: Annotated[str, line(500, least=1)] = Field(examples=["The customer was told by phone."])


class HeldMailOut(BaseModel):
    """A mail that nobody knows arrived, that was refused, or that is held back."""

    id: int
    state: str = Field(description="in_doubt, failed or held", examples=["in_doubt"])
    ticket: int | None = Field(description="The number of the ticket it is about.")
    sender: str
    recipients: list[str] = Field(description="Still to be reached.")
    note: str = Field(description="What the other side said last.")
    attempts: int
    queued_at: datetime


class HeldMails(BaseModel):
    """Some of them, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[HeldMailOut]
    next: str | None


class HeldTextOut(BaseModel):
    """A text message that nobody knows arrived, that was refused, or that is held back."""

    id: int
    state: str = Field(description="in_doubt, failed or held", examples=["in_doubt"])
    ticket: int | None = Field(description="The number of the ticket it is about.")
    number_id: int | None
    to: str
    text: str
    note: str = Field(description="What the provider said last.")
    attempts: int
    queued_at: datetime


class HeldTexts(BaseModel):
    """Some of them, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[HeldTextOut]
    next: str | None


class HeldAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class Settled(Given):
    """What became of it."""

    arrived: bool = Field(description="It is done; false sends it (again).")


@router.get("/failures", auth=Scope("mail:read", staff=True), response=Failures)
def list_failures(request: ApiRequest, asked: Query[FailuresAsked]) -> HttpResponse:
    """What failed for good, for who sees what got stuck. Four statements."""
    require(may_operate(request.viewer))
    kinds = [asked.kind] if asked.kind else list(KINDS)
    return answer({"items": [asdict(each) for kind in kinds for each in failures(kind, MOST)]})


@router.post("/failures/{failure_kind}/{failure_id}/retry", auth=Scope("mail:write", staff=True), response={204: None})
@once
def retry_one_failure(request: ApiRequest, failure_kind: Path[Kind], failure_id: Path[Id]) -> HttpResponse:
    """Have it tried again at once. 409 `events.not_parked`."""
    require(may_operate(request.viewer))
    retry_failure(failure_kind, failure_id, by=request.viewer)
    return nothing()


@router.post(
    "/failures/{failure_kind}/{failure_id}/abandonment", auth=Scope("mail:write", staff=True), response={204: None}
)
@once
def drop_one_failure(
    request: ApiRequest, failure_kind: Path[Kind], failure_id: Path[Id], given: GivenUp
) -> HttpResponse:
    """Give it up, and say why; the reason is kept. 409 `events.not_parked`."""
    require(may_operate(request.viewer))
    drop_failure(failure_kind, failure_id, reason=given.reason, by=request.viewer)
    return nothing()


@router.get("/held-mail", auth=Scope("mail:read", staff=True), response=HeldMails)
def list_held_mail(request: ApiRequest, asked: Query[HeldAsked]) -> HttpResponse:
    """Mail in doubt, refused or held back, for who sees what got stuck. One statement."""
    require(may_operate(request.viewer))
    return _page(Outgoing.objects.filter(state__in=Outgoing.STUCK), MAIL, asked)


@router.post("/held-mail/{outgoing_id}/settlement", auth=Scope("mail:write", staff=True), response={204: None})
@once
def settle_held_mail(request: ApiRequest, outgoing_id: Path[Id], given: Settled) -> HttpResponse:
    """Say that a mail arrived, or have it sent (again). 409 `channels.not_held`."""
    require(may_operate(request.viewer))
    settle_outgoing(get_object_or_404(Outgoing, pk=outgoing_id), by=request.viewer, arrived=given.arrived)
    return nothing()


@router.get("/held-texts", auth=Scope("mail:read", staff=True), response=HeldTexts)
def list_held_texts(request: ApiRequest, asked: Query[HeldAsked]) -> HttpResponse:
    """Text messages in doubt, refused or held back, for who sees what got stuck. One statement."""
    require(may_operate(request.viewer))
    return _page(SmsOut.objects.filter(state__in=SmsOut.STUCK), TEXT, asked)


@router.post("/held-texts/{text_message_id}/settlement", auth=Scope("mail:write", staff=True), response={204: None})
@once
def settle_held_text(request: ApiRequest, text_message_id: Path[Id], given: Settled) -> HttpResponse:
    """Say that a text message arrived, or have it sent (again). 409 `channels.not_held`."""
    require(may_operate(request.viewer))
    settle_sms(get_object_or_404(SmsOut, pk=text_message_id), by=request.viewer, arrived=given.arrived)
    return nothing()


def _page(found: QuerySet[Any], columns: Sequence[str], asked: HeldAsked) -> HttpResponse:
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = found.order_by("-pk").values(*columns, ticket=F("message__ticket__number"))
    return page_of(list(rows[: asked.limit + 1]), asked.limit)
