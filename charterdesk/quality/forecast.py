"""What will be late today: what is due until midnight against the pace at which each team gets things done.

The model is one sentence: a team does what is due soonest first, as fast in each open hour as in the last two weeks.
So the n-th promise that is due is kept if the open time until then is enough for n. What is late already is not
counted, nor is what still comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import F, Q, Sum

from charterdesk.base.clock import now
from charterdesk.calendars.arithmetic import Calendar, between
from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer
from charterdesk.quality.models import Daily

PACE_DAYS = 14
MOST = 5000
SHOWN = 5
HOUR = timedelta(hours=1)
_DUE = """
SELECT ticket.team_id, clock.due_at, ticket.number, ticket.subject
FROM sla_clock clock JOIN tickets_ticket ticket ON ticket.id = clock.promise_id
WHERE clock.state = 'running' AND clock.due_at > %s AND clock.due_at <= %s AND ticket.team_id = ANY (%s)
ORDER BY clock.due_at, clock.id LIMIT %s
"""


@dataclass(frozen=True)
class DuePromise:
    """A promise that is to be kept today."""

    team_id: int
    due_at: datetime
    number: int
    subject: str


@dataclass(frozen=True)
class TeamForecast:
    """Of one team: promises due today, those of them that will be late, and what it does in an open hour (None:
    nothing is known of it)."""

    name: str
    due: int
    late: Sequence[DuePromise]
    pace: float | None


@dataclass(frozen=True)
class Forecast:
    """Of all teams. `first` are the soonest that will be late; `is_capped`: there is more than was looked at."""

    due: int
    late: int
    first: Sequence[DuePromise]
    teams: Sequence[TeamForecast]
    is_capped: bool

    @property
    def is_known(self) -> bool:
        """Whether anything can be said of the teams that have something due."""
        return any(team.pace is not None for team in self.teams if team.due)


def forecast(viewer: Viewer, *, until: datetime, at: datetime | None = None) -> Forecast:
    """What of the viewer's teams is due from `at` (now) `until` then, and what of it will be late.

    Three statements, by the index of running clocks: what it costs grows with what is due, not with what there is.
    """
    at = at or now()
    teams = list(Team.objects.filter(pk__in=viewer.team_ids).select_related("calendar").order_by("name"))
    found = _due([team.pk for team in teams], at, until)
    done = _done(teams, at)
    each = [
        _of_team(team, [one for one in found if one.team_id == team.pk], done.get(team.pk, 0), at) for team in teams
    ]
    late = sorted((one for team in each for one in team.late), key=lambda one: one.due_at)
    return Forecast(len(found), len(late), late[:SHOWN], [team for team in each if team.due], len(found) == MOST)


def _due(team_ids: Sequence[int], at: datetime, until: datetime) -> list[DuePromise]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at, until, list(team_ids), MOST])
        return [DuePromise(*row) for row in cursor.fetchall()]


def _done(teams: Sequence[Team], at: datetime) -> dict[int, int]:
    """First replies and solutions of each team in the last two weeks, without the day it is there. One query."""
    teams_on: dict[date, list[int]] = {}
    for team in teams:
        teams_on.setdefault(at.astimezone(team.calendar.times.tz).date(), []).append(team.pk)
    span = timedelta(days=PACE_DAYS)
    wanted = [Q(team_id__in=ids, day__gte=day - span, day__lt=day) for day, ids in teams_on.items()]
    if not wanted:
        return {}
    days = Daily.objects.filter(reduce(or_, wanted), by=Daily.ALL, value="")
    rows = days.values("team_id").annotate(done=Sum(F("replied") + F("solved")))
    return {row["team_id"]: row["done"] for row in rows}


def _of_team(team: Team, due: Sequence[DuePromise], done: int, at: datetime) -> TeamForecast:
    calendar = team.calendar.times
    opened = between(calendar, at - timedelta(days=PACE_DAYS), at) / HOUR
    pace = done / opened if done and opened else None
    return TeamForecast(team.name, len(due), list(late_of(due, calendar, pace, at)) if pace else [], pace)


def late_of(due: Sequence[DuePromise], calendar: Calendar, pace: float, at: datetime) -> Iterable[DuePromise]:
    """Those of `due`, in their order, that a team with `pace` (things done in an open hour) does not reach in time.

    What would be late is left for later: it keeps no other one waiting.
    """
    kept = 0
    for one in due:
        if kept + 1 <= pace * (between(calendar, at, one.due_at) / HOUR):
            kept += 1
        else:
            yield one
