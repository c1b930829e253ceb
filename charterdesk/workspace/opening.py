"""A ticket that an agent opens for a customer: after a call, a letter, a word at the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from charterdesk.people.actions import identify_contact
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.actions import Incoming, assign_ticket, open_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.controls import me
from charterdesk.workspace.staff import StaffRequest, staff_path


class OpeningForm(forms.Form):
    """Who asks, how they came, and what for."""

    email = forms.EmailField(label=_("E-mail address of the customer"))
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    text = forms.CharField(label=_("What they asked for"), widget=forms.Textarea)
    channel = forms.ChoiceField(label=_("How they came"), choices=Ticket.CHANNELS, initial="phone")
    team = forms.TypedChoiceField(label=_("Team"), coerce=int)
    type = forms.ChoiceField(label=_("Type"), choices=Ticket.TYPES)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Ticket.PRIORITIES, coerce=int, initial=Ticket.NORMAL)
    is_mine = forms.BooleanField(label=_("I take it"), required=False, initial=True)

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(team.pk, team.name) for team in teams]  # type: ignore[attr-defined]


def new(request: StaffRequest) -> HttpResponse:
    """GET and POST tickets/new: the form, and the ticket it opens."""
    teams = list(Team.objects.filter(pk__in=request.viewer.team_ids).order_by("name"))
    initial = {"language": request.viewer.language, "email": request.GET.get("email", "")}
    form = OpeningForm(request.POST or None, teams=teams, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("workspace:ticket", _open(request, form.cleaned_data, teams).number)
    status = 422 if form.is_bound else 200
    return render(request, "workspace/tickets/new.html", {"form": form, "place": "new"}, status=status)


@transaction.atomic
def _open(request: StaffRequest, asked: dict[str, Any], teams: Sequence[Team]) -> Ticket:
    """Open the ticket, and take it if that was ticked and the agent is in its team."""
    team = next(team for team in teams if team.pk == asked["team"])
    contact = identify_contact(email=asked["email"], name=asked["name"], language=asked["language"], by=request.viewer)
    incoming = Incoming(
        contact=contact,
        subject=asked["subject"],
        text=asked["text"],
        channel=asked["channel"],
        author_name=str(contact),
    )
    ticket = open_ticket(
        incoming,
        team=team,
        by=request.viewer,
        type=asked["type"],
        priority=asked["priority"],
        language=asked["language"],
    )
    agent = me(request)
    if asked["is_mine"] and agent.memberships.filter(team=team).exists():
        assign_ticket(ticket, agent=agent, by=request.viewer)
    return ticket


urls = [staff_path("tickets/new", new, name="new")]
