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
from charterdesk.tickets.actions.fields import write_fields
from charterdesk.tickets.models import RequestForm, Ticket, TicketField
from charterdesk.ui.ticket_fields import AskedFields
from charterdesk.workspace.controls import me
from charterdesk.workspace.staff import StaffRequest, staff_path


class OpeningForm(AskedFields):
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

    def __init__(self, *args: Any, teams: Sequence[Team], kind: RequestForm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(team.pk, team.name) for team in teams]  # type: ignore[attr-defined]
        if kind is not None:
            self.ask(kind.chosen_fields(), required_when=TicketField.ON_SUBMIT)


def new(request: StaffRequest) -> HttpResponse:
    """GET and POST tickets/new: the form, and the ticket it opens."""
    teams = list(Team.objects.filter(pk__in=request.viewer.team_ids).order_by("name"))
    kinds = list(RequestForm.objects.in_use())
    kind = next((each for each in kinds if each.code == request.GET.get("form")), None)
    initial: dict[str, Any] = {"language": request.viewer.language, "email": request.GET.get("email", "")}
    if kind is not None:
        initial |= {"type": kind.type, "team": kind.team_id}
    form = OpeningForm(request.POST or None, request.FILES or None, teams=teams, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect("workspace:ticket", _open(request, form, teams).number)
    status = 422 if form.is_bound else 200
    context = {"form": form, "kinds": kinds, "kind": kind, "place": "new"}
    return render(request, "workspace/tickets/new.html", context, status=status)


@transaction.atomic
def _open(request: StaffRequest, form: OpeningForm, teams: Sequence[Team]) -> Ticket:
    """Open the ticket, and take it if that was ticked and the agent is in its team."""
    asked = form.cleaned_data
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
    if form.asked:
        write_fields(ticket, by=request.viewer, values=_of_type(form, asked["type"]))
    agent = me(request)
    if asked["is_mine"] and agent.memberships.filter(team=team).exists():
        assign_ticket(ticket, agent=agent, by=request.viewer)
    return ticket


def _of_type(form: OpeningForm, type: str) -> dict[str, Any]:
    """What was filled in of the fields that tickets of `type` have: the agent may have chosen another than the form."""
    had = {field.code for field in form.asked if not field.types or type in field.types}
    return {code: value for code, value in form.field_values.items() if code in had}


urls = [staff_path("tickets/new", new, name="new")]
