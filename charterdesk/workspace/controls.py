"""What stands under a subject and is changed in place: status, team, assignee, priority, type, tags."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import (
    assign_ticket,
    classify_ticket,
    close_ticket,
    follow_ticket,
    move_ticket,
    pause_ticket,
    prioritise_ticket,
    release_ticket,
    rename_ticket,
    reopen_ticket,
    resume_ticket,
    snooze_ticket,
    tag_ticket,
    unfollow_ticket,
    wake_ticket,
)
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_assign, may_close, may_reopen, may_work_on
from charterdesk.ui.moments import full_moment
from charterdesk.workspace.staff import StaffRequest, is_fragment, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket
from charterdesk.workspace.tickets import changed

MORNING = time(8)
NAPS = ("reply", "hours", "tomorrow", "monday", "week")


def workable(request: StaffRequest, number: int, may: Callable[[Viewer, Ticket], bool] = may_work_on) -> Ticket:
    """The ticket, if the viewer may do with it what `may` asks; a 404 or a 403 otherwise. One statement."""
    ticket = read_ticket(request.viewer, number)
    require(may(request.viewer, ticket))
    return ticket


def me(request: StaffRequest) -> Agent:
    """The agent who asks. One statement."""
    return get_object_or_404(Agent, pk=request.viewer.agent_id)


@require_POST
def set_status(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/status: `status` is open, pending, on_hold or closed; solving has its own form."""
    ticket = workable(request, number)
    status = request.POST.get("status", "")
    if status not in (Ticket.OPEN, Ticket.PENDING, Ticket.ON_HOLD, Ticket.CLOSED):
        return HttpResponse(status=422)
    change_status(ticket, status, by=request.viewer, reason=request.POST.get("reason", ""))
    return changed(request, ticket)


def change_status(ticket: Ticket, status: str, *, by: Viewer, reason: str = "") -> None:
    """Let `ticket` be open, wait, or end, by whichever action leads there. Raises what that refuses."""
    if status == Ticket.OPEN and not ticket.is_open:
        require(may_reopen(by, ticket))
        reopen_ticket(ticket, by=by)
    elif status == Ticket.OPEN:
        resume_ticket(ticket, by=by)
    elif status == Ticket.CLOSED:
        require(may_close(by, ticket))
        close_ticket(ticket, by=by)
    else:
        pause_ticket(ticket, by=by, status=status, reason=reason)


def people(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/people: who could have it, to choose from. Agents of its team, and the viewer's teams."""
    ticket = workable(request, number, may_assign)
    agents = Agent.objects.filter(memberships__team_id=ticket.team_id, is_active=True).order_by("name")
    teams = Team.objects.order_by("name")
    context = {"ticket": ticket, "agents": agents, "teams": teams}
    template = "workspace/tickets/people.html" if is_fragment(request) else "workspace/tickets/people_page.html"
    return render(request, template, context)


@require_POST
def set_assignee(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/assignee: `agent` is an id, "me", or empty for nobody."""
    ticket = workable(request, number, may_assign)
    choice = request.POST.get("agent", "")
    if not choice:
        release_ticket(ticket, by=request.viewer)
        return changed(request, ticket, _("Back in the queue of {team}.").format(team=ticket.team))
    agent = me(request) if choice == "me" else get_object_or_404(Agent, pk=number_in(choice), is_active=True)
    assign_ticket(ticket, agent=agent, by=request.viewer)
    return changed(request, ticket)


@require_POST
def set_team(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/team: hand it to another team, whether or not the viewer can follow it there."""
    ticket = workable(request, number, may_assign)
    team = get_object_or_404(Team, pk=number_in(request.POST.get("team", "")))
    move_ticket(ticket, team=team, by=request.viewer)
    text = _("Moved to {team}.").format(team=team)
    if not may_work_on(request.viewer, ticket):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = "/desk/"
        return response if "HX-Request" in request.headers else changed(request, ticket, text)
    return changed(request, ticket, text)


@require_POST
def set_priority(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/priority: 1 (urgent) to 4 (low)."""
    ticket = workable(request, number)
    prioritise_ticket(ticket, by=request.viewer, priority=number_in(request.POST.get("priority", "")))
    return changed(request, ticket)


@require_POST
def set_type(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/type: question, incident and so on."""
    ticket = workable(request, number)
    classify_ticket(ticket, by=request.viewer, type=request.POST.get("type", ""))
    return changed(request, ticket)


class TagForm(forms.Form):
    """Tags to put on, apart by commas, or one to take off."""

    add = forms.CharField(label=gettext_lazy("Add tags"), required=False, max_length=500)
    take_off = forms.CharField(required=False, max_length=50)


@require_POST
def set_tags(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/tags: put tags on, take one off."""
    ticket = workable(request, number)
    form = TagForm(request.POST)
    if form.is_valid():
        gone = form.cleaned_data["take_off"]
        tag_ticket(
            ticket,
            by=request.viewer,
            add=[tag for tag in form.cleaned_data["add"].split(",") if tag.strip()],
            remove=[gone] if gone else [],
        )
    return changed(request, ticket)


@require_POST
def set_subject(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/subject: rewrite it."""
    ticket = workable(request, number)
    rename_ticket(ticket, by=request.viewer, subject=request.POST.get("subject", ""))
    return changed(request, ticket)


@require_POST
def set_following(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/following: `follow` is "1" to hear of everything on it, empty to stop."""
    ticket = workable(request, number)
    action = follow_ticket if request.POST.get("follow") else unfollow_ticket
    action(ticket, by=request.viewer, agent=me(request))
    return changed(request, ticket)


@require_POST
def set_snooze(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/snooze: `nap` is one of `NAPS`, or `until` is a time; `wake` ends it."""
    ticket = workable(request, number)
    if "wake" in request.POST:
        wake_ticket(ticket, by=request.viewer)
        return changed(request, ticket, _("It is back."))
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        raise Refused("tickets.no_time", _("Choose until when."))
    until = form.ends()
    snooze_ticket(ticket, by=request.viewer, agent=me(request), until=until)
    text = _("Put off until {time}.").format(time=full_moment(until)) if until else _("Put off until a reply.")
    return changed(request, ticket, text)


class SnoozeForm(forms.Form):
    """How long a ticket is put off."""

    nap = forms.ChoiceField(required=False, choices=[(code, "") for code in NAPS])
    until = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not data.get("nap") and not data.get("until"):
            raise forms.ValidationError(_("Choose until when."))
        return data

    def ends(self) -> datetime | None:
        """The time meant, on the viewer's clock; None for until a reply."""
        at = self.cleaned_data["until"]
        return at or nap_ends(self.cleaned_data["nap"], localtime(now()))


def nap_ends(nap: str, at: datetime) -> datetime | None:
    """When a nap that begins at the local time `at` is over: in four hours, or at eight in the morning of a day."""
    days = {"tomorrow": 1, "monday": 7 - at.weekday(), "week": 7}
    if nap in days:
        morning = datetime.combine(at.date() + timedelta(days=days[nap]), MORNING)
        return make_aware(morning, at.tzinfo)
    return at + timedelta(hours=4) if nap == "hours" else None


def number_in(text: str) -> int:
    """The number in `text`; 0, which names nothing, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


urls = ticket_paths(
    status=set_status,
    people=people,
    assignee=set_assignee,
    team=set_team,
    priority=set_priority,
    type=set_type,
    tags=set_tags,
    subject=set_subject,
    following=set_following,
    snooze=set_snooze,
)
