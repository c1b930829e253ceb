"""Writing: reply, note or solution; drafts that follow the person; files by paste and drop; undo and later sending."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.html import html_to_text
from charterdesk.base.refused import require
from charterdesk.people.models import Agent
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import (
    Overtaken,
    add_note,
    attach_to_draft,
    call_back_message,
    discard_draft,
    open_parts,
    pause_ticket,
    remove_attachment,
    save_draft,
    send_message,
    solve_family,
    solve_ticket,
    take_steps,
    was_sent,
)
from charterdesk.tickets.actions.articles import use_articles
from charterdesk.tickets.actions.files import IncomingFile
from charterdesk.tickets.mentions import mentioned_in
from charterdesk.tickets.models import Attachment, Draft, Message, Ticket
from charterdesk.tickets.policies import may_answer, may_solve, may_work_on, steps_beyond
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.ui.moments import full_moment
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.macro_words import words_of_skips, words_of_steps
from charterdesk.workspace.macros import READ_SECONDS
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.taken_up import unsealed
from charterdesk.workspace.tickets import changed, written

REPLY, NOTE, SOLUTION = "reply", "note", "solution"
UNDO_SECONDS = 10
STATUS_STEPS = {"tickets.pause", "tickets.resume", "tickets.solve"}
ONCE = re.compile(r"[0-9a-f]{32}")
OWN_PICTURE = re.compile(r'src="(?:https?://[^/"]+)?/desk/files/(\d+)\?show=1"')


def _key(once: str) -> str | None:
    """By which a message says which form it was written in; None of nothing and of nonsense."""
    return f"form:{once}" if ONCE.fullmatch(once) else None


class AddressesField(forms.CharField):
    """E-mail addresses apart by commas; gives a list."""

    def clean(self, value: Any) -> Any:
        """The addresses. Raises `ValidationError` naming the first that is none."""
        addresses = [part.strip() for part in (super().clean(value) or "").split(",") if part.strip()]
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                text = _("“{address}” is not an e-mail address.").format(address=address)
                raise ValidationError(text) from None
        return addresses


class ComposerForm(forms.Form):
    """What the composer sends: `html` from the editor, or `text` where no script runs."""

    kind = forms.ChoiceField(choices=[(REPLY, ""), (NOTE, ""), (SOLUTION, "")])
    html = forms.CharField(required=False)
    text = forms.CharField(required=False, label=gettext_lazy("Text"))
    cc = AddressesField(required=False, label=gettext_lazy("Copies"))
    send_at = forms.DateTimeField(required=False, label=gettext_lazy("Send at"))
    seen = forms.IntegerField(required=False, min_value=0)
    anyway = forms.IntegerField(required=False, min_value=0)
    once = forms.RegexField(ONCE, required=False)
    taken_up = forms.CharField(required=False)
    way = forms.ChoiceField(required=False, choices=[("", ""), ("email", ""), ("sms", "")])
    then = forms.ChoiceField(required=False, choices=[("", ""), (Ticket.PENDING, ""), (Ticket.ON_HOLD, "")])

    body = ""
    """What was written, as HTML not yet made safe; pictures of the draft are named by their `cid:`."""

    def clean_taken_up(self) -> TakenUp | None:
        """The macro that was taken up, as far as it was left checked. Raises `ValidationError` for what is not ours."""
        try:
            return _taken_up(self.data)
        except BadSignature:
            raise ValidationError(_("Choose the macro again.")) from None

    @property
    def seen_id(self) -> int | None:
        """The last message the writer saw; what they were told of since counts as seen."""
        known = [self.cleaned_data[name] for name in ("seen", "anyway") if self.cleaned_data[name] is not None]
        return max(known, default=None)

    @property
    def key(self) -> str | None:
        """What makes the same form, sent again, the same message."""
        return _key(self.cleaned_data["once"])


@require_POST
def write(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/messages: send a reply, leave a note, or solve with what was written."""
    ticket = workable(request, number)
    form = ComposerForm(request.POST)
    if not form.is_valid() or _goes_beyond(request, ticket, form):
        return render(request, "workspace/tickets/composer_errors.html", {"form": form, "ticket": ticket}, status=422)
    _take_files(request, ticket)
    written_html = form.cleaned_data["html"] or linebreaks(form.cleaned_data["text"], autoescape=True)
    form.body = with_content_ids(written_html, ticket, request.viewer)
    kind = form.cleaned_data["kind"]
    if kind == NOTE:
        return _note(request, ticket, form)
    require((may_solve if kind == SOLUTION else may_answer)(request.viewer, ticket))
    try:
        return (_solve if kind == SOLUTION else _send)(request, ticket, form)
    except Overtaken as overtaken:
        return _overtaken(request, ticket, form, overtaken)


