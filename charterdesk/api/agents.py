"""Who works here: agents invited, changed, and gone; and whether one takes new tickets oneself."""

from datetime import datetime
from typing import Annotated, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.desk import FIELD_OF, calendar_named, only
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Capacity, Email, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.people.actions import (
    activate_agent,
    add_agent,
    add_member,
    change_agent,
    deactivate_agent,
    set_agent_state,
)
from charterdesk.people.models import Agent, AgentLanguage, Membership, Role, Team
from charterdesk.people.permissions import known, permissions_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_grant

router = Router(tags=["The desk"])
AGENT_COLUMNS = ("id", "name")
STAFF_AGENT_COLUMNS = (
    *AGENT_COLUMNS, "role", "language", "time_zone", "capacity", "state", "state_since", "is_active", "calendar_id",
)  # fmt: skip
Level = Annotated[int, Field(ge=1, le=3, description="1 basic, 2 fluent, 3 native"), WHOLE]


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
    role_id: int | None = Field(None, description="A role of the desk's own, in place of what `role` allows.")
    calendar_id: int | None = Field(None, description="Their working hours; null is always.")
    skills: list[str] = []
    languages: dict[str, int] = Field({}, description="1 basic, 2 fluent, 3 native")
    team_ids: list[int] = []


class Spoken(Given):
    """How well, by language."""

    en: Level = ABSENT
    ar: Level = ABSENT
    de: Level = ABSENT
    es: Level = ABSENT
    fr: Level = ABSENT


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
    role_id: Id | None = Field(ABSENT, description="A role of the desk's own; null: just what `role` allows.")
    time_zone: Annotated[str, line(64, least=1)] = Field(ABSENT, examples=["Europe/Berlin"])
    calendar_id: Id | None = ABSENT
    skills: list[Annotated[str, line(80, least=1)]] = Field(ABSENT, max_length=100, examples=[["pipes"]])
    languages: Spoken = Field(ABSENT, examples=[{"en": 3, "de": 2}])
    is_active: bool = ABSENT


class State(Given):
    """Whether one takes new tickets."""

    state: Annotated[str, one_of(code for code, _name in Agent.STATES)] = Field(examples=["working"])


def _agent_rows(found: QuerySet[Agent], viewer: Viewer) -> list[dict[str, Any]]:
    """Agents as rows. One statement."""
    if not viewer.is_staff:
        return []
    teams = Membership.objects.filter(agent=OuterRef("pk")).order_by("team_id")
    can = Agent.skills.through.objects.filter(agent=OuterRef("pk")).order_by("skill__name")
    speaks = AgentLanguage.objects.filter(agent=OuterRef("pk")).order_by("language")
    rows = found.values(
        *STAFF_AGENT_COLUMNS,
        role_id=F("free_role_id"),
        skill_names=ArraySubquery(can.values("skill__name")),
        spoken=ArraySubquery(speaks.values(json=JSONObject(code="language", level="level"))),
        team_ids=ArraySubquery(teams.values("team_id")),
    )
    return [
        {
            **{name: value for name, value in row.items() if name not in ("skill_names", "spoken")},
            "skills": row["skill_names"],
            "languages": {one["code"]: one["level"] for one in row["spoken"]},
        }
        for row in rows
    ]


@router.put("/me/state", auth=Scope("people:write", staff=True), response=AgentOut)
@once
def change_my_state(request: ApiRequest, given: State) -> HttpResponse:
    """Say whether you take new tickets."""
    agent = agent_of(request)
    set_agent_state(agent, given.state, by=request.viewer)
    return answer(only(_agent_rows(Agent.objects.filter(pk=agent.pk), request.viewer)))


@router.get("/agents", auth=Scope("people:read", staff=True), response=Agents)
def list_agents(request: ApiRequest) -> HttpResponse:
    """All agents by name, those who left as well. One statement."""
    return answer({"items": _agent_rows(Agent.objects.order_by("name", "pk"), request.viewer)})


@router.get("/agents/{agent_id}", auth=Scope("people:read", staff=True), response=AgentOut)
def read_agent(request: ApiRequest, agent_id: Path[Id]) -> HttpResponse:
    """One agent. One statement."""
    return state_answer(request, only(_agent_rows(Agent.objects.filter(pk=agent_id), request.viewer)))


@router.post("/agents", auth=Scope("people:write", staff=True), response={201: AgentOut})
@once
def invite_agent(request: ApiRequest, given: NewAgent) -> HttpResponse:
    """Let a person join the desk, and tell them by mail."""
    require_grantable(request.viewer, given.role, None)
    teams = list(Team.objects.filter(pk__in=given.team_ids))
    if len(teams) < len(set(given.team_ids)):
        raise no_such("team")
    with naming(FIELD_OF):
        agent = add_agent(
            email=given.email, name=given.name, role=given.role, language=given.language, invite=True, by=request.viewer
        )
    for team in teams:
        add_member(team, agent, by=request.viewer)
    row = only(_agent_rows(Agent.objects.filter(pk=agent.pk), request.viewer))
    return answer(row, status=201, headers={"Location": f"/api/v1/agents/{agent.pk}"})


def require_grantable(viewer: Viewer, role: str, own: Role | None) -> None:
    """Whether somebody may be given, or lose, this role: nobody gives more than they have."""
    require(may_grant(viewer, known(own.permissions) if own else permissions_of(role)))


@router.patch("/agents/{agent_id}", auth=Scope("people:write", staff=True), response=AgentOut)
@once
@transaction.atomic
def change_one_agent(request: ApiRequest, agent_id: Path[Id], given: AgentChanges) -> HttpResponse:
    """Change an agent; `is_active` false takes the desk away from them at once."""
    agent = get_object_or_404(Agent.objects.select_related("free_role"), pk=agent_id)
    fields = given.model_dump(exclude_unset=True)
    with naming(FIELD_OF):
        if "role_id" in fields:
            fields["free_role"] = _role(fields.pop("role_id"))
        if "calendar_id" in fields:
            pk = fields.pop("calendar_id")
            fields["calendar"] = calendar_named(pk) if pk else None
    require_grantable(request.viewer, agent.role, agent.free_role)
    require_grantable(request.viewer, fields.get("role", agent.role), fields.get("free_role", agent.free_role))
    is_active = fields.pop("is_active", agent.is_active)
    with naming(FIELD_OF):
        if fields:
            change_agent(agent, by=request.viewer, **fields)
        if is_active != agent.is_active:
            (activate_agent if is_active else deactivate_agent)(agent, by=request.viewer)
    return answer(only(_agent_rows(Agent.objects.filter(pk=agent_id), request.viewer)))


def _role(pk: int | None) -> Role | None:
    found = Role.objects.filter(pk=pk).first() if pk else None
    if pk and found is None:
        raise no_such("role")
    return found
