"""Who works here: teams, agents, roles, and oneself."""

from datetime import datetime
from typing import Annotated, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Capacity, Email, Given, Id, line, one_of
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions import (
    activate_agent,
    add_agent,
    add_member,
    add_team,
    change_agent,
    change_team,
    deactivate_agent,
    remove_member,
    set_agent_state,
)
from charterdesk.people.models import Agent, Membership, Role, Team
from charterdesk.people.permissions import SET_PEOPLE, SET_TEAMS, permissions_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_administer, may_grant

router = Router(tags=["The desk"])
TEAM_COLUMNS = ("id", "name", "language", "is_public")
STAFF_TEAM_COLUMNS = (*TEAM_COLUMNS, "address", "sender_name", "cc_policy", "calendar_id")
AGENT_COLUMNS = ("id", "name")
STAFF_AGENT_COLUMNS = (*AGENT_COLUMNS, "role", "language", "time_zone", "capacity", "state", "state_since", "is_active")


class TeamOut(BaseModel):
    """A department. Customers see those they can choose, by name."""

    id: int
    name: str
    language: str
    is_public: bool
    address: str = Field("", description="Staff only, as all below.")
    sender_name: str = ""
    cc_policy: str = ""
    calendar_id: int | None = None
    agent_ids: list[int] = []


class Teams(BaseModel):
    """All teams."""

    items: list[TeamOut]


class NewTeam(Given):
    """A team to make."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Leaks"])
    address: Email = Field(examples=["leaks@water.example.org"])
    calendar_id: Id
    sender_name: Annotated[str, line(120)] = ""
    language: LANGUAGE = "en"
    is_public: bool = True


class TeamChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    address: Email = ABSENT
    calendar_id: Id = ABSENT
    sender_name: Annotated[str, line(120)] = ABSENT
    language: LANGUAGE = ABSENT
    is_public: bool = ABSENT
    cc_policy: Annotated[str, one_of(code for code, _name in Team.CC_POLICIES)] = ABSENT


class AgentOut(BaseModel):
    """A person of the desk, or an integration. Customers see the names of those who work on their requests."""

    id: int
    name: str
    role: str = Field("", description="Staff only, as all below.")
    language: str = ""
    time_zone: str = ""
    capacity: int = 0
    state: str = Field("", description="working, busy or away")
    state_since: datetime | None = None
    is_active: bool = True
    team_ids: list[int] = []


class Agents(BaseModel):
    """All agents."""

    items: list[AgentOut]


class NewAgent(Given):
    """Somebody who joins the desk; a mail invites them."""

    email: Email
    name: Annotated[str, line(200, least=1)] = Field(examples=["Ada Brook"])
    role: Annotated[str, one_of(code for code, _name in Agent.ROLES)] = Field(Agent.AGENT, examples=["agent"])
    language: LANGUAGE = "en"
    team_ids: list[Id] = Field([], max_length=200)


class AgentChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200, least=1)] = ABSENT
    role: Annotated[str, one_of(code for code, _name in Agent.ROLES)] = ABSENT
    language: LANGUAGE = ABSENT
    capacity: Capacity = ABSENT
    is_active: bool = ABSENT


class State(Given):
    """Whether one takes new tickets."""

    state: Annotated[str, one_of(code for code, _name in Agent.STATES)] = Field(examples=["working"])


class Me(BaseModel):
    """As whom the asker acts, and what they may."""

    key: str = Field(examples=["agent:5"])
    name: str
    role: str = Field(description="customer, agent, lead, manager or administrator")
    language: str
    time_zone: str
    agent_id: int | None
    contact_id: int | None
    team_ids: list[int]
    scopes: list[str] | None = Field(description="null: everything, signed in with a browser")


class RoleOut(BaseModel):
    """What people may do by a name: built in (with a `code`), or the desk's own (with an `id`)."""

    id: int | None
    code: str = Field(examples=["lead"])
    name: str
    description: str
    permissions: list[str] = Field(examples=[["tickets.read", "tickets.work"]])


class Roles(BaseModel):
    """All roles."""

    items: list[RoleOut]