def _taken_up(data: Any) -> TakenUp | None:
    """What a form (a `QueryDict`) carried of a macro. Raises `BadSignature` for what the desk did not write."""
    return unsealed(data.get("taken_up", ""), kept=[number_in(step) for step in data.getlist("step")])


def _goes_beyond(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> bool:
    """Whether the macro is to do what the viewer may not; then the form says what."""
    taken_up: TakenUp | None = form.cleaned_data["taken_up"]
    beyond = steps_beyond(request.viewer, ticket, taken_up) if taken_up else []
    if taken_up and beyond:
        words = words_of_steps(taken_up.steps)
        text = _("You may not do this here: {deeds}. Leave it out and send again.")
        form.add_error(None, text.format(deeds="; ".join(words[number] for number in beyond)))
    return bool(beyond)


def _note(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> HttpResponse:
    mentions = mentioned_in(html_to_text(form.body))
    with transaction.atomic():
        is_again = was_sent(ticket, once=form.key)
        add_note(ticket, by=request.viewer, agent=me(request), html=form.body, mentions=mentions, once=form.key)
        taken = Taken() if is_again else _take_steps(request, ticket, form)
    return _written(request, ticket, _("Note added."), taken)


def _solve(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> HttpResponse:
    """A solution is text: it is read out, searched and mailed."""
    with transaction.atomic():
        taken = _take_steps(request, ticket, form)
        is_family = "children" in request.POST
        require(not is_family or all(may_solve(request.viewer, part) for part in open_parts(ticket)))
        solve = solve_family if is_family else solve_ticket
        solve(ticket, by=request.viewer, solution=form.cleaned_data["text"], seen_id=form.seen_id)
        discard_draft(ticket, agent=me(request))
    return _written(request, ticket, _("Solved. The customer is told how."), taken)


def _send(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> HttpResponse:
    send_at: datetime | None = form.cleaned_data["send_at"]
    with transaction.atomic():
        is_again = was_sent(ticket, once=form.key)
        message = send_message(
            ticket,
            by=request.viewer,
            agent=me(request),
            html=form.body,
            send_at=send_at,
            cc=form.cleaned_data["cc"] if "cc" in request.POST else None,
            seen_id=form.seen_id,
            once=form.key,
            way=form.cleaned_data["way"],
        )
        taken = Taken() if is_again else _do_besides(request, ticket, form)
    text = _("Leaves {time}.").format(time=full_moment(send_at)) if send_at else _("Sent.")
    undo = reverse("workspace:call_back", args=[ticket.number, message.pk])
    return _written(request, ticket, text, taken, undo=undo, seconds=UNDO_SECONDS)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a macro that was taken up did besides: its operations, and what came to nothing, as a sentence."""

    operations: frozenset[str] = frozenset()
    not_done: str = ""


def _do_besides(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> Taken:
    """What is done as a reply is sent: articles given, the macro's steps, and how the ticket waits then."""
    if given := request.POST.getlist("article"):
        use_articles(ticket, text_ids=map(number_in, given), by=request.viewer)
    taken = _take_steps(request, ticket, form)
    if form.cleaned_data["then"] and ticket.is_open and not STATUS_STEPS & taken.operations:
        pause_ticket(ticket, by=request.viewer, status=form.cleaned_data["then"])
    return taken


def _take_steps(request: StaffRequest, ticket: Ticket, form: ComposerForm) -> Taken:
    """Do what the macro that was taken up does besides, as far as it was left checked."""
    taken_up: TakenUp | None = form.cleaned_data["taken_up"]
    if taken_up is None:
        return Taken()
    skips = take_steps(ticket, taken_up=taken_up, agent=me(request), by=request.viewer)
    return Taken(taken_up.operations, words_of_skips(taken_up.steps, skips))


def _written(
    request: StaffRequest, ticket: Ticket, text: str, taken: Taken, *, undo: str = "", seconds: int = 6
) -> HttpResponse:
    """As `written`; what a macro did not do stands in the toast, too."""
    if taken.not_done:
        text, seconds = f"{text} {taken.not_done}", READ_SECONDS
    return written(request, ticket, text, undo=undo, seconds=seconds)


def _overtaken(request: StaffRequest, ticket: Ticket, form: ComposerForm, overtaken: Overtaken) -> HttpResponse:
    """Show what came between. The text stays in the composer; without script it becomes the draft."""
    if is_fragment(request):
        context = {"form": form, "ticket": ticket, "overtaken": overtaken}
        return render(request, "workspace/tickets/composer_errors.html", context, status=422)
    cc, taken_up = form.cleaned_data["cc"], form.cleaned_data["taken_up"]
    save_draft(ticket, agent=me(request), kind=REPLY, body_html=form.body, cc=cc, taken_up=taken_up)
    return changed(request, ticket, overtaken.message)


def _take_files(request: StaffRequest, ticket: Ticket, *, inline: bool = False) -> list[Attachment]:
    """Files put on the viewer's draft, `inline` those that stand in the text; what script did not send before."""
    if not request.FILES:
        return []
    draft = _draft(ticket, me(request))
    return [
        attach_to_draft(
            draft,
            IncomingFile(
                filename=upload.name or "",
                stream=cast(BinaryIO, upload),
                content_id=f"{uuid4().hex}@charterdesk" if inline else "",
                is_inline=inline,
            ),
        )
        for upload in request.FILES.getlist("files")
    ]


def with_content_ids(html: str, ticket: Ticket, viewer: Viewer) -> str:
    """`html` from the editor with the pictures on the viewer's own draft named as mails name them.

    One statement, none without pictures. Pictures that lie elsewhere at the desk lose their address.
    """
    if not OWN_PICTURE.search(html):
        return html
    mine = Attachment.objects.filter(draft__ticket=ticket, draft__agent_id=viewer.agent_id or 0, is_inline=True)
    names = {str(pk): name for pk, name in mine.values_list("pk", "content_id")}
    return OWN_PICTURE.sub(lambda found: f'src="cid:{names[found[1]]}"' if found[1] in names else "", html)


@require_POST
@transaction.atomic
def draft(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/draft: keep what is being written; with `discard`, throw it away.

    What comes after the form it is of (`once`) was sent is kept no more.
    """
    ticket = workable(request, number)
    if "discard" in request.POST:
        discard_draft(ticket, agent=me(request))
        return written(request, ticket, _("Draft thrown away."))
    if was_sent(ticket, once=_key(request.POST.get("once", ""))):
        return JsonResponse({"saved_at": None})
    taken_up = None
    with suppress(BadSignature):  # the text is kept all the same
        taken_up = _taken_up(request.POST)
    cc = [part.strip() for part in request.POST.get("cc", "").split(",")]
    kind = request.POST.get("kind", REPLY)
    seen_id = number_in(request.POST.get("seen", "")) or None
    html = with_content_ids(request.POST.get("html", ""), ticket, request.viewer)
    saved = save_draft(ticket, agent=me(request), kind=kind, body_html=html, cc=cc, seen_id=seen_id, taken_up=taken_up)
    return JsonResponse({"saved_at": saved.saved_at.isoformat()})


def _draft(ticket: Ticket, agent: Agent) -> Draft:
    """The agent's draft on `ticket`, begun if there is none."""
    return Draft.objects.filter(ticket=ticket, agent=agent).first() or save_draft(
        ticket, agent=agent, kind=REPLY, body_html=""
    )


@require_POST
def add_files(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/files: put files on the draft; answers with the list of them.

    With `inline` they stand in the text: answers with where pictures are seen (`url` and `name`, as JSON).
    """
    ticket = workable(request, number)
    stored = _take_files(request, ticket, inline="inline" in request.POST)
    if "inline" not in request.POST:
        return _files(request, ticket)
    shown = [
        {"url": f"{reverse('workspace:file', args=[one.pk])}?show=1", "name": one.filename}
        for one in stored
        if one.is_inline
    ]
    return JsonResponse({"pictures": shown})


@require_POST
def remove_file(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """POST tickets/<number>/files/<id>/removal: take a file off the viewer's own draft."""
    ticket = workable(request, number)
    mine = Attachment.objects.filter(draft__ticket=ticket, draft__agent_id=request.viewer.agent_id or 0)
    remove_attachment(get_object_or_404(mine, pk=pk))
    return _files(request, ticket)


def _files(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    if not is_fragment(request):
        return changed(request, ticket)
    mine = Attachment.objects.filter(draft__ticket=ticket, draft__agent_id=request.viewer.agent_id or 0)
    rows = mine.filter(is_inline=False).order_by("pk")
    files = [{"pk": row.pk, "name": row.filename, "size": row.size} for row in rows]
    return render(request, "workspace/tickets/draft_files.html", {"ticket": ticket, "files": files})


@require_POST
def call_back(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """POST tickets/<number>/messages/<id>/call-back: undo sending; what was written is a draft again."""
    ticket = workable(request, number)
    message = get_object_or_404(Message.objects.select_related("ticket", "agent"), pk=pk, ticket=ticket)
    require(may_work_on(request.viewer, message.ticket))
    call_back_message(message, by=request.viewer)
    return written(request, ticket, _("Not sent. It is a draft again."))


urls = [
    staff_path("tickets/<int:number>/messages", write, name="write"),
    staff_path("tickets/<int:number>/draft", draft, name="draft"),
    staff_path("tickets/<int:number>/files", add_files, name="files"),
    staff_path("tickets/<int:number>/files/<int:pk>/removal", remove_file, name="remove_file"),
    staff_path("tickets/<int:number>/messages/<int:pk>/call-back", call_back, name="call_back"),
]
