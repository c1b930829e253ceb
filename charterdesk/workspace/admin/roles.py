"""Roles: those that are built in, to read, and the desk's own, to make, change and remove."""

from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.people.actions import add_role, change_role, remove_role
from charterdesk.people.models import Agent, Membership, Role
from charterdesk.people.permissions import BUILT_IN, PERMISSIONS, SET_PEOPLE, known
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_grant
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"people.role_name_taken": "name", "people.no_such_permission": "in_team"}


class RoleForm(forms.Form):
    """What a role is called and allows. Only what the viewer may do themselves can be chosen."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    description = forms.CharField(label=gettext_lazy("What it is for"), max_length=300, required=False)
    in_team = forms.MultipleChoiceField(
        label=gettext_lazy("In a team"), required=False, widget=forms.CheckboxSelectMultiple
    )
    for_desk = forms.MultipleChoiceField(
        label=gettext_lazy("For the whole desk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("These hold only for people who have the role everywhere, not in one team."),
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, in_team in (("in_team", True), ("for_desk", False)):
            choices = [(p.code, p.name) for p in PERMISSIONS if p.in_team == in_team and viewer.may(p.code)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def role_fields(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "description": data["description"],
            "permissions": [*data["in_team"], *data["for_desk"]],
        }


def roles(request: StaffRequest) -> HttpResponse:
    """GET admin/roles: the built-in ones with what they allow, and the desk's own. Two statements."""
    context = {
        "built_in": [(name, _allowed(BUILT_IN[code])) for code, name in Agent.ROLES],
        "roles": [(role, _allowed(known(role.permissions))) for role in _counted()],
        "place": "admin",
    }
    return render(request, "workspace/admin/roles.html", context)


def _counted() -> list[Any]:
    """The desk's own roles, with how many people have them everywhere, and in a team."""
    everywhere = Agent.objects.filter(free_role=OuterRef("pk")).order_by().values("free_role").annotate(n=Count("pk"))
    in_teams = Membership.objects.filter(role=OuterRef("pk")).order_by().values("role").annotate(n=Count("pk"))
    found = Role.objects.annotate(everywhere=Subquery(everywhere.values("n")), in_teams=Subquery(in_teams.values("n")))
    return list(found.order_by("name"))


def _allowed(codes: frozenset[str]) -> list[Any]:
    """The names of permissions, in the order of the form."""
    return [each.name for each in PERMISSIONS if each.code in codes]


def role(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/roles/<id> or admin/roles/new: look at one, change it, add one."""
    instance = get_object_or_404(Role, pk=pk) if pk else None
    if instance:
        require(may_grant(request.viewer, known(instance.permissions)))
    form = RoleForm(request.viewer, request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved. It holds at once for everybody who has it."))
        return redirect("workspace:roles")
    return form_page(request, "workspace/admin/role.html", form, role=instance)


def _keep(form: RoleForm, instance: Role | None, request: StaffRequest) -> bool:
    def keep() -> None:
        if instance:
            change_role(instance, by=request.viewer, **form.role_fields())
        else:
            add_role(by=request.viewer, **form.role_fields())

    return carried_out(form, keep, fields=FIELD_OF)


def _initial(instance: Role | None) -> dict[str, Any]:
    """What it allows; a new one begins with what agents may do."""
    codes = BUILT_IN[Agent.AGENT] if instance is None else known(instance.permissions)
    plain = {} if instance is None else {"name": instance.name, "description": instance.description}
    return {**plain, "in_team": sorted(codes), "for_desk": sorted(codes)}


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/roles/<id>/removal: remove one that nobody has."""
    instance = get_object_or_404(Role, pk=pk)
    require(may_grant(request.viewer, known(instance.permissions)))
    remove_role(instance, by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:roles")


urls = [
    administrator_path("admin/roles", roles, name="roles", settings=SET_PEOPLE),
    administrator_path("admin/roles/new", role, name="new_role", settings=SET_PEOPLE),
    administrator_path("admin/roles/<int:pk>", role, name="role", settings=SET_PEOPLE),
    administrator_path("admin/roles/<int:pk>/removal", remove, name="remove_role", settings=SET_PEOPLE),
]
