"""Business time: when a calendar is open, how much open time lies between two instants, when it has passed.

The one definition everything follows: **a calendar is open at an instant if the clock on its wall then
shows an opening time of that date.** A shift belongs to the date it begins on and may run past midnight; an
exception of a date replaces its hours, a holiday empties them (and an exception on a holiday wins). So an
hour skipped in spring is never open, an hour repeated in autumn counts twice, and overlapping intervals
count once. Intervals are half-open: at its closing time a calendar is closed.

Instants come in aware and go out in UTC, because two times of one zone compare by their wall clocks, folds
and all. Inside they are whole microseconds since 1970 UTC. The open intervals of each UTC month are worked
out once and kept with running totals: a duration of a year costs twelve look-ups and two bisections.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from charterdesk.calendars.public import public_holidays

MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 1900, 2400

Span = tuple[int, int]


class CalendarError(ValueError):
    """A calendar, time or duration that cannot be reckoned with; `code` is stable, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Calendar:
    """Opening hours. Spans are seconds since local midnight; an end above 86,400 lies on the next date.

    `week` holds the spans of Monday to Sunday; `exceptions` pairs dates with the spans that replace them;
    `holidays` are own ones, `country` and `subdivision` (codes of the `holidays` library, or "") add public
    ones.
    """

    zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = frozenset()
    exceptions: tuple[tuple[date, tuple[Span, ...]], ...] = ()
    country: str = ""
    subdivision: str = ""

    @cached_property
    def tz(self) -> ZoneInfo:
        """The calendar's time zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def months(self) -> "dict[int, Month]":
        """The months worked out so far, by number since year 0."""
        return {}

    @cached_property
    def last_exception(self) -> date:
        """The last date with hours of its own."""
        return max((day for day, spans in self.exceptions if spans), default=date.min)

    @cached_property
    def _exception_of(self) -> dict[date, tuple[Span, ...]]:
        return dict(self.exceptions)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is an own or a public holiday."""
        return day in self.holidays or day in public_holidays(self.country, self.subdivision, day.year)

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """What opens on `day`, in seconds since its midnight."""
        replaced = self._exception_of.get(day)
        if replaced is not None:
            return replaced
        usual = self.week[day.weekday()]
        return () if usual and self.is_holiday(day) else usual

    def opens_after(self, day: date) -> bool:
        """Whether anything at all may open after `day`."""
        return any(self.week) or day <= self.last_exception


@dataclass(frozen=True)
class Month:
    """The open intervals within one UTC month: where each begins and ends, how much was open before it."""

    begins: list[int]
    ends: list[int]
    before: list[int]
    total: int

    def open_until(self, instant: int) -> int:
        """Open microseconds from the month's beginning up to `instant`."""
        at = bisect_right(self.begins, instant) - 1
        return self.before[at] + min(instant, self.ends[at]) - self.begins[at] if at >= 0 else 0

    def reached(self, amount: int) -> int:
        """The first instant at which `amount` (above 0, up to `total`) has been open."""
        at = bisect_left(self.before, amount) - 1
        return self.begins[at] + amount - self.before[at]


def micros(instant: datetime) -> int:
    """Microseconds since 1970 of an aware time. Raises `CalendarError` for one without a zone."""
    if instant.tzinfo is None:
        raise CalendarError("naive", f"{instant.isoformat()} has no time zone")
    return (instant - EPOCH) // MICROSECOND


def _at(instant: int) -> datetime:
    return EPOCH + instant * MICROSECOND


def _offset(tz: ZoneInfo, instant: int) -> int:
    """How far the wall clock is ahead of UTC, in microseconds."""
    ahead = _at(instant).astimezone(tz).utcoffset() or timedelta(0)
    return ahead // MICROSECOND


