"""What others ask of calendars: are we open, when do we open next, which version holds."""

from dataclasses import dataclass
from datetime import datetime

from charterdesk.calendars.arithmetic import Calendar, closes_next, is_open, opens_next
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion


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
