"""The calendars cases run on: an objective's own, else the team's; or every hour of every day in the same zone."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db.models import F

from charterdesk.calendars.actions import ensure_version
from charterdesk.calendars.arithmetic import Calendar
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.calendars.spec import read_calendar
from charterdesk.charter.content import Charter, Objective
from charterdesk.people.models import Team

MIDNIGHT_TO_MIDNIGHT = ((0, 86_400),)


@lru_cache(maxsize=256)
def _times(spec: str, always: bool) -> Calendar:
    calendar = read_calendar(json.loads(spec))
    if not always:
        return calendar
    return replace(
        calendar, week=(MIDNIGHT_TO_MIDNIGHT,) * 7, holidays=frozenset(), exceptions=(), country="", subdivision=""
    )


def times_of(version: CalendarVersion, objective: Objective) -> Calendar:
    """What an objective counts as open time on a calendar's version. No query; read once for each row in hand."""
    known: dict[bool, Calendar] = version.__dict__.setdefault("_charter_times", {})
    if objective.always not in known:
        known[objective.always] = _times(json.dumps(version.spec, sort_keys=True), objective.always)
    return known[objective.always]


class Clocks:
    """The calendars of some teams and charters as they are now. Two queries, one more for each without a version."""

    def __init__(self, charters: Iterable[Charter], team_ids: Collection[int]) -> None:
        self._of_team = dict(Team.objects.filter(pk__in=team_ids).values_list("pk", "calendar_id"))
        named = {each.calendar_id for charter in charters for each in charter.objectives if each.calendar_id}
        self._versions = _current(named | set(self._of_team.values()))

    def version_for(self, objective: Objective, team_id: int) -> CalendarVersion:
        """The version of the calendar that holds for a new case; the team's, where the objective's own is gone."""
        own = self._versions.get(objective.calendar_id) if objective.calendar_id else None
        return own or self._versions[self._of_team[team_id]]


def _current(calendar_ids: Collection[int]) -> dict[int, CalendarVersion]:
    found = CalendarVersion.objects.filter(calendar_id__in=calendar_ids, number=F("calendar__version"))
    versions = {each.calendar_id: each for each in found}
    for calendar in BusinessCalendar.objects.filter(pk__in=set(calendar_ids) - versions.keys()):
        versions[calendar.pk] = ensure_version(calendar)
    return versions


class FormerClocks:
    """The calendars as they were: for counting anew. Three queries, however much is counted."""

    def __init__(self) -> None:
        self._of_team = dict(Team.objects.values_list("pk", "calendar_id"))
        self._versions: dict[int, list[CalendarVersion]] = {}
        for version in CalendarVersion.objects.order_by("calendar_id", "-number"):
            self._versions.setdefault(version.calendar_id, []).append(version)

    def version_for(self, objective: Objective, team_id: int, at: datetime) -> CalendarVersion:
        """The version that held at that time; the first there was, for what came before it."""
        versions = self._versions.get(objective.calendar_id or 0) or self._versions[self._of_team[team_id]]
        return next((each for each in versions if each.created_at <= at), versions[-1])
