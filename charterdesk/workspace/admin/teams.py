"""Teams: their address, hours and way to sign, and who is in them."""

from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions import add_member, add_team, change_team, remove_member, set_member_role
from charterdesk.people.models import LANGUAGES, Agent, Membership, Role, Skill, Team
from charterdesk.people.permissions import IN_TEAM, SET_PEOPLE, SET_TEAMS, known
from charterdesk.tickets.policies import may_grant
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "people.team_name_taken": "name",
    "people.team_address_taken": "address",
    "people.bad_team_address": "address",
}


class TeamForm(forms.Form):
    """How a team is called, reached, open and signed."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("Mail to it becomes this team's ticket, and the team's mail comes from it."),
    )
    sender_name = forms.CharField(
        label=gettext_lazy("Sender name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("What customers see as the sender; empty is the team's name."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Opening hours"), queryset=BusinessCalendar.objects.order_by("name"), empty_label=None
    )
    skill = forms.CharField(
        label=gettext_lazy("Skill its work asks for"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
        help_text=gettext_lazy("Its tickets are given to agents who have it."),
    )
    cc_policy = forms.ChoiceField(label=gettext_lazy("Copies"), choices=Team.CC_POLICIES)
    is_public = forms.BooleanField(label=gettext_lazy("Customers can choose it in the request form"), required=False)
    signature = forms.CharField(
        label=gettext_lazy("Signature"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Stands under every answer, unless there is one for the customer's language."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"signature_{code}"] = forms.CharField(
                label=_("Signature in %(language)s") % {"language": name},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            )

    @property
    def main(self) -> list[forms.BoundField]:
        """All fields but the signatures by language."""
        return [self[name] for name in self.fields if not name.startswith("signature_")]

    @property
    def signatures(self) -> list[forms.BoundField]:
        """The signatures by language."""
        return [self[f"signature_{code}"] for code, _name in LANGUAGES]

    def team_fields(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        data["signatures"] = {code: data.pop(f"signature_{code}") for code, _name in LANGUAGES}
        return data


class MemberForm(forms.Form):
    """Who joins."""

    agent = forms.ModelChoiceField(
        label=gettext_lazy("Add a member"), queryset=Agent.objects.none(), empty_label=gettext_lazy("choose somebody")
    )

    def __init__(self, team: Team, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Agent.objects.filter(is_active=True).exclude(memberships__team=team).order_by("name")
        self.fields["agent"].queryset = others  # type: ignore[attr-defined]


def teams(request: StaffRequest) -> HttpResponse:
    """GET admin/teams: all of them. One statement."""
    members = Count("memberships", filter=Q(memberships__agent__is_active=True))
    found = Team.objects.select_related("calendar").annotate(members=members).order_by("name")
    return render(request, "workspace/admin/teams.html", {"teams": found, "place": "admin"})


def team(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/teams/<id> or admin/teams/new: look at one with its members, change it, add one."""
    instance = get_object_or_404(Team.objects.select_related("skill"), pk=pk) if pk else None
    form = TeamForm(request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved."))
        return redirect("workspace:teams")
    context: dict[str, Any] = {"team": instance, "skills": Skill.objects.order_by("name")}
    if instance:
        context["members"] = members_of(instance)
        context["roles"] = Role.objects.order_by("name")
        context["member_form"] = MemberForm(instance)
    return form_page(request, "workspace/admin/team.html", form, **context)


def members_of(team: Team) -> list[Agent]:
    """Who works for `team`, with skills and languages. Three statements."""
    mine = Membership.objects.filter(team=team, agent=OuterRef("pk"))
    found = Agent.objects.filter(memberships__team=team, is_active=True).order_by("name")
    found = found.select_related("free_role").annotate(role_here=Subquery(mine.values("role")))
    return list(found.prefetch_related("skills", "languages"))


def _keep(form: TeamForm, instance: Team | None, request: StaffRequest) -> bool:
    def keep() -> None:
        if instance:
            change_team(instance, by=request.viewer, **form.team_fields())
        else:
            add_team(by=request.viewer, **form.team_fields())

    return carried_out(form, keep, fields=FIELD_OF)


def _initial(instance: Team | None) -> dict[str, Any]:
    if instance is None:
        return {"is_public": True}
    plain = ("name", "address", "sender_name", "language", "calendar", "cc_policy", "is_public", "signature")
    return {
        **{name: getattr(instance, name) for name in plain},
        **{f"signature_{code}": text for code, text in instance.signatures.items()},
        "skill": instance.skill or "",
    }


@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/teams/<id>/members: `agent` joins."""
    instance = get_object_or_404(Team, pk=pk)
    form = MemberForm(instance, request.POST)
    if form.is_valid():
        agent = form.cleaned_data["agent"]
        add_member(instance, agent, by=request.viewer)
        say(request, _("{agent} works for {team} now.").format(agent=agent, team=instance))
    return redirect("workspace:team_settings", pk=pk)


@require_POST
def remove(request: StaffRequest, pk: int, agent_id: int) -> HttpResponse:
    """POST admin/teams/<id>/members/<agent>: they work for it no more; their tickets go back into its queue."""
    instance, agent = get_object_or_404(Team, pk=pk), get_object_or_404(Agent, pk=agent_id)
    remove_member(instance, agent, by=request.viewer)
    say(request, _("{agent} works for {team} no more.").format(agent=agent, team=instance))
    return redirect("workspace:team_settings", pk=pk)


@require_POST
def set_role(request: StaffRequest, pk: int, agent_id: int) -> HttpResponse:
    """POST admin/teams/<id>/members/<agent>/role: in this team they may do what `role` says; empty is as elsewhere."""
    instance, agent = get_object_or_404(Team, pk=pk), get_object_or_404(Agent, pk=agent_id)
    chosen = request.POST.get("role", "")
    role = get_object_or_404(Role, pk=number_in(chosen)) if chosen else None
    require(may_grant(request.viewer, known(role.permissions if role else ()) & IN_TEAM))
    set_member_role(instance, agent, role, by=request.viewer)
    say(request, _("Saved. It holds at once."))
    return redirect("workspace:team_settings", pk=pk)


urls = [
    administrator_path("admin/teams", teams, name="teams", settings=SET_TEAMS),
    administrator_path("admin/teams/new", team, name="new_team", settings=SET_TEAMS),
    administrator_path("admin/teams/<int:pk>", team, name="team_settings", settings=SET_TEAMS),
    administrator_path("admin/teams/<int:pk>/members", add, name="add_member", settings=SET_TEAMS),
    administrator_path(
        "admin/teams/<int:pk>/members/<int:agent_id>/role", set_role, name="member_role", settings=SET_PEOPLE
    ),
    administrator_path("admin/teams/<int:pk>/members/<int:agent_id>", remove, name="remove_member", settings=SET_TEAMS),
]
