"""One request of a customer: where it stands, what was said, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.complaints.policies import may_complain_about
from charterdesk.people.models import Contact
from charterdesk.people.viewer import Viewer
from charterdesk.portal.complaints import complaint_panel
from charterdesk.portal.costs import costs_url
from charterdesk.portal.customers import PortalRequest, address_of, portal_path, request_of
from charterdesk.portal.details import details_of
from charterdesk.portal.forms import ReplyForm
from charterdesk.portal.grades import grading_of
from charterdesk.portal.hours import CHANNEL
from charterdesk.portal.steps import next_state, next_step, status_word, steps_of
from charterdesk.sla.queries import foremost, opening_for, promise_lines_of
from charterdesk.surges.queries import known_problem
from charterdesk.tickets.actions import Incoming, IncomingFile, close_ticket, receive_message, reopen_ticket
from charterdesk.tickets.grading import closes_at, terms_of
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.tickets.policies import is_their_own, may_close, may_grade, may_reopen
from charterdesk.ui.charter import charter_of
from charterdesk.ui.files import SHOWN_IN_PLACE, file_response
from charterdesk.ui.promises import PROMISED, nothing_promised

MESSAGES_PER_PAGE = 30
JUST_SENT = timedelta(minutes=1)
"""In this time a request may still get its promised times and its person: the page looks again by itself."""


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file as `ui/attachments.html` shows it."""

    name: str
    size: int
    url: str
    thumbnail_url: str


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """A message as `ui/message.html` shows it to its customer."""

    anchor: str
    side: str
    author: str
    at: object
    html: SafeString
    files: list[FileLine]
    is_redacted: bool
    quoted: str = ""
    kind: str = ""


