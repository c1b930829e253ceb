"""What the desk should have done and could not: tried again, or given up with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.events.actions import drop_delivery, drop_job, drop_timer, retry_delivery, retry_job, retry_timer
from charterdesk.events.models import Delivery, Timer
from charterdesk.events.queries import failed_jobs, lag, parked_deliveries, parked_timers
from charterdesk.events.vital_signs import what_is_missing
from charterdesk.workspace.admin.desk import operator_path
from charterdesk.workspace.staff import StaffRequest, say

SHOWN = 100
KINDS = {
    "delivery": gettext_lazy("reaction"),
    "timer": gettext_lazy("timer"),
    "job": gettext_lazy("job"),
}


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One thing that failed for good."""

    kind: str
    pk: int
    what: str
    about: str
    error: str
    attempts: int
    at: datetime | None

    @property
    def kind_word(self) -> Any:
        """What it is, for people."""
        return KINDS[self.kind]


def failures(request: StaffRequest) -> HttpResponse:
    """GET admin/failures: everything parked, the newest of each kind first. Seven statements."""
    context = {
        "failures": [*_deliveries(), *_timers(), *_jobs()],
        "lag": lag(),
        "missing": what_is_missing(),
        "place": "admin",
    }
    return render(request, "workspace/admin/failures.html", context)


def _deliveries() -> list[Failure]:
    return [
        Failure(
            kind="delivery",
            pk=each.pk,
            what=each.handler,
            about=each.subject,
            error=each.error,
            attempts=each.attempts,
            at=each.created_at,
        )
        for each in parked_deliveries()[:SHOWN]
    ]


def _timers() -> list[Failure]:
    return [
        Failure(
            kind="timer",
            pk=each.pk,
            what=each.operation,
            about=each.subject or each.name,
            error=each.error,
            attempts=each.attempts,
            at=each.due_at,
        )
        for each in parked_timers()[:SHOWN]
    ]


def _jobs() -> list[Failure]:
    return [
        Failure(
            kind="job",
            pk=each.id,
            what=each.name,
            about=" ".join(f"{name}={value}" for name, value in each.args.items()),
            error=each.error,
            attempts=each.attempts,
            at=each.at,
        )
        for each in failed_jobs(SHOWN)
    ]


RETRY: dict[str, Callable[[int, StaffRequest], None]] = {
    "delivery": lambda pk, request: retry_delivery(get_object_or_404(Delivery, pk=pk), by=request.viewer),
    "timer": lambda pk, request: retry_timer(get_object_or_404(Timer, pk=pk), by=request.viewer),
    "job": lambda pk, request: retry_job(pk, by=request.viewer),
}
DROP: dict[str, Callable[[int, str, StaffRequest], None]] = {
    "delivery": lambda pk, reason, request: drop_delivery(
        get_object_or_404(Delivery, pk=pk), reason=reason, by=request.viewer
    ),
    "timer": lambda pk, reason, request: drop_timer(get_object_or_404(Timer, pk=pk), reason=reason, by=request.viewer),
    "job": lambda pk, reason, request: drop_job(pk, reason=reason, by=request.viewer),
}


@require_POST
def mend(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """POST admin/failures/<kind>/<id>: try it again; with `reason`, give it up."""
    if kind not in KINDS:
        raise Http404
    if "give_up" in request.POST:
        DROP[kind](pk, request.POST.get("reason", ""), request)
        say(request, _("Given up, and the reason is kept."))
    else:
        RETRY[kind](pk, request)
        say(request, _("It is tried again now."))
    return redirect("workspace:failures")


urls = [
    operator_path("admin/failures", failures, name="failures"),
    operator_path("admin/failures/<slug:kind>/<int:pk>", mend, name="mend"),
]
