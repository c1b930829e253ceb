"""Single sign-on: who else may vouch for people, and what their groups mean here. Secrets are written, never read."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.access.models import IdentityProvider
from charterdesk.access.single_sign_on import remove_provider, save_provider
from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.base.refused import require
from charterdesk.tickets.policies import may_administer
from charterdesk.ui.provider_set_up import FIELD_OF as AT_FIELD
from charterdesk.ui.provider_set_up import NEEDED, proved

router = Router(tags=["How the desk is set up"])
OF_BOTH = ("slug", "name", "domains", "groups_claim", "role_of_group", "team_of_group", "default_role", "is_active")
COLUMNS = ("kind", *OF_BOTH, "issuer", "client_id", "sign_in_url", "certificates", "created_at")
FIELD_OF = {**AT_FIELD, "access.no_such_role": "role_of_group", "access.no_such_team": "team_of_group"}
ASKED_ANEW = {"issuer", "client_id", "sign_in_url", "certificates", "metadata", "is_active"}
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$"), Field(examples=["works"])]
Domains = Annotated[list[Annotated[str, line(253, least=1)]], Field(max_length=200, examples=[["water.example.org"]])]
Role = Annotated[str, StringConstraints(pattern=r"^(agent|lead|manager|administrator|role:[1-9][0-9]{0,17})$")]
Group = Annotated[str, line(300, least=1)]
Secret = Annotated[str, line(500, least=1)]
ROLES = "A built-in role by its code, or one of the desk's own as `role:5`. What allows most counts."


class GroupRole(Given):
    """Whoever is in a group there has this role here."""

    group: Group = Field(examples=["helpdesk"])
    role: Role = Field(description=ROLES, examples=["agent"])


class GroupTeam(Given):
    """Whoever is in a group there works for this team here."""

    group: Group = Field(examples=["leaks"])
    team_id: Id


Roles = Annotated[list[GroupRole], Field(max_length=500)]
Teams = Annotated[list[GroupTeam], Field(max_length=500)]


class GroupRoleOut(BaseModel):
    """Whoever is in a group there has this role here."""

    group: str
    role: str


class GroupTeamOut(BaseModel):
    """Whoever is in a group there works for this team here."""

    group: str
    team_id: int


class ProviderOut(BaseModel):
    """Somebody else who vouches for people."""

    id: int
    kind: str = Field(description="`oidc` or `saml`")
    slug: str = Field(description="Part of the address it answers to.")
    name: str = Field(description="What the button at the door says.")
    domains: list[str] = Field(description="Mail domains it may vouch for.")
    groups_claim: str
    role_of_group: list[GroupRoleOut]
    team_of_group: list[GroupTeamOut]
    default_role: str = Field(description="Of whom no group names; empty: they come in as customers.")
    is_active: bool
    issuer: str = Field(description="Of SAML its entity id.")
    client_id: str
    has_secret: bool
    sign_in_url: str
    certificates: str = Field(description="PEM.")
    answers_at: str = Field(description="The address to enter there.")
    created_at: datetime


class Providers(BaseModel):
    """All providers."""

    items: list[ProviderOut]


class NewProvider(Given):
    """A provider. OpenID Connect needs `issuer` and `client_id`; SAML its `metadata`, or what they would say."""

    kind: Annotated[str, one_of(code for code, _name in IdentityProvider.KINDS)] = Field(examples=["oidc"])
    name: Annotated[str, line(80, least=1)] = Field(examples=["Works"])
    slug: Slug
    domains: Domains
    groups_claim: Annotated[str, line(100, least=1)] = "groups"
    role_of_group: Roles = []
    team_of_group: Teams = []
    default_role: Role = Field(ABSENT, description=ROLES, examples=["agent"])
    is_active: bool = True
    issuer: Annotated[str, line(500)] = Field("", examples=["https://login.example.org/realms/staff"])
    client_id: Annotated[str, line(300)] = ""
    secret: Secret = Field(ABSENT, description="Kept sealed; no answer holds it.")
    sign_in_url: Annotated[str, line(500)] = ""
    certificates: Annotated[str, line(50_000)] = ""
    metadata: Annotated[str, line(500_000)] = Field("", description="Of SAML: their address, or the XML itself.")


class ProviderChanges(Given):
    """What becomes different; what is left out stays, the secret as well."""

    name: Annotated[str, line(80, least=1)] = ABSENT
    slug: Slug = ABSENT
    domains: Domains = ABSENT
    groups_claim: Annotated[str, line(100, least=1)] = ABSENT
    role_of_group: Roles = ABSENT
    team_of_group: Teams = ABSENT
    default_role: Role | None = Field(ABSENT, description="null: they come in as customers.", examples=["agent"])
    is_active: bool = ABSENT
    issuer: Annotated[str, line(500)] = ABSENT
    client_id: Annotated[str, line(300)] = ABSENT
    secret: Secret = Field(ABSENT, description="Kept sealed; no answer holds it.")
    sign_in_url: Annotated[str, line(500)] = ABSENT
    certificates: Annotated[str, line(50_000)] = ABSENT
    metadata: Annotated[str, line(500_000)] = ABSENT


@router.get("/identity-providers", auth=Scope("settings:read", staff=True), response=Providers)
def list_providers(request: ApiRequest) -> HttpResponse:
    """Who may vouch for people (single sign-on), by name. One statement."""
    require(may_administer(request.viewer))
    return answer({"items": [_row(each) for each in IdentityProvider.objects.all()]})


@router.post("/identity-providers", auth=Scope("settings:write", staff=True), response={201: ProviderOut})
@once
def make_provider(request: ApiRequest, given: NewProvider) -> HttpResponse:
    """Let somebody else vouch for people. One in use is asked at once whether it answers; seconds at most."""
    require(may_administer(request.viewer))
    made = IdentityProvider(kind=given.kind)
    _keep(request, made, given.model_dump())
    headers = {"Location": f"/api/v1/identity-providers/{made.pk}", "ETag": etag_of(_row(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/identity-providers/{provider_id}", auth=Scope("settings:read", staff=True), response=ProviderOut)
def read_provider(request: ApiRequest, provider_id: Path[Id]) -> HttpResponse:
    """One provider of single sign-on. One statement."""
    return state_answer(request, _row(_provider(request, provider_id)))


@router.patch("/identity-providers/{provider_id}", auth=Scope("settings:write", staff=True), response=ProviderOut)
@once
@transaction.atomic
def change_provider(request: ApiRequest, provider_id: Path[Id], given: ProviderChanges) -> HttpResponse:
    """Change a provider of single sign-on; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer))
    found = get_object_or_404(IdentityProvider.objects.select_for_update(), pk=provider_id)
    check_state(request, _row(found))
    _keep(request, found, given.model_dump(exclude_unset=True))
    return state_answer(request, _row(found))


