"""The talk with a third party about a ticket: read alone, answered with an editor of its own."""

from typing import Any, BinaryIO, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import Refused
from charterdesk.tickets.actions import IncomingFile, forward_ticket
from charterdesk.tickets.models import Message, SideThread, Ticket
from charterdesk.tickets.policies import may_answer
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.conversation import message_view, with_files
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.tickets import changed

SHOWN = 50


class ManyFilesInput(forms.ClearableFileInput):
    """Any number of files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files, each checked as one; gives a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFilesInput, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files. Raises `ValidationError` for what is none, such as an empty one."""
        return [super(ManyFilesField, self).clean(one, initial) for one in data or ()]


class ThreadForm(forms.Form):
    """What is written to the third party."""

    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))
    attached = ManyFilesField(label=gettext_lazy("Files"), required=False)


def thread(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """GET tickets/<number>/threads/<id>: the talk. POST: write to them. Seven statements to look."""
    ticket = workable(request, number, may_answer)
    found = get_object_or_404(SideThread, pk=pk, ticket=ticket)
    form = ThreadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _send(request, ticket, found, form)
        except Refused as refused:
            form.add_error("text", refused.message)
    context = {
        "ticket": ticket,
        "thread": found,
        "form": form,
        "talk": _talk(request, found),
        "may_work": True,
        "title": _("Asked: {who}").format(who=found.address or "—"),
        "post_to": reverse("workspace:thread", args=[number, pk]),
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }
    return render(request, "workspace/tickets/thread.html", context, status=422 if form.errors else 200)


def _talk(request: StaffRequest, found: SideThread) -> list[Any]:
    """The last messages of it, oldest first. One statement."""
    shown = with_files(Message.objects.filter(side_thread=found)).order_by("-pk")[:SHOWN]
    return [message_view(message, request.viewer) for message in reversed(shown)]


def _send(request: StaffRequest, ticket: Ticket, found: SideThread, form: ThreadForm) -> HttpResponse:
    uploads = form.cleaned_data["attached"]
    files = [IncomingFile(filename=upload.name or "", stream=cast(BinaryIO, upload)) for upload in uploads]
    html = linebreaks(form.cleaned_data["text"], autoescape=True)
    forward_ticket(ticket, by=request.viewer, agent=me(request), address=found.address, html=html, files=files)
    return changed(request, ticket, _("Sent to {address}.").format(address=found.address))


urls = [staff_path("tickets/<int:number>/threads/<int:pk>", thread, name="thread")]
