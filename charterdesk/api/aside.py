"""Mail that did not become a message: what it was, taking it back, letting it go; and whose mail is junk."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.base.refused import require
from charterdesk.channels.actions import block_sender, drop_mail, read_again, unblock_sender
from charterdesk.channels.models import ASIDE, BlockedSender, RawMail
from charterdesk.tickets.policies import may_operate

router = Router(tags=["Mail"])
COLUMNS = (
    "id", "state", "reason", "sender", "recipients", "from_address", "subject", "size", "source", "received_at",
)  # fmt: skip
BLOCKED = ("id", "pattern", "by_id", "created_at")
ORIGINAL = {
    "responses": {
        200: {
            "description": "The mail as it came.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class AsideOut(BaseModel):
    """A mail that lies aside, whole."""

    id: int
    state: str = Field(description="quarantined or junk; once taken back, waiting", examples=["junk"])
    reason: str = Field(description="Why it became no message.", examples=["blocked"])
    sender: str = Field(description="Of the envelope, as are the recipients.")
    recipients: list[str]
    from_address: str
    subject: str
    size: int = Field(description="Bytes.")
    source: str = Field(examples=["smtp"])
    received_at: datetime


class AsidePage(BaseModel):
    """Some mails, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[AsideOut]
    next: str | None


class AsideAsked(Asked):
    """Which mails."""

    state: Annotated[str, one_of(ASIDE)] = Field(ABSENT, examples=["junk"])
    cursor: Cursor = ""
    limit: Size = 50


class BlockedOut(BaseModel):
    """An address, or a domain (`@shop.example`), whose mail is junk without a look."""

    id: int
    pattern: str = Field(examples=["@shop.example"])
    by_id: int | None = Field(description="Which agent blocked it.")
    created_at: datetime


class BlockedPage(BaseModel):
    """Some of them, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[BlockedOut]
    next: str | None


class BlockedAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class NewBlock(Given):
    """Whom to hear no more."""

    pattern: Annotated[str, line(320, least=3)] = Field(examples=["@shop.example"])


@router.get("/mail-aside", auth=Scope("mail:read", staff=True), response=AsidePage)
def list_mail_aside(request: ApiRequest, asked: Query[AsideAsked]) -> HttpResponse:
    """Quarantine and junk, for who sees what got stuck. One statement."""
    require(may_operate(request.viewer))
    found = RawMail.objects.filter(state__in=[asked.state] if asked.state else ASIDE).order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*COLUMNS)[: asked.limit + 1]), asked.limit)


@router.get(
    "/mail-aside/{mail_id}/original",
    auth=Scope("mail:read", staff=True),
    response={200: None},
    openapi_extra=ORIGINAL,
)
def read_mail_aside(request: ApiRequest, mail_id: Path[Id]) -> HttpResponse:
    """The mail as it came, to be saved, never shown."""
    return HttpResponse(_aside(request, mail_id).content, content_type="application/octet-stream")


@router.post("/mail-aside/{mail_id}/release", auth=Scope("mail:write", staff=True), response={202: AsideOut})
@once
def release_mail(request: ApiRequest, mail_id: Path[Id]) -> HttpResponse:
    """It is no junk: it is read again, and becomes a message."""
    found = _aside(request, mail_id)
    read_again(found, by=request.viewer)
    return answer(_row(found), status=202)


@router.delete("/mail-aside/{mail_id}", auth=Scope("mail:write", staff=True), response={204: None})
@once
def drop_mail_aside(request: ApiRequest, mail_id: Path[Id]) -> HttpResponse:
    """Let it go for good, at once; that it came stays in the log."""
    drop_mail(_aside(request, mail_id), by=request.viewer)
    return nothing()


def _aside(request: ApiRequest, pk: int) -> RawMail:
    """A mail that lies aside, for who sees what got stuck. One statement."""
    require(may_operate(request.viewer))
    return get_object_or_404(RawMail, pk=pk, state__in=ASIDE)


def _row(mail: RawMail) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in COLUMNS}


@router.get("/blocked-senders", auth=Scope("mail:read", staff=True), response=BlockedPage)
def list_blocked_senders(request: ApiRequest, asked: Query[BlockedAsked]) -> HttpResponse:
    """Whose mail is junk without a look. One statement."""
    require(may_operate(request.viewer))
    found = BlockedSender.objects.order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*BLOCKED)[: asked.limit + 1]), asked.limit)


@router.post("/blocked-senders", auth=Scope("mail:write", staff=True), response=BlockedOut)
@once
def block_one_sender(request: ApiRequest, given: NewBlock) -> HttpResponse:
    """Take mail from there for junk. Nothing happens where that is so already. 409 `channels.bad_pattern`."""
    require(may_operate(request.viewer))
    made = block_sender(given.pattern, by=request.viewer, agent=agent_of(request))
    return answer({name: getattr(made, name) for name in BLOCKED})


@router.delete("/blocked-senders/{blocked_id}", auth=Scope("mail:write", staff=True), response={204: None})
@once
def unblock_one_sender(request: ApiRequest, blocked_id: Path[Id]) -> HttpResponse:
    """Hear them again."""
    require(may_operate(request.viewer))
    unblock_sender(get_object_or_404(BlockedSender, pk=blocked_id), by=request.viewer)
    return nothing()
