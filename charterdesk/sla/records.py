"""The part of sla in what we keep."""

from collections.abc import Iterator
from datetime import timedelta

from charterdesk.base.configured import Section, Thing, configured, given, named, values_of
from charterdesk.base.exported import exported
from charterdesk.base.keys import Actor
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import Team
from charterdesk.sla.actions import change_policy, create_policy, set_channel_hours
from charterdesk.sla.models import ChannelHours, PolicyVersion

TARGETS = ("first_reply", "next_reply", "resolution")
FIELDS = (
    "name", "position", *TARGETS, "answer", "warnings", "calendar", "priorities", "types", "teams", "channels",
    "languages", "entitlements", "pauses",
)  # fmt: skip

exported("sla")


def _policies() -> Iterator[Thing]:
    """Those in force, in the order in which they are tried."""
    teams = dict(Team.objects.values_list("pk", "name"))
    for version in (
        PolicyVersion.objects.filter(active_until=None).select_related("calendar").order_by("position", "pk")
    ):
        thing = values_of(version, [name for name in FIELDS if name not in ("teams", "answer", *TARGETS)])
        thing["teams"] = sorted(teams[pk] for pk in version.team_ids if pk in teams)
        answer = int(version.answer.total_seconds()) if version.answer else 0
        yield {**thing, **{name: _written(getattr(version, name)) for name in TARGETS}, "answer": answer}


def _set_policy(thing: Thing, by: Actor) -> None:
    version = PolicyVersion.objects.filter(active_until=None, name=thing["name"]).select_related("policy").first()
    fields = given(thing, "teams", "calendar", *TARGETS)
    fields |= {name: _read(thing[name]) for name in TARGETS if name in thing}
    if "answer" in thing:  # in seconds, 0 for none
        fields["answer"] = timedelta(seconds=thing["answer"]) if thing["answer"] else None
    if "teams" in thing:
        fields["team_ids"] = [team.pk for name in thing["teams"] if (team := named(Team, name))]
    if "calendar" in thing:
        fields["calendar"] = named(BusinessCalendar, thing["calendar"])
    if version:
        change_policy(version.policy, by=by, **fields)
    else:
        create_policy(by=by, **fields)


def _written(target: timedelta | None) -> str:
    """Open time as "4:30", hours and minutes; "" for no target."""
    minutes = int(target.total_seconds()) // 60 if target else 0
    return f"{minutes // 60}:{minutes % 60:02}" if target else ""


def _read(text: str) -> timedelta | None:
    hours, _colon, minutes = text.partition(":")
    return timedelta(hours=int(hours), minutes=int(minutes or 0)) if text else None


def _channel_hours() -> Iterator[Thing]:
    for hours in ChannelHours.objects.select_related("calendar").order_by("channel"):
        yield values_of(hours, ("channel", "calendar"))


def _set_channel_hours(thing: Thing, by: Actor) -> None:
    set_channel_hours(thing["channel"], by=by, calendar=named(BusinessCalendar, thing.get("calendar", "")))


configured(Section(name="promises", key="name", fields=FIELDS, read=_policies, write=_set_policy))
configured(
    Section(
        name="channel_hours",
        key="channel",
        fields=("channel", "calendar"),
        read=_channel_hours,
        write=_set_channel_hours,
    )
)
