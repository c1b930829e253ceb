"""How times and durations are said: short, in the reader's zone and language."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from charterdesk.base.clock import now

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEK = timedelta(days=6)


@lru_cache(maxsize=8192)
def _of_day(day: date, pattern: str, language: str) -> str:
    """`day` in `pattern`, without a clock. What is said of a day in `language` is the same for all its minutes."""
    return dateformat.format(day, pattern)


def _said(moment: datetime, pattern: str) -> str:
    """`moment` (local) in `pattern`, of which Django's formatting is slow enough to be felt in a list."""
    before, clock, after = pattern.partition("H:i")
    language, day = get_language() or "", moment.date()
    said = [_of_day(day, part, language) if part else "" for part in (before, after)]
    return (f"{moment:%H:%M}" if clock else "").join(said)


def moment_word(moment: datetime, *, at: datetime | None = None) -> str:
    """`moment` as briefly as is unmistakable at `at` (now): "14:20", "Tue 14:20", "3 May" or "3 May 2024"."""
    here, there = timezone.localtime(at or now()), timezone.localtime(moment)
    if here.date() == there.date():
        return _said(there, "H:i")
    if abs(there - here) < WEEK:
        return _said(there, pgettext("date format: weekday and time", "D H:i"))
    if there.year == here.year:
        return _said(there, pgettext("date format: day and month", "j M"))
    return _said(there, pgettext("date format: day, month and year", "j M Y"))


def full_moment(moment: datetime) -> str:
    """`moment` with everything: "Tuesday 24 November 2026, 14:20"."""
    return _said(timezone.localtime(moment), pgettext("date format: everything", "l j F Y, H:i"))


def day_word(moment: datetime, *, at: datetime | None = None) -> str:
    """The day of `moment`: "Today", "Yesterday", else weekday and date."""
    here, there = timezone.localtime(at or now()).date(), timezone.localtime(moment).date()
    if here == there:
        return _("Today")
    if here - there == DAY:
        return _("Yesterday")
    if here.year == there.year:
        return _of_day(there, pgettext("date format: weekday, day and month", "l j F"), get_language() or "")
    return _of_day(there, pgettext("date format: day, month and year, long", "j F Y"), get_language() or "")


def duration_word(length: timedelta) -> str:
    """`length`, never negative, in its largest fitting unit: "38 min", "2 h", "3 days"."""
    length = abs(length)
    if length < HOUR:
        return _("%(minutes)d min") % {"minutes": max(1, length // MINUTE)}
    if length < 2 * DAY:
        return _("%(hours)d h") % {"hours": length // HOUR}
    days = length // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
