"""Complaints for the desk: where one stands, whom it is about, deciding it, and the register for management."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.complaints.actions import decide_complaint, escalate_complaint, lift_concern, name_concerned
from charterdesk.complaints.models import Complaint, Decision
from charterdesk.complaints.policies import may_decide, may_handle, may_read_register
from charterdesk.complaints.queries import DECIDED, OPEN, Asked, complaint_of, figures, level_after, register
from charterdesk.people.models import Agent
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket
from charterdesk.workspace.tickets import changed

PAGE = 50
DAYS = 90
STATES = [("", gettext_lazy("all")), (OPEN, gettext_lazy("not decided")), (DECIDED, gettext_lazy("decided"))]


class DecisionForm(forms.Form):
    """A verdict and why, as the customer reads them."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=Decision.VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons, as the customer reads them"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Give the reasons: the customer reads them.")},
    )


def strip(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/complaint: where it stands as a complaint, for under its head. Five statements."""
    ticket = read_ticket(request.viewer, number)
    complaint = complaint_of(ticket)
    context: dict[str, Any] = {"ticket": ticket, "complaint": complaint}
    if complaint is not None:
        context |= {
            "concerned": complaint.concerned.select_related("agent").order_by("pk"),
            "decision": complaint.decisions.order_by("-pk").first(),
            "following": level_after(complaint.level),
            "may_handle": may_handle(request.viewer, ticket),
            "may_decide": may_decide(request.viewer, ticket),
        }
    return render(request, "workspace/tickets/complaint.html", context)


def decide(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/decision: the form of a decision; POST decides, and sends it."""
    ticket = workable(request, number, may_decide)
    complaint = _complaint(ticket)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide_complaint(complaint, by=request.viewer, agent=me(request), **form.cleaned_data)
        return changed(request, ticket, _("Decided. The customer is told, with the reasons."))
    following = level_after(complaint.level)
    context = _dialog(request, ticket, "decision", _("Decide this complaint"))
    context |= {"form": form, "complaint": complaint, "following": following}
    return render(request, "workspace/tickets/decision.html", context, status=422 if form.errors else 200)


def escalate(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/level: what the next level is; POST hands the complaint to it."""
    ticket = workable(request, number, may_handle)
    complaint = _complaint(ticket)
    if request.method == "POST":
        escalate_complaint(complaint, by=request.viewer)
        return changed(request, ticket, _("The next level decides it."))
    context = _dialog(request, ticket, "level", _("To the next level"))
    context |= {"complaint": complaint, "following": level_after(complaint.level)}
    return render(request, "workspace/tickets/level.html", context)


def concerned(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/concerned: whom it is about; POST adds `agent`, or with `lift` takes one off again."""
    ticket = workable(request, number, may_handle)
    complaint = _complaint(ticket)
    if request.method == "POST" and (lifted := request.POST.get("lift", "")):
        require(may_decide(request.viewer, ticket))
        agent = get_object_or_404(Agent, pk=number_in(lifted))
        lift_concern(complaint, agent=agent, by=request.viewer)
        return changed(request, ticket, _("{agent} may see it again.").format(agent=agent))
    if request.method == "POST":
        agent = get_object_or_404(Agent, pk=number_in(request.POST.get("agent", "")), is_active=True)
        name_concerned(complaint, agent_ids=[agent.pk], by=request.viewer)
        return changed(request, ticket, _("It is about {agent}.").format(agent=agent))
    named = list(complaint.concerned.select_related("agent").order_by("pk"))
    others = Agent.objects.filter(is_active=True).exclude(pk__in=[one.agent_id for one in named]).order_by("name")
    context = _dialog(request, ticket, "concerned", _("Whom it is about"))
    context |= {
        "complaint": complaint,
        "named": named,
        "others": others,
        "may_lift": may_decide(request.viewer, ticket),
    }
    return render(request, "workspace/tickets/concerned.html", context)


def _complaint(ticket: Ticket) -> Complaint:
    complaint = complaint_of(ticket)
    if complaint is None:
        raise Http404
    complaint.ticket = ticket
    return complaint


def _dialog(request: StaffRequest, ticket: Ticket, name: str, title: str) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "title": title,
        "post_to": reverse(f"workspace:{name}", args=[ticket.number]),
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }


def complaints(request: StaffRequest) -> HttpResponse:
    """GET complaints/?state=&kind=&before=: the register with the figures of `DAYS` days. Eight statements."""
    require(may_read_register(request.viewer))
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    asked = Asked(
        state=state if state in (OPEN, DECIDED) else "",
        kind=kind if kind in dict(Complaint.KINDS) else "",
        before=number_in(request.GET.get("before", "")),
    )
    rows = list(register(request.viewer, asked)[: PAGE + 1])
    found = figures(request.viewer, since=now() - timedelta(days=DAYS))
    context = {
        "rows": [{"complaint": row, "decision": _latest(row)} for row in rows[:PAGE]],
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "asked": asked,
        "states": STATES,
        "kinds": Complaint.KINDS,
        "figures": found,
        "kept": None if found.kept is None else round(100 * found.kept),
        "days": DAYS,
        "place": "reports",
    }
    return render(request, "workspace/reports/complaints.html", context)


def _latest(complaint: Complaint) -> Decision | None:
    """Its last decision, from those fetched with it."""
    return max(complaint.decisions.all(), key=lambda one: one.pk, default=None)


urls = [
    *ticket_paths(complaint=strip, decision=decide, level=escalate, concerned=concerned),
    staff_path("complaints/", complaints, name="complaints"),
]
