"""What others ask of calendars: are we open, when do we open next, which version holds."""

from dataclasses import dataclass
from datetime import date, datetime

from charterdesk.calendars.arithmetic import Calendar, closes_next, is_open, opens_next
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.calendars.public import named_holidays


@dataclass(frozen=True)
class Opening:
    """How a calendar stands at an instant; times in UTC, None for never.

    When open, `closes_at` is the end of this opening; when closed, `opens_at` is the next one.
    """

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


def opening(calendar: Calendar, at: datetime) -> Opening:
    """How `calendar` stands at `at` (aware). No query; microseconds."""
    opens_at = opens_next(calendar, at)
    closes_at = closes_next(calendar, opens_at) if opens_at else None
    return Opening(is_open(calendar, at), opens_at, closes_at)


def current_version(calendar: BusinessCalendar) -> CalendarVersion:
    """The version of `calendar` that holds now. One query."""
    return CalendarVersion.objects.get(calendar=calendar, number=calendar.version)


def desk_zone() -> str:
    """The time zone where the desk is: that of its first opening hours, UTC before there are any. One query."""
    return BusinessCalendar.objects.order_by("pk").values_list("zone", flat=True).first() or "UTC"


def coming_holidays(calendar: Calendar, *, since: date, number: int = 8) -> list[tuple[date, str]]:
    """The next holidays of `calendar` from `since` on, this year and next, with their names in the country's own
    language; own ones have none. No query.
    """
    years = (since.year, since.year + 1)
    named: dict[date, str] = dict.fromkeys((day for day in calendar.holidays if day.year in years), "")
    named |= named_holidays(calendar.country, calendar.subdivision, years)
    return sorted((day, name) for day, name in named.items() if day >= since)[:number]
