"""What is said on tickets: read, answered, noted, passed on; called back, sent again, taken out; and files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of, contact_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Email, Given, Id, Moment, Number, Size, Words, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.refused import Refused, require
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    add_note,
    call_back_message,
    forward_ticket,
    receive_message,
    redact_attachment,
    redact_message,
    resend_message,
    send_message,
)
from charterdesk.tickets.actions.articles import use_articles
from charterdesk.tickets.actions.files import attach_incoming
from charterdesk.tickets.actions.looks import note_look, note_looks
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.tickets.policies import may_answer, may_redact, may_work_on
from charterdesk.ui.files import file_response

router = Router(tags=["Messages and files"])

CUSTOMER_COLUMNS = (
    "id", "direction", "channel", "author_name", "subject", "body_text", "body_html", "is_automatic", "created_at",
    "redacted_at",
)  # fmt: skip
STAFF_COLUMNS = (
    *CUSTOMER_COLUMNS, "contact_id", "agent_id", "author_address", "to", "cc", "quoted_text", "template", "delivery",
    "delivery_note", "send_at", "side_thread_id",
)  # fmt: skip


class FileOut(BaseModel):
    """A file on a message; fetch it at `/attachments/<id>`."""

    id: int
    filename: str
    content_type: str = Field(description="Found in the bytes, not taken from the sender.")
    size: int = Field(description="Bytes.")
    is_inline: bool


class MessageOut(BaseModel):
    """One entry on a ticket's timeline. Customers see neither notes nor talks with third parties."""

    id: int
    number: int = Field(description="Its ticket's.", examples=[1042])
    direction: str = Field(description="`in`, `out` or `note`")
    channel: str
    author_name: str
    subject: str
    body_text: str = Field(description="What was newly written.")
    body_html: str = Field(description="The whole, made safe; empty when it was plain text.")
    is_automatic: bool
    created_at: datetime
    redacted_at: datetime | None
    attachments: list[FileOut]
    contact_id: int | None = Field(None, description="Staff only, as all below.")
    agent_id: int | None = None
    author_address: str = ""
    to: list[str] = []
    cc: list[str] = []
    quoted_text: str = ""
    template: str = ""
    delivery: str = Field("", description="scheduled, queued, sent, undelivered, in_doubt or cancelled")
    delivery_note: str = ""
    send_at: datetime | None = None
    side_thread_id: int | None = Field(None, description="Set where it was said to or by a third party.")


class MessagePage(BaseModel):
    """Some messages; `next` is the cursor of the next page, null at the end."""

    items: list[MessageOut]
    next: str | None


class MessagesAsked(Asked):
    """Which messages of a ticket."""

    direction: Annotated[str, one_of(["in", "out", "note"])] = ABSENT
    order: Annotated[str, one_of(["oldest", "newest"])] = "oldest"
    cursor: Cursor = ""
    limit: Size = 50


class NewMessage(Given):
    """Something to say: by staff a reply or a note, by a customer what they add to their request."""

    kind: Literal["reply", "note"] = "reply"
    text: Words = Field("", examples=["We are on our way."])
    html: Words = Field("", description="In place of `text`; made safe.")
    cc: list[Email] = Field(ABSENT, max_length=50, description="Staff; left out: as the team's policy says.")
    way: Annotated[str, one_of(("email", "sms"))] = Field("", description="Staff; left out: the way the ticket came.")
    send_at: Moment = Field(ABSENT, description="Staff; left out: in ten seconds, in which it can be called back.")
    attachments: list[Upload] = Field([], max_length=50, description="What `POST /uploads` gave.")
    mentions: list[Id] = Field([], max_length=50, description="Agents who are told of a note.")
    seen_id: Id = Field(ABSENT, description="The last message you saw: refused when more came since.")
    articles: list[Id] = Field([], max_length=20, description="Staff; articles given with it.", examples=[[]])


class Forward(Given):
    """A question to a third party; the customer does not see it."""

    address: Email
    subject: Annotated[str, line(300)] = ""
    text: Words = Field("", examples=["When can you dig here?"])
    html: Words = ""
    attachments: list[Upload] = Field([], max_length=50)


