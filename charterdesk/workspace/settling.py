"""How a ticket ended for its customer: their grade and consent beside it, and refusing it, as management alone may."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import require
from charterdesk.tickets.actions import give_consent, refuse_request
from charterdesk.tickets.actions.refusing import missing_for
from charterdesk.tickets.models import Consent, Grade, Message, RefusalAttempt, Ticket
from charterdesk.tickets.policies import may_read_refusals, may_solve
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket
from charterdesk.workspace.tickets import changed

PAGE = 100
LATEST = 5


class RefusalForm(forms.Form):
    """Why a request is refused, as its customer reads it."""

    explanation = forms.CharField(
        label=gettext_lazy("Explanation to the customer"),
        help_text=gettext_lazy("It is sent as soon as you refuse, and can't be called back."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


def settled(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/settled: grades, consents and refusals of a ticket, for its side. Four statements."""
    ticket = read_ticket(request.viewer, number)
    context = {
        "ticket": ticket,
        "grades": Grade.objects.filter(ticket=ticket).order_by("-pk")[:LATEST],
        "consents": Consent.objects.filter(ticket=ticket).select_related("agent", "message").order_by("-pk")[:LATEST],
        "attempts": RefusalAttempt.objects.filter(ticket=ticket).select_related("agent").order_by("-pk")[:LATEST],
    }
    return render(request, "workspace/tickets/settled.html", context)


def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/refusal: what it takes to refuse it, and the form; POST tries, and is kept either way."""
    ticket = workable(request, number)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        html = linebreaks(form.cleaned_data["explanation"], autoescape=True)
        attempt = refuse_request(ticket, by=request.viewer, explanation=html)
        if not attempt.is_barred:
            return changed(request, ticket, _("Refused. The explanation is on its way."))
    missing = missing_for(ticket, request.viewer)
    context = _dialog(request, ticket, "refusal", _("Refuse this request"), _("Refuse"))
    wanted = [
        (_("You are management."), RefusalAttempt.NOT_MANAGEMENT not in missing),
        (
            _("It is settled for the customer: they graded the solution 3 to 5, or agreed in writing."),
            RefusalAttempt.NOT_SETTLED not in missing,
        ),
        (_("An explanation is sent to them: write it here."), None),
    ]
    context |= {"form": form, "wanted": wanted, "was_barred": form.is_bound}
    return render(request, "workspace/tickets/refusal.html", context, status=422 if form.is_bound else 200)


def consent(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/consent: the customer's messages to choose from; POST keeps one as their consent."""
    ticket = workable(request, number, may_solve)
    if request.method == "POST":
        message = get_object_or_404(ticket.messages, pk=number_in(request.POST.get("message", "")))
        give_consent(ticket, by=request.viewer, message=message, agent=me(request))
        return changed(request, ticket, _("Kept. The ticket is closed."))
    theirs = ticket.messages.public().filter(
        direction=Message.IN, contact_id=ticket.contact_id, is_automatic=False, redacted_at=None
    )
    context = _dialog(request, ticket, "consent", _("The customer agreed in writing"), _("Keep as consent"))
    return render(request, "workspace/tickets/consent.html", {**context, "theirs": theirs.order_by("-pk")[:20]})


def _dialog(request: StaffRequest, ticket: Ticket, name: str, title: str, action: str) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "title": title,
        "action": action,
        "post_to": reverse(f"workspace:{name}", args=[ticket.number]),
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }


def refusals(request: StaffRequest) -> HttpResponse:
    """GET refusals/?before=: who wanted to refuse what, the latest first; also what was barred. Three statements."""
    require(may_read_refusals(request.viewer))
    seen = Ticket.objects.visible_to(request.viewer)
    found = RefusalAttempt.objects.filter(ticket__in=seen).select_related("ticket", "agent").order_by("-made_at", "-pk")
    before = number_in(request.GET.get("before", ""))
    rows = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    context = {
        "rows": [{"attempt": row, "missing": said_missing(row)} for row in rows[:PAGE]],
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "place": "reports",
    }
    return render(request, "workspace/reports/refusals.html", context)


def said_missing(attempt: RefusalAttempt) -> list[str]:
    """What barred it, in words."""
    said = dict(RefusalAttempt.MISSING)
    return [str(said[code]) for code in attempt.missing]


urls = [
    *ticket_paths(settled=settled, refusal=refuse, consent=consent),
    staff_path("refusals/", refusals, name="refusals"),
]
