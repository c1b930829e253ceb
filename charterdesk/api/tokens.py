"""Ways in for programs: one's own tokens, integrations and, for administrators, everybody's tokens."""

from datetime import datetime
from typing import Annotated, Any

import orjson
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Moment, Size, line, one_of
from charterdesk.api.problems import Problem
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.models import Agent, ApiToken, Integration, Login, Membership, Team
from charterdesk.people.tokens.actions import add_integration, make_token, revoke_token
from charterdesk.people.tokens.scopes import SCOPES, allows
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Ways in for programs"])
KINDS = (ApiToken.TOKEN, ApiToken.CLIENT)
MAY_BE = (Agent.AGENT, Agent.LEAD, Agent.MANAGER)
Role = Annotated[str, one_of(MAY_BE)]


class TokenOut(BaseModel):
    """A way in for a program; its secret is kept nowhere."""

    id: int
    kind: str = Field(description="`token`, or `client`: an OAuth client, which asks for a token each hour.")
    name: str
    scopes: list[str] = Field(examples=[["tickets:read"]])
    agent_id: int | None = Field(description="As whom it acts; null where it acts as a customer.")
    hint: str = Field(description="How its secret ends.")
    state: str = Field(description="valid, expired or revoked", examples=["valid"])
    created_by: str = Field(examples=["agent:5"])
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    revoked_at: datetime | None


class MadeToken(TokenOut):
    """A token with its secret, which is told only now: the same request asked again answers null."""

    client_id: str | None = Field(description="By what an OAuth client names itself.", examples=["client-7"])
    secret: str | None = Field(examples=["cdesk_…"])