@router.delete("/identity-providers/{provider_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_one_provider(request: ApiRequest, provider_id: Path[Id]) -> HttpResponse:
    """Let nobody in by a provider any more; those who came by it sign in by mailed code or password."""
    remove_provider(_provider(request, provider_id), by=request.viewer)
    return nothing()


def _provider(request: ApiRequest, pk: int) -> IdentityProvider:
    """The provider, for whoever may set them up. One statement."""
    require(may_administer(request.viewer))
    return get_object_or_404(IdentityProvider, pk=pk)


def _keep(request: ApiRequest, provider: IdentityProvider, sent: dict[str, Any]) -> None:
    """Save what was sent, once it is proved. Raises `Problem`."""
    fields = {name: sent[name] for name in OF_BOTH if name in sent}
    if "default_role" in fields:
        fields["default_role"] = fields["default_role"] or ""
    if "role_of_group" in fields:
        fields["role_of_group"] = {each["group"]: each["role"] for each in fields["role_of_group"]}
    if "team_of_group" in fields:
        fields["team_of_group"] = {each["group"]: each["team_id"] for each in fields["team_of_group"]}
    names = (*NEEDED, "is_active") if provider.kind == IdentityProvider.SAML else ("issuer", "client_id", "is_active")
    wanted = {name: sent.get(name, getattr(provider, name)) for name in names}
    with naming(FIELD_OF):
        if ASKED_ANEW & set(sent):
            wanted = proved(provider.kind, wanted, metadata=sent.get("metadata", ""))
        save_provider(provider, by=request.viewer, secret=sent.get("secret") or "", **{**fields, **wanted})


def _row(provider: IdentityProvider) -> dict[str, Any]:
    ways = {IdentityProvider.OIDC: "oidc/{}/login/callback/", IdentityProvider.SAML: "saml/{}/acs/"}
    return {
        "id": provider.pk,
        **{name: getattr(provider, name) for name in COLUMNS},
        "role_of_group": [{"group": group, "role": role} for group, role in sorted(provider.role_of_group.items())],
        "team_of_group": [{"group": group, "team_id": pk} for group, pk in sorted(provider.team_of_group.items())],
        "has_secret": bool(provider.sealed_secret),
        "answers_at": f"{settings.PUBLIC_URL}/account/{ways[provider.kind].format(provider.slug)}",
    }
