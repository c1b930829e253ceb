"""Calls: who rings now, whom we missed and call back, what was talked about, and how soon calls are answered."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused, require
from charterdesk.calls.actions import file_call, name_caller
from charterdesk.calls.models import Call
from charterdesk.calls.numbers import people_at, ways_of
from charterdesk.calls.policies import may_file
from charterdesk.calls.queries import LINES, answered_by, on_line, open_tickets, shown_calls
from charterdesk.people.actions import identify_caller
from charterdesk.people.models import Contact
from charterdesk.people.permissions import READ_REPORTS
from charterdesk.sla.waits import explain_wait
from charterdesk.tickets.actions import Incoming, assign_ticket, open_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.controls import me, number_in
from charterdesk.workspace.staff import StaffRequest, say, staff_path

PAGE, FEW = 50, 10
SHOWS = [
    ("", gettext_lazy("All calls")),
    ("missed", gettext_lazy("Missed")),
    ("mine", gettext_lazy("Mine")),
]
DAYS = (1, 7, 30, 90)


def calls(request: StaffRequest) -> HttpResponse:
    """GET calls/: what goes on, whom we missed today, and all before; `show` is missed or mine, `before` a call's id.

    Five statements.
    """
    found = shown_calls(request.viewer)
    show, before = request.GET.get("show", ""), number_in(request.GET.get("before", ""))
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    past = found.filter(state=Call.ENDED)
    if show == "missed":
        past = past.missed()  # type: ignore[attr-defined]
    elif show == "mine":
        past = past.filter(agent=request.viewer.agent_id or 0)
    if before:
        past = past.filter(pk__lt=before)
    rows = list(past.order_by("-pk")[: PAGE + 1])
    context = {
        "going_on": list(found.exclude(state=Call.ENDED)[:FEW]),
        "to_call_back": [] if before else _missed_since(found, today),
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "show": show,
        "shows": SHOWS,
        "is_set_up": LINES.is_set_up(),
        "place": "calls",
    }
    return render(request, "workspace/calls/list.html", context)


def _missed_since(found: Any, since: datetime) -> list[Call]:
    """The calls missed since then, of each number the last. One statement."""
    seen: set[tuple[int, str]] = set()
    last = []
    for call in found.missed().filter(begun_at__gte=since)[:PAGE]:
        who = (call.team_id, call.number or call.key)
        if who not in seen:
            seen.add(who)
            last.append(call)
    return last


def ringing(request: StaffRequest) -> HttpResponse:
    """GET calls/now: the cards of who calls just now, a part of every page. Two statements, four for each card."""
    return render(request, "workspace/calls/now.html", {"cards": on_line(request.viewer)})


def call_page(request: StaffRequest, pk: int) -> HttpResponse:
    """GET calls/<id>: one call, who it may have been, why its answer was due when it was. Six statements."""
    call = _call(request, pk)
    people = people_at(call.number, like=call.line.number if call.line else "")
    context = {
        "call": call,
        "others": [contact for contact in people if contact.pk != call.contact_id],
        "tickets": open_tickets(call, request.viewer),
        "why": explain_wait(call.key) if call.direction == Call.IN else [],
        "may_file": may_file(request.viewer, call),
        "place": "calls",
    }
    return render(request, "workspace/calls/page.html", context)


@require_POST
def put_on_ticket(request: StaffRequest, pk: int) -> HttpResponse:
    """POST calls/<id>/ticket: put it on ticket `number`, or on a new one that the viewer takes; and go there."""
    call = _call(request, pk)
    require(may_file(request.viewer, call))
    wanted = request.POST.get("number", "").strip().removeprefix("#")
    if wanted:
        seen = Ticket.objects.visible_to(request.viewer).select_related("contact")
        ticket = seen.filter(number=number_in(wanted)).first()
        if ticket is None:
            raise Refused("calls.no_such_ticket", _("There is no ticket with this number."))
        file_call(call, ticket=ticket, by=request.viewer)
    else:
        ticket = call.ticket or _new_ticket(request, call)
    return redirect("workspace:ticket", ticket.number)


@transaction.atomic
def _new_ticket(request: StaffRequest, call: Call) -> Ticket:
    """A ticket for what the call is about, the viewer's own if they work for its team."""
    line = call.line
    language = line.language if line else request.viewer.language
    known_as = ways_of(call.number, like=line.number if line else "")[1:]
    number = call.number or "withheld"
    contact = call.contact or identify_caller(number=number, known_as=known_as, language=language, by=request.viewer)
    incoming = Incoming(
        contact=contact,
        channel="phone",
        subject=_("Call of %(name)s") % {"name": contact},
        text=_("A call, taken by telephone."),
        author_name=contact.name,
        author_address=call.number,
        once=f"call:{call.pk}",
    )
    ticket = open_ticket(incoming, team=call.team, by=request.viewer)
    agent = me(request)
    if agent.memberships.filter(team=call.team_id).exists():
        assign_ticket(ticket, agent=agent, by=request.viewer)
    file_call(call, ticket=ticket, by=request.viewer)
    return ticket


@require_POST
def name_who(request: StaffRequest, pk: int) -> HttpResponse:
    """POST calls/<id>/contact: it is `contact`, one of those who may be calling from that number."""
    call = _call(request, pk)
    require(may_file(request.viewer, call))
    contact = Contact.objects.filter(pk=number_in(request.POST.get("contact", "")), erased_at=None).first()
    if contact is None:
        raise Refused("calls.no_such_contact", _("Choose who it was."))
    name_caller(call, contact=contact, by=request.viewer)
    say(request, _("Noted: it is %(name)s.") % {"name": contact})
    return redirect("workspace:call", pk)


def figures(request: StaffRequest) -> HttpResponse:
    """GET calls/figures: how soon calls were answered in the last `days`, by team, number and hour. Four statements."""
    require(request.viewer.may_in_some_team(READ_REPORTS))
    asked = number_in(request.GET.get("days", ""))
    days = asked if asked in DAYS else 7
    span = {"since": now() - timedelta(days=days), "until": now()}
    tables = [
        (_("By team"), answered_by("team", request.viewer, **span)),
        (_("By number"), answered_by("line", request.viewer, **span)),
        (_("By hour"), answered_by("hour", request.viewer, **span)),
    ]
    whole = answered_by("", request.viewer, **span)
    context = {"tables": tables, "whole": whole[0] if whole else None, "days": days, "spans": DAYS, "place": "calls"}
    return render(request, "workspace/calls/figures.html", context)


def of_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contacts/<id>/calls: the latest calls with a customer, a part of their page. One statement."""
    theirs = Q(contact=pk) | Q(contact__merged_into=pk)
    found = list(shown_calls(request.viewer).filter(theirs)[:FEW]) if LINES.is_set_up() else []
    return render(request, "workspace/calls/of_contact.html", {"calls": found})


def _call(request: StaffRequest, pk: int) -> Call:
    return get_object_or_404(shown_calls(request.viewer), pk=pk)


urls = [
    staff_path("calls/", calls, name="calls"),
    staff_path("calls/now", ringing, name="calls_now"),
    staff_path("calls/figures", figures, name="call_figures"),
    staff_path("calls/<int:pk>", call_page, name="call"),
    staff_path("calls/<int:pk>/ticket", put_on_ticket, name="call_ticket"),
    staff_path("calls/<int:pk>/contact", name_who, name="call_contact"),
    staff_path("contacts/<int:pk>/calls", of_contact, name="contact_calls"),
]
