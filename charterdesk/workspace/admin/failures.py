"""What the desk should have done and could not: tried again, or given up with a reason."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.events import failures as found
from charterdesk.events.queries import lag
from charterdesk.events.vital_signs import what_is_missing
from charterdesk.workspace.admin.desk import operator_path
from charterdesk.workspace.staff import StaffRequest, say

SHOWN = 100


def failures(request: StaffRequest) -> HttpResponse:
    """GET admin/failures: everything parked, the newest of each kind first. Eleven statements."""
    context = {
        "failures": [each for kind in found.KINDS for each in found.failures(kind, SHOWN)],
        "lag": lag(),
        "missing": what_is_missing(),
        "place": "admin",
    }
    return render(request, "workspace/admin/failures.html", context)


@require_POST
def mend(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """POST admin/failures/<kind>/<id>: try it again; with `reason`, give it up."""
    if kind not in found.KINDS:
        raise Http404
    if "give_up" in request.POST:
        found.drop_failure(kind, pk, reason=request.POST.get("reason", ""), by=request.viewer)
        say(request, _("Given up, and the reason is kept."))
    else:
        found.retry_failure(kind, pk, by=request.viewer)
        say(request, _("It is tried again now."))
    return redirect("workspace:failures")


urls = [
    operator_path("admin/failures", failures, name="failures"),
    operator_path("admin/failures/<slug:kind>/<int:pk>", mend, name="mend"),
]
