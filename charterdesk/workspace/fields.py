"""A ticket's own fields beside it: read, changed, and the files in them."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from charterdesk.base.refused import Refused, require
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.fields import fields_of, values_of
from charterdesk.tickets.models import Attachment, Ticket
from charterdesk.tickets.policies import may_work_on
from charterdesk.ui.files import file_response
from charterdesk.ui.ticket_fields import AskedFields
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.ticket_file import read_file, read_ticket


def fields(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/fields: the form, with `?show=1` what stands in them. POST: change them."""
    if request.method != "POST" and "show" in request.GET:
        return _shown(request, number)
    ticket = read_ticket(request.viewer, number)
    require(may_work_on(request.viewer, ticket))
    form = AskedFields(request.POST or None, request.FILES or None)
    form.ask(fields_of(ticket.type, request.viewer), data=values_of(ticket))
    if request.method == "POST" and form.is_valid() and _kept(form, ticket, request):
        return _shown(request, number) if is_fragment(request) else redirect("workspace:ticket", number)
    template = "workspace/tickets/fields_form.html" if is_fragment(request) else "workspace/tickets/fields_page.html"
    context = {"ticket": ticket, "form": form, "place": "inbox"}
    return render(request, template, context, status=422 if form.errors else 200)


def _kept(form: AskedFields, ticket: Ticket, request: StaffRequest) -> bool:
    try:
        set_fields(ticket, by=request.viewer, values=form.field_values)
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    return True


def _shown(request: StaffRequest, number: int) -> HttpResponse:
    file = read_file(request.viewer, number)
    context: dict[str, Any] = {
        "file": file,
        "ticket": file.ticket,
        "may_work": may_work_on(request.viewer, file.ticket),
    }
    return render(request, "workspace/tickets/fields.html", context)


def file(request: StaffRequest, number: int, pk: int) -> HttpResponseBase:
    """GET tickets/<number>/fields/<id>: the file that stands in a field. Two statements."""
    ticket = read_ticket(request.viewer, number)
    found = get_object_or_404(Attachment, pk=pk, field_file__ticket=ticket, redacted_at=None)
    return file_response(
        found.sha256, filename=found.filename, content_type=found.content_type, in_place="show" in request.GET
    )


urls = [
    staff_path("tickets/<int:number>/fields", fields, name="fields"),
    staff_path("tickets/<int:number>/fields/<int:pk>", file, name="field_file"),
]
