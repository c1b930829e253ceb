"""What signing in demands, and one person's way in: where they are signed in, and factors they lost."""

from datetime import datetime
from typing import Annotated, Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.access.actions import demand_second_factor, end_sessions, reset_second_factors, switch_registration
from charterdesk.access.queries import may_register, second_factor_roles, sessions_of
from charterdesk.api.answers import answer, check_state, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Id
from charterdesk.api.problems import naming
from charterdesk.base.refused import require
from charterdesk.people.models import Agent, Contact, Login
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
FIELD_OF = {"access.no_such_role": "second_factor_for"}
SHOWN = 100
Role = Annotated[str, StringConstraints(pattern=r"^(agent|lead|manager|administrator|role:[1-9][0-9]{0,17})$")]
Person = Annotated[str, StringConstraints(pattern=r"^(agent|contact):[1-9][0-9]{0,17}$"), Field(examples=["agent:5"])]


class SignInRulesOut(BaseModel):
    """What signing in demands."""

    second_factor_for: list[str] = Field(description="Roles that need a second factor.", examples=[["administrator"]])
    may_register: bool = Field(description="Customers may register themselves.")


class SignInRulesIn(Given):
    """What becomes different; what is left out stays. It holds from everybody's next click on."""

    second_factor_for: list[Role] = Field(ABSENT, max_length=200, examples=[["administrator"]])
    may_register: bool = ABSENT


class FactorOut(BaseModel):
    """A second factor somebody has."""

    kind: str = Field(description="`totp`, `webauthn` or `recovery_codes`")
    created_at: datetime
    last_used_at: datetime | None


class SessionOut(BaseModel):
    """A device on which somebody is signed in."""

    id: int
    ip: str | None
    device: str
    way: str = Field(description="`password`, `code`, `passkey`, `single` or `other`")
    opened_at: datetime
    seen_at: datetime


class LoginOut(BaseModel):
    """How somebody gets in."""

    person: str
    email: str
    factors: list[FactorOut]
    sessions: list[SessionOut] = Field(description="The latest first, a hundred at most.")


class SessionAsked(Asked):
    """Which session; left out, all."""

    session_id: Id = ABSENT


class EndedOut(BaseModel):
    """How many ended."""

    count: int


@router.get("/sign-in-rules", auth=Scope("settings:read", staff=True), response=SignInRulesOut)
def read_sign_in_rules(request: ApiRequest) -> HttpResponse:
    """Which roles need a second factor, and whether customers register themselves. Two statements."""
    require(may_administer(request.viewer))
    return state_answer(request, _rules())


@router.patch("/sign-in-rules", auth=Scope("settings:write", staff=True), response=SignInRulesOut)
@once
@transaction.atomic
def change_sign_in_rules(request: ApiRequest, given: SignInRulesIn) -> HttpResponse:
    """Change which roles need a second factor, and whether customers register themselves."""
    require(may_administer(request.viewer))
    check_state(request, _rules())
    sent = given.sent()
    if "second_factor_for" in sent:
        with naming(FIELD_OF):
            demand_second_factor(sent["second_factor_for"], by=request.viewer)
    if "may_register" in sent:
        switch_registration(sent["may_register"], by=request.viewer)
    return state_answer(request, _rules())


@router.get("/logins/{person}", auth=Scope("settings:read", staff=True), response=LoginOut)
def read_login(request: ApiRequest, person: Path[Person]) -> HttpResponse:
    """Where an agent or a customer is signed in, and which second factors they have. Three statements."""
    login = _login(request, person)
    factors = Authenticator.objects.filter(user=login).order_by("pk").values("type", "created_at", "last_used_at")
    sessions = sessions_of(login).values("id", "ip", "device", "way", "opened_at", "seen_at")[:SHOWN]
    return answer(
        {
            "person": person,
            "email": login.email,
            "factors": [{"kind": row.pop("type"), **row} for row in factors],
            "sessions": list(sessions),
        }
    )


@router.delete("/logins/{person}/sessions", auth=Scope("settings:write", staff=True), response={200: EndedOut})
@once
def end_login_sessions(request: ApiRequest, person: Path[Person], asked: Query[SessionAsked]) -> HttpResponse:
    """Sign somebody out, on one device or on all: their next click meets the door."""
    return answer({"count": end_sessions(_login(request, person), by=request.viewer, only=asked.session_id)})


@router.delete("/logins/{person}/factors", auth=Scope("settings:write", staff=True), response={200: EndedOut})
@once
def reset_login_factors(request: ApiRequest, person: Path[Person]) -> HttpResponse:
    """Take away second factors that were lost, and sign them out everywhere; they set up new ones."""
    return answer({"count": reset_second_factors(_login(request, person), by=request.viewer)})


def _rules() -> dict[str, Any]:
    return {"second_factor_for": sorted(second_factor_roles()), "may_register": may_register()}


def _login(request: ApiRequest, person: str) -> Login:
    """How `person` gets in, for administrators; 404 for who has no way in. One statement."""
    require(may_administer(request.viewer))
    kind, _colon, pk = person.partition(":")
    people: Any = Agent if kind == "agent" else Contact
    login: Login | None = get_object_or_404(people.objects.select_related("login"), pk=int(pk)).login
    if login is None:
        raise Http404
    return login
