"""How times and durations are said: short, in the reader's zone and language."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from charterdesk.base.clock import now

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = timedelta(days=6)


def moment_word(moment: datetime, *, at: datetime | None = None) -> str:
    """`moment` as briefly as is unmistakable at `at` (now): "14:20", "Tue 14:20", "3 May" or "3 May 2024"."""
    here, there = timezone.localtime(at or now()), timezone.localtime(moment)
    if here.date() == there.date():
        return date_format(there, "H:i")
    if abs(there - here) < WEEK:
        return date_format(there, pgettext("date format: weekday and time", "D H:i"))
    if there.year == here.year:
        return date_format(there, pgettext("date format: day and month", "j M"))
    return date_format(there, pgettext("date format: day, month and year", "j M Y"))


def full_moment(moment: datetime) -> str:
    """`moment` with everything: "Tuesday 24 November 2026, 14:20"."""
    return date_format(timezone.localtime(moment), pgettext("date format: everything", "l j F Y, H:i"))


def day_word(moment: datetime, *, at: datetime | None = None) -> str:
    """The day of `moment`: "Today", "Yesterday", else weekday and date."""
    here, there = timezone.localtime(at or now()).date(), timezone.localtime(moment).date()
    if here == there:
        return _("Today")
    if here - there == DAY:
        return _("Yesterday")
    if here.year == there.year:
        return date_format(there, pgettext("date format: weekday, day and month", "l j F"))
    return date_format(there, pgettext("date format: day, month and year, long", "j F Y"))


def duration_word(length: timedelta) -> str:
    """`length`, never negative, in its largest fitting unit: "38 min", "2 h", "3 days"."""
    length = abs(length)
    if length < HOUR:
        return _("%(minutes)d min") % {"minutes": max(1, length // MINUTE)}
    if length < 2 * DAY:
        return _("%(hours)d h") % {"hours": length // HOUR}
    days = length // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
