"""Calendars, times and durations as plain data: read with errors that say what to write instead."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from charterdesk.calendars.arithmetic import Calendar, CalendarError, Span
from charterdesk.calendars.public import unknown_country

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIELDS = {"zone", "hours", "holidays", "exceptions", "country", "subdivision"}
MIDNIGHT = 86_400
CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
AMOUNT = r"[-\d.,]+"
DURATION = re.compile(
    rf"(?P<sign>[+-]?)P(?:(?P<years>{AMOUNT})Y)?(?:(?P<months>{AMOUNT})M)?(?:(?P<weeks>{AMOUNT})W)?"
    rf"(?:(?P<days>{AMOUNT})D)?"
    rf"(?P<time>T(?:(?P<hours>{AMOUNT})H)?(?:(?P<minutes>{AMOUNT})M)?(?:(?P<seconds>{AMOUNT})S)?)?"
)
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?", re.ASCII)
EXCEPTION = 'an exception is written {"date": "2026-12-24", "hours": [["09:00", "12:00"]]}, a note may go with it'
UNITS = ("weeks", "days", "hours", "minutes", "seconds")


def read_calendar(spec: Mapping[str, Any]) -> Calendar:
    """Read a calendar from plain data.

        {"zone": "Europe/Berlin", "hours": {"mon": [["09:00", "12:30"], ["22:00", "06:00"]]},
         "holidays": ["2026-12-25"], "exceptions": [{"date": "2026-12-24", "hours": [["09:00", "12:00"]]}],
         "country": "DE", "subdivision": "BY"}

    Only `zone` must be there. "24:00" ends a day; an interval that ends before it begins runs into the next
    date; overlapping intervals count once. The same data gives the same calendar, with what was worked out
    for it. Raises `CalendarError` naming the field and what is wrong.
    """
    try:
        return read_calendar_text(json.dumps(spec, sort_keys=True))
    except TypeError as error:
        raise CalendarError("unreadable", "a calendar is made of texts, lists and objects only") from error


@lru_cache(maxsize=512)
def read_calendar_text(text: str) -> Calendar:
    """As `read_calendar`, from JSON; the same text costs a look-up only."""
    spec = json.loads(text)
    if not isinstance(spec, dict):
        raise CalendarError("unreadable", 'a calendar is an object: {"zone": ..., "hours": ...}')
    if unknown := set(spec) - FIELDS:
        raise CalendarError("unknown_field", f"a calendar has no field {', '.join(sorted(unknown))}")
    hours = {} if spec.get("hours") is None else spec["hours"]
    if not isinstance(hours, dict) or set(hours) - set(DAYS):
        raise CalendarError("hours", f"hours are given by day: {', '.join(DAYS)}")
    country, subdivision = spec.get("country") or "", spec.get("subdivision") or ""
    _check_country(country, subdivision)
    return Calendar(
        zone=_zone(spec.get("zone")),
        week=tuple(_spans(hours.get(day), "hours", day) for day in DAYS),
        holidays=frozenset(_day(day, "holidays") for day in _list(spec.get("holidays"), "holidays")),
        exceptions=_exceptions(_list(spec.get("exceptions"), "exceptions")),
        country=country,
        subdivision=subdivision,
    )


def _list(value: Any, field: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise CalendarError(field, f"{field} are a list")
    return value


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The names of all time zones, which mean the same on every machine."""
    return frozenset(available_timezones() - {"localtime"})


def _zone(name: Any) -> str:
    if not isinstance(name, str) or name not in time_zones():
        raise CalendarError("zone", f"zone is a name of the tz database such as Europe/Berlin, not {name!r}")
    return ZoneInfo(name).key


def _check_country(country: Any, subdivision: Any) -> None:
    if not isinstance(country, str) or not isinstance(subdivision, str) or (subdivision and not country):
        raise CalendarError(
            "country",
            "countries and subdivisions are codes such as DE and BY, the second only with the first",
        )
    if problem := unknown_country(country, subdivision):
        raise CalendarError("country", f"public holidays: {problem}")


def _day(value: Any, field: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise CalendarError(field, f"{field}: a date is written 2026-12-25, not {value!r}") from error


def _clock(value: Any) -> int:
    """Seconds since midnight. Raises `ValueError`."""
    match = CLOCK.fullmatch(value) if isinstance(value, str) else None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (99, 0, 0)
    if (total := hours * 3600 + minutes * 60 + seconds) > MIDNIGHT:
        raise ValueError(f"a time is written 08:30, from 00:00 to 24:00, not {value!r}")
    return total


def _span(interval: Any) -> Span:
    """Beginning and end in seconds since midnight. Raises `ValueError`."""
    if not isinstance(interval, list) or len(interval) != 2:
        raise ValueError(f'an interval is written ["09:00", "12:30"], not {interval!r}')
    opens, closes = (_clock(part) for part in interval)
    if opens in (closes, MIDNIGHT):
        raise ValueError(f"{interval[0]} to {interval[1]} is no time; a whole day is 00:00 to 24:00")
    return opens, closes if closes > opens else closes + MIDNIGHT


def _spans(value: Any, field: str, of: str) -> tuple[Span, ...]:
    """The intervals of one day, in order."""
    try:
        return tuple(sorted(_span(interval) for interval in _list(value, field)))
    except CalendarError:
        raise
    except ValueError as error:
        raise CalendarError(field, f"{of}: {error}") from error


def _exceptions(value: list[Any]) -> tuple[tuple[date, tuple[Span, ...]], ...]:
    found: dict[date, tuple[Span, ...]] = {}
    for exception in value:
        if not isinstance(exception, dict) or not {"date"} <= set(exception) <= {"date", "hours", "note"}:
            raise CalendarError("exceptions", EXCEPTION)
        day = _day(exception["date"], "exceptions")
        if day in found:
            raise CalendarError("exceptions", f"{day} has two exceptions; write all its hours in one")
        found[day] = _spans(exception.get("hours"), "exceptions", str(day))
    return tuple(sorted(found.items()))


def read_instant(text: Any, calendar: Calendar) -> datetime:
    """Read an ISO 8601 time, aware.

    Without an offset it is a time on the calendar's wall clock: one that the clock shows twice means the
    first, one that it skips is read with the offset before the change (02:30 becomes 03:30). Raises
    `CalendarError("instant")`.
    """
    try:
        instant = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        message = f"a time is written 2026-11-22T09:30:00+01:00, not {text!r}"
        raise CalendarError("instant", message) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=calendar.tz)


def read_duration(text: Any) -> timedelta:
    """Read an ISO 8601 duration of open time. A day is 24 hours of it, a week seven such days.

    Raises `CalendarError`: "negative", or "duration" for what is none, and for months and years: they have no
    fixed length.
    """
    match = DURATION.fullmatch(text) if isinstance(text, str) else None
    found = match.groupdict() if match else {}
    if found.get("years") or found.get("months"):
        raise CalendarError("duration", f"months and years have no fixed length; write hours: {text!r}")
    parts = {unit: found[unit] for unit in UNITS if found.get(unit)}
    if match is None or not parts or found["time"] == "T" or not all(map(NUMBER.fullmatch, parts.values())):
        raise CalendarError("duration", f"a duration is written PT4H or PT1H30M, not {text!r}")
    try:
        duration = timedelta(**{unit: float(number.replace(",", ".")) for unit, number in parts.items()})
    except OverflowError as error:
        raise CalendarError("duration", f"{text!r} is longer than any calendar reaches") from error
    if (-duration if match["sign"] == "-" else duration) < timedelta(0):
        raise CalendarError("negative", "a duration to add is never negative")
    return duration
