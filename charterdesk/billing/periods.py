"""The periods in which what a contract includes is counted: they begin on the day it began, every month or so."""

from calendar import monthrange
from datetime import date, timedelta

from charterdesk.billing.models import Terms

MONTHS = {Terms.MONTH: 1, Terms.QUARTER: 3, Terms.YEAR: 12}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where that month is too short (31 January, one later: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_on(starts_on: date, period: str, day: date) -> date:
    """The first day of the period that `day` is in; `starts_on` for one period of the whole contract."""
    step = MONTHS.get(period)
    if step is None or day < starts_on:
        return starts_on
    passed = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    number = passed // step
    if months_later(starts_on, number * step) > day:
        number -= 1
    return months_later(starts_on, number * step)


def last_day(starts_on: date, months: int | None) -> date | None:
    """The last day of what begins on `starts_on` and runs so many months; None for what has no end."""
    return months_later(starts_on, months) - timedelta(days=1) if months else None