def status(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """GET: where one request stands, and the talk so far. Fifteen statements at most."""
    ticket, viewer = request_of(request, number, token)
    if ticket.merged_into:
        return _went_on(request, ticket)
    return _page(request, ticket, viewer, token, ReplyForm())


def _went_on(request: PortalRequest, ticket: Ticket) -> HttpResponse:
    """A merged request: its customer follows the one it went into if that is theirs; else it only says so."""
    target = ticket.merged_into
    assert target is not None
    own = target.contact_id == ticket.contact_id
    context = {"ticket": ticket, "target": target if own else None, "href": address_of(target, "") if own else ""}
    return render(request, "portal/merged.html", context)


def _page(
    request: PortalRequest, ticket: Ticket, viewer: Viewer, token: str, form: ReplyForm, status_code: int = 200
) -> HttpResponse:
    """The status page."""
    terms = None if ticket.is_open else terms_of(ticket)
    over_at = closes_at(ticket, terms) if terms else None
    seen, earlier = _stretch(ticket, viewer, request.GET.get("before", ""))
    promises = promise_lines_of(ticket.pk)
    context = {
        "ticket": ticket,
        "token": token,
        "word": status_word(ticket),
        "steps": steps_of(ticket, over_at),
        "next_step": next_step(ticket, over_at),
        "next_state": next_state(ticket),
        "promise": foremost(promises) or nothing_promised(ticket),
        "is_just_sent": ticket.is_open and not promises and now() - ticket.opened_at < JUST_SENT,
        "promises": [(PROMISED[line.target], line) for line in promises],
        "hours": opening_for(ticket.team, CHANNEL) if ticket.is_open else None,
        **charter_of(ticket.pk),
        "lines": [_line(message, ticket, token) for message in seen],
        "earlier": earlier,
        "form": form,
        "details": details_of(ticket, viewer, token),
        "reply_url": address_of(ticket, token, "reply"),
        "reopen_url": address_of(ticket, token, "reopen"),
        "close_url": address_of(ticket, token, "close"),
        "is_own": is_their_own(viewer, ticket),
        "complaining": complaint_panel(ticket, token),
        "known": known_problem(ticket),
        "complain_url": address_of(ticket, token, "complain_about") if may_complain_about(viewer, ticket) else "",
        "grading": grading_of(ticket, terms, token) if terms and may_grade(viewer, ticket) else {},
        "costs_url": costs_url(ticket, token),
        "may_close": ticket.status != Ticket.CLOSED and may_close(viewer, ticket),
        "may_reopen": not ticket.is_open and may_reopen(viewer, ticket),
    }
    return render(request, "portal/status.html", context, status=status_code)


def _stretch(ticket: Ticket, viewer: Viewer, before: str) -> tuple[list[Message], int | None]:
    """The last messages (before number `before`), oldest first, and the one before which more lies. Two statements."""
    found = ticket.messages.visible_to(viewer).select_related("agent").prefetch_related("attachments").order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    newest_first = list(found[: MESSAGES_PER_PAGE + 1])
    shown = newest_first[:MESSAGES_PER_PAGE]
    return shown[::-1], shown[-1].pk if len(newest_first) > MESSAGES_PER_PAGE else None


def _line(message: Message, ticket: Ticket, token: str) -> MessageLine:
    """A message with its files."""
    text = _("The content was taken out.") if message.redacted_at else message.body_text
    author = message.agent.name if message.agent else message.author_name
    return MessageLine(
        anchor=f"message-{message.pk}",
        side="customer" if message.direction == Message.IN else "ours",
        author=author or (str(ticket.contact) if message.direction == Message.IN else ticket.team.name),
        at=message.created_at,
        html=mark_safe(linebreaks(urlize(text, nofollow=True, autoescape=True))),
        files=[_file(one, ticket, token) for one in message.attachments.all() if one.redacted_at is None],
        is_redacted=message.redacted_at is not None,
        kind=_("automatic") if message.is_automatic else "",
    )


def _file(attachment: Attachment, ticket: Ticket, token: str) -> FileLine:
    url = address_of(ticket, token, "file", pk=attachment.pk)
    shown = f"{url}?show=1" if attachment.content_type in SHOWN_IN_PLACE else ""
    return FileLine(name=attachment.filename, size=attachment.size, url=url, thumbnail_url=shown)


@require_POST
def reply(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST: the customer says something more, with files."""
    ticket, viewer = request_of(request, number, token)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, ticket, viewer, token, form, status_code=422)
    contact = _writer(ticket, viewer)
    message = receive_message(
        ticket,
        Incoming(
            contact=contact,
            channel="portal",
            text=form.cleaned_data["text"],
            author_name=str(contact),
            author_address=contact.email,
            files=incoming_files(form.cleaned_data["attachments"]),
        ),
        by=contact,
    )
    messages.success(request, _("Thank you. Your message is with us."))
    if message.ticket_id != ticket.pk and not token:
        return redirect(address_of(message.ticket, ""))
    return redirect(f"{address_of(ticket, token)}#message-{message.pk}")


def _writer(ticket: Ticket, viewer: Viewer) -> Contact:
    """Who writes: the customer whose request it is, or somebody of their organisation."""
    if is_their_own(viewer, ticket) or viewer.contact_id is None:
        return ticket.contact
    return Contact.objects.get(pk=viewer.contact_id)


@require_POST
def reopen(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST: it is not settled after all."""
    ticket, viewer = request_of(request, number, token)
    require(may_reopen(viewer, ticket))
    reopen_ticket(ticket, by=viewer)
    messages.success(request, _("Your request is open again."))
    return redirect(address_of(ticket, token))


@require_POST
def close(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST: it is settled, or no longer needed."""
    ticket, viewer = request_of(request, number, token)
    require(may_close(viewer, ticket))
    close_ticket(ticket, by=viewer, reason="customer")
    messages.success(request, _("Your request is closed. Thank you for telling us."))
    return redirect(address_of(ticket, token))


def file(request: PortalRequest, number: int, pk: int, token: str = "") -> HttpResponseBase:
    """GET: a file of a message the customer may read."""
    ticket, viewer = request_of(request, number, token)
    seen = ticket.messages.visible_to(viewer)
    found = get_object_or_404(Attachment.objects.filter(message__in=seen, redacted_at=None), pk=pk)
    return file_response(
        found.sha256, filename=found.filename, content_type=found.content_type, in_place="show" in request.GET
    )


def incoming_files(uploads: list[UploadedFile[Any]]) -> list[IncomingFile]:
    """Uploaded files as tickets take them."""
    return [
        IncomingFile(
            filename=upload.name or "",
            stream=upload.file,  # type: ignore[arg-type]
            content_type=upload.content_type or "",
        )
        for upload in uploads
    ]


urls = [
    portal_path("requests/<int:number>", status, "status"),
    portal_path("requests/<int:number>/reply", reply, "reply"),
    portal_path("requests/<int:number>/reopen", reopen, "reopen"),
    portal_path("requests/<int:number>/close", close, "close"),
    portal_path("requests/<int:number>/files/<int:pk>", file, "file"),
    portal_path("status/<int:number>/<str:token>", status, "status_by_link"),
    portal_path("status/<int:number>/<str:token>/reply", reply, "reply_by_link"),
    portal_path("status/<int:number>/<str:token>/reopen", reopen, "reopen_by_link"),
    portal_path("status/<int:number>/<str:token>/close", close, "close_by_link"),
    portal_path("status/<int:number>/<str:token>/files/<int:pk>", file, "file_by_link"),
]
