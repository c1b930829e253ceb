"""Customers who ask to be forgotten: what there is of each, and the decision, with a proof that names nobody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.people.models import ErasureRequest
from charterdesk.records.erasure import decline_request, erase_on_request
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, say

SHOWN = 100


def erasure_requests(request: StaffRequest) -> HttpResponse:
    """GET admin/erasure-requests: those that wait, then what was decided lately. Three statements."""
    return _page(request)


def _page(request: StaffRequest, *, unsure: int = 0) -> HttpResponse:
    """All wishes; `unsure` is the one that was to be granted without the tick."""
    found = ErasureRequest.objects.select_related("contact").prefetch_related("contact__identities")
    waiting = found.filter(state=ErasureRequest.ASKED).order_by("asked_at")[:SHOWN]
    decided = found.exclude(state=ErasureRequest.ASKED).order_by("-decided_at")[:SHOWN]
    context = {"waiting": waiting, "decided": decided, "unsure": unsure, "place": "admin"}
    return render(request, "workspace/admin/erasure_requests.html", context, status=422 if unsure else 200)


@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/erasure-requests/<id>/erasure with `sure`: they are forgotten, wholly or not at all; the receipt has
    proof. Nothing of it can be undone, so one wrong click is not enough."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("contact"), pk=pk)
    if "sure" not in request.POST:
        return _page(request, unsure=asked.pk)
    erase_on_request(asked, by=request.viewer)
    say(request, _("Erased. The receipt shows the proof."))
    return redirect("workspace:erasure_requests")


@require_POST
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/erasure-requests/<id>/refusal: not now, and why; they are told by mail and on the receipt."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("contact"), pk=pk)
    link = request.build_absolute_uri(reverse("portal:receipt", args=[asked.receipt]))
    decline_request(asked, by=request.viewer, answer=request.POST.get("answer", ""), link=link)
    say(request, _("Declined. They are told why."))
    return redirect("workspace:erasure_requests")


urls = [
    administrator_path("admin/erasure-requests", erasure_requests, name="erasure_requests"),
    administrator_path("admin/erasure-requests/<int:pk>/erasure", erase, name="erase_on_request"),
    administrator_path("admin/erasure-requests/<int:pk>/refusal", decline, name="decline_erasure"),
]
