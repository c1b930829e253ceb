"""People of the desk: invited, what they may do, speak, can and carry, and when they leave."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions import (
    activate_agent,
    add_agent,
    add_member,
    change_agent,
    deactivate_agent,
    invite_agent,
    remove_member,
    revoke_invitation,
)
from charterdesk.people.models import LANGUAGES, Agent, AgentLanguage, Invitation, Role, Skill, Team
from charterdesk.people.permissions import SET_PEOPLE, known, permissions_of
from charterdesk.tickets.policies import may_grant
from charterdesk.ui.handing_over import granted_to, has_way_out, links_to_hand_over
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "people.already_agent": "email",
    "people.last_administrator": "role",
    "people.no_such_time_zone": "time_zone",
    "people.too_many_skills": "skills",
}
FREE = "free:"
NONE = ("", gettext_lazy("none"))


class AgentForm(forms.Form):
    """A person of the desk."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        help_text=gettext_lazy(
            "Agents and leads see the tickets of their teams, managers and administrators all; leads mend what got "
            "stuck, administrators change the desk. A role of your own allows just what you chose."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the screens"), choices=LANGUAGES)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "dir": "ltr"}),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Capacity"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("Open tickets at a time; with as many in hand, no more are given out to them."),
    )
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Working hours"),
        queryset=BusinessCalendar.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("always"),
        help_text=gettext_lazy("New tickets are given to them in these hours only, as far as they say that they work."),
    )
    skills = forms.CharField(
        label=gettext_lazy("Skills"), required=False, max_length=2000, help_text=gettext_lazy("Apart by commas.")
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, agent: Agent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agent:
            del self.fields["email"]
        self.free_roles = {f"{FREE}{role.pk}": role for role in Role.objects.order_by("name")}
        own = [(value, str(role)) for value, role in self.free_roles.items()]
        self.fields["role"].choices = [*Agent.ROLES, *own]  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            self.fields[f"speaks_{code}"] = forms.TypedChoiceField(
                label=name, coerce=int, choices=[NONE, *AgentLanguage.LEVELS], required=False, empty_value=None
            )

    @property
    def main(self) -> list[forms.BoundField]:
        """All fields but languages and teams."""
        return [self[name] for name in self.fields if not name.startswith("speaks_") and name != "teams"]

    @property
    def speaks(self) -> list[forms.BoundField]:
        """How well, by language."""
        return [self[f"speaks_{code}"] for code, _name in LANGUAGES]

    @property
    def free_role(self) -> Role | None:
        """The role of the desk's own that was chosen, if one was."""
        return self.free_roles.get(self.cleaned_data["role"])

    @property
    def built_in(self) -> str:
        """The built-in role: the one chosen, or what stands below one of the desk's own."""
        return Agent.AGENT if self.free_role else str(self.cleaned_data["role"])

    @property
    def grants(self) -> frozenset[str]:
        """What was chosen allows."""
        return known(self.free_role.permissions) if self.free_role else permissions_of(self.built_in)

    def agent_fields(self) -> dict[str, Any]:
        """What `change_agent` takes."""
        data = self.cleaned_data
        levels = {code: data[f"speaks_{code}"] for code, _name in LANGUAGES}
        return {
            **{name: data[name] for name in ("name", "language", "time_zone", "capacity", "calendar")},
            "role": self.built_in,
            "free_role": self.free_role,
            "skills": data["skills"].split(","),
            "languages": {code: level for code, level in levels.items() if level},
        }


def agents(request: StaffRequest) -> HttpResponse:
    """GET admin/people: everybody, those who left last. Five statements."""
    found = Agent.objects.select_related("login", "free_role", "invitation").prefetch_related(
        "teams", "skills", "languages"
    )
    people = list(found.order_by("-is_active", "name"))
    invitations = [each.invitation for each in people if each.is_active and hasattr(each, "invitation")]
    links = links_to_hand_over(invitations, viewer=request.viewer)
    context = {"agents": people, "links": links, "place": "admin"}
    return render(request, "workspace/admin/agents.html", context)


def agent(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/people/<id> or admin/people/new: look at one, change what they do, invite one."""
    instance = get_object_or_404(Agent.objects.select_related("login", "free_role"), pk=pk) if pk else None
    form = AgentForm(request.POST or None, agent=instance, initial=_initial(instance, request))
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved.") if instance else _invited())
        return redirect("workspace:agents")
    context = {
        "agent": instance, "zones": sorted(available_timezones()), "skills": Skill.objects.order_by("name"),
        "is_mailed": bool(instance) or has_way_out(),
    }  # fmt: skip
    return form_page(request, "workspace/admin/agent.html", form, **context)


def _invited() -> str:
    """How the link of an invitation comes to who was invited."""
    if has_way_out():
        return _("Invited. A mail brings them a link, good for seven days.")
    return _("Invited. Mail can't leave this desk yet: hand over the link yourself. It stands beside the name.")


def _keep(form: AgentForm, instance: Agent | None, request: StaffRequest) -> bool:
    data, by = form.cleaned_data, request.viewer
    require(may_grant(by, form.grants) and (instance is None or may_grant(by, granted_to(instance))))

    def keep() -> None:
        agent = instance or add_agent(
            email=data["email"], name=data["name"], role=form.built_in, language=data["language"], invite=True, by=by
        )
        change_agent(agent, by=by, **form.agent_fields())
        _set_teams(agent, list(data["teams"]), request)

    return carried_out(form, keep, fields=FIELD_OF)


def _set_teams(agent: Agent, teams: list[Team], request: StaffRequest) -> None:
    """Let `agent` work for exactly these."""
    had = {team.pk: team for team in agent.teams.all()}
    for team in teams:
        if team.pk not in had:
            add_member(team, agent, by=request.viewer)
    for pk, team in had.items():
        if pk not in {each.pk for each in teams}:
            remove_member(team, agent, by=request.viewer)


def _initial(instance: Agent | None, request: StaffRequest) -> dict[str, Any]:
    if instance is None:
        viewer, teams = request.viewer, Team.objects.order_by("pk")[:2]
        return {
            "role": Agent.AGENT, "capacity": 20, "time_zone": viewer.time_zone, "language": viewer.language,
            f"speaks_{viewer.language}": AgentLanguage.NATIVE, "teams": teams if len(teams) == 1 else [],
        }  # fmt: skip
    plain = ("name", "language", "time_zone", "capacity", "calendar")
    return {
        "role": f"{FREE}{instance.free_role_id}" if instance.free_role_id else instance.role,
        **{name: getattr(instance, name) for name in plain},
        **{f"speaks_{each.language}": each.level for each in instance.languages.all()},
        "skills": ", ".join(instance.skills.order_by("name").values_list("name", flat=True)),
        "teams": list(instance.teams.values_list("pk", flat=True)),
    }


@require_POST
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/people/<id>/leaving: they come in no more, and what they had goes back; with `back`, they do again."""
    instance = get_object_or_404(Agent.objects.select_related("free_role"), pk=pk)
    require(may_grant(request.viewer, granted_to(instance)))
    if "back" in request.POST:
        activate_agent(instance, by=request.viewer)
        say(request, _("{agent} can sign in again.").format(agent=instance))
    else:
        deactivate_agent(instance, by=request.viewer)
        say(request, _("{agent} comes in no more; their tickets go back to their teams.").format(agent=instance))
    return redirect("workspace:agents")


@require_POST
def invitation(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/people/<id>/invitation: send the link anew; with `revoke`, let it open nothing and them in no more."""
    instance = get_object_or_404(Agent.objects.select_related("free_role"), pk=pk)
    require(may_grant(request.viewer, granted_to(instance)))
    if "revoke" in request.POST:
        revoke_invitation(get_object_or_404(Invitation, agent=instance), by=request.viewer)
        say(request, _("Revoked. The link opens nothing any more."))
    else:
        invite_agent(instance, by=request.viewer)
        say(request, _("Sent. Only the new link opens.") if has_way_out() else _invited())
    return redirect("workspace:agents")


urls = [
    administrator_path("admin/people", agents, name="agents", settings=SET_PEOPLE),
    administrator_path("admin/people/new", agent, name="new_agent", settings=SET_PEOPLE),
    administrator_path("admin/people/<int:pk>", agent, name="agent", settings=SET_PEOPLE),
    administrator_path("admin/people/<int:pk>/invitation", invitation, name="invitation", settings=SET_PEOPLE),
    administrator_path("admin/people/<int:pk>/leaving", leave, name="agent_leaving", settings=SET_PEOPLE),
]
