"""Outgoing mail that is in doubt, refused or held: an operator says whether it arrived or goes (again)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.channels.actions import settle_outgoing
from charterdesk.channels.models import Outgoing
from charterdesk.workspace.admin.desk import operator_path
from charterdesk.workspace.staff import StaffRequest, say

PAGE = 50


def held_mail(request: StaffRequest) -> HttpResponse:
    """GET admin/held-mail: newest first. Two statements."""
    found = (
        Outgoing.objects.filter(state__in=Outgoing.STUCK).select_related("message__ticket").defer("raw").order_by("-pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/admin/held_mail.html", {"page": page, "place": "admin"})


@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/held-mail/<id>: with `arrived` it is done, else it is sent (again)."""
    outgoing = get_object_or_404(Outgoing, pk=pk)
    arrived = "arrived" in request.POST
    settle_outgoing(outgoing, by=request.viewer, arrived=arrived)
    say(request, _("Counted as arrived.") if arrived else _("On its way again."))
    return redirect("workspace:held_mail")


urls = [
    operator_path("admin/held-mail", held_mail, name="held_mail"),
    operator_path("admin/held-mail/<int:pk>", settle, name="settle_mail"),
]
