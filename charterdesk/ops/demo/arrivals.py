"""When requests come: more by day than by night, on Mondays, after bills go out, in a cold snap, and in one burst.

Times are drawn from a density over the hours of two years. The i-th of n requests falls into the i-th of n equal
shares of it, so times rise with numbers and any piece of the world can be made on its own.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from charterdesk.people import cast

YEARS = 2
HOUR = timedelta(hours=1)
# Shares of a day by local hour, of a week by weekday, of a year by month: invented, after the pattern of such desks.
_BY_HOUR = (3, 2, 1, 1, 2, 5, 14, 32, 62, 88, 95, 86, 66, 64, 76, 74, 66, 54, 44, 40, 38, 32, 20, 9)
_BY_WEEKDAY = (128, 112, 106, 102, 92, 38, 30)
_BY_MONTH = (112, 96, 98, 95, 96, 104, 106, 92, 98, 104, 100, 99)
_BURST_SHARE = 0.012
_BURST_SHAPE = (1, 9, 22, 26, 20, 14, 11, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, 1, 2, 3, 3, 2, 2, 1)
# The last requests came minutes ago, whatever the hour: a desk in which nothing happened since midnight looks dead.
_LATEST_MINUTES = (3, 8, 17, 29, 44, 58, 83, 107, 139, 176, 212, 260)


@dataclass(frozen=True)
class Burst:
    """The day a main broke: where, from when, for how long people wrote about it."""

    begins: datetime
    district: str
    hours: int = len(_BURST_SHAPE)

    def covers(self, at: datetime) -> bool:
        """Whether `at` falls into these hours."""
        return self.begins <= at < self.begins + self.hours * HOUR


class Arrivals:
    """The times at which `count` requests come in the two years before `until` (aware)."""

    def __init__(self, count: int, until: datetime) -> None:
        self.count, self.until = count, until.astimezone(UTC)
        self.since = self.until.replace(minute=0, second=0, microsecond=0) - timedelta(days=365 * YEARS)
        self.burst = Burst(self._burst_day(), "Millbank")
        self.hours = list(self._hours())
        self.sums = list(accumulate(self._weigh(), initial=0.0))

    def at(self, number: int, share: float) -> datetime:
        """When request `number` (from 0) comes; `share` in [0, 1) places it within its piece of time."""
        from_end = self.count - 1 - number
        if from_end < min(len(_LATEST_MINUTES), self.count // 3):
            return self.until - timedelta(minutes=_LATEST_MINUTES[from_end], seconds=int(share * 50))
        drawn = (number + share) / self.count * self.sums[-1]
        hour = min(bisect_right(self.sums, drawn) - 1, len(self.hours) - 1)
        within = (drawn - self.sums[hour]) / max(self.sums[hour + 1] - self.sums[hour], 1e-9)
        latest = self.until - timedelta(minutes=_LATEST_MINUTES[-1] + 1)
        return min(self.hours[hour] + HOUR * min(within, 0.9999), latest)

    def _burst_day(self) -> datetime:
        """The morning, five months before the end, on which the main in Millbank broke: the first Tuesday."""
        day = (self.until - timedelta(days=150)).astimezone(ZoneInfo(cast.ZONE))
        day = day.replace(hour=5, minute=0, second=0, microsecond=0)
        while day.weekday() != 1:
            day += timedelta(days=1)
        return day.astimezone(UTC)

    def _hours(self) -> Iterator[datetime]:
        hour = self.since
        while hour < self.until:
            yield hour
            hour += HOUR

    def _weigh(self) -> list[float]:
        """How much of everything falls into each hour; the desk grew by a fifth over the time."""
        zone, total = ZoneInfo(cast.ZONE), len(self.hours)
        weights = []
        for at, hour in enumerate(self.hours):
            local = hour.astimezone(zone)
            usual = _BY_HOUR[local.hour] * _BY_WEEKDAY[local.weekday()] * _BY_MONTH[local.month - 1]
            weights.append(usual * (1 + 0.2 * at / total) * (1.5 if local.day in (3, 4, 5) else 1))
        return self._with_burst(weights)

    def _with_burst(self, weights: list[float]) -> list[float]:
        unit = sum(weights) * _BURST_SHARE / sum(_BURST_SHAPE)
        for at, hour in enumerate(self.hours):
            if self.burst.covers(hour):
                weights[at] += unit * _BURST_SHAPE[int((hour - self.burst.begins) / HOUR)]
        return weights
