"""Erasing a customer: what goes, what stays, and the word that makes it so."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Contact
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, say


def erasure(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/contacts/<id>/erasure: what would go. POST with `sure`: it goes, for good. Six statements to look."""
    contact = get_object_or_404(Contact.objects.prefetch_related("identities"), pk=pk, erased_at=None)
    if request.method == "POST" and "sure" in request.POST:
        erase_contact(contact, by=request.viewer)
        say(request, _("Erased. Their tickets stay, without a name and without texts."))
        return redirect("workspace:inbox")
    messages = Message.objects.filter(ticket__contact=contact)
    context = {
        "contact": contact,
        "tickets": Ticket.objects.filter(contact=contact).count(),
        "said": messages.count(),
        "files": Attachment.objects.filter(message__in=messages, redacted_at=None).count(),
        "unsure": request.method == "POST",
        "place": "admin",
    }
    return render(request, "workspace/admin/erasure.html", context, status=422 if context["unsure"] else 200)


urls = [administrator_path("admin/contacts/<int:pk>/erasure", erasure, name="erasure")]
