"""Form fields for times: opening hours, holidays, exceptions and open time, each written as people write it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?"
INTERVAL = re.compile(rf"{CLOCK}\s*(?:-|–|—|to)\s*{CLOCK}")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(.*)")
TIME = re.compile(r"(?:(\d{1,4})\s*h?)?\s*(?:(\d{1,2})\s*(?:m|min)?)?")
HOURS_AND_MINUTES = re.compile(r"(\d{1,4}):([0-5]\d)")
WHOLE_DAY = "24:00"
LONGEST_S = 86_400
Interval = list[str]


def read_intervals(text: str) -> list[Interval]:
    """ "8-12, 13:30-17" as [["08:00", "12:00"], ["13:30", "17:00"]]. Raises `ValidationError` naming what is wrong."""
    return [_interval(part.strip()) for part in re.split(r"[,;\n]", text) if part.strip()]


def _interval(text: str) -> Interval:
    match = INTERVAL.fullmatch(text.lower())
    if match is None:
        raise ValidationError(_("“%(text)s”: write hours as 08:30-12:00, with commas between.") % {"text": text})
    begin, end = _clock(*match.group(1, 2)), _clock(*match.group(3, 4))
    if begin is None or end is None:
        raise ValidationError(_("“%(text)s”: a day runs from 00:00 to 24:00.") % {"text": text})
    if begin in (end, WHOLE_DAY):
        raise ValidationError(_("“%(text)s” is no time at all; a whole day is 00:00-24:00.") % {"text": text})
    return [begin, end]


def _clock(hours: str, minutes: str | None) -> str | None:
    """A time of day as "08:30"; None for what no clock shows."""
    hour, minute = int(hours), int(minutes or 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return None
    return f"{hour:02}:{minute:02}"


def write_intervals(intervals: Iterable[Sequence[str]]) -> str:
    """What `read_intervals` reads."""
    return ", ".join("-".join(interval) for interval in intervals)


def read_day(text: str) -> tuple[str, str]:
    """The date a line begins with, and the rest. Raises `ValidationError`."""
    match = DAY.fullmatch(text.strip())
    try:
        found = date.fromisoformat(match[1]) if match else None
    except ValueError:
        found = None
    if match is None or found is None:
        raise ValidationError(_("“%(text)s”: begin with a date such as 2026-12-25.") % {"text": text.strip()})
    return found.isoformat(), match[2].strip()


class TextField(forms.CharField):
    """A field whose value is kept as data and written as text; subclasses read and write."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=kwargs.pop("required", False), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Data as text; what somebody typed stays as typed."""
        return value if value is None or isinstance(value, str) else self.write(value)

    def clean(self, value: Any) -> Any:
        """Text as data. Raises `ValidationError`."""
        return self.read(super().clean(value))

    def read(self, text: str) -> Any:
        """The data in `text`."""
        return text

    def write(self, value: Any) -> str:
        """`value` as text."""
        return str(value)


class HoursField(TextField):
    """The opening hours of one day: any number of intervals; none means closed."""

    def read(self, text: str) -> list[Interval]:
        """Intervals as calendars keep them."""
        return read_intervals(text)

    def write(self, value: Any) -> str:
        """As it was read."""
        return write_intervals(value)


class DatesField(TextField):
    """Dates, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}), **kwargs)

    def read(self, text: str) -> list[str]:
        """ISO dates, in order, each once."""
        return sorted({read_day(line)[0] for line in text.splitlines() if line.strip()})

    def write(self, value: Any) -> str:
        """As it was read."""
        return "\n".join(value)


class ExceptionsField(DatesField):
    """Dates with hours of their own, one a line: "2026-12-24 09:00-12:00"; without hours that day is closed."""

    def read(self, text: str) -> list[Any]:
        """Exceptions as calendars keep them."""
        found: dict[str, list[Interval]] = {}
        for line in filter(str.strip, text.splitlines()):
            day, hours = read_day(line)
            if day in found:
                raise ValidationError(_("%(day)s stands there twice; write all its hours on one line.") % {"day": day})
            found[day] = read_intervals(hours)
        return [{"date": day, "hours": hours} for day, hours in sorted(found.items())]

    def write(self, value: Any) -> str:
        """As it was read."""
        return "\n".join(f"{each['date']} {write_intervals(each.get('hours') or [])}".strip() for each in value)


class OpenTimeField(TextField):
    """An amount of open time, "4:30", "4h 30m" or "90m"; a number alone is hours. Empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)

    def read(self, text: str) -> timedelta | None:
        """The amount."""
        found = text.strip().lower()
        if not found:
            return None
        match = HOURS_AND_MINUTES.fullmatch(found)
        if match is None and found[-1] == "m" and found[:-1].strip().isdecimal():
            return timedelta(minutes=int(found[:-1]))
        match = match or TIME.fullmatch(found)
        amount = timedelta(hours=int(match[1] or 0), minutes=int(match[2] or 0)) if match else timedelta(0)
        if not amount:
            raise ValidationError(_("“%(text)s”: write hours and minutes of open time as 4:30.") % {"text": text})
        return amount

    def write(self, value: Any) -> str:
        """Hours and minutes."""
        return open_time(value)


class SecondsField(TextField):
    """An amount of seconds, "30". Empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=6, **kwargs)

    def read(self, text: str) -> timedelta | None:
        """The amount."""
        found = text.strip()
        if found and not (found.isdecimal() and 1 <= int(found) <= LONGEST_S):
            raise ValidationError(_("“%(text)s”: write seconds as 30, a day at most.") % {"text": text})
        return timedelta(seconds=int(found)) if found else None

    def write(self, value: Any) -> str:
        """Whole seconds."""
        return str(int(value.total_seconds()))


class PercentsField(TextField):
    """Shares in percent, "50, 80", in any order; empty is none."""

    def read(self, text: str) -> list[int]:
        """The shares, ascending, each once."""
        found = set()
        for part in filter(None, re.split(r"[\s,;%]+", text)):
            if not part.isdecimal() or not 1 <= int(part) <= 99:
                message = _("“%(text)s”: write shares from 1 to 99 percent, with commas between.")
                raise ValidationError(message % {"text": part})
            found.add(int(part))
        return sorted(found)

    def write(self, value: Any) -> str:
        """As it was read."""
        return ", ".join(str(share) for share in value)


def open_time(amount: timedelta) -> str:
    """An amount of open time as "4:30"; seconds are cut."""
    minutes = int(amount.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