class Resending(Given):
    """Where it goes instead; left out: to whom it went."""

    address: Email = ABSENT


def message_rows(found: QuerySet[Message], viewer: Viewer) -> list[dict[str, Any]]:
    """The messages `found` as rows, with their files. One statement."""
    files = Attachment.objects.filter(message=OuterRef("pk"), redacted_at=None).order_by("pk")
    names = ("id", "filename", "content_type", "size", "is_inline")
    shown = files.values(row=JSONObject(**{name: F(name) for name in names}))
    columns = STAFF_COLUMNS if viewer.is_staff else CUSTOMER_COLUMNS
    rows = list(found.values(*columns, number=F("ticket__number"), file_rows=ArraySubquery(shown)))
    for row in rows:
        row["attachments"] = row.pop("file_rows")
    return rows


def seen_message(request: ApiRequest, pk: int) -> Message:
    """The message, if the asker may see it; a 404 otherwise. One statement."""
    found = Message.objects.visible_to(request.viewer).select_related("ticket__team", "ticket__contact", "agent")
    return get_object_or_404(found, pk=pk)


def _message_answer(request: ApiRequest, message: Message, *, status: int = 200) -> HttpResponse:
    rows = message_rows(Message.objects.filter(pk=message.pk), request.viewer)
    return answer(rows[0], status=status, headers={"Location": f"/api/v1/messages/{message.pk}"})


@router.get("/tickets/{number}/messages", auth=Scope("messages:read"), response=MessagePage)
def list_messages(request: ApiRequest, number: Path[Number], asked: Query[MessagesAsked]) -> HttpResponse:
    """What was said on a ticket, in order. Two statements, some more for who sees all teams."""
    ticket = seen_ticket(request, number)
    note_look(ticket, by=request.viewer)
    found = Message.objects.visible_to(request.viewer).filter(ticket=ticket)
    if asked.direction:
        found = found.filter(direction=asked.direction)
    down = asked.order == "newest"
    if asked.cursor:
        (pk,) = read_cursor(asked.cursor, int)
        found = found.filter(pk__lt=pk) if down else found.filter(pk__gt=pk)
    rows = message_rows(found.order_by("-pk" if down else "pk")[: asked.limit + 1], request.viewer)
    return page_of(rows, asked.limit)


@router.get("/messages/{message_id}", auth=Scope("messages:read"), response=MessageOut)
def read_message(request: ApiRequest, message_id: Path[Id]) -> HttpResponse:
    """One message. One statement, some more for who sees all teams."""
    rows = message_rows(Message.objects.visible_to(request.viewer).filter(pk=message_id), request.viewer)
    if not rows:
        raise Http404
    note_looks(Ticket.objects.filter(number=rows[0]["number"]), by=request.viewer)
    return answer(rows[0])


@router.post("/tickets/{number}/messages", auth=Scope("messages:write"), response={201: MessageOut})
@once
def write_message(request: ApiRequest, number: Path[Number], given: NewMessage) -> HttpResponse:
    """Answer the customer, leave a note, or, as the customer, say something more."""
    with transaction.atomic():
        ticket = seen_ticket(request, number)
        if not request.viewer.is_staff:
            message = _said_by_customer(request, ticket, given)
        else:
            require(may_work_on(request.viewer, ticket))
            message = _noted(request, ticket, given) if given.kind == "note" else _sent(request, ticket, given)
    return _message_answer(request, message, status=201)


def body_of(given: NewMessage | Forward) -> str:
    """What was written, as HTML not yet made safe."""
    return given.html or linebreaks(given.text, autoescape=True)


def _sent(request: ApiRequest, ticket: Ticket, given: NewMessage) -> Message:
    require(may_answer(request.viewer, ticket))
    message = send_message(
        ticket,
        by=request.viewer,
        agent=agent_of(request),
        html=body_of(given),
        send_at=given.send_at,
        cc=given.cc,
        seen_id=given.seen_id,
        keep_draft=True,
        way=given.way,
    )
    attach_incoming(message, files_of(request, given.attachments))
    if given.articles:
        use_articles(ticket, text_ids=given.articles, by=request.viewer)
    return message


