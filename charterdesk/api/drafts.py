"""What an agent is writing on a ticket, kept wherever they write it; and the ticket on paper."""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import linebreaks
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, file_answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Email, Given, Id, Number, Words
from charterdesk.api.messages import FileOut
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.refused import require
from charterdesk.tickets.actions import attach_to_draft, discard_draft, remove_attachment, save_draft
from charterdesk.tickets.actions.looks import note_look
from charterdesk.tickets.models import Attachment, Draft, Ticket
from charterdesk.tickets.policies import may_work_on
from charterdesk.ui.ticket_paper import ticket_pdf

router = Router(tags=["Messages and files"])
FILE = ("id", "filename", "content_type", "size", "is_inline")


class DraftIn(Given):
    """What is written so far."""

    kind: Literal["reply", "note"] = "reply"
    text: Words = Field("", examples=["We are on our way."])
    html: Words = Field("", description="In place of `text`; made safe.")
    cc: list[Email] = Field([], max_length=50)
    seen_id: Id = Field(ABSENT, description="The last message you saw when you began.")
    attachments: list[Upload] = Field(
        [], max_length=50, description="Files to add, as `POST /uploads` gave them; those there stay.", examples=[[]]
    )


class DraftOut(BaseModel):
    """What the asker is writing on a ticket. Nobody else reads it."""

    kind: str = Field(description="reply or note", examples=["reply"])
    html: str
    cc: list[str]
    seen_id: int | None
    saved_at: datetime
    attachments: list[FileOut]


class PaperAsked(Asked):
    """What stands on paper."""

    notes: bool = Field(False, description="With what was said inside the house.")


def _workable(request: ApiRequest, number: int) -> Ticket:
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket))
    return ticket


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "html": draft.body_html,
        "cc": draft.cc,
        "seen_id": draft.seen_id,
        "saved_at": draft.saved_at,
        "attachments": list(draft.attachments.order_by("pk").values(*FILE)),
    }


@router.get("/tickets/{number}/draft", auth=Scope("messages:read", staff=True), response=DraftOut)
def read_reply_draft(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What you are writing on a ticket, from whatever machine; 404 where nothing is begun. Three statements."""
    ticket = _workable(request, number)
    draft = Draft.objects.filter(ticket=ticket, agent_id=request.viewer.agent_id or 0).first()
    if draft is None:
        raise Http404
    return answer(_row(draft))


@router.put("/tickets/{number}/draft", auth=Scope("messages:write", staff=True), response=DraftOut)
@once
@transaction.atomic
def keep_reply_draft(request: ApiRequest, number: Path[Number], given: DraftIn) -> HttpResponse:
    """Keep what is written so far in place of what was kept before; its files stay. There is one draft on a ticket."""
    html = given.html or (linebreaks(given.text, autoescape=True) if given.text else "")
    draft = save_draft(
        _workable(request, number),
        agent=agent_of(request),
        kind=given.kind,
        body_html=html,
        cc=given.cc,
        seen_id=given.seen_id,
    )
    for file in files_of(request, given.attachments):
        attach_to_draft(draft, file)
    return answer(_row(draft))


@router.delete("/tickets/{number}/draft", auth=Scope("messages:write", staff=True), response={204: None})
@once
def drop_reply_draft(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Throw what you were writing away, with its files; nothing happens where nothing was begun."""
    discard_draft(_workable(request, number), agent=agent_of(request))
    return nothing()


@router.delete(
    "/tickets/{number}/draft/files/{draft_file_id}",
    auth=Scope("messages:write", staff=True),
    response={204: None},
)
@once
def drop_draft_file(request: ApiRequest, number: Path[Number], draft_file_id: Path[Id]) -> HttpResponse:
    """Take a file off what you are writing."""
    ticket = _workable(request, number)
    mine = Attachment.objects.filter(draft__ticket=ticket, draft__agent_id=request.viewer.agent_id or 0)
    remove_attachment(get_object_or_404(mine, pk=draft_file_id))
    return nothing()


@router.get(
    "/tickets/{number}/pdf",
    auth=Scope("messages:read", staff=True),
    response={200: None},
    openapi_extra=file_answer("application/pdf", "The ticket as a PDF, in the language asked for by Accept-Language."),
)
def read_ticket_pdf(request: ApiRequest, number: Path[Number], asked: Query[PaperAsked]) -> HttpResponse:
    """A ticket on paper, without notes unless asked for; 403 for notes you may not read. Five statements."""
    ticket = seen_ticket(request, number, "assignee", "contact__organisation")
    note_look(ticket, by=request.viewer)
    with timezone.override(request.viewer.time_zone):
        made = ticket_pdf(ticket, request.viewer, with_notes=asked.notes)
    found = HttpResponse(made, content_type="application/pdf")
    found["Content-Disposition"] = f'attachment; filename="ticket-{ticket.number}.pdf"'
    found["Cache-Control"] = "no-store"
    return found
