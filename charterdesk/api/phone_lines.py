"""Telephone: the numbers customers call, the systems that report calls, and where agents are found."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such, team_named
from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calls.actions import (
    new_secret,
    remove_line,
    remove_system,
    save_line,
    save_system,
    set_extensions,
)
from charterdesk.calls.models import Extension, PhoneLine, PhoneSystem
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
FIELD_OF = {
    "calls.bad_number": "number",
    "calls.number_taken": "number",
    "calls.name_taken": "name",
    "calls.extension_taken": "extensions",
    "calls.many_extensions": "extensions",
    "api.no_such_team": "team_id",
    "api.no_such_calendar": "calendar_id",
}
LINE = ("id", "name", "number", "team_id", "language", "calendar_id", "calls_back", "is_active")
Language = Annotated[str, one_of(code for code, _name in LANGUAGES)]
Name = Annotated[str, line(120, least=1)]


class PhoneLineOut(BaseModel):
    """A number that customers call."""

    id: int
    name: str
    number: str = Field(description="E.164, or a short code.", examples=["+4930123456"])
    team_id: int
    language: str = Field(description="Of callers nobody knows yet.")
    calendar_id: int | None = Field(description="Its opening hours; null: those of the channel or the team.")
    calls_back: bool = Field(description="A missed call becomes a ticket.")
    is_active: bool


class PhoneLines(BaseModel):
    """All numbers, by name."""

    items: list[PhoneLineOut]


class NewPhoneLine(Given):
    """A number, and whose its calls are."""

    name: Name = Field(examples=["Hotline"])
    number: Annotated[str, line(40, least=3)] = Field(examples=["+4930123456"])
    team_id: Id
    language: Language = Field("en", examples=["de"])
    calendar_id: Id | None = None
    calls_back: bool = True
    is_active: bool = True


class PhoneLineChanges(Given):
    """What becomes different."""

    name: Name = ABSENT
    number: Annotated[str, line(40, least=3)] = ABSENT
    team_id: Id = ABSENT
    language: Language = ABSENT
    calendar_id: Id | None = None
    calls_back: bool = ABSENT
    is_active: bool = ABSENT


class PhoneSystemOut(BaseModel):
    """A telephone system that reports calls."""

    id: int
    name: str
    url: str = Field(description="Where it posts its calls. Whoever knows it can report calls: keep it secret.")
    is_active: bool
    heard_at: datetime | None
    error: str = Field(description="Why its last report was not taken; empty when it was.")


class PhoneSystems(BaseModel):
    """All systems, by name."""

    items: list[PhoneSystemOut]


class NewPhoneSystem(Given):
    """A system that may report calls."""

    name: Name = Field(examples=["Main office"])


class PhoneSystemChanges(Given):
    """What becomes different; `is_new_secret` gives it another address."""

    name: Name = ABSENT
    is_active: bool = ABSENT
    is_new_secret: bool = False


class ExtensionsOut(BaseModel):
    """Where an agent is found."""

    agent_id: int
    extensions: list[str]


class AllExtensions(BaseModel):
    """Everybody who has an extension."""

    items: list[ExtensionsOut]


class ExtensionsGiven(Given):
    """Where an agent is found from now on."""

    extensions: Annotated[list[Annotated[str, line(40, least=1)]], Field(max_length=20, examples=[["17"]])]


@router.get("/phone-lines", auth=Scope("settings:read", staff=True), response=PhoneLines)
def list_phone_lines(request: ApiRequest) -> HttpResponse:
    """The numbers customers call. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return answer({"items": [_line_row(each) for each in PhoneLine.objects.order_by("name")]})


@router.post("/phone-lines", auth=Scope("settings:write", staff=True), response={201: PhoneLineOut})
@once
@transaction.atomic
def make_phone_line(request: ApiRequest, given: NewPhoneLine) -> HttpResponse:
    """Take calls of a number over from now on."""
    require(may_administer(request.viewer, SET_CHANNELS))
    made = _keep_line(request, PhoneLine(), given.model_dump())
    return answer(_line_row(made), status=201, headers={"Location": f"/api/v1/phone-lines/{made.pk}"})


@router.patch("/phone-lines/{phone_line_id}", auth=Scope("settings:write", staff=True), response=PhoneLineOut)
@once
@transaction.atomic
def change_phone_line(request: ApiRequest, phone_line_id: Path[Id], given: PhoneLineChanges) -> HttpResponse:
    """Change a number, or switch it off."""
    require(may_administer(request.viewer, SET_CHANNELS))
    found = get_object_or_404(PhoneLine.objects.select_for_update(), pk=phone_line_id)
    return answer(_line_row(_keep_line(request, found, given.sent())))