def _noted(request: ApiRequest, ticket: Ticket, given: NewMessage) -> Message:
    note = add_note(
        ticket, by=request.viewer, agent=agent_of(request), html=body_of(given), mentions=given.mentions,
        keep_draft=True,
    )  # fmt: skip
    attach_incoming(note, files_of(request, given.attachments))
    return note


def _said_by_customer(request: ApiRequest, ticket: Ticket, given: NewMessage) -> Message:
    require(given.kind == "reply" and ticket.contact_id == request.viewer.contact_id)
    contact, html = contact_of(request), clean_html(given.html) if given.html else ""
    text, files = given.text or html_to_text(html), files_of(request, given.attachments)
    if not text.strip() and not files:
        raise Refused("tickets.empty_message", _("Write something first."))
    incoming = Incoming(
        contact=contact,
        channel="api",
        text=text,
        html=html,
        author_name=contact.name,
        author_address=contact.email,
        files=files,
    )
    return receive_message(ticket, incoming, by=contact)


@router.post("/tickets/{number}/forwards", auth=Scope("messages:write", staff=True), response={201: MessageOut})
@once
def forward(request: ApiRequest, number: Path[Number], given: Forward) -> HttpResponse:
    """Ask a third party about a ticket; the talk with them stays apart from the customer's."""
    ticket = seen_ticket(request, number)
    require(may_answer(request.viewer, ticket))
    files: Sequence[IncomingFile] = files_of(request, given.attachments)
    message = forward_ticket(
        ticket,
        by=request.viewer,
        agent=agent_of(request),
        address=given.address,
        html=body_of(given),
        subject=given.subject,
        files=files,
    )
    return _message_answer(request, message, status=201)


@router.delete("/messages/{message_id}", auth=Scope("messages:write", staff=True), response={200: MessageOut})
@once
def call_back(request: ApiRequest, message_id: Path[Id]) -> HttpResponse:
    """Undo sending while it can be: what was written is its author's draft again."""
    message = seen_message(request, message_id)
    require(may_answer(request.viewer, message.ticket))
    call_back_message(message, by=request.viewer)
    return _message_answer(request, message)


@router.post("/messages/{message_id}/resend", auth=Scope("messages:write", staff=True), response={200: MessageOut})
@once
def resend(request: ApiRequest, message_id: Path[Id], given: Resending | None = None) -> HttpResponse:
    """Send once more what did not arrive, or of which nobody can tell; to another address, if one is named."""
    message = seen_message(request, message_id)
    require(may_answer(request.viewer, message.ticket))
    resend_message(message, by=request.viewer, address=(given and given.address) or "")
    return _message_answer(request, message)


@router.post("/messages/{message_id}/redaction", auth=Scope("messages:write", staff=True), response={200: MessageOut})
@once
def redact(request: ApiRequest, message_id: Path[Id]) -> HttpResponse:
    """Take out for good what a message says, with its files; the entry stays. It can't be undone."""
    message = seen_message(request, message_id)
    require(may_redact(request.viewer, message))
    redact_message(message, by=request.viewer)
    return _message_answer(request, message)


@router.get(
    "/attachments/{attachment_id}",
    auth=Scope("messages:read"),
    response={200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "The file, as it is.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def read_attachment(request: ApiRequest, attachment_id: Path[Id]) -> HttpResponseBase:
    """The bytes of a file, streamed."""
    found = get_object_or_404(_seen_files(request), pk=attachment_id)
    return file_response(found.sha256, filename=found.filename, content_type="application/octet-stream")


@router.delete("/attachments/{attachment_id}", auth=Scope("messages:write", staff=True), response={204: None})
@once
def redact_file(request: ApiRequest, attachment_id: Path[Id]) -> HttpResponse:
    """Take one file out for good."""
    found = get_object_or_404(_seen_files(request).select_related("message__ticket"), pk=attachment_id)
    assert found.message is not None
    require(may_redact(request.viewer, found.message))
    redact_attachment(found, by=request.viewer)
    return HttpResponse(status=204)


def _seen_files(request: ApiRequest) -> QuerySet[Attachment]:
    """Files on messages that the asker may see."""
    seen = Message.objects.visible_to(request.viewer)
    return Attachment.objects.filter(message__in=seen, redacted_at=None)
