"""Reports: the figures the workspace draws, as data and as CSV; grades; and reports that are mailed by themselves."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Date, Email, Given, Id, one_of
from charterdesk.base.refused import require
from charterdesk.quality.grades import GradeLine, grade_report
from charterdesk.quality.models import Daily, Schedule
from charterdesk.quality.queries import BYS, DAY, MEASURES, STEPS, USUAL, Line, Question, Report, check_span, report
from charterdesk.quality.scheduling import MOST_ADDRESSES, add_schedule, remove_schedule
from charterdesk.quality.writing import as_csv
from charterdesk.tickets.policies import may_read_reports

router = Router(tags=["Reports"])
MeasureName = Annotated[str, one_of(code for code, _name in MEASURES)]
Split = Annotated[str, one_of(code for code, _name in BYS)]
Step = Annotated[str, one_of(code for code, _name in STEPS)]
COLUMNS = ("id", "measure", "by", "rhythm", "to", "created_at")
CSV = {
    "responses": {
        200: {
            "description": "A row for each value and period.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}


class ReportLine(BaseModel):
    """One line of a report: a value for each period, null where there is none; times are medians."""

    value: str = Field(description="An id, a code or a tag; empty for all together.", examples=["3"])
    label: str = Field(examples=["Leaks"])
    values: list[float | None]
    whole: float | None = Field(description="Of all periods together.")
    count: int = Field(description="How many tickets that stands on.")
    kept: float | None = Field(description="The share of promises kept, from 0 to 1.")


class ReportOut(BaseModel):
    """What was asked, and the figures of the teams whose reports the asker may read."""

    measure: str = Field(examples=["reply"])
    by: str
    step: str
    team_id: int | None
    since: date
    until: date
    unit: str = Field(description="`tickets`, or `seconds` of open time.")
    periods: list[date] = Field(description="The first day of each.")
    total: ReportLine
    lines: list[ReportLine]


class ReportAsked(Asked):
    """Of when, how split, and in which steps; left out, the last 30 days, all together, by day."""

    by: Split = Daily.ALL
    step: Step = DAY
    team_id: Id = Field(ABSENT, description="Of one team; else of all you may read.")
    since: Date = Field(ABSENT, description="The first day.")
    until: Date = Field(ABSENT, description="The last day.")


class SpanAsked(Asked):
    """Of when; left out, the last 30 days."""

    since: Date = Field(ABSENT, description="The first day.")
    until: Date = Field(ABSENT, description="The last day.")


class GradesOf(BaseModel):
    """The grades of a team, an agent, or all together."""

    label: str
    counts: list[int] = Field(description="How many of each grade, from 1 to 5.", examples=[[0, 1, 2, 9, 30]])
    graded: int
    solved: int
    mean: float | None
    share: float | None = Field(description="Of what was solved, how much was graded, from 0 to 1.")
    positive: float | None = Field(description="The share of grades from 3 on, from 0 to 1.")


class GradeReportOut(BaseModel):
    """What customers gave; never who gave it."""

    since: date
    until: date
    total: GradesOf
    teams: list[GradesOf]
    agents: list[GradesOf]


class ScheduleOut(BaseModel):
    """A report that is mailed by itself; it tells of the teams its owner may read."""

    id: int
    measure: str
    by: str
    rhythm: str = Field(description="weekly (on Monday) or monthly (on the first)", examples=["weekly"])
    to: list[str] = Field(examples=[["maya@water.example.org"]])
    created_at: datetime


class Schedules(BaseModel):
    """One's own."""

    items: list[ScheduleOut]


class NewSchedule(Given):
    """What is to be mailed to whom, and how often."""

    measure: MeasureName = Field(examples=["volume"])
    by: Split = Field(Daily.ALL, examples=["team"])
    rhythm: Annotated[str, one_of(code for code, _name in Schedule.RHYTHMS)] = Field(examples=["weekly"])
    to: list[Email] = Field(min_length=1, max_length=MOST_ADDRESSES)


