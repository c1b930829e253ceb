"""The part of people in what we keep, allauth's ways in included: passwords hashed, keys as it keeps them."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, given, named, values_of
from charterdesk.base.exported import exported
from charterdesk.base.keys import Actor
from charterdesk.calendars.actions import default_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions.roles import add_role, change_role
from charterdesk.people.actions.teams import add_team, change_team
from charterdesk.people.models import Role, Team

ROLE = ("name", "description", "permissions")
TEAM = (
    "name", "address", "sender_name", "language", "calendar", "skill", "cc_policy", "is_public", "signature",
    "signatures",
)  # fmt: skip

exported("people", "account")


def _roles() -> Iterator[Thing]:
    for role in Role.objects.order_by("name"):
        yield values_of(role, ROLE)


def _set_role(thing: Thing, by: Actor) -> None:
    role = Role.objects.filter(name=thing["name"]).first()
    if role:
        change_role(role, by=by, **thing)
    else:
        add_role(by=by, **thing)


def _teams() -> Iterator[Thing]:
    for team in Team.objects.select_related("calendar", "skill").order_by("name"):
        yield values_of(team, TEAM)


def _set_team(thing: Thing, by: Actor) -> None:
    team = Team.objects.filter(name=thing["name"]).first()
    calendar = named(BusinessCalendar, thing.get("calendar", ""))
    if team:
        change_team(team, by=by, calendar=calendar or team.calendar, **given(thing, "calendar"))
    else:
        add_team(by=by, calendar=calendar or default_calendar(by=by), **given(thing, "calendar"))


configured(Section(name="roles", key="name", fields=ROLE, read=_roles, write=_set_role))
configured(Section(name="teams", key="name", fields=TEAM, read=_teams, write=_set_team))
