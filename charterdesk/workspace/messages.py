"""What can be done to one message: read it whole, send it again, take it out, fetch its files."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.tickets.actions import redact_attachment, redact_message, resend_message
from charterdesk.tickets.models import Attachment, Message
from charterdesk.tickets.policies import may_answer, may_redact, may_work_on
from charterdesk.ui.files import file_response
from charterdesk.workspace.conversation import has_whole, own_images
from charterdesk.workspace.remote import (
    remote_addresses,
    showing_pictures,
    shown_once,
    with_pictures,
    with_verdicts,
)
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.tickets import changed

SENT_ONCE = (Message.SENT, Message.DELIVERED, Message.UNDELIVERED, Message.IN_DOUBT)


def _message(request: StaffRequest, pk: int) -> Message:
    """The message, if the viewer may see it. One statement."""
    found = Message.objects.visible_to(request.viewer).select_related("ticket__team", "ticket__contact")
    return get_object_or_404(found, pk=pk)


def whole(request: StaffRequest, pk: int) -> HttpResponse:
    """GET messages/<id>/whole: the message as it was sent, quotes and all."""
    message = _message(request, pk)
    files: list[dict[str, Any]] = [
        {"pk": file.pk, "cid": file.content_id, "type": file.content_type} for file in message.attachments.all()
    ]
    pictured = pk in showing_pictures([with_verdicts(message)], request.viewer, shown_once(request))
    html = with_pictures(message, message.body_html) if pictured else message.body_html
    context = {
        "message": message,
        "html": own_images(html, files),
        "pictures": 0 if pictured else len(remote_addresses(html)),
    }
    return render(request, "workspace/tickets/whole.html", context)


def menu(request: StaffRequest, pk: int) -> HttpResponse:
    """GET messages/<id>/menu: what can be done to it, for the menu beside it or as a page."""
    message = _message(request, pk)
    context = {
        "message": message,
        "ticket": message.ticket,
        "has_whole": has_whole(message),
        "may_work": may_work_on(request.viewer, message.ticket),
        "may_redirect": message.delivery in SENT_ONCE and message.direction == Message.OUT and not message.redacted_at,
        "may_redact": message.redacted_at is None and may_redact(request.viewer, message),
        "home": "" if is_fragment(request) else reverse("workspace:ticket", args=[message.ticket.number]),
        "place": "inbox",
    }
    template = "message_menu" if is_fragment(request) else "message_menu_page"
    return render(request, f"workspace/tickets/{template}.html", context)


class AddressForm(forms.Form):
    """Where a message is sent once more."""

    address = forms.EmailField(label=gettext_lazy("To"))


def resend(request: StaffRequest, pk: int) -> HttpResponse:
    """GET messages/<id>/resend: ask for another address. POST: send it once more, to `address` or to whom it went."""
    message = _message(request, pk)
    ticket = message.ticket
    require(may_answer(request.viewer, ticket))
    form = AddressForm(request.POST if "address" in request.POST else None, initial={"address": ticket.contact.email})
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        resend_message(message, by=request.viewer, address=form.cleaned_data["address"] if form.is_bound else "")
        return changed(request, ticket, _("On its way again."))
    context = {
        "ticket": ticket,
        "form": form,
        "title": _("Send it to another address"),
        "action": _("Send"),
        "post_to": request.path,
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }
    return render(request, "workspace/tickets/ask.html", context, status=422 if form.errors else 200)


@require_POST
def redact(request: StaffRequest, pk: int) -> HttpResponse:
    """POST messages/<id>/redaction: take its content out for good; with `file`, one of its files only."""
    message = _message(request, pk)
    require(may_redact(request.viewer, message))
    if file := request.POST.get("file", ""):
        redact_attachment(get_object_or_404(message.attachments, pk=int(file)), by=request.viewer)
    else:
        redact_message(message, by=request.viewer)
    return changed(request, message.ticket, _("Taken out."))


def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """GET files/<id>: a file of a message the viewer may see, or of their own draft; `?show=1` shows a picture."""
    seen = Message.objects.visible_to(request.viewer)
    mine = Q(draft__agent_id=request.viewer.agent_id or 0)
    found = get_object_or_404(Attachment.objects.filter(mine | Q(message__in=seen), redacted_at=None), pk=pk)
    return file_response(
        found.sha256, filename=found.filename, content_type=found.content_type, in_place="show" in request.GET
    )


urls = [
    staff_path("messages/<int:pk>/menu", menu, name="message_menu"),
    staff_path("messages/<int:pk>/whole", whole, name="whole"),
    staff_path("messages/<int:pk>/resend", resend, name="resend"),
    staff_path("messages/<int:pk>/redaction", redact, name="redact"),
    staff_path("files/<int:pk>", file, name="file"),
]