def _team_rows(found: QuerySet[Team], viewer: Viewer) -> list[dict[str, Any]]:
    """Teams as rows. One statement."""
    if not viewer.is_staff:
        return list(found.filter(is_public=True).values(*TEAM_COLUMNS))
    members = Membership.objects.filter(team=OuterRef("pk"), agent__is_active=True).order_by("agent_id")
    return list(found.values(*STAFF_TEAM_COLUMNS, agent_ids=ArraySubquery(members.values("agent_id"))))


def _agent_rows(found: QuerySet[Agent], viewer: Viewer) -> list[dict[str, Any]]:
    """Agents as rows. One statement."""
    if not viewer.is_staff:
        return []
    teams = Membership.objects.filter(agent=OuterRef("pk")).order_by("team_id")
    return list(found.values(*STAFF_AGENT_COLUMNS, team_ids=ArraySubquery(teams.values("team_id"))))


def _one(rows: list[dict[str, Any]]) -> dict[str, Any]:
    if not rows:
        raise Http404
    return rows[0]


@router.get("/me", auth=Scope("tickets:read"), response=Me)
def read_me(request: ApiRequest) -> HttpResponse:
    """As whom you act. No statement beyond finding that out."""
    viewer, scopes = request.viewer, request.asker.scopes
    row = {
        "key": viewer.key,
        "name": viewer.name,
        "role": viewer.role,
        "language": viewer.language,
        "time_zone": viewer.time_zone,
        "agent_id": viewer.agent_id,
        "contact_id": viewer.contact_id,
        "team_ids": sorted(viewer.team_ids),
        "scopes": None if scopes is None else sorted(scopes),
    }
    return answer(row)


@router.put("/me/state", auth=Scope("people:write", staff=True), response=AgentOut)
@once
def change_my_state(request: ApiRequest, given: State) -> HttpResponse:
    """Say whether you take new tickets."""
    agent = agent_of(request)
    set_agent_state(agent, given.state, by=request.viewer)
    return answer(_one(_agent_rows(Agent.objects.filter(pk=agent.pk), request.viewer)))


@router.get("/teams", auth=Scope("people:read"), response=Teams)
def list_teams(request: ApiRequest) -> HttpResponse:
    """All teams by name. One statement."""
    return answer({"items": _team_rows(Team.objects.order_by("name"), request.viewer)})


