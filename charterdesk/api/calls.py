"""Calls: reported by the telephone system, read, and put where they belong."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Moment, Number, Size, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.calls.actions import Report, file_call, name_caller, take_report
from charterdesk.calls.actions.reporting import STATES
from charterdesk.calls.models import Call
from charterdesk.calls.numbers import agent_at, line_of
from charterdesk.calls.policies import may_file, may_report
from charterdesk.calls.queries import BY, answered_by
from charterdesk.people.models import Contact
from charterdesk.people.permissions import READ_REPORTS
from charterdesk.sla.models import Wait
from charterdesk.tickets.models import Ticket

router = Router(tags=["Calls"])
FIELD_OF = {
    "calls.unknown_line": "to",
    "calls.bad_time": "at",
    "calls.bad_recording": "recording",
    "calls.other_ticket": "contact_id",
    "calls.filed": "number",
}
WEEK = timedelta(days=7)
Phone = Annotated[str, line(60)]


class CallOut(BaseModel):
    """A call as it stands. Times are those of the telephone system."""

    id: int
    call_id: str = Field(description="Its id at the telephone system.", examples=["pbx-4711"])
    team_id: int
    direction: str = Field(description="in or out")
    phone: str = Field(description="The other side's number; empty where it is withheld.", examples=["+4930987654"])
    line_id: int | None = Field(description="The number of ours.")
    contact_id: int | None
    agent_id: int | None = Field(description="Who talks, or talked last.")
    number: int | None = Field(description="The ticket it stands on.", examples=[1042])
    state: str = Field(description="ringing, talking or ended")
    cause: str = Field(description="How it ended: answered, missed, busy, refused or voicemail; empty before.")
    transfers: int
    begun_at: datetime
    rang_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    answer_due_at: datetime | None = Field(description="By when an answer was promised; null: none was.")
    is_late: bool = Field(description="Nobody had answered by then.")
    recording: str


class CallPage(BaseModel):
    """Some calls, newest first; `next` is the cursor of the next page, null at the end."""

    items: list[CallOut]
    next: str | None


class CallsAsked(Asked):
    """Which calls."""

    state: Annotated[str, one_of([*dict(Call.STATES), "missed"])] = ABSENT
    number: Number = ABSENT
    contact_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class CallFiguresAsked(Asked):
    """Which calls are counted, and apart by what."""

    since: Moment = Field(ABSENT, description="A week ago, where it is left out.")
    until: Moment = ABSENT
    by: Annotated[str, one_of(BY)] = Field("team", description="team, line or hour (of the asker's clock)")


class CallFigure(BaseModel):
    """How the calls of one team, number or hour were answered."""

    label: str = Field(examples=["Leaks"])
    calls: int
    answered: int
    missed: int
    promised: int = Field(description="Those with a promise that ended: answered, or not by when it was due.")
    kept: int = Field(description="Of those promised, the ones answered in time.")
    waited_seconds: float | None = Field(description="Half of those answered waited no longer.")


class CallFigures(BaseModel):
    """How soon calls were answered."""

    items: list[CallFigure]


class CallReport(Given):
    """What happened to a call. Send each thing once it happens; late, twice or out of order does no harm."""

    call_id: Annotated[str, line(120, least=1)] = Field(examples=["pbx-4711"])
    state: Annotated[str, one_of(STATES)] = Field(examples=["ringing"])
    at: Moment = Field(ABSENT, description="When, by the telephone system; now, where it is left out.")
    direction: Annotated[str, one_of([Call.IN, Call.OUT])] = Call.IN
    from_: Phone = Field("", alias="from", description="Empty or `anonymous`: withheld.", examples=["+4930987654"])
    to: Phone = Field("", examples=["+4930123456"])
    agent: Annotated[str, line(254)] = Field(
        "", description="Who picked up or talks from now on: an extension or an e-mail address.", examples=["17"]
    )
    cause: Annotated[str, one_of(dict(Call.CAUSES))] = Field(
        ABSENT, description="How it ended; left out: answered if somebody had picked up, else missed."
    )
    recording: Annotated[str, line(500)] = Field("", description="Where it lies. Kept as a link, never fetched.")


class CallChanges(Given):
    """Who it was, and where it belongs."""

    contact_id: Id = ABSENT
    number: Number = ABSENT


@router.post("/calls", auth=Scope("calls:write", staff=True), response={200: CallOut, 201: CallOut})
@once
def report_call(request: ApiRequest, given: CallReport) -> HttpResponse:
    """Report what happened to a call: 201 when it is heard of for the first time, else 200.

    Some fifteen statements.
    """
    source = f"api-{request.viewer.agent_id}"
    known = Call.objects.filter(once=f"{source}:{given.call_id}"[:160]).first()
    ours = given.to if given.direction == Call.IN else given.from_
    team_id = known.team_id if known else _team_of(ours)
    if team_id is not None:
        require(may_report(request.viewer, team_id))
    report = Report(
        call_id=given.call_id,
        state=given.state,
        at=given.at,
        direction=given.direction,
        from_=given.from_,
        to=given.to,
        agent=agent_at(given.agent),
        cause=given.cause or "",
        recording=given.recording,
    )
    with naming(FIELD_OF):
        call = take_report(report, source=source, by=request.viewer)
    return answer(_rows([call])[0], status=200 if known else 201)


def _team_of(number: str) -> int | None:
    line = line_of(number)
    return line.team_id if line else None


@router.get("/calls", auth=Scope("calls:read", staff=True), response=CallPage)
def list_calls(request: ApiRequest, asked: Query[CallsAsked]) -> HttpResponse:
    """Calls of the asker's teams, newest first: `missed` are those nobody answered. Two statements."""
    found = Call.objects.visible_to(request.viewer).select_related("ticket").order_by("-pk")
    if asked.state == "missed":
        found = found.missed()
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.number:
        found = found.filter(ticket__number=asked.number)
    if asked.contact_id:
        found = found.filter(contact=asked.contact_id)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(_rows(list(found[: asked.limit + 1])), asked.limit)


