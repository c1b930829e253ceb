"""The charter in the settings file: what is published, as a draft that somebody else still has to approve."""

from collections.abc import Iterator
from typing import Any

from charterdesk.base.configured import Section, Thing, configured, given, named
from charterdesk.base.keys import Actor
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.charter.actions.documents import begin_draft, replace_draft
from charterdesk.charter.content import Charter, written
from charterdesk.charter.models import CharterVersion
from charterdesk.people.models import Team

NAME = "charter"
FIELDS = ("language", "title", "intro", "legal", "objectives", "rights", "measures", "remedies", "contacts")


def _read() -> Iterator[Thing]:
    """The draft where there is one, else what was published last; rows by their names. Three queries."""
    version = CharterVersion.objects.order_by("-number").first()
    if version is None:
        return
    teams = dict(Team.objects.values_list("pk", "name"))
    calendars = dict(BusinessCalendar.objects.values_list("pk", "name"))
    data = written(version.charter)
    yield {"name": NAME, **data, "objectives": [_named(each, teams, calendars) for each in data["objectives"]]}


def _named(objective: dict[str, Any], teams: dict[int, str], calendars: dict[int, str]) -> dict[str, Any]:
    return {
        **given(objective, "team_ids", "calendar_id"),
        "teams": sorted(teams[pk] for pk in objective["team_ids"] if pk in teams),
        "calendar": calendars.get(objective["calendar_id"], ""),
    }


def _write(thing: Thing, by: Actor) -> None:
    """Put what the file says into the draft; one is begun where there is none."""
    data = {**written(Charter()), **given(thing, "name", "objectives")}
    data["objectives"] = [_numbered(each) for each in thing.get("objectives", [])]
    draft = CharterVersion.objects.exclude(state=CharterVersion.PUBLISHED).first() or begin_draft(by=by)
    replace_draft(draft, data, by=by)


def _numbered(objective: dict[str, Any]) -> dict[str, Any]:
    calendar = named(BusinessCalendar, objective.get("calendar", ""))
    return {
        **given(objective, "teams", "calendar"),
        "team_ids": [team.pk for name in objective.get("teams", ()) if (team := named(Team, name))],
        "calendar_id": calendar.pk if calendar else None,
    }


configured(Section(name=NAME, key="name", fields=("name", *FIELDS), read=_read, write=_write))
