"""A slow and obviously right reference for business time: look at the wall clock once a minute."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours_on(spec: dict[str, Any], day: datetime) -> list[list[str]]:
    """What the calendar says of the date of `day`, as it is written."""
    written = day.strftime("%Y-%m-%d")
    for exception in spec.get("exceptions", []):
        if exception["date"] == written:
            return list(exception["hours"])
    if written in spec.get("holidays", []):
        return []
    return list(spec["hours"].get(DAYS[day.weekday()], []))


def open_at(spec: dict[str, Any], instant: datetime) -> bool:
    """Whether the wall clock shows an opening time at `instant`."""
    wall = instant.astimezone(ZoneInfo(spec["zone"])).replace(tzinfo=None)
    shown = wall.strftime("%H:%M")
    for opens, closes in hours_on(spec, wall):
        if opens <= shown and (shown < closes or closes <= opens):
            return True
    yesterday = wall - timedelta(days=1)
    return any(closes <= opens and shown < closes for opens, closes in hours_on(spec, yesterday))


def slow_between(spec: dict[str, Any], start: datetime, end: datetime) -> timedelta:
    """Open time from `start` to `end`, both on whole minutes."""
    moment, end, minutes = start.astimezone(UTC), end.astimezone(UTC), 0
    while moment < end:
        minutes += open_at(spec, moment)
        moment += MINUTE
    return minutes * MINUTE


def slow_add(spec: dict[str, Any], start: datetime, duration: timedelta, limit: datetime) -> datetime | None:
    """The first whole minute at which `duration` has been open since `start`; None if after `limit`."""
    moment, left = start.astimezone(UTC), duration
    while left > timedelta(0) or (not duration and not open_at(spec, moment)):
        left -= MINUTE if open_at(spec, moment) else timedelta(0)
        moment += MINUTE
        if moment > limit:
            return None
    return moment
