"""Many requests with one cause: what was noticed, the problem made of it, and one answer to all its customers."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import LANGUAGES
from charterdesk.surges.actions import dismiss_surge, join_problem, make_problem, start_circular, stop_circular
from charterdesk.surges.jobs import send_circular
from charterdesk.surges.models import Circular, Surge, SurgeTicket
from charterdesk.surges.policies import may_answer_all, may_decide
from charterdesk.surges.queries import (
    circulars_about,
    languages_of,
    listed,
    parts_of,
    seen_parts,
    tickets_of,
    to_look_at,
)
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.controls import me, number_in
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path

PAGE, NOW = 50, 3
LANGUAGE_NAMES = dict(LANGUAGES)


def surges(request: StaffRequest) -> HttpResponse:
    """GET surges/: what was noticed, newest first. One statement."""
    context = {"surges": list(listed(request.viewer)[:PAGE]), "place": "surges"}
    return render(request, "workspace/surges/list.html", context)


def lately(request: StaffRequest) -> HttpResponse:
    """GET surges/now: what nobody looked at yet, a part of pages that comes after. One statement."""
    return render(request, "workspace/surges/now.html", {"surges": list(to_look_at(request.viewer)[:NOW])})


def surge_page(request: StaffRequest, pk: int) -> HttpResponse:
    """GET surges/<id>: its tickets, the problem, and what was written to all. Six statements at most."""
    surge = _surge(request, pk)
    parts = parts_of(surge)
    context = {
        "surge": surge,
        "waiting": tickets_of(surge, request.viewer, SurgeTicket.WAITING),
        "parts": list(seen_parts(surge, request.viewer).select_related("contact")[:PAGE]),
        "may_decide": may_decide(request.viewer, surge),
        "circulars": circulars_about(surge.key),
        **(letter_to(parts) if may_answer_all(request.viewer, surge) else {}),
        "place": "surges",
    }
    return render(request, "workspace/surges/page.html", context)


def letter_to(tickets: Any) -> dict[str, Any]:
    """What the form of an answer to all of `tickets` needs: a field for each language they write in. One statement."""
    spoken = languages_of(tickets)
    fields = [
        {"code": code, "name": LANGUAGE_NAMES[code], "count": count, "text": ""}
        for code, count in spoken
        if code in LANGUAGE_NAMES
    ]
    return {"people": sum(count for _code, count in spoken), "fields": fields, "once": secrets.token_urlsafe(16)}


def _surge(request: StaffRequest, pk: int) -> Surge:
    return get_object_or_404(Surge.objects.visible_to(request.viewer).select_related("team", "problem"), pk=pk)


def _chosen(request: StaffRequest) -> list[int]:
    """The tickets that were ticked, as far as the viewer sees them. One statement."""
    ids = [number_in(pk) for pk in request.POST.getlist("ticket")]
    return list(Ticket.objects.visible_to(request.viewer).filter(pk__in=ids).values_list("pk", flat=True))


@require_POST
def problem(request: StaffRequest, pk: int) -> HttpResponse:
    """POST surges/<id>/problem: the ticked tickets (`ticket`) become part of one problem."""
    surge = _surge(request, pk)
    require(may_decide(request.viewer, surge))
    made = make_problem(
        surge,
        ticket_ids=_chosen(request),
        subject=request.POST.get("subject", "")[:300],
        told=request.POST.get("told", "")[:300],
        agent=me(request),
        by=request.viewer,
    )
    say(request, _("Problem #{number} holds them now.").format(number=made.number))
    return redirect("workspace:surge", pk)


@require_POST
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """POST surges/<id>/parts: the ticked tickets join the problem."""
    surge = _surge(request, pk)
    require(may_decide(request.viewer, surge))
    join_problem(surge, ticket_ids=_chosen(request), by=request.viewer)
    say(request, _("They belong to the problem now."))
    return redirect("workspace:surge", pk)


@require_POST
def dismiss(request: StaffRequest, pk: int) -> HttpResponse:
    """POST surges/<id>/dismissal: they have nothing in common."""
    surge = _surge(request, pk)
    require(may_decide(request.viewer, surge))
    dismiss_surge(surge, by=request.viewer)
    say(request, _("Noted. New ones that speak of it stay quiet for a day."))
    return redirect("workspace:surges")


@require_POST
def answer_all(request: StaffRequest, pk: int) -> HttpResponse:
    """POST surges/<id>/circulars: one answer (`text-<language>`) to every customer of the problem."""
    surge = _surge(request, pk)
    require(may_answer_all(request.viewer, surge))
    write_to_all(request, parts_of(surge), about=surge.key)
    return redirect("workspace:surge", pk)


def write_to_all(request: StaffRequest, tickets: Any, *, about: str) -> Circular:
    """Begin to send what the form says to the customers of `tickets`, in the background."""
    circular = start_circular(
        tickets,
        about=about,
        texts={code: request.POST.get(f"text-{code}", "")[:20_000] for code in LANGUAGE_NAMES},
        agent=me(request),
        by=request.viewer,
        once=request.POST.get("once", "")[:64] or secrets.token_urlsafe(16),
    )
    send_circular.defer(circular_id=circular.pk)
    count = ngettext("%(n)d customer is written to.", "%(n)d customers are written to.", circular.total)
    say(request, count % {"n": circular.total})
    return circular


def _circular(request: StaffRequest, pk: int) -> Circular:
    """A circular about what the viewer may see. Raises `Http404`. Two statements."""
    found = get_object_or_404(Circular.objects.select_related("agent"), pk=pk)
    kind, _colon, number = found.about.partition(":")
    if kind == "surge":
        _surge(request, int(number))
    else:
        require(may_write(request.viewer))
    return found


def circular(request: StaffRequest, pk: int) -> HttpResponse:
    """GET circulars/<id>: how far it is. Three statements."""
    found = _circular(request, pk)
    template = "workspace/surges/circular.html" if is_fragment(request) else "workspace/surges/circular_page.html"
    return render(request, template, {"circular": found, "place": "surges"})


@require_POST
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST circulars/<id>/stop: write to nobody more. For who began it and who may decide."""
    found = _circular(request, pk)
    require(found.agent_id == request.viewer.agent_id or request.viewer.runs_the_desk)
    stop_circular(found)
    if is_fragment(request):
        return circular(request, pk)
    return redirect("workspace:circular", pk)


urls = [
    staff_path("surges/", surges, name="surges"),
    staff_path("surges/now", lately, name="surges_now"),
    staff_path("surges/<int:pk>", surge_page, name="surge"),
    staff_path("surges/<int:pk>/problem", problem, name="make_problem"),
    staff_path("surges/<int:pk>/parts", join, name="join_problem"),
    staff_path("surges/<int:pk>/dismissal", dismiss, name="dismiss_surge"),
    staff_path("surges/<int:pk>/circulars", answer_all, name="answer_all"),
    staff_path("circulars/<int:pk>", circular, name="circular"),
    staff_path("circulars/<int:pk>/stop", stop, name="stop_circular"),
]