def _month_of(instant: int) -> int:
    day = EPOCH + timedelta(seconds=instant // SECOND)
    return day.year * 12 + day.month - 1


def _begin(month: int) -> int:
    """When UTC month `month` begins. Raises `CalendarError` outside the years we reckon with."""
    year, index = divmod(month, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError("out_of_reach", f"business time is reckoned from {FIRST_YEAR} to {LAST_YEAR}")
    return micros(datetime(year, index + 1, 1, tzinfo=UTC))


def _change(tz: ZoneInfo, low: int, high: int) -> int:
    """The second in (low, high] from which the offset of `high` holds."""
    before, low, high = _offset(tz, low), low // SECOND, high // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(tz, middle * SECOND) == before:
            low = middle
        else:
            high = middle
    return high * SECOND


@lru_cache(maxsize=4096)
def _constant_offsets(tz: ZoneInfo, begin: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """Cut [begin, end) where the clocks change: (from, to, offset).

    Looks once a day: in the tz database (2026) no two changes of one zone since 1900 lie within three days.
    Calendars of one zone share what was found.
    """
    marks = [*range(begin, end, DAY), end]
    offsets = [_offset(tz, mark) for mark in marks]
    since, cuts = begin, []
    for (low, high), (was, becomes) in zip(pairwise(marks), pairwise(offsets), strict=True):
        if was != becomes:
            cut = _change(tz, low, high)
            cuts.append((since, cut, was))
            since = cut
    if since < end:
        cuts.append((since, end, offsets[-1]))
    return tuple(cuts)


def _wall_spans(calendar: Calendar, first: date, last: date) -> list[Span]:
    """Merged open intervals of the wall clock from `first` to `last`, in its microseconds since 1970."""
    spans: list[Span] = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        midnight = (number - EPOCH.toordinal()) * DAY
        today = calendar.spans_of(date.fromordinal(number))
        spans += [(midnight + a * SECOND, midnight + b * SECOND) for a, b in today]
    spans.sort()
    merged: list[Span] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _work_out(calendar: Calendar, number: int) -> Month:
    """Work out one UTC month."""
    begin, end = _begin(number), _begin(number + 1)
    low, high = _at(begin), _at(end)
    wall = _wall_spans(calendar, (low - timedelta(days=3)).date(), (high + timedelta(days=2)).date())
    begins: list[int] = []
    ends: list[int] = []
    for since, until, offset in _constant_offsets(calendar.tz, begin, end):
        for opens, closes in wall:
            a, b = max(opens - offset, since), min(closes - offset, until)
            if a >= b:
                continue
            if ends and ends[-1] == a:
                ends[-1] = b
            else:
                begins.append(a)
                ends.append(b)
    before, total = [], 0
    for a, b in zip(begins, ends, strict=True):
        before.append(total)
        total += b - a
    return Month(begins, ends, before, total)


def _month(calendar: Calendar, number: int) -> Month:
    known = calendar.months.get(number)
    if known is None:
        known = calendar.months[number] = _work_out(calendar, number)
    return known


def _may_open(calendar: Calendar, number: int) -> bool:
    """Whether anything may open in UTC month `number` or after it."""
    return number // 12 < LAST_YEAR and calendar.opens_after(_at(_begin(number)).date() - timedelta(days=3))


def _openings(calendar: Calendar, instant: int) -> Iterator[Span]:
    """The open intervals that end after `instant`, in order, cut at the ends of months.

    Ends where nothing opens any more, or at the end of the years we reckon with.
    """
    number = _month_of(instant)
    while _may_open(calendar, number):
        month = _month(calendar, number)
        at = bisect_right(month.ends, instant)
        yield from zip(month.begins[at:], month.ends[at:], strict=True)
        number += 1


def is_open(calendar: Calendar, instant: datetime) -> bool:
    """Whether the calendar is open at `instant` (aware)."""
    moment = micros(instant)
    month = _month(calendar, _month_of(moment))
    at = bisect_right(month.begins, moment) - 1
    return at >= 0 and moment < month.ends[at]


def opens_next(calendar: Calendar, instant: datetime) -> datetime | None:
    """The first instant from `instant` (aware) on at which the calendar is open: `instant` itself if it is.

    None when it never opens again.
    """
    moment = micros(instant)
    begin = next((begin for begin, _ in _openings(calendar, moment)), None)
    return None if begin is None else _at(max(begin, moment))


def closes_next(calendar: Calendar, instant: datetime) -> datetime | None:
    """The first instant from `instant` (aware) on at which the calendar is closed.

    None when it stays open for a year and longer (24x7).
    """
    moment = end = micros(instant)
    for begin, closes in _openings(calendar, moment):
        if begin > end:
            break
        end = closes
        if end - moment > 366 * DAY:
            return None
    return _at(end)


def add(calendar: Calendar, start: datetime, duration: timedelta) -> datetime:
    """Return the first instant at which `duration` of open time has passed since `start` (aware).

    With no duration: `start` itself if open then, else the next opening. Exact to the microsecond.
    Raises `CalendarError`: "negative" duration, "never_open" when the calendar does not open for so long.
    """
    amount = duration // MICROSECOND
    if amount < 0:
        raise CalendarError("negative", "a duration to add is never negative")
    if amount == 0:
        opening = opens_next(calendar, start)
        if opening is None:
            raise CalendarError("never_open", "this calendar never opens again")
        return opening
    moment = micros(start)
    number = _month_of(moment)
    month = _month(calendar, number)
    amount += month.open_until(moment)
    while amount > month.total:
        amount -= month.total
        number += 1
        month = calendar.months.get(number) or _coming_month(calendar, number)
    return _at(month.reached(amount))


def _coming_month(calendar: Calendar, number: int) -> Month:
    """UTC month `number`, if anything may still open in it or later. Raises `CalendarError("never_open")`."""
    if not _may_open(calendar, number):
        raise CalendarError("never_open", "this calendar does not open for so long")
    return _month(calendar, number)


def between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the open time from `start` to `end` (both aware); negative when `end` is the earlier."""
    first, last = micros(start), micros(end)
    if last < first:
        return -between(calendar, end, start)
    low, high = _month_of(first), _month_of(last)
    amount = _month(calendar, high).open_until(last) - _month(calendar, low).open_until(first)
    amount += sum(_month(calendar, number).total for number in range(low, high))
    return amount * MICROSECOND


def counted(calendar: Calendar, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The open intervals from `start` to `end` (aware), cut to them: what `between` adds up."""
    first, last = micros(start), micros(end)
    spans: list[Span] = []
    for begin, closes in _openings(calendar, first):
        if max(begin, first) >= last:
            break
        if spans and spans[-1][1] == begin:
            spans[-1] = (spans[-1][0], min(closes, last))
        else:
            spans.append((max(begin, first), min(closes, last)))
    return [(_at(a), _at(b)) for a, b in spans]
