"""Many requests with one cause: what was noticed, the problem made of it, and one answer to all its customers."""

import secrets
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import LANGUAGES
from charterdesk.surges.actions import (
    add_tickets,
    begin_surge,
    dismiss_surge,
    join_problem,
    make_problem,
    set_terms,
    start_circular,
    stop_circular,
)
from charterdesk.surges.actions.terms import LONGEST
from charterdesk.surges.actions.terms import MOST as MOST_TICKETS
from charterdesk.surges.jobs import send_circular
from charterdesk.surges.models import Circular, Surge, SurgeTicket
from charterdesk.surges.policies import may_answer_all, may_begin, may_decide, may_set_terms
from charterdesk.surges.queries import (
    circulars_about,
    languages_of,
    listed,
    seen_parts,
    surge_of,
    terms_in_force,
    tickets_of,
    to_answer,
    to_look_at,
)
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path

PAGE, NOW = 50, 3
LANGUAGE_NAMES = dict(LANGUAGES)


def surges(request: StaffRequest) -> HttpResponse:
    """GET surges/: what was noticed, newest first; for administrators, from when on. Two statements."""
    return _list(request, TermsForm(initial=_initial()) if may_set_terms(request.viewer) else None)


def _list(request: StaffRequest, form: "TermsForm | None", status: int = 200) -> HttpResponse:
    context = {
        "surges": list(listed(request.viewer)[:PAGE]),
        "terms": terms_in_force(),
        "form": form,
        "place": "surges",
    }
    return render(request, "workspace/surges/list.html", context, status=status)


class TermsForm(forms.Form):
    """From when on similar requests are pointed out."""

    tickets = forms.IntegerField(
        label=gettext_lazy("So many customers of one team write of the same"),
        help_text=gettext_lazy("0: it is never pointed out."),
        min_value=0,
        max_value=MOST_TICKETS,
    )
    minutes = forms.IntegerField(label=gettext_lazy("Within so many minutes"), min_value=1, max_value=LONGEST)


def _initial() -> dict[str, int]:
    terms = terms_in_force()
    return {"tickets": terms.tickets, "minutes": terms.minutes}


@require_POST
def change_terms(request: StaffRequest) -> HttpResponse:
    """POST surges/terms: point out more or less."""
    require(may_set_terms(request.viewer))
    form = TermsForm(request.POST)

    def keep() -> None:
        set_terms(by=request.viewer, **form.cleaned_data)

    if form.is_valid() and carried_out(form, keep, fields={"surges.bad_tickets": "tickets"}):
        say(request, _("Saved."))
        return redirect("workspace:surges")
    return _list(request, form, status=422)


def of_ticket(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/surge: to what it is part of. POST: others have this, too."""
    ticket = workable(request, number)
    if request.method != "POST":
        found = surge_of(ticket)
        return redirect("workspace:surge", found.pk) if found else redirect("workspace:surges")
    require(may_begin(request.viewer, ticket))
    return redirect("workspace:surge", begin_surge(ticket, by=request.viewer).pk)


@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """POST surges/<id>/tickets: the tickets with these `numbers` may belong to it, too."""
    surge = _surge(request, pk)
    require(may_decide(request.viewer, surge))
    numbers = [number_in(each.strip(" #")) for each in request.POST.get("numbers", "").replace(",", " ").split()[:100]]
    chosen = Ticket.objects.visible_to(request.viewer).filter(number__in=numbers)
    add_tickets(surge, ticket_ids=list(chosen.values_list("pk", flat=True)), by=request.viewer)
    return redirect("workspace:surge", pk)


def lately(request: StaffRequest) -> HttpResponse:
    """GET surges/now: what nobody looked at yet, a part of pages that comes after. One statement."""
    return render(request, "workspace/surges/now.html", {"surges": list(to_look_at(request.viewer)[:NOW])})


def surge_page(request: StaffRequest, pk: int) -> HttpResponse:
    """GET surges/<id>: its tickets, the problem, and what was written to all. Six statements at most."""
    surge = _surge(request, pk)
    parts = list(seen_parts(surge, request.viewer).select_related("contact")[:PAGE])
    context = {
        "surge": surge,
        "waiting": tickets_of(surge, request.viewer, SurgeTicket.WAITING),
        "parts": parts,
        "solved": sum(not part.is_open for part in parts),
        "may_decide": may_decide(request.viewer, surge),
        "circulars": circulars_about(surge.key),
        **(letter_to(to_answer(surge)) if may_answer_all(request.viewer, surge) else {}),
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
    write_to_all(request, to_answer(surge), about=surge.key)
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
    staff_path("surges/terms", change_terms, name="surge_terms"),
    staff_path("tickets/<int:number>/surge", of_ticket, name="ticket_surge"),
    staff_path("surges/<int:pk>/tickets", add, name="add_to_surge"),
    staff_path("surges/now", lately, name="surges_now"),
    staff_path("surges/<int:pk>", surge_page, name="surge"),
    staff_path("surges/<int:pk>/problem", problem, name="make_problem"),
    staff_path("surges/<int:pk>/parts", join, name="join_problem"),
    staff_path("surges/<int:pk>/dismissal", dismiss, name="dismiss_surge"),
    staff_path("surges/<int:pk>/circulars", answer_all, name="answer_all"),
    staff_path("circulars/<int:pk>", circular, name="circular"),
    staff_path("circulars/<int:pk>/stop", stop, name="stop_circular"),
]
