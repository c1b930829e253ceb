"""Customers who ask to be forgotten: what there is of each, and the decision, with a proof that names nobody."""

from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.people.actions.customers import carry_out_erasure, decline_erasure
from charterdesk.people.models import Contact, ErasureRequest, Identity
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, say

SHOWN = 100


def erasure_requests(request: StaffRequest) -> HttpResponse:
    """GET admin/erasure-requests: those that wait, then what was decided lately. Three statements."""
    found = ErasureRequest.objects.select_related("contact").prefetch_related("contact__identities")
    waiting = found.filter(state=ErasureRequest.ASKED).order_by("asked_at")[:SHOWN]
    decided = found.exclude(state=ErasureRequest.ASKED).order_by("-decided_at")[:SHOWN]
    context = {"waiting": waiting, "decided": decided, "place": "admin"}
    return render(request, "workspace/admin/erasure_requests.html", context)


@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/erasure-requests/<id>/erasure: they are forgotten, wholly or not at all; the receipt has proof."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("contact"), pk=pk)
    with transaction.atomic():
        carry_out_erasure(asked, by=request.viewer, proof=_what_there_is(asked.contact))
        asked.proof["left"] = _what_is_left(asked.contact)
        asked.save(update_fields=["proof"])
    say(request, _("Erased. The receipt shows the proof."))
    return redirect("workspace:erasure_requests")


@require_POST
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/erasure-requests/<id>/refusal: not now, and why; they are told by mail and on the receipt."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("contact"), pk=pk)
    with transaction.atomic():
        decline_erasure(asked, by=request.viewer, answer=request.POST.get("answer", ""))
        _mail_answer(request, asked)
    say(request, _("Declined. They are told why."))
    return redirect("workspace:erasure_requests")


def _mail_answer(request: StaffRequest, asked: ErasureRequest) -> None:
    contact = asked.contact
    if not contact.email:
        return
    link = request.build_absolute_uri(reverse("portal:receipt", args=[asked.receipt]))
    facts = {"name": contact.name, "answer": asked.answer, "link": link}
    with translation.override(contact.language):
        subject = render_to_string("workspace/mails/erasure_declined.subject.txt", facts).strip()
        text = render_to_string("workspace/mails/erasure_declined.txt", facts).strip() + "\n"
    send_mail(subject, text, None, [contact.email])


def _messages(contact: Contact) -> QuerySet[Message]:
    return Message.objects.filter(ticket__contact=contact)


def _what_there_is(contact: Contact) -> dict[str, int]:
    """How much is about to go, in numbers. Four statements."""
    return {
        "requests": Ticket.objects.filter(contact=contact).count(),
        "messages": _messages(contact).count(),
        "files": Attachment.objects.filter(message__in=_messages(contact), redacted_at=None).count(),
        "addresses": contact.identities.count(),
    }


def _what_is_left(contact: Contact) -> int:
    """How many addresses, files and texts of theirs are there after all: 0 if all went well. Three statements."""
    found: list[Any] = [
        Identity.objects.filter(contact=contact),
        _messages(contact).exclude(body_text="", body_html="", author_address=""),
        Attachment.objects.filter(message__in=_messages(contact), redacted_at=None),
    ]
    return sum(each.count() for each in found)


urls = [
    administrator_path("admin/erasure-requests", erasure_requests, name="erasure_requests"),
    administrator_path("admin/erasure-requests/<int:pk>/erasure", erase, name="erase_on_request"),
    administrator_path("admin/erasure-requests/<int:pk>/refusal", decline, name="decline_erasure"),
]