@router.get("/reports/grades", auth=Scope("reports:read", staff=True), response=GradeReportOut)
def read_grade_report(request: ApiRequest, asked: Query[SpanAsked]) -> HttpResponse:
    """What customers gave, by team and by whose solution it was. Five statements. 409 `quality.bad_span`."""
    require(may_read_reports(request.viewer))
    since, until = _span(asked)
    check_span(since, until)
    found = grade_report(request.viewer, since=since, until=until)
    lists = {"teams": list(map(_grades, found.teams)), "agents": list(map(_grades, found.agents))}
    return answer({"since": since, "until": until, "total": _grades(found.total), **lists})


def _grades(line: GradeLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in GradesOf.model_fields}


@router.get("/reports/{measure}", auth=Scope("reports:read", staff=True), response=ReportOut)
def read_report(request: ApiRequest, measure: Path[MeasureName], asked: Query[ReportAsked]) -> HttpResponse:
    """One report. Eight statements at most. 409 `quality.bad_span`: with days, 400 of them; else three years."""
    found = _report(request, measure, asked)
    question = found.question
    names = ("measure", "by", "step", "team_id", "since", "until")
    return answer(
        {
            **{name: getattr(question, name) for name in names},
            "unit": "seconds" if question.is_time else "tickets",
            "periods": found.periods,
            "total": _line(found.total),
            "lines": [_line(line) for line in found.lines],
        }
    )


@router.get("/reports/{measure}/csv", auth=Scope("reports:read", staff=True), response={200: None}, openapi_extra=CSV)
def download_report(request: ApiRequest, measure: Path[MeasureName], asked: Query[ReportAsked]) -> HttpResponse:
    """The same as CSV, times in seconds."""
    return HttpResponse(as_csv(_report(request, measure, asked)), content_type="text/csv; charset=utf-8")


def _report(request: ApiRequest, measure: str, asked: ReportAsked) -> Report:
    require(may_read_reports(request.viewer))
    since, until = _span(asked)
    check_span(since, until, step=asked.step)
    question = Question(measure=measure, by=asked.by, step=asked.step, team_id=asked.team_id, since=since, until=until)
    return report(request.viewer, question)


def _span(asked: ReportAsked | SpanAsked) -> tuple[date, date]:
    until: date = asked.until or timezone.localdate()
    return asked.since or max(date.min + USUAL, until) - USUAL, until


def _line(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in ReportLine.model_fields}


@router.get("/report-schedules", auth=Scope("reports:read", staff=True), response=Schedules)
def list_report_schedules(request: ApiRequest) -> HttpResponse:
    """Which reports are mailed for you. One statement."""
    require(may_read_reports(request.viewer))
    found = Schedule.objects.filter(agent_id=request.viewer.agent_id or 0).order_by("pk")
    return answer({"items": list(found.values(*COLUMNS))})


@router.post("/report-schedules", auth=Scope("reports:write", staff=True), response={201: ScheduleOut})
@once
def schedule_report(request: ApiRequest, given: NewSchedule) -> HttpResponse:
    """Have a report of what you may read mailed, from the end of this week or month on."""
    require(may_read_reports(request.viewer))
    fields = given.model_dump()
    made = add_schedule(agent_of(request), split=fields.pop("by"), by=request.viewer, **fields)
    return answer({name: getattr(made, name) for name in COLUMNS}, status=201)


@router.delete("/report-schedules/{schedule_id}", auth=Scope("reports:write", staff=True), response={204: None})
@once
def unschedule_report(request: ApiRequest, schedule_id: Path[Id]) -> HttpResponse:
    """Mail it no more."""
    require(may_read_reports(request.viewer))
    found = get_object_or_404(Schedule, pk=schedule_id, agent_id=request.viewer.agent_id or 0)
    remove_schedule(found, by=request.viewer)
    return nothing()
