"""Opening hours: read with how they stand now, made and changed."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, etag_of
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line
from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.calendars.actions import change_calendar, create_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calendars.queries import opening
from charterdesk.people.permissions import SET_TEAMS
from charterdesk.tickets.policies import may_administer

router = Router(tags=["The desk"])
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-4]):[0-5][0-9]$"), Field(examples=["08:30"])]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]$"), Field(examples=["2026-12-24"])]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Subdivision = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{0,10}$")]
Spans = list[Annotated[list[Clock], Field(min_length=2, max_length=2)]]
Hours = Annotated[Spans, Field(max_length=24, examples=[[["08:30", "12:00"], ["13:00", "17:00"]]])]


class CalendarOut(BaseModel):
    """Opening hours, and how they stand now."""

    id: int
    name: str
    zone: str = Field(examples=["Europe/Berlin"])
    hours: dict[str, Any] = Field(examples=[{"mon": [["08:00", "12:00"], ["13:00", "17:00"]]}])
    country: str
    subdivision: str
    holidays: list[Any]
    exceptions: list[Any]
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


class Calendars(BaseModel):
    """All calendars."""

    items: list[CalendarOut]


class Week(Given):
    """When it is open on each day, as beginnings and ends; a day that is left out is closed."""

    mon: Hours = []
    tue: Hours = []
    wed: Hours = []
    thu: Hours = []
    fri: Hours = []
    sat: Hours = []
    sun: Hours = []


class OtherDay(Given):
    """A date that is different from its week; without hours it is closed."""

    date: Day
    hours: Hours = []
    note: Annotated[str, line(200)] = ""


class NewCalendar(Given):
    """Opening hours; what is left out is Monday to Friday, 8 to 17, without holidays."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Night shift"])
    zone: Annotated[str, line(64, least=1)] = Field("UTC", examples=["Europe/Berlin"])
    hours: Week = ABSENT
    country: Country = Field("", description="Whose public holidays it keeps.", examples=["DE"])
    subdivision: Subdivision = Field("", description="Of which state or region.", examples=["BY"])
    holidays: list[Day] = Field([], max_length=1000, examples=[["2026-12-27"]])
    exceptions: list[OtherDay] = Field([], max_length=1000)


class CalendarChanges(Given):
    """What becomes different; what is left out stays. Promises given already keep the hours they were given on."""

    name: Annotated[str, line(120, least=1)] = Field(ABSENT, examples=["Night shift"])
    zone: Annotated[str, line(64, least=1)] = Field(ABSENT, examples=["Europe/Berlin"])
    hours: Week = ABSENT
    country: Country = Field(ABSENT, examples=["DE"])
    subdivision: Subdivision = Field(ABSENT, examples=["BY"])
    holidays: list[Day] = Field(ABSENT, max_length=1000)
    exceptions: list[OtherDay] = Field(ABSENT, max_length=1000)


@router.get("/calendars", auth=Scope("calendars:read", staff=True), response=Calendars)
def list_calendars(request: ApiRequest) -> HttpResponse:
    """All opening hours by name, and how each stands now. One statement."""
    return answer({"items": [_row(each) for each in BusinessCalendar.objects.order_by("name")]})


@router.post("/calendars", auth=Scope("calendars:write", staff=True), response={201: CalendarOut})
@once
def make_calendar(request: ApiRequest, given: NewCalendar) -> HttpResponse:
    """Make opening hours that teams can then have."""
    require(may_administer(request.viewer, SET_TEAMS))
    made = create_calendar(by=request.viewer, **_fields(given))
    headers = {"Location": f"/api/v1/calendars/{made.pk}", "ETag": etag_of(_state(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/calendars/{calendar_id}", auth=Scope("calendars:read", staff=True), response=CalendarOut)
def read_calendar(request: ApiRequest, calendar_id: Path[Id]) -> HttpResponse:
    """One calendar; its ETag is that of what was set up, not of how it stands now. One statement."""
    found = get_object_or_404(BusinessCalendar, pk=calendar_id)
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


@router.patch("/calendars/{calendar_id}", auth=Scope("calendars:write", staff=True), response=CalendarOut)
@once
@transaction.atomic
def change_one_calendar(request: ApiRequest, calendar_id: Path[Id], given: CalendarChanges) -> HttpResponse:
    """Change opening hours; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer, SET_TEAMS))
    found = get_object_or_404(BusinessCalendar.objects.select_for_update(), pk=calendar_id)
    check_state(request, _state(found))
    change_calendar(found, by=request.viewer, **_fields(given))
    return answer(_row(found), headers={"ETag": etag_of(_state(found))})


def _fields(given: NewCalendar | CalendarChanges) -> dict[str, Any]:
    """What the actions take: days without hours are left out."""
    fields = given.model_dump(exclude_unset=True)
    if "hours" in fields:
        fields["hours"] = {day: spans for day, spans in fields["hours"].items() if spans}
    return fields


def _state(calendar: BusinessCalendar) -> dict[str, Any]:
    """What was set up."""
    return {"id": calendar.pk, "name": calendar.name, **calendar.spec}


def _row(calendar: BusinessCalendar) -> dict[str, Any]:
    """What was set up, and how it stands now."""
    stands = opening(calendar.times, now())
    return {
        **_state(calendar),
        "is_open": stands.is_open,
        "opens_at": stands.opens_at,
        "closes_at": stands.closes_at,
    }
