"""How times and durations are said: short, in the reader's zone and language."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

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


class Patterns(NamedTuple):
    """How one language writes times."""

    weekday: str
    day: str
    year: str
    everything: str
    weekday_day: str
    long_day: str


@lru_cache(maxsize=32)
def _patterns(_language: str) -> Patterns:
    """Those of the active language, which `_language` names."""
    return Patterns(
        weekday=pgettext("date format: weekday and time", "D H:i"),
        day=pgettext("date format: day and month", "j M"),
        year=pgettext("date format: day, month and year", "j M Y"),
        everything=pgettext("date format: everything", "l j F Y, H:i"),
        weekday_day=pgettext("date format: weekday, day and month", "l j F"),
        long_day=pgettext("date format: day, month and year, long", "j F Y"),
    )


def _said(moment: datetime, pattern: str, language: str) -> str:
    """`moment` (local) in `pattern`, of which Django's formatting is slow enough to be felt in a list."""
    before, clock, after = pattern.partition("H:i")
    day = moment.date()
    said = [_of_day(day, part, language) if part else "" for part in (before, after)]
    return (f"{moment:%H:%M}" if clock else "").join(said)


def moment_word(moment: datetime, *, at: datetime | None = None) -> str:
    """`moment` as briefly as is unmistakable at `at` (now): "14:20", "Tue 14:20", "3 May" or "3 May 2024"."""
    return _briefly(timezone.localtime(moment), timezone.localtime(at or now()), get_language() or "")


def _briefly(there: datetime, here: datetime, language: str) -> str:
    """The (local) moment `there` as `moment_word` says it at the moment `here`."""
    if here.date() == there.date():
        return f"{there:%H:%M}"
    patterns = _patterns(language)
    if abs(there - here) < WEEK:
        return _said(there, patterns.weekday, language)
    if there.year == here.year:
        return _said(there, patterns.day, language)
    return _said(there, patterns.year, language)


def full_moment(moment: datetime) -> str:
    """`moment` with everything: "Tuesday 24 November 2026, 14:20"."""
    language = get_language() or ""
    return _said(timezone.localtime(moment), _patterns(language).everything, language)


def moment_words(moment: datetime) -> tuple[str, str]:
    """What `moment_word` and `full_moment` say of it, with place and language looked up once: pages show a hundred."""
    there, language = timezone.localtime(moment), get_language() or ""
    everything = _said(there, _patterns(language).everything, language)
    return _briefly(there, timezone.localtime(now()), language), everything


def day_word(moment: datetime, *, at: datetime | None = None) -> str:
    """The day of `moment`: "Today", "Yesterday", else weekday and date."""
    here, there = timezone.localtime(at or now()).date(), timezone.localtime(moment).date()
    language = get_language() or ""
    if here == there:
        return _("Today")
    if here - there == DAY:
        return _("Yesterday")
    if here.year == there.year:
        return _of_day(there, _patterns(language).weekday_day, language)
    return _of_day(there, _patterns(language).long_day, language)


def date_word(day: date) -> str:
    """A day without a clock, as briefly as is unmistakable now: "24 Nov" or "24 Nov 2027"."""
    language = get_language() or ""
    patterns = _patterns(language)
    return _of_day(day, patterns.day if day.year == timezone.localdate().year else patterns.year, language)


def duration_word(length: timedelta) -> str:
    """`length`, never negative, in its largest fitting unit: "38 min", "2 h", "3 days"."""
    length = abs(length)
    if length < HOUR:
        return _("%(minutes)d min") % {"minutes": max(1, length // MINUTE)}
    if length < 2 * DAY:
        return _("%(hours)d h") % {"hours": length // HOUR}
    days = length // DAY
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
