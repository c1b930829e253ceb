"""The public figures: read from what was kept day by day, never counted from cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection

WEEKS = 26
"""So many weeks the trend goes back."""
_FIGURES = """
    SELECT objective, (%(today)s - day) / 7 AS week, sum(kept), sum(broken), sum(excluded),
           sum(kept) FILTER (WHERE day > %(today)s - 30), sum(broken) FILTER (WHERE day > %(today)s - 30),
           sum(kept) FILTER (WHERE day > %(today)s - 90), sum(broken) FILTER (WHERE day > %(today)s - 90),
           sum(excluded) FILTER (WHERE day > %(today)s - 90)
      FROM charter_figure WHERE day > %(today)s - %(days)s AND day <= %(today)s
     GROUP BY 1, 2
"""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of how many were kept; `excluded` did not count, as their cause was beyond control."""

    kept: int = 0
    broken: int = 0
    excluded: int = 0

    @property
    def cases(self) -> int:
        """How many were decided and count."""
        return self.kept + self.broken

    @property
    def percent(self) -> float | None:
        """The share kept, in percent, never rounded up to what it is not; None without cases."""
        return int(1000 * self.kept / self.cases) / 10 if self.cases else None

    def __add__(self, other: "Share") -> "Share":
        return Share(
            kept=self.kept + other.kept, broken=self.broken + other.broken, excluded=self.excluded + other.excluded
        )


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One objective in figures. `weeks` are the last 26, the oldest first, each ending on its day."""

    days_30: Share = Share()
    days_90: Share = Share()
    weeks: Sequence[tuple[date, Share]] = field(default_factory=list)

    def over(self, window: int) -> Share:
        """Over 30 or 90 days."""
        return self.days_30 if window == 30 else self.days_90


def measured(today: date) -> dict[str, Measured]:
    """Every objective in figures, by code, up to `today`. One query over at most half a year of days."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"today": today, "days": 7 * WEEKS})
        rows = cursor.fetchall()
    found: dict[str, dict[int, Share]] = {}
    short: dict[str, tuple[Share, Share]] = {}
    for objective, week, kept, broken, excluded, *windows in rows:
        found.setdefault(objective, {})[week] = Share(kept=kept, broken=broken, excluded=excluded)
        kept_30, broken_30, kept_90, broken_90, excluded_90 = (amount or 0 for amount in windows)
        days_30, days_90 = short.get(objective, (Share(), Share()))
        short[objective] = (
            days_30 + Share(kept=kept_30, broken=broken_30),
            days_90 + Share(kept=kept_90, broken=broken_90, excluded=excluded_90),
        )
    return {
        code: Measured(days_30=short[code][0], days_90=short[code][1], weeks=_weeks(weeks, today))
        for code, weeks in found.items()
    }


def _weeks(weeks: dict[int, Share], today: date) -> list[tuple[date, Share]]:
    return [(today - timedelta(days=7 * week), weeks.get(week, Share())) for week in range(WEEKS - 1, -1, -1)]


def figures_by_version(objective: str) -> list[tuple[int, Share]]:
    """An objective under each version of the charter, the newest first: number and share. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version.number, sum(kept), sum(broken), sum(excluded) FROM charter_figure figure"
            " JOIN charter_charterversion version ON version.id = figure.version_id"
            " WHERE objective = %s GROUP BY 1 ORDER BY 1 DESC",
            [objective],
        )
        return [(number, Share(kept=kept, broken=broken, excluded=out)) for number, kept, broken, out in cursor]