@router.get("/call-figures", auth=Scope("reports:read", staff=True), response=CallFigures)
def read_call_figures(request: ApiRequest, asked: Query[CallFiguresAsked]) -> HttpResponse:
    """How soon incoming calls were answered between two times, by team, number or hour. One statement."""
    require(request.viewer.may_in_some_team(READ_REPORTS))
    lines = answered_by(asked.by, request.viewer, since=asked.since or now() - WEEK, until=asked.until or now())
    same = ("label", "calls", "answered", "missed", "promised", "kept")
    rows = [
        {name: getattr(each, name) for name in same}
        | {"waited_seconds": each.waited.total_seconds() if each.waited is not None else None}
        for each in lines
    ]
    return answer({"items": rows})


@router.get("/calls/{call_id}", auth=Scope("calls:read", staff=True), response=CallOut)
def read_call(request: ApiRequest, call_id: Path[Id]) -> HttpResponse:
    """One call. Two statements."""
    return answer(_rows([_call(request, call_id)])[0])


@router.patch("/calls/{call_id}", auth=Scope("calls:write", staff=True), response=CallOut)
@once
def change_call(request: ApiRequest, call_id: Path[Id], given: CallChanges) -> HttpResponse:
    """Say who called, or put the call on a ticket: what was talked about stands there once the call is over."""
    call = _call(request, call_id)
    require(may_file(request.viewer, call))
    sent = given.sent()
    with naming(FIELD_OF):
        if "contact_id" in sent:
            contact = Contact.objects.filter(pk=sent["contact_id"], erased_at=None, merged_into=None).first()
            if contact is None:
                raise no_such("contact")
            name_caller(call, contact=contact, by=request.viewer)
        if "number" in sent:
            seen = Ticket.objects.visible_to(request.viewer).filter(number=sent["number"]).first()
            if seen is None:
                raise no_such("ticket")
            file_call(call, ticket=seen, by=request.viewer)
    return answer(_rows([_call(request, call_id)])[0])


def _call(request: ApiRequest, pk: int) -> Call:
    """The call, for who may see it. One statement."""
    return get_object_or_404(Call.objects.visible_to(request.viewer).select_related("ticket"), pk=pk)


def _rows(calls: list[Call]) -> list[dict[str, Any]]:
    """What is told of them. One statement."""
    promised = {
        about: (due_at, breached_at)
        for about, due_at, breached_at in Wait.objects.filter(about__in=[call.key for call in calls]).values_list(
            "about", "due_at", "breached_at"
        )
    }
    return [_row(call, *promised.get(call.key, (None, None))) for call in calls]


def _row(call: Call, due_at: datetime | None, breached_at: datetime | None) -> dict[str, Any]:
    same = (
        "id", "team_id", "direction", "line_id", "contact_id", "agent_id", "state", "cause", "transfers", "begun_at",
        "rang_at", "answered_at", "ended_at", "recording",
    )  # fmt: skip
    return {name: getattr(call, name) for name in same} | {
        "call_id": call.once.partition(":")[2],
        "phone": call.number,
        "number": call.ticket.number if call.ticket else None,
        "answer_due_at": due_at,
        "is_late": breached_at is not None,
    }
