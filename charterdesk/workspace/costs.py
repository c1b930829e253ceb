"""What a ticket costs, beside it: free or charged and why, time spent with a timer, contracts and orders."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.billing.actions.orders import name_order
from charterdesk.billing.actions.time_entries import add_time, remove_time, running_timer, start_timer, stop_timer
from charterdesk.billing.actions.verdicts import accept_verdict, decide_contest, set_free
from charterdesk.billing.models import Contract, Order, TimeEntry, Verdict
from charterdesk.billing.queries.contracts import left_of
from charterdesk.billing.queries.verdicts import costs_of
from charterdesk.billing.words import hours_words, left_words
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.charging import judge_ticket, work_on
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_accept_price, may_decide_verdict, may_track_time
from charterdesk.ui.words_field import words_field
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.staff import StaffRequest, answer, is_fragment, staff_path
from charterdesk.workspace.ticket_file import read_ticket

ORDERS_SHOWN = 10
_WHY, _NO_WORDS = gettext_lazy("Why, as the customer reads it"), gettext_lazy("Say why: the customer reads it.")
BAD_MINUTES = gettext_lazy("Give the time in minutes, from 1 to 1440.")


class TimeForm(forms.Form):
    """Time that was spent, noted by hand."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=1440,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), BAD_MINUTES),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=TimeEntry.KINDS, required=False)
    note = forms.CharField(label=gettext_lazy("What was done"), max_length=300, required=False)


class AnswerForm(forms.Form):
    """Why a verdict that is contested stands or does not."""

    words = words_field(_WHY, missing=_NO_WORDS, most=5000)


class FreeForm(forms.Form):
    """Why a request is free, though its reasons say otherwise."""

    words = words_field(_WHY, missing=_NO_WORDS, most=500)


