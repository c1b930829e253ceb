"""Handing out what is kept of a customer; and erasing them: what goes, what stays, and the word that makes it so."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Contact
from charterdesk.records.actions import export_person
from charterdesk.records.queries import is_held
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, say


def erasure(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/contacts/<id>/erasure: what would go. POST with `sure`: it goes, for good. Eight statements to look."""
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
        "is_held": is_held(contact),
        "unsure": request.method == "POST",
        "place": "admin",
    }
    return render(request, "workspace/admin/erasure.html", context, status=422 if context["unsure"] else 200)


@require_POST
def hand_out(request: StaffRequest, pk: int) -> FileResponse:
    """POST admin/contacts/<id>/export: a zip of what is kept of them; with `with_notes` what the house wrote, too."""
    contact = get_object_or_404(Contact, pk=pk, erased_at=None)
    made = export_person(contact, by=request.viewer, with_notes="with_notes" in request.POST)
    return FileResponse(made, as_attachment=True, filename=f"customer-{contact.pk}.zip", content_type="application/zip")


urls = [
    administrator_path("admin/contacts/<int:pk>/erasure", erasure, name="erasure"),
    administrator_path("admin/contacts/<int:pk>/export", hand_out, name="hand_out"),
]
