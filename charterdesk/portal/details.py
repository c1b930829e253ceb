"""What the desk asked for beside the talk: shown to the customer, and changed by them where they may."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.viewer import Viewer
from charterdesk.portal.customers import PortalRequest, address_of, portal_path, request_of
from charterdesk.tickets.actions.fields import change_details
from charterdesk.tickets.fields import editable_fields, fields_and_values, is_asked_of_customers, shown, values_of
from charterdesk.tickets.models import Attachment, Ticket
from charterdesk.ui.files import file_response
from charterdesk.ui.ticket_fields import AskedFields


def details_of(ticket: Ticket, viewer: Viewer, token: str) -> dict[str, Any]:
    """What stands in the fields the customer may see, and where they change it. At most three statements."""
    fields, values = fields_and_values(ticket, viewer)
    if not fields:
        return {}
    found = shown(fields, values)
    lines = [
        {"label": each.field.label, "text": each.text, "href": _file_url(ticket, token, each.file)} for each in found
    ]
    is_theirs = ticket.is_open and ticket.contact_id == viewer.contact_id
    may_change = is_theirs and any(field.is_editable and is_asked_of_customers(field) for field in fields)
    return {"lines": lines, "change_url": address_of(ticket, token, "details") if may_change else ""}


def _file_url(ticket: Ticket, token: str, file: Attachment | None) -> str:
    return address_of(ticket, token, "detail_file", pk=file.pk) if file else ""


def details(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """GET: what the customer may change, as a form. POST: change it. A 404 where there is nothing."""
    ticket, viewer = request_of(request, number, token)
    fields = editable_fields(ticket, viewer)
    if not fields:
        raise Http404
    form = AskedFields(request.POST or None, request.FILES or None)
    form.ask(fields, data=values_of(ticket))
    if request.method == "POST" and form.is_valid() and _kept(form, ticket, viewer):
        messages.success(request, _("Thank you. Your details are changed."))
        return redirect(address_of(ticket, token))
    context = {"ticket": ticket, "form": form, "back": address_of(ticket, token)}
    return render(request, "portal/details_form.html", context, status=422 if form.errors else 200)


def _kept(form: AskedFields, ticket: Ticket, viewer: Viewer) -> bool:
    """Write it, unless something was emptied that the form asked for."""
    try:
        change_details(ticket, by=viewer, values=form.field_values)
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    return True


def file(request: PortalRequest, number: int, pk: int, token: str = "") -> HttpResponseBase:
    """GET: the file that stands in a field the customer may see. Three statements."""
    ticket, _viewer = request_of(request, number, token)
    seen = Attachment.objects.filter(field_file__ticket=ticket, field_file__field__is_public=True, redacted_at=None)
    found = get_object_or_404(seen, pk=pk)
    return file_response(found.sha256, filename=found.filename, content_type=found.content_type, in_place=False)


urls = [
    portal_path("requests/<int:number>/details", details, "details"),
    portal_path("requests/<int:number>/details/<int:pk>", file, "detail_file"),
    portal_path("status/<int:number>/<str:token>/details", details, "details_by_link"),
    portal_path("status/<int:number>/<str:token>/details/<int:pk>", file, "detail_file_by_link"),
]
