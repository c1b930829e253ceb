"""Roles of the desk's own: made, changed and removed; nobody gives more than they have."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.desk import RoleOut, TeamOut, read_team
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.actions import add_role, change_role, remove_role, set_member_role
from charterdesk.people.models import Agent, Role, Team
from charterdesk.people.permissions import ALL, IN_TEAM, known
from charterdesk.tickets.policies import may_grant

router = Router(tags=["The desk"])
FIELD_OF = {
    "people.role_name_taken": "name",
    "people.no_such_permission": "permissions",
    "api.no_such_role": "role_id",
}
Permissions = Annotated[
    list[Annotated[str, one_of(ALL)]], Field(max_length=200, examples=[["tickets.read", "tickets.work"]])
]


class NewRole(Given):
    """A role. It allows just these, for everybody who has it."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["Reader"])
    description: Annotated[str, line(300)] = ""
    permissions: Permissions


class RoleChanges(Given):
    """What becomes different; what is left out stays. It holds at once."""

    name: Annotated[str, line(80, least=1)] = ABSENT
    description: Annotated[str, line(300)] = ABSENT
    permissions: Permissions = ABSENT


class MemberRole(Given):
    """What somebody may do in one team; null: what they may elsewhere."""

    role_id: Id | None


@router.post("/roles", auth=Scope("people:write", staff=True), response={201: RoleOut})
@once
@transaction.atomic
def make_role(request: ApiRequest, given: NewRole) -> HttpResponse:
    """Make a role that allows no more than you may yourself."""
    require(may_grant(request.viewer, known(given.permissions)))
    with naming(FIELD_OF):
        made = add_role(by=request.viewer, **given.model_dump())
    return answer(_row(made), status=201, headers={"ETag": etag_of(_row(made))})


@router.patch("/roles/{role_id}", auth=Scope("people:write", staff=True), response=RoleOut)
@once
@transaction.atomic
def change_one_role(request: ApiRequest, role_id: Path[Id], given: RoleChanges) -> HttpResponse:
    """Change a role, for everybody who has it, at once; with `If-Match`, only in the state that was read."""
    found = _role(request, role_id)
    check_state(request, _row(found))
    fields = {name: getattr(found, name) for name in ("name", "description", "permissions")} | given.sent()
    require(may_grant(request.viewer, known(fields["permissions"])))
    with naming(FIELD_OF):
        change_role(found, by=request.viewer, **fields)
    return state_answer(request, _row(found))


@router.delete("/roles/{role_id}", auth=Scope("people:write", staff=True), response={204: None})
@once
def remove_one_role(request: ApiRequest, role_id: Path[Id]) -> HttpResponse:
    """Remove a role that nobody has; 409 `people.role_in_use`."""
    remove_role(_role(request, role_id), by=request.viewer)
    return nothing()


@router.put("/teams/{team_id}/agents/{agent_id}/role", auth=Scope("people:write", staff=True), response=TeamOut)
@once
def change_member_role(request: ApiRequest, team_id: Path[Id], agent_id: Path[Id], given: MemberRole) -> HttpResponse:
    """Let an agent have another role in one team; null is the one they have elsewhere."""
    role = Role.objects.filter(pk=given.role_id or 0).first()
    require(may_grant(request.viewer, known(role.permissions if role else ()) & IN_TEAM))
    team, agent = get_object_or_404(Team, pk=team_id), get_object_or_404(Agent, pk=agent_id)
    with naming(FIELD_OF):
        if given.role_id and role is None:
            raise no_such("role")
    set_member_role(team, agent, role, by=request.viewer)
    return read_team(request, team_id)


def _role(request: ApiRequest, pk: int) -> Role:
    """The role, for whoever may all it allows. One statement."""
    found = get_object_or_404(Role, pk=pk)
    require(may_grant(request.viewer, known(found.permissions)))
    return found


def _row(role: Role) -> dict[str, Any]:
    plain = {name: getattr(role, name) for name in ("name", "description", "permissions")}
    return {"id": role.pk, "code": "", **plain}
