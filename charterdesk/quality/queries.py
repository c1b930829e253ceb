"""Reports: how much came, waits, how soon it was answered and solved; from the days' figures, never from tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charterdesk.base.refused import Refused
from charterdesk.billing.models import Tier
from charterdesk.complaints.models import Level
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.quality.counting import middle_of
from charterdesk.quality.models import Daily, Spread
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_read_reports

VOLUME, BACKLOG, REPLY, SOLUTION = "volume", "backlog", "reply", "solution"
MEASURES = [
    (VOLUME, _("New requests")),
    (BACKLOG, _("Backlog")),
    (REPLY, _("Time to the first reply")),
    (SOLUTION, _("Time to the solution")),
]
TEAM = "team"
BYS = [
    (Daily.ALL, _("all together")),
    (TEAM, _("by team")),
    (Daily.AGENT, _("by agent")),
    (Daily.CHANNEL, _("by channel")),
    (Daily.TAG, _("by tag")),
    (Daily.LEVEL, _("by level of complaints")),
    (Daily.TIER, _("by loyalty")),
]
DAY, WEEK, MONTH = "day", "week", "month"
STEPS = [(DAY, _("days")), (WEEK, _("weeks")), (MONTH, _("months"))]
MOST_PERIODS = 400
LONGEST = timedelta(days=366 * 3)
USUAL = timedelta(days=29)
"""From the first to the last of the days that are told of where nobody says which."""
MOST_VALUES = 12
_COUNTED = {VOLUME: "opened", REPLY: "replied", SOLUTION: "solved"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a report is asked: `since` and `until` are its first and last day; `team_id` narrows it to one."""

    measure: str = VOLUME
    by: str = Daily.ALL
    since: date
    until: date
    step: str = DAY
    team_id: int | None = None

    @property
    def is_time(self) -> bool:
        """Whether it asks for times rather than for numbers."""
        return self.measure in (REPLY, SOLUTION)

    @property
    def periods(self) -> list[date]:
        """The first day of each day, week or month it spans, at most `MOST_PERIODS`."""
        found: list[date] = []
        day = begin_of(self.since, self.step)
        while day <= self.until and len(found) < MOST_PERIODS:
            found.append(day)
            day = next_of(day, self.step)
        return found


def check_span(since: date, until: date, *, step: str = MONTH) -> None:
    """Raise `Refused("quality.bad_span")` for days, from first to last, that no report can tell of in these steps."""
    if since > until:
        raise Refused("quality.bad_span", gettext("It ends before it begins. Choose a later end."))
    if until - since > LONGEST:
        raise Refused("quality.bad_span", gettext("A report tells of three years at most."))
    if step == DAY and until - since >= timedelta(days=MOST_PERIODS):
        raise Refused("quality.bad_span", gettext("These are too many days for one report: choose weeks or months."))


def begin_of(day: date, step: str) -> date:
    """The first day of the period that holds `day`; weeks begin on Monday."""
    if step == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == MONTH else day


def next_of(day: date, step: str) -> date:
    """The first day of the period after the one that begins on `day`."""
    if step == MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if step == WEEK else 1)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a report: a value for each period (None where there is none), and one for the whole time.

    Times are seconds of open time, medians. `count` is how many tickets that stands on, `kept` the share of promises
    kept, from 0 to 1.
    """

    value: str
    label: str
    values: Sequence[float | None]
    whole: float | None
    count: int = 0
    kept: float | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a question was answered."""

    question: Question
    periods: Sequence[date]
    total: Line
    lines: Sequence[Line] = field(default_factory=list)


def readable_teams(viewer: Viewer) -> list[int]:
    """The teams whose figures `viewer` may read. No query."""
    return sorted(pk for pk in viewer.team_ids if may_read_reports(viewer, team_id=pk))


def report(viewer: Viewer, question: Question) -> Report:
    """Answer `question` from what `viewer` may read. At most eight statements, whatever the number of tickets."""
    teams = [pk for pk in readable_teams(viewer) if question.team_id in (None, pk)]
    total = _lines(question, teams, Daily.ALL)
    split: Mapping[str, Line] = {}
    if question.by != Daily.ALL:
        split = _lines(question, teams, Daily.ALL if question.by == TEAM else question.by, by_team=question.by == TEAM)
    names = _names(question.by, list(split))
    lines = [_named(line, str(names.get(value, value))) for value, line in split.items()]
    lines.sort(key=lambda line: (-line.count, -(line.whole or 0), line.label))
    nothing = Line(value="", label="", values=[None if question.is_time else 0] * len(question.periods), whole=None)
    return Report(question=question, periods=question.periods, total=total.get("", nothing), lines=lines[:MOST_VALUES])


def _named(line: Line, label: str) -> Line:
    return Line(value=line.value, label=label, values=line.values, whole=line.whole, count=line.count, kept=line.kept)


def _lines(question: Question, teams: Sequence[int], by: str, *, by_team: bool = False) -> dict[str, Line]:
    if question.measure == BACKLOG:
        return _backlog(question, teams, by, by_team=by_team)
    rows = _rows(question, teams, by, by_team=by_team)
    if not question.is_time:
        return {value: _volume(question, value, counts) for value, counts in rows.items()}
    medians = _medians(question, teams, by, by_team=by_team)
    return {value: _times(question, value, counts, medians.get(value, {})) for value, counts in rows.items()}


def _days(question: Question, teams: Sequence[int], by: str) -> QuerySet[Daily]:
    return Daily.objects.filter(by=by, team_id__in=teams, day__lte=question.until)


