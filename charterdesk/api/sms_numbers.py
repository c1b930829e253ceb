"""SMS numbers: set up, tried and switched off. Passwords and tokens are written, and never read."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, line, one_of
from charterdesk.api.mail_accounts import CheckOut, step_row
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such, team_named
from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.channels.models import SmsNumber
from charterdesk.channels.sms.actions import remove_number, save_number
from charterdesk.channels.sms.checking import check_number
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
STATE = (
    "id", "name", "number", "team_id", "calendar_id", "language", "provider", "url", "host", "port", "uses_tls", "user",
    "join_hours", "daily_cap", "is_active",
)  # fmt: skip
FIELD_OF = {
    "channels.bad_number": "number",
    "channels.number_taken": "number",
    "channels.no_provider": "user",
    "api.no_such_team": "team_id",
    "api.no_such_calendar": "calendar_id",
}
Port = Annotated[int, Field(ge=1, le=65535), WHOLE]
Hours = Annotated[int, Field(ge=1, le=8760), WHOLE]
Cap = Annotated[int, Field(ge=0, le=10_000_000), WHOLE]
Language = Annotated[str, one_of(code for code, _name in LANGUAGES)]
Provider = Annotated[str, one_of(code for code, _name in SmsNumber.PROVIDERS)]
Secret = Annotated[str, line(4000, least=1)]
Url = Annotated[str, line(300)]
WRITTEN = "Password or token. Kept sealed; no answer holds it."


class SmsNumberOut(BaseModel):
    """A number that customers text to, and its provider."""

    id: int
    name: str
    number: str = Field(description="E.164, or a short code.", examples=["+4930123456"])
    team_id: int = Field(description="Whose tickets its texts become.")
    calendar_id: int | None = Field(description="Its own opening hours; null for those of the channel, else its team.")
    language: str
    provider: str = Field(description="`http` (as Twilio does) or `smpp`")
    url: str
    host: str
    port: int
    uses_tls: bool
    user: str
    join_hours: int = Field(description="So long a ticket stays the same talk.")
    daily_cap: int = Field(description="Most parts a day; what goes beyond is held.")
    is_active: bool
    has_secret: bool
    checked_at: datetime | None
    error: str = Field(description="What the last session ended with; empty when it goes well.")


class SmsNumbers(BaseModel):
    """All numbers."""

    items: list[SmsNumberOut]


class NewSmsNumber(Given):
    """A number, with what its provider gave you."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Texts"])
    number: Annotated[str, line(40, least=3)] = Field(examples=["+4930123456"])
    team_id: Id
    calendar_id: Id | None = Field(None, description="Its own opening hours.", examples=[None])
    language: Language = Field("en", examples=["de"])
    provider: Provider = Field(SmsNumber.HTTP, examples=["http"])
    url: Url = Field("", examples=["https://api.twilio.com"])
    host: Annotated[str, line(253)] = ""
    port: Port = 2775
    uses_tls: bool = False
    user: Annotated[str, line(120)] = ""
    join_hours: Hours = 72
    daily_cap: Cap = 1000
    is_active: bool = True
    secret: Secret = Field(ABSENT, description=WRITTEN)


class SmsNumberChanges(Given):
    """What becomes different; what is left out stays, the secret as well."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    number: Annotated[str, line(40, least=3)] = ABSENT
    team_id: Id = ABSENT
    calendar_id: Id | None = ABSENT
    language: Language = ABSENT
    provider: Provider = ABSENT
    url: Url = ABSENT
    host: Annotated[str, line(253)] = ABSENT
    port: Port = ABSENT
    uses_tls: bool = ABSENT
    user: Annotated[str, line(120)] = ABSENT
    join_hours: Hours = ABSENT
    daily_cap: Cap = ABSENT
    is_active: bool = ABSENT
    secret: Secret = Field(ABSENT, description=WRITTEN)


@router.get("/sms-numbers", auth=Scope("settings:read", staff=True), response=SmsNumbers)
def list_sms_numbers(request: ApiRequest) -> HttpResponse:
    """All SMS numbers by name, and how their last session ended. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return answer({"items": [_row(each) for each in SmsNumber.objects.order_by("name")]})


@router.post("/sms-numbers", auth=Scope("settings:write", staff=True), response={201: SmsNumberOut})
@once
@transaction.atomic
def make_sms_number(request: ApiRequest, given: NewSmsNumber) -> HttpResponse:
    """Receive and send texts at a number from now on."""
    require(may_administer(request.viewer, SET_CHANNELS))
    made = SmsNumber()
    _keep(request, made, given.model_dump())
    headers = {"Location": f"/api/v1/sms-numbers/{made.pk}", "ETag": etag_of(_state(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/sms-numbers/{sms_number_id}", auth=Scope("settings:read", staff=True), response=SmsNumberOut)
def read_sms_number(request: ApiRequest, sms_number_id: Path[Id]) -> HttpResponse:
    """One number; its ETag is that of what was set up. One statement."""
    found = _number(request, sms_number_id)
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


@router.patch("/sms-numbers/{sms_number_id}", auth=Scope("settings:write", staff=True), response=SmsNumberOut)
@once
@transaction.atomic
def change_sms_number(request: ApiRequest, sms_number_id: Path[Id], given: SmsNumberChanges) -> HttpResponse:
    """Change a number, or switch it off; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer, SET_CHANNELS))
    found = get_object_or_404(SmsNumber.objects.select_for_update(), pk=sms_number_id)
    check_state(request, _state(found))
    _keep(request, found, given.sent())
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


@router.delete("/sms-numbers/{sms_number_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_sms_number(request: ApiRequest, sms_number_id: Path[Id]) -> HttpResponse:
    """Forget a number; what it brought stays."""
    remove_number(_number(request, sms_number_id), by=request.viewer)
    return nothing()


@router.post("/sms-numbers/{sms_number_id}/checks", auth=Scope("settings:write", staff=True), response=CheckOut)
def check_sms_number(request: ApiRequest, sms_number_id: Path[Id]) -> HttpResponse:
    """Try the provider of a number now; nothing is sent. Half a minute at most."""
    return answer({"steps": [step_row(step) for step in check_number(_number(request, sms_number_id))]})


def _number(request: ApiRequest, pk: int) -> SmsNumber:
    """The number, for whoever may set them up. One statement."""
    require(may_administer(request.viewer, SET_CHANNELS))
    return get_object_or_404(SmsNumber, pk=pk)


def _keep(request: ApiRequest, number: SmsNumber, sent: dict[str, Any]) -> None:
    """Save what was sent; a secret that was not sent stays. Raises `Problem`."""
    secret = str(sent.pop("secret", "") or "")
    with naming(FIELD_OF):
        if "team_id" in sent:
            sent["team"] = team_named(sent.pop("team_id"))
        if "calendar_id" in sent:
            sent["calendar"] = _calendar(sent.pop("calendar_id"))
        save_number(number, by=request.viewer, fields=sent, secret=secret)


def _calendar(pk: int | None) -> BusinessCalendar | None:
    """The calendar of that number. Raises `Refused`."""
    found = BusinessCalendar.objects.filter(pk=pk).first() if pk is not None else None
    if pk is not None and found is None:
        raise no_such("calendar")
    return found


def _state(number: SmsNumber) -> dict[str, Any]:
    """What was set up; of the secret only whether there is one."""
    return {name: getattr(number, name) for name in STATE} | {"has_secret": bool(number.secret)}


def _row(number: SmsNumber) -> dict[str, Any]:
    """What was set up, and how the last session went."""
    return {**_state(number), "checked_at": number.checked_at, "error": number.error}
