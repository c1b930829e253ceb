"""What is promised: policies read, made, changed and taken out of force; hours of channels; what will be late today."""

from datetime import datetime, time, timedelta
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, Priority, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_PROMISES, SET_TEAMS
from charterdesk.quality.forecast import forecast
from charterdesk.sla.actions import change_policy, create_policy, retire_policy, set_channel_hours
from charterdesk.sla.models import ChannelHours, Policy, PolicyVersion
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_administer

router = Router(tags=["The desk"])
TARGETS = ("first_reply", "next_reply", "resolution", "answer")
SAME = (
    "name", "position", "types", "priorities", "team_ids", "channels", "languages", "entitlements", "warnings",
    "pauses", "calendar_id",
)  # fmt: skip
FIELD_OF = {
    "sla.no_target": "first_reply_seconds",
    "sla.warnings": "warnings",
    "api.no_such_calendar": "calendar_id",
    **{f"sla.no_such_{name}": name for name in SAME},
}
SECOND = timedelta(seconds=1)
YEAR_S = 366 * 86_400
Seconds = Annotated[int, Field(ge=60, le=YEAR_S), WHOLE] | None
AnswerSeconds = Annotated[int, Field(ge=1, le=86_400), WHOLE] | None
Channel = Annotated[str, one_of(code for code, _name in Ticket.CHANNELS)]
Types = Annotated[list[Annotated[str, one_of(code for code, _name in Ticket.TYPES)]], Field(max_length=50)]
Priorities = Annotated[list[Priority], Field(max_length=4)]
Languages = Annotated[list[Annotated[str, one_of(code for code, _name in LANGUAGES)]], Field(max_length=50)]
Entitlements = Annotated[list[Annotated[str, line(120, least=1)]], Field(max_length=100)]
Warnings = Annotated[list[Annotated[int, Field(ge=1, le=99), WHOLE]], Field(max_length=5, examples=[[50, 80]])]
Pauses = Annotated[list[Annotated[str, one_of([Ticket.PENDING, Ticket.ON_HOLD])]], Field(max_length=2)]
Ids = Annotated[list[Id], Field(max_length=200)]
Position = Annotated[int, Field(ge=1, le=32767), WHOLE]
TIME = "In seconds of open time; null promises none."
ON_THE_LINE = "Of who waits on the line, a caller: in seconds of open time; null promises none."


class PolicyOut(BaseModel):
    """A promise in force: targets in seconds of open time, and the requests it is for (empty: all)."""

    id: int
    version: int
    name: str
    position: int = Field(description="The first that fits a request, by position, is the one it gets.")
    first_reply_seconds: int | None
    next_reply_seconds: int | None
    resolution_seconds: int | None
    answer_seconds: int | None = Field(description="Of who waits on the line: a call.")
    types: list[str]
    priorities: list[int]
    team_ids: list[int]
    channels: list[str]
    languages: list[str]
    entitlements: list[str] = Field(description="Names of contracts; `*` is any.")
    warnings: list[int] = Field(description="Shares of the time in percent.")
    pauses: list[str] = Field(description="Statuses in which the clock of the solution stands.")
    calendar_id: int | None = Field(description="null: those of the contract, the channel or the team.")


class Policies(BaseModel):
    """Promises in force, in the order in which they are tried."""

    items: list[PolicyOut]


class PolicyVersionOut(PolicyOut):
    """What a promise said from one time to another."""

    active_from: datetime
    active_until: datetime | None = Field(description="null: it is in force.")


class PolicyVersions(BaseModel):
    """Versions of a promise, the latest first."""

    items: list[PolicyVersionOut]


class NewPolicy(Given):
    """A promise, for requests that come from now on. At least one target; conditions left out fit everything."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Urgent requests"])
    position: Position = 100
    first_reply_seconds: Seconds = Field(None, description=TIME, examples=[3600])
    next_reply_seconds: Seconds = Field(None, description=TIME)
    resolution_seconds: Seconds = Field(None, description=TIME)
    answer_seconds: AnswerSeconds = Field(None, description=ON_THE_LINE, examples=[30])
    types: Types = []
    priorities: Priorities = []
    team_ids: Ids = []
    channels: list[Channel] = Field([], max_length=50)
    languages: Languages = []
    entitlements: Entitlements = []
    warnings: Warnings = [75]
    pauses: Pauses = [Ticket.PENDING, Ticket.ON_HOLD]
    calendar_id: Id | None = None


class PolicyChanges(Given):
    """What becomes different; what is left out stays. What was promised stays promised."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    position: Position = ABSENT
    first_reply_seconds: Seconds = Field(ABSENT, description=TIME)
    next_reply_seconds: Seconds = Field(ABSENT, description=TIME)
    resolution_seconds: Seconds = Field(ABSENT, description=TIME)
    answer_seconds: AnswerSeconds = Field(ABSENT, description=ON_THE_LINE)
    types: Types = ABSENT
    priorities: Priorities = ABSENT
    team_ids: Ids = ABSENT
    channels: list[Channel] = Field(ABSENT, max_length=50)
    languages: Languages = ABSENT
    entitlements: Entitlements = ABSENT
    warnings: Warnings = ABSENT
    pauses: Pauses = ABSENT
    calendar_id: Id | None = ABSENT


class HoursOut(BaseModel):
    """A channel with opening hours of its own."""

    channel: str
    calendar_id: int


class ChannelHoursOut(BaseModel):
    """The channels with hours of their own; the others have those of each team."""

    items: list[HoursOut]


class ChannelHoursIn(Given):
    """Whose hours a channel has; null: those of each team."""

    calendar_id: Id | None


class LatePromise(BaseModel):
    """A promise that will be late."""

    number: int
    due_at: datetime