def costs(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/costs: the part of the side that comes later, or a page. Ten statements at most, and one
    more for what was merged into it."""
    return _page(request, read_ticket(request.viewer, number))


def _page(request: StaffRequest, ticket: Ticket, **wrong: forms.Form) -> HttpResponse:
    """The part, or a page of it, with the form that was not in order."""
    template = "costs.html" if is_fragment(request) else "costs_page.html"
    context = {**costs_context(request, ticket), **wrong}
    return render(request, f"workspace/tickets/{template}", context, status=422 if wrong else 200)


def costs_context(request: StaffRequest, ticket: Ticket) -> dict[str, Any]:
    """What `costs.html` shows. Six statements, and one more for what was merged into the ticket."""
    viewer, today = request.viewer, now().date()
    whose: Any = {"contact_id": ticket.contact_id, "organisation_id": ticket.organisation_id}
    absorbed = _absorbed(viewer, ticket)
    found = costs_of(ticket.key, on=today, absorbed=absorbed)
    running = next((entry for entry in found.entries if entry.is_running and entry.agent_id == viewer.agent_id), None)
    contracts = Contract.objects.of(**whose).running_on(today).order_by("ends_on", "pk")
    return {
        "ticket": ticket,
        "costs": found,
        "entries": [(entry, absorbed.get(entry.about)) for entry in found.entries],
        "running": running,
        "spent": hours_words(found.minutes),
        "charged": hours_words(found.charged),
        "contracts": [(left.contract, _left_words(left)) for left in left_of(contracts, on=today)],
        "orders": list(Order.objects.of(**whose).order_by("-ordered_at")[:ORDERS_SHOWN]),
        "now": now(),
        "may_track": may_track_time(viewer, ticket),
        "may_accept": may_accept_price(viewer, ticket),
        "may_decide": may_decide_verdict(viewer, ticket),
        "time_form": TimeForm(),
        "answer_form": AnswerForm(auto_id="answer_%s"),
        "free_form": FreeForm(auto_id="free_%s"),
        "place": "inbox",
    }


def _absorbed(viewer: Viewer, ticket: Ticket) -> dict[str, int]:
    """The tickets that were merged into this one, over others as well: number by key. One query, and one more each step
    down."""
    found: dict[str, int] = {}
    into = [ticket.pk]
    while into:
        merged = Ticket.objects.visible_to(viewer).filter(merged_into__in=into)
        numbers = dict(merged.values_list("pk", "number"))
        found |= {f"ticket:{pk}": number for pk, number in numbers.items()}
        into = list(numbers)
    return found


def _left_words(left: Any) -> str:
    return _("all requests included") if left.contract.is_unlimited else left_words(
        left.contract, left.incidents, left.minutes
    )  # fmt: skip


def _shown(request: StaffRequest, ticket: Ticket, text: str = "") -> HttpResponse:
    """The part as it is now."""

    def fragment() -> str:
        return render_to_string("workspace/tickets/costs.html", costs_context(request, ticket), request)

    return answer(request, fragment, to=reverse("workspace:costs", args=[ticket.number]), text=text)


@require_POST
def time(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/time: `start` a timer, `stop` it, or note `minutes`; `kind` and `note` with each."""
    ticket = workable(request, number, may_track_time)
    agent = me(request)
    kind, note = _kind(request), request.POST.get("note", "").strip()[:300]
    if "start" in request.POST:
        start_timer(work_on(ticket), agent=agent, by=request.viewer, kind=kind, note=note)
        return _shown(request, ticket)
    if "stop" in request.POST:
        running = running_timer(agent)
        if running and running.about == ticket.key:
            stop_timer(running, by=request.viewer, note=note)
        return _shown(request, ticket, _("Noted."))
    form = TimeForm(request.POST)
    if not form.is_valid():
        return _page(request, ticket, time_form=form)
    minutes = form.cleaned_data["minutes"]
    add_time(work_on(ticket), agent=agent, minutes=minutes, kind=kind, note=note, by=request.viewer)
    return _shown(request, ticket, _("Noted."))


def _kind(request: StaffRequest) -> str:
    return TimeEntry.COURTESY if request.POST.get("kind") == TimeEntry.COURTESY else TimeEntry.BILLABLE


@require_POST
def time_removal(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """POST tickets/<number>/time/<id>/removal: it was not spent after all."""
    ticket = workable(request, number, may_track_time)
    entries = TimeEntry.objects.filter(about=ticket.key)
    if not may_decide_verdict(request.viewer, ticket):
        entries = entries.filter(agent_id=request.viewer.agent_id or 0)
    remove_time(get_object_or_404(entries, pk=pk), by=request.viewer)
    return _shown(request, ticket, _("Taken off."))


@require_POST
def verdict(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/verdict: `accept` what the customer said yes to, make it `free`, `uphold` or `keep` what
    they contest (with `words`), or `judge` it anew. `verdict` is the number of the one that was seen."""
    ticket = read_ticket(request.viewer, number)
    if "judge" in request.POST:
        workable(request, number, may_track_time)
        judge_ticket(ticket, by=request.viewer)
        return _shown(request, ticket)
    seen = get_object_or_404(Verdict, about=ticket.key, pk=_number(request.POST.get("verdict", "")))
    if "accept" in request.POST:
        workable(request, number, may_accept_price)
        accept_verdict(seen, by=request.viewer)
        return _shown(request, ticket, _("Kept, with the time and the words."))
    workable(request, number, may_decide_verdict)
    if "free" in request.POST:
        free = FreeForm(request.POST, auto_id="free_%s")
        if not free.is_valid():
            return _page(request, ticket, free_form=free)
        set_free(seen, words=free.cleaned_data["words"], by=request.viewer)
    elif contest := getattr(seen, "contest", None):
        said = AnswerForm(request.POST, auto_id="answer_%s")
        if not said.is_valid():
            return _page(request, ticket, answer_form=said)
        is_upheld = "uphold" in request.POST
        decide_contest(contest, is_upheld=is_upheld, answer=said.cleaned_data["words"], by=request.viewer)
    return _shown(request, ticket, _("Decided. The customer reads it."))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@require_POST
def ticket_order(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/order: it is about the order with id `order`; empty for none."""
    ticket = workable(request, number, may_track_time)
    own = Order.objects.of(contact_id=ticket.contact_id, organisation_id=ticket.organisation_id)
    chosen = request.POST.get("order", "")
    name_order(ticket.key, get_object_or_404(own, pk=_number(chosen)) if chosen else None, by=request.viewer)
    judge_ticket(ticket, by=request.viewer)
    return _shown(request, ticket)


urls = [
    staff_path("tickets/<int:number>/costs", costs, name="costs"),
    staff_path("tickets/<int:number>/time", time, name="time"),
    staff_path("tickets/<int:number>/time/<int:pk>/removal", time_removal, name="time_removal"),
    staff_path("tickets/<int:number>/verdict", verdict, name="verdict"),
    staff_path("tickets/<int:number>/order", ticket_order, name="ticket_order"),
]