@router.get("/teams/{team_id}", auth=Scope("people:read"), response=TeamOut)
def read_team(request: ApiRequest, team_id: Path[Id]) -> HttpResponse:
    """One team. One statement."""
    return state_answer(request, _one(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


@router.post("/teams", auth=Scope("people:write", staff=True), response={201: TeamOut})
@once
def make_team(request: ApiRequest, given: NewTeam) -> HttpResponse:
    """Make a team."""
    require(may_administer(request.viewer, SET_TEAMS))
    fields = given.model_dump()
    team = add_team(by=request.viewer, calendar=calendar_named(fields.pop("calendar_id")), **fields)
    row = _one(_team_rows(Team.objects.filter(pk=team.pk), request.viewer))
    return answer(row, status=201, headers={"Location": f"/api/v1/teams/{team.pk}"})


@router.patch("/teams/{team_id}", auth=Scope("people:write", staff=True), response=TeamOut)
@once
def change_one_team(request: ApiRequest, team_id: Path[Id], given: TeamChanges) -> HttpResponse:
    """Change a team."""
    require(may_administer(request.viewer, SET_TEAMS))
    fields = given.sent()
    if "calendar_id" in fields:
        fields["calendar"] = calendar_named(fields.pop("calendar_id"))
    change_team(get_object_or_404(Team, pk=team_id), by=request.viewer, **fields)
    return answer(_one(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


def calendar_named(pk: int) -> BusinessCalendar:
    """Opening hours that a request names. One statement. Raises `Refused("api.no_such_calendar")`."""
    found = BusinessCalendar.objects.filter(pk=pk).first()
    if found is None:
        raise no_such("calendar")
    return found


@router.put("/teams/{team_id}/agents/{agent_id}", auth=Scope("people:write", staff=True), response=TeamOut)
@once
def join_team(request: ApiRequest, team_id: Path[Id], agent_id: Path[Id]) -> HttpResponse:
    """Let an agent work for a team."""
    require(may_administer(request.viewer, SET_PEOPLE))
    team, agent = get_object_or_404(Team, pk=team_id), get_object_or_404(Agent, pk=agent_id)
    add_member(team, agent, by=request.viewer)
    return answer(_one(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


@router.delete("/teams/{team_id}/agents/{agent_id}", auth=Scope("people:write", staff=True), response={200: TeamOut})
@once
def leave_team(request: ApiRequest, team_id: Path[Id], agent_id: Path[Id]) -> HttpResponse:
    """Have an agent work for a team no more; what they had of it goes back into its queue."""
    require(may_administer(request.viewer, SET_PEOPLE))
    team, agent = get_object_or_404(Team, pk=team_id), get_object_or_404(Agent, pk=agent_id)
    remove_member(team, agent, by=request.viewer)
    return answer(_one(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


@router.get("/agents", auth=Scope("people:read", staff=True), response=Agents)
def list_agents(request: ApiRequest) -> HttpResponse:
    """All agents by name, those who left as well. One statement."""
    return answer({"items": _agent_rows(Agent.objects.order_by("name", "pk"), request.viewer)})


@router.get("/agents/{agent_id}", auth=Scope("people:read", staff=True), response=AgentOut)
def read_agent(request: ApiRequest, agent_id: Path[Id]) -> HttpResponse:
    """One agent. One statement."""
    return state_answer(request, _one(_agent_rows(Agent.objects.filter(pk=agent_id), request.viewer)))


@router.post("/agents", auth=Scope("people:write", staff=True), response={201: AgentOut})
@once
def invite_agent(request: ApiRequest, given: NewAgent) -> HttpResponse:
    """Let a person join the desk, and tell them by mail."""
    _may_set_people(request.viewer, given.role)
    teams = list(Team.objects.filter(pk__in=given.team_ids))
    if len(teams) < len(set(given.team_ids)):
        raise no_such("team")
    agent = add_agent(
        email=given.email, name=given.name, role=given.role, language=given.language, invite=True, by=request.viewer
    )
    for team in teams:
        add_member(team, agent, by=request.viewer)
    row = _one(_agent_rows(Agent.objects.filter(pk=agent.pk), request.viewer))
    return answer(row, status=201, headers={"Location": f"/api/v1/agents/{agent.pk}"})


def _may_set_people(viewer: Viewer, *roles: str) -> None:
    """Whether somebody may be given, or lose, these roles: nobody gives more than they have."""
    require(all(may_grant(viewer, permissions_of(role)) for role in roles))


@router.patch("/agents/{agent_id}", auth=Scope("people:write", staff=True), response=AgentOut)
@once
def change_one_agent(request: ApiRequest, agent_id: Path[Id], given: AgentChanges) -> HttpResponse:
    """Change an agent; `is_active` false takes the desk away from them at once."""
    agent, fields = get_object_or_404(Agent, pk=agent_id), given.sent()
    _may_set_people(request.viewer, agent.role, fields.get("role", agent.role))
    is_active = fields.pop("is_active", agent.is_active)
    if fields:
        change_agent(agent, by=request.viewer, **fields)
    if is_active != agent.is_active:
        (activate_agent if is_active else deactivate_agent)(agent, by=request.viewer)
    return answer(_one(_agent_rows(Agent.objects.filter(pk=agent_id), request.viewer)))


@router.get("/roles", auth=Scope("people:read", staff=True), response=Roles)
def list_roles(request: ApiRequest) -> HttpResponse:
    """The roles that are built in, and the desk's own by name, with what they allow. One statement."""
    require(may_administer(request.viewer, SET_PEOPLE))
    built_in = [
        {"id": None, "code": code, "name": name, "description": "", "permissions": sorted(permissions_of(code))}
        for code, name in Agent.ROLES
    ]
    own = Role.objects.order_by("name").values("id", "name", "description", "permissions")
    return answer({"items": [*built_in, *({**row, "code": ""} for row in own)]})