class TeamForecastOut(BaseModel):
    """One team: what is due, what of it will be late, and its pace (null where nothing is known yet)."""

    team: str
    due: int
    late: int
    per_open_hour: float | None


class ForecastOut(BaseModel):
    """What will be late today, in the zone of the asker, at the pace of the last fourteen days."""

    due: int
    late: int
    is_capped: bool
    first: list[LatePromise] = Field(description="The soonest that will be late.")
    teams: list[TeamForecastOut]


@router.get("/promises", auth=Scope("promises:read", staff=True), response=Policies)
def list_policies(request: ApiRequest) -> HttpResponse:
    """Promises in force, in the order in which they are tried. One statement."""
    in_force = PolicyVersion.objects.filter(active_until=None).order_by("position", "pk")
    return answer({"items": [_row(each) for each in in_force]})


@router.post("/promises", auth=Scope("promises:write", staff=True), response={201: PolicyOut})
@once
def make_policy(request: ApiRequest, given: NewPolicy) -> HttpResponse:
    """Promise something to requests that come from now on."""
    require(may_administer(request.viewer, SET_PROMISES))
    with naming(FIELD_OF):
        made = create_policy(by=request.viewer, **_fields(given.model_dump()))
    headers = {"Location": f"/api/v1/promises/{made.policy_id}", "ETag": etag_of(_row(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/promises/{policy_id}", auth=Scope("promises:read", staff=True), response=PolicyOut)
def read_policy(request: ApiRequest, policy_id: Path[Id]) -> HttpResponse:
    """One promise in force. One statement."""
    return state_answer(request, _row(_in_force(policy_id)))


@router.patch("/promises/{policy_id}", auth=Scope("promises:write", staff=True), response=PolicyOut)
@once
@transaction.atomic
def change_one_policy(request: ApiRequest, policy_id: Path[Id], given: PolicyChanges) -> HttpResponse:
    """Change a promise for requests that come from now on; with `If-Match`, only in the state that was read.

    One that was taken out of force is in force again.
    """
    require(may_administer(request.viewer, SET_PROMISES))
    policy = get_object_or_404(Policy.objects.select_for_update(), pk=policy_id)
    check_state(request, _row(policy.versions.latest("number")))
    with naming(FIELD_OF):
        return state_answer(request, _row(change_policy(policy, by=request.viewer, **_fields(given.sent()))))


@router.delete("/promises/{policy_id}", auth=Scope("promises:write", staff=True), response={204: None})
@once
def retire_one_policy(request: ApiRequest, policy_id: Path[Id]) -> HttpResponse:
    """Promise this no more; what was promised stays promised."""
    require(may_administer(request.viewer, SET_PROMISES))
    retire_policy(get_object_or_404(Policy, pk=policy_id), by=request.viewer)
    return nothing()


@router.get("/promises/{policy_id}/versions", auth=Scope("promises:read", staff=True), response=PolicyVersions)
def list_policy_versions(request: ApiRequest, policy_id: Path[Id]) -> HttpResponse:
    """What a promise said and says, the latest first, one out of force as well. Two statements."""
    found = get_object_or_404(Policy, pk=policy_id).versions.order_by("-number")
    times = ("active_from", "active_until")
    return answer({"items": [_row(each) | {name: getattr(each, name) for name in times} for each in found]})


@router.get("/channel-hours", auth=Scope("calendars:read", staff=True), response=ChannelHoursOut)
def list_channel_hours(request: ApiRequest) -> HttpResponse:
    """The channels with opening hours of their own. One statement."""
    return answer({"items": list(ChannelHours.objects.order_by("channel").values("channel", "calendar_id"))})


@router.put("/channel-hours/{channel}", auth=Scope("calendars:write", staff=True), response=ChannelHoursOut)
@once
def change_channel_hours(request: ApiRequest, channel: Path[Channel], given: ChannelHoursIn) -> HttpResponse:
    """Give a channel hours of its own, or (null) those of each team again."""
    require(may_administer(request.viewer, SET_TEAMS))
    calendar = get_object_or_404(BusinessCalendar, pk=given.calendar_id) if given.calendar_id else None
    set_channel_hours(channel, by=request.viewer, calendar=calendar)
    return list_channel_hours(request)


@router.get("/forecast", auth=Scope("promises:read", staff=True), response=ForecastOut)
def read_forecast(request: ApiRequest) -> HttpResponse:
    """What of the asker's teams will be late today. Three statements."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time()))
    found = forecast(request.viewer, until=midnight)
    return answer(
        {
            "due": found.due,
            "late": found.late,
            "is_capped": found.is_capped,
            "first": [{"number": one.number, "due_at": one.due_at} for one in found.first],
            "teams": [
                {"team": team.name, "due": team.due, "late": len(team.late), "per_open_hour": team.pace}
                for team in found.teams
            ],
        }
    )


def _in_force(policy_id: int) -> PolicyVersion:
    return get_object_or_404(PolicyVersion, policy_id=policy_id, active_until=None)


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """What the actions take: targets as times."""
    fields = dict(given)
    for name in TARGETS:
        if f"{name}_seconds" in fields:
            seconds = fields.pop(f"{name}_seconds")
            fields[name] = None if seconds is None else timedelta(seconds=seconds)
    if fields.get("calendar_id") and not BusinessCalendar.objects.filter(pk=fields["calendar_id"]).exists():
        raise no_such("calendar")
    return fields


def _row(version: PolicyVersion) -> dict[str, Any]:
    targets = {name: getattr(version, name) for name in TARGETS}
    return {
        "id": version.policy_id,
        "version": version.number,
        **{name: getattr(version, name) for name in SAME},
        **{f"{name}_seconds": target // SECOND if target else None for name, target in targets.items()},
    }
