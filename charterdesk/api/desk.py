"""Who works here: teams, the roles there are, and oneself."""

from typing import Annotated, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Email, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions import add_member, add_team, change_team, remove_member
from charterdesk.people.models import Agent, Membership, Role, Team
from charterdesk.people.permissions import SET_PEOPLE, SET_TEAMS, permissions_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_administer

router = Router(tags=["The desk"])
TEAM_COLUMNS = ("id", "name", "language", "is_public")
STAFF_TEAM_COLUMNS = (
    *TEAM_COLUMNS, "address", "sender_name", "cc_policy", "calendar_id", "signature", "signatures",
)  # fmt: skip
FIELD_OF = {
    "people.team_name_taken": "name",
    "people.team_address_taken": "address",
    "people.bad_team_address": "address",
    "people.already_agent": "email",
    "people.last_administrator": "role",
    "people.no_such_time_zone": "time_zone",
    "people.too_many_skills": "skills",
    "api.no_such_calendar": "calendar_id",
    "api.no_such_role": "role_id",
    "api.no_such_team": "team_ids",
}
Signature = Annotated[str, line(2000)]


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
    signature: str = Field("", description="Under every answer, unless there is one for its language.")
    signatures: dict[str, str] = {}
    skill: str = Field("", description="What its work asks for.")
    agent_ids: list[int] = []


class Signatures(Given):
    """A signature by language."""

    en: Signature = ABSENT
    ar: Signature = ABSENT
    de: Signature = ABSENT
    es: Signature = ABSENT
    fr: Signature = ABSENT


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
    signature: Signature = ""
    signatures: Signatures = Field(ABSENT, examples=[{"en": "Your team at the water works"}])
    skill: Annotated[str, line(80)] = ""


class TeamChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    address: Email = ABSENT
    calendar_id: Id = ABSENT
    sender_name: Annotated[str, line(120)] = ABSENT
    language: LANGUAGE = ABSENT
    is_public: bool = ABSENT
    cc_policy: Annotated[str, one_of(code for code, _name in Team.CC_POLICIES)] = ABSENT
    signature: Signature = ABSENT
    signatures: Signatures = Field(ABSENT, examples=[{"en": "Your team at the water works"}])
    skill: Annotated[str, line(80)] = ABSENT


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
    rows = found.values(
        *STAFF_TEAM_COLUMNS,
        skill_name=Coalesce("skill__name", Value("")),
        agent_ids=ArraySubquery(members.values("agent_id")),
    )
    return [{**row, "skill": row.pop("skill_name")} for row in rows]


def only(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The one row that was looked for. Raises `Http404`."""
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


@router.get("/teams", auth=Scope("people:read"), response=Teams)
def list_teams(request: ApiRequest) -> HttpResponse:
    """All teams by name. One statement."""
    return answer({"items": _team_rows(Team.objects.order_by("name"), request.viewer)})


@router.get("/teams/{team_id}", auth=Scope("people:read"), response=TeamOut)
def read_team(request: ApiRequest, team_id: Path[Id]) -> HttpResponse:
    """One team. One statement."""
    return state_answer(request, only(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


@router.post("/teams", auth=Scope("people:write", staff=True), response={201: TeamOut})
@once
def make_team(request: ApiRequest, given: NewTeam) -> HttpResponse:
    """Make a team."""
    require(may_administer(request.viewer, SET_TEAMS))
    fields = given.model_dump(exclude_unset=True)
    with naming(FIELD_OF):
        team = add_team(by=request.viewer, calendar=calendar_named(fields.pop("calendar_id")), **fields)
    row = only(_team_rows(Team.objects.filter(pk=team.pk), request.viewer))
    return answer(row, status=201, headers={"Location": f"/api/v1/teams/{team.pk}"})


@router.patch("/teams/{team_id}", auth=Scope("people:write", staff=True), response=TeamOut)
@once
def change_one_team(request: ApiRequest, team_id: Path[Id], given: TeamChanges) -> HttpResponse:
    """Change a team."""
    require(may_administer(request.viewer, SET_TEAMS))
    fields = given.model_dump(exclude_unset=True)
    team = get_object_or_404(Team, pk=team_id)
    with naming(FIELD_OF):
        if "calendar_id" in fields:
            fields["calendar"] = calendar_named(fields.pop("calendar_id"))
        change_team(team, by=request.viewer, **fields)
    return answer(only(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


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
    return answer(only(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


@router.delete("/teams/{team_id}/agents/{agent_id}", auth=Scope("people:write", staff=True), response={200: TeamOut})
@once
def leave_team(request: ApiRequest, team_id: Path[Id], agent_id: Path[Id]) -> HttpResponse:
    """Have an agent work for a team no more; what they had of it goes back into its queue."""
    require(may_administer(request.viewer, SET_PEOPLE))
    team, agent = get_object_or_404(Team, pk=team_id), get_object_or_404(Agent, pk=agent_id)
    remove_member(team, agent, by=request.viewer)
    return answer(only(_team_rows(Team.objects.filter(pk=team_id), request.viewer)))


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