Counts = dict[date, dict[str, int]]


def _rows(question: Question, teams: Sequence[int], by: str, *, by_team: bool) -> dict[str, Counts]:
    """Numbers by value and period. One statement."""
    column = _COUNTED[question.measure]
    kept, late = ("reply_kept", "reply_late") if question.measure == REPLY else ("solve_kept", "solve_late")
    value = "team_id" if by_team else "value"
    found: dict[str, Counts] = {}
    rows = _days(question, teams, by).filter(day__gte=question.since).values_list("day", value)
    for day, of, count, in_time, too_late in rows.annotate(Sum(column), Sum(kept), Sum(late)):
        period = found.setdefault(str(of), {}).setdefault(begin_of(day, question.step), {"n": 0, "kept": 0, "late": 0})
        for name, amount in (("n", count), ("kept", in_time), ("late", too_late)):
            period[name] += amount
    return {of: counts for of, counts in found.items() if any(any(each.values()) for each in counts.values())}


def _volume(question: Question, value: str, counts: Counts) -> Line:
    values = [counts.get(period, {"n": 0})["n"] for period in question.periods]
    return Line(value=value, label="", values=values, whole=sum(values), count=sum(values))


def _times(question: Question, value: str, counts: Counts, medians: Mapping[date | None, float]) -> Line:
    kept, late = (sum(each[name] for each in counts.values()) for name in ("kept", "late"))
    return Line(
        value=value,
        label="",
        values=[medians.get(period) for period in question.periods],
        whole=medians.get(None),
        count=sum(each["n"] for each in counts.values()),
        kept=kept / (kept + late) if kept + late else None,
    )


def _medians(
    question: Question, teams: Sequence[int], by: str, *, by_team: bool
) -> dict[str, dict[date | None, float]]:
    """Median seconds by value and period; under None that of the whole time. One statement."""
    what = Spread.REPLY if question.measure == REPLY else Spread.SOLVE
    rows = Spread.objects.filter(
        by=by, team_id__in=teams, what=what, day__gte=question.since, day__lte=question.until, tickets__gt=0
    )
    spreads: dict[str, dict[date | None, dict[int, int]]] = {}
    for day, of, bucket, tickets in rows.values_list("day", "team_id" if by_team else "value", "bucket", "tickets"):
        for period in (begin_of(day, question.step), None):
            spread = spreads.setdefault(str(of), {}).setdefault(period, {})
            spread[bucket] = spread.get(bucket, 0) + tickets
    return {of: {period: median_of(spread) for period, spread in each.items()} for of, each in spreads.items()}


def median_of(spread: Mapping[int, int]) -> float:
    """The median of times given as how many lie in each bucket, in seconds; right to a tenth."""
    half, seen = sum(spread.values()) / 2, 0
    for bucket in sorted(spread):
        seen += spread[bucket]
        if seen >= half:
            return middle_of(bucket)
    raise ValueError("there is no median of nothing")


def _backlog(question: Question, teams: Sequence[int], by: str, *, by_team: bool) -> dict[str, Line]:
    """What was unfinished at the end of each period: what had come before, and what came and went since. Two
    statements."""
    value = "team_id" if by_team else "value"
    days = _days(question, teams, by)
    began = {
        str(of): amount for of, amount in days.filter(day__lt=question.since).values_list(value).annotate(Sum("flow"))
    }
    flows: dict[str, dict[date, int]] = {}
    for day, of, amount in days.filter(day__gte=question.since).values_list("day", value).annotate(Sum("flow")):
        each = flows.setdefault(str(of), {})
        period = begin_of(day, question.step)
        each[period] = each.get(period, 0) + amount
    return {
        of: line
        for of in {*began, *flows}
        if any((line := _standing(question, of, began.get(of, 0), flows.get(of, {}))).values)
    }


def _standing(question: Question, value: str, stood: int, flows: Mapping[date, int]) -> Line:
    values = []
    for period in question.periods:
        stood += flows.get(period, 0)
        values.append(stood)
    return Line(value=value, label="", values=values, whole=stood, count=stood)


def _names(by: str, values: Sequence[str]) -> dict[str, Any]:
    """What the values of a report are called. One statement at most."""
    if by == TEAM:
        return {str(pk): name for pk, name in Team.objects.filter(pk__in=values).values_list("pk", "name")}
    if by == Daily.AGENT:
        return {str(pk): name for pk, name in Agent.objects.filter(pk__in=values).values_list("pk", "name")}
    if by == Daily.LEVEL:
        return {str(level.pk): level.name for level in Level.objects.filter(pk__in=values)}
    if by == Daily.TIER:
        return dict.fromkeys(values, gettext("a former tier")) | {
            str(pk): name for pk, name in Tier.objects.filter(pk__in=values).values_list("pk", "name")
        }
    return dict(Ticket.CHANNELS) if by == Daily.CHANNEL else {}


def last_days(viewer: Viewer, *, until: date, days: int = 7) -> list[tuple[date, int, int]]:
    """Day, requests that came, requests that were solved, of the viewer's teams. One statement."""
    since = until - timedelta(days=days - 1)
    rows = Daily.objects.filter(by=Daily.ALL, team_id__in=readable_teams(viewer), day__gte=since, day__lte=until)
    found = {
        day: (came, solved) for day, came, solved in rows.values_list("day").annotate(Sum("opened"), Sum("solved"))
    }
    return [(day, *found.get(day, (0, 0))) for day in (since + timedelta(days=number) for number in range(days))]