class TokenPage(BaseModel):
    """Some tokens, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[TokenOut]
    next: str | None


class TokensAsked(Asked):
    """Whose tokens: one's own or, for administrators, everybody's."""

    whose: Annotated[str, one_of(("mine", "all"))] = "mine"
    cursor: Cursor = ""
    limit: Size = 50


class NewToken(Given):
    """What a token is for, and until when; no scopes but those you came with."""

    name: Annotated[str, line(100, least=1)] = Field(examples=["Billing, on server 3"])
    scopes: list[Annotated[str, one_of(SCOPES)]] = Field(min_length=1, max_length=100, examples=[["tickets:read"]])
    kind: Annotated[str, one_of(KINDS)] = Field(ApiToken.TOKEN, examples=["token"])
    expires_at: Moment = Field(ABSENT, description="Left out: until it is revoked.")
    integration_id: Id = Field(ABSENT, description="To act as an integration, for administrators; else as oneself.")


class IntegrationOut(BaseModel):
    """A program that works at the desk in its own name."""

    id: int
    agent_id: int
    name: str
    role: str
    team_ids: list[int]
    created_at: datetime


class Integrations(BaseModel):
    """All integrations."""

    items: list[IntegrationOut]


class NewIntegration(Given):
    """A program that is to work in its own name; customers read it under its replies."""

    name: Annotated[str, line(200, least=1)] = Field(examples=["Meter robot"])
    role: Role = Field(Agent.AGENT, examples=["agent"])
    team_ids: list[Id] = Field([], max_length=200, examples=[[]])


@router.get("/tokens", auth=Scope("tokens:read", staff=True), response=TokenPage)
def list_tokens(request: ApiRequest, asked: Query[TokensAsked]) -> HttpResponse:
    """Tokens, revoked and expired ones as well, the latest first. One statement."""
    found = _tokens().order_by("-pk")
    if asked.whose == "all":
        require(may_administer(request.viewer))
    else:
        found = found.filter(login__agent=request.viewer.agent_id)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(each) for each in found[: asked.limit + 1]], asked.limit)


def _tokens() -> QuerySet[ApiToken]:
    """All but those an OAuth client was given for an hour."""
    return ApiToken.objects.exclude(kind=ApiToken.ACCESS).select_related("login__agent")


@router.post("/tokens", auth=Scope("tokens:write", staff=True), response={201: MadeToken})
def make_api_token(request: ApiRequest, given: NewToken) -> HttpResponse:
    """Make a token. Its secret is in this answer alone: asked again with its `Idempotency-Key`, `secret` is null."""
    told: list[str] = []
    made = _make(request, given, told)
    if not told:
        return made
    return answer({**orjson.loads(made.content), "secret": told[0]}, status=201, headers={"Cache-Control": "no-store"})


@once
def _make(request: ApiRequest, given: NewToken, told: list[str]) -> HttpResponse:
    """Make it, with its secret told apart from the answer that may be kept. Three statements."""
    login = _login_of(request, given.integration_id)
    mine = request.asker.scopes
    if mine is not None and not all(allows(mine, scope) for scope in given.scopes):
        detail = _("A token can make others only for what it is for itself. Ask for fewer scopes.")
        raise Problem(403, "api.scope", detail)
    token, secret = make_token(login, by=request.viewer, **given.model_dump(exclude={"integration_id"}))
    told.append(secret)
    row = {**_row(token), "client_id": token.client_id if token.kind == ApiToken.CLIENT else None, "secret": None}
    return answer(row, status=201)


make_api_token.takes_key = True  # type: ignore[attr-defined]  # for the description


def _login_of(request: ApiRequest, integration_id: int | None) -> Login:
    """As whom it is to act: an integration that administrators name, else whoever asks. Two statements at most."""
    if integration_id is None:
        login = agent_of(request).login
        assert login is not None
        return login
    require(may_administer(request.viewer))
    found = Integration.objects.select_related("agent__login").filter(pk=integration_id).first()
    if found is None or found.agent.login is None:
        raise no_such("integration")
    return found.agent.login


@router.delete("/tokens/{token_id}", auth=Scope("tokens:write", staff=True), response={204: None})
@once
def revoke_api_token(request: ApiRequest, token_id: Path[Id]) -> HttpResponse:
    """Let nobody in by it any more, at once: one's own, and for administrators anybody's."""
    found = get_object_or_404(_tokens(), pk=token_id)
    if _agent_id(found) != request.viewer.agent_id and not may_administer(request.viewer):
        raise Http404
    revoke_token(found, by=request.viewer)
    return nothing()


@router.get("/integrations", auth=Scope("tokens:read", staff=True), response=Integrations)
def list_integrations(request: ApiRequest) -> HttpResponse:
    """The integrations by name, for administrators. One statement."""
    require(may_administer(request.viewer))
    return answer({"items": list(_integrations(Integration.objects.order_by("agent__name", "pk")))})


@router.post("/integrations", auth=Scope("tokens:write", staff=True), response={201: IntegrationOut})
@once
def make_integration(request: ApiRequest, given: NewIntegration) -> HttpResponse:
    """Have a program work in its own name; then make its first token."""
    require(may_administer(request.viewer))
    teams = list(Team.objects.filter(pk__in=given.team_ids))
    if len(teams) < len(set(given.team_ids)):
        raise no_such("team")
    made = add_integration(name=given.name, role=given.role, teams=teams, by=request.viewer)
    (row,) = _integrations(Integration.objects.filter(pk=made.pk))
    return answer(row, status=201)


def _integrations(found: QuerySet[Integration]) -> Any:
    teams = Membership.objects.filter(agent=OuterRef("agent")).order_by("team_id").values("team_id")
    named = {"name": F("agent__name"), "role": F("agent__role"), "team_ids": ArraySubquery(teams)}
    return found.values("id", "agent_id", "created_at", **named)


def _row(token: ApiToken) -> dict[str, Any]:
    names = (
        "id", "kind", "name", "scopes", "hint", "state", "created_by", "created_at", "expires_at", "last_used_at",
        "revoked_at",
    )  # fmt: skip
    return {**{name: getattr(token, name) for name in names}, "agent_id": _agent_id(token)}


def _agent_id(token: ApiToken) -> int | None:
    """As whom it acts; None for a customer. No statement where the agent was fetched with it."""
    agent: Agent | None = getattr(token.login, "agent", None)
    return agent.pk if agent else None
