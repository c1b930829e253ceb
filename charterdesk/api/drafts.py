"""What an agent is writing on a ticket, kept wherever they write it; and the ticket on paper."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, file_answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Email, Given, Id, Number, Words, line
from charterdesk.api.macros import Step, check_steps
from charterdesk.api.messages import FileOut
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.refused import Refused, require
from charterdesk.tickets.actions import attach_to_draft, discard_draft, remove_attachment, save_draft
from charterdesk.tickets.actions.looks import note_look
from charterdesk.tickets.models import Attachment, Draft, Macro, Ticket
from charterdesk.tickets.policies import may_work_on, steps_beyond
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.ui.ticket_paper import ticket_pdf

router = Router(tags=["Messages and files"])
FILE = ("id", "filename", "content_type", "size", "is_inline")


class MacroTakenUp(Given):
    """A macro taken up: what it does besides its text is done once, when the draft is sent from the composer."""

    macro_id: Id
    name: Annotated[str, line(120)] = Field(ABSENT, description="Left out: as it is called.", examples=["On our way"])
    steps: list[Step] = Field(
        ABSENT, max_length=50, description="As they were when it was taken up; left out: as they are now."
    )
    left_out: list[Annotated[int, Field(ge=0, le=49), WHOLE]] = Field(
        [], max_length=50, description="The places, from 0, of steps that are not to be done.", examples=[[]]
    )


class DraftIn(Given):
    """What is written so far."""

    kind: Literal["reply", "note"] = "reply"
    text: Words = Field("", examples=["We are on our way."])
    html: Words = Field("", description="In place of `text`; made safe.")
    cc: list[Email] = Field([], max_length=50)
    seen_id: Id = Field(ABSENT, description="The last message you saw when you began.")
    macro: MacroTakenUp | None = Field(ABSENT, description="Left out or null: none.", examples=[None])
    attachments: list[Upload] = Field(
        [], max_length=50, description="Files to add, as `POST /uploads` gave them; those there stay.", examples=[[]]
    )


class MacroKept(BaseModel):
    """A macro that was taken up, as it was then, whatever became of it since."""

    macro_id: int
    name: str
    steps: list[dict[str, Any]]
    left_out: list[int] = Field(description="The places, from 0, of steps that are not to be done.")


class DraftOut(BaseModel):
    """What the asker is writing on a ticket. Nobody else reads it."""

    kind: str = Field(description="reply or note", examples=["reply"])
    html: str
    cc: list[str]
    seen_id: int | None
    macro: MacroKept | None = Field(description="What is done besides when it is sent from the composer.")
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
        "macro": draft.taken_up or None,
        "saved_at": draft.saved_at,
        "attachments": list(draft.attachments.order_by("pk").values(*FILE)),
    }


def _taken_up(request: ApiRequest, ticket: Ticket, given: MacroTakenUp) -> TakenUp:
    """The macro that is to be kept. Raises `Refused` for one that is not theirs to use and not kept already, and for
    steps that can't be done; `PermissionDenied` for those they may not do."""
    kept = Draft.objects.filter(ticket=ticket, agent_id=request.viewer.agent_id or 0).first()
    before = TakenUp.from_value(kept.taken_up) if kept else None
    macro = Macro.objects.visible_to(request.viewer).filter(pk=given.macro_id, is_active=True).first()
    known = TakenUp.of(macro) if macro else before
    if known is None or known.macro_id != given.macro_id:
        raise no_such("macro")
    steps = known.steps if given.steps is None else [step.model_dump(exclude_unset=True) for step in given.steps]
    found = TakenUp(
        macro_id=known.macro_id, name=given.name or known.name, steps=steps, left_out=frozenset(given.left_out)
    )
    check_steps(steps)
    if any(number >= len(steps) for number in given.left_out):
        raise Refused("api.no_such_step", _("There are not that many steps."))
    require(not steps_beyond(request.viewer, ticket, found))
    return found


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
    ticket = _workable(request, number)
    draft = save_draft(
        ticket,
        agent=agent_of(request),
        kind=given.kind,
        body_html=html,
        cc=given.cc,
        seen_id=given.seen_id,
        taken_up=_taken_up(request, ticket, given.macro) if given.macro else None,
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