@router.delete("/phone-lines/{phone_line_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_phone_line(request: ApiRequest, phone_line_id: Path[Id]) -> HttpResponse:
    """Take no more calls of a number over; those that were stay."""
    require(may_administer(request.viewer, SET_CHANNELS))
    remove_line(get_object_or_404(PhoneLine, pk=phone_line_id), by=request.viewer)
    return nothing()


@router.get("/phone-systems", auth=Scope("settings:read", staff=True), response=PhoneSystems)
def list_phone_systems(request: ApiRequest) -> HttpResponse:
    """The systems that report calls, each with its address. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return answer({"items": [_system_row(each) for each in PhoneSystem.objects.order_by("name")]})


@router.post("/phone-systems", auth=Scope("settings:write", staff=True), response={201: PhoneSystemOut})
@once
def make_phone_system(request: ApiRequest, given: NewPhoneSystem) -> HttpResponse:
    """Let a telephone system report calls; its answer has the address to enter there."""
    require(may_administer(request.viewer, SET_CHANNELS))
    with naming(FIELD_OF):
        made = save_system(PhoneSystem(), by=request.viewer, fields={"name": given.name})
    return answer(_system_row(made), status=201, headers={"Location": f"/api/v1/phone-systems/{made.pk}"})


@router.patch("/phone-systems/{phone_system_id}", auth=Scope("settings:write", staff=True), response=PhoneSystemOut)
@once
@transaction.atomic
def change_phone_system(request: ApiRequest, phone_system_id: Path[Id], given: PhoneSystemChanges) -> HttpResponse:
    """Call a system something else, switch it off, or give it another address."""
    require(may_administer(request.viewer, SET_CHANNELS))
    found = get_object_or_404(PhoneSystem.objects.select_for_update(), pk=phone_system_id)
    fields = given.sent()
    is_new_secret = fields.pop("is_new_secret", False)
    with naming(FIELD_OF):
        save_system(found, by=request.viewer, fields=fields)
    if is_new_secret:
        new_secret(found, by=request.viewer)
    return answer(_system_row(found))


@router.delete("/phone-systems/{phone_system_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_phone_system(request: ApiRequest, phone_system_id: Path[Id]) -> HttpResponse:
    """Hear no more of a system; what it reported stays."""
    require(may_administer(request.viewer, SET_CHANNELS))
    remove_system(get_object_or_404(PhoneSystem, pk=phone_system_id), by=request.viewer)
    return nothing()


@router.get("/extensions", auth=Scope("settings:read", staff=True), response=AllExtensions)
def list_extensions(request: ApiRequest) -> HttpResponse:
    """Where agents are found. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    found: dict[int, list[str]] = {}
    for agent_id, number in Extension.objects.order_by("agent", "pk").values_list("agent_id", "number"):
        found.setdefault(agent_id, []).append(number)
    return answer({"items": [{"agent_id": pk, "extensions": numbers} for pk, numbers in found.items()]})


@router.put("/agents/{agent_id}/extensions", auth=Scope("settings:write", staff=True), response=ExtensionsOut)
@once
def change_extensions(request: ApiRequest, agent_id: Path[Id], given: ExtensionsGiven) -> HttpResponse:
    """Say where an agent is found."""
    require(may_administer(request.viewer, SET_CHANNELS))
    agent = get_object_or_404(Agent, pk=agent_id)
    with naming(FIELD_OF):
        set_extensions(agent, numbers=given.extensions, by=request.viewer)
    kept = Extension.objects.filter(agent=agent).order_by("pk").values_list("number", flat=True)
    return answer({"agent_id": agent.pk, "extensions": list(kept)})


def _keep_line(request: ApiRequest, phone_line: PhoneLine, sent: dict[str, Any]) -> PhoneLine:
    """Save what was sent. Raises `Problem`."""
    with naming(FIELD_OF):
        if "team_id" in sent:
            sent["team"] = team_named(sent.pop("team_id"))
        if "calendar_id" in sent:
            sent["calendar"] = _calendar(sent.pop("calendar_id"))
        return save_line(phone_line, by=request.viewer, fields=sent)


def _calendar(pk: int | None) -> BusinessCalendar | None:
    found = BusinessCalendar.objects.filter(pk=pk).first() if pk else None
    if pk and found is None:
        raise no_such("calendar")
    return found


def _line_row(phone_line: PhoneLine) -> dict[str, Any]:
    return {name: getattr(phone_line, name) for name in LINE}


def _system_row(system: PhoneSystem) -> dict[str, Any]:
    same = ("id", "name", "is_active", "heard_at", "error")
    url = settings.PUBLIC_URL + reverse("call_hook", kwargs={"pk": system.pk, "secret": system.secret or "-"})
    return {name: getattr(system, name) for name in same} | {"url": url}
