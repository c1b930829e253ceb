"""A small trend: shares kept by week as a line, with the promised share across; drawn once for page and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charterdesk.ui.moments import date_word

WIDTH, HEIGHT, FOOT, HEAD = 320, 72, 6, 6
FULL = 100.0


@dataclass(frozen=True, kw_only=True)
class Ink:
    """The colours of a trend on paper; on a page, classes give them."""

    line: str
    target: str


def percent_word(percent: float | None) -> str:
    """A share as people read it: "96.4 %"; a dash where there is none."""
    return "–" if percent is None else _percent(percent, get_language() or "")


@lru_cache(maxsize=4096)
def _percent(percent: float, _language: str) -> str:
    return f"{number_format(percent, 1)}\N{NO-BREAK SPACE}%"


@lru_cache(maxsize=4096)
def _number(number: int, _language: str) -> str:
    return number_format(number, force_grouping=True)


def week_rows(weeks: Iterable[tuple[date, int, int, float | None]]) -> SafeString:
    """The table behind the picture: each week's last day, cases, how many were kept, and the share. Written by hand:
    in a template a hundred rows took ten milliseconds."""
    language = get_language() or ""
    week_to = _("week to {day}")
    rows = (
        f'<tr><th scope="row">{escape(week_to.format(day=date_word(day)))}</th><td>{_number(cases, language)}</td>'
        f"<td>{_number(kept, language)}</td><td>{percent_word(percent)}</td></tr>"
        for day, cases, kept, percent in weeks
        if cases
    )
    return mark_safe("".join(rows))


def floor_of(values: Sequence[float], target: float) -> float:
    """Where the picture begins: at ten percents below what is lowest, and never above 90."""
    return max(0.0, min(90.0, ((min([*values, target]) - 1) // 10) * 10))


def ends_word(values: Sequence[float | None], target: float) -> str:
    """What stands under the picture: its time, and its foot and head."""
    floor = floor_of([value for value in values if value is not None], target)
    return _("half a year, week by week; from %(floor)s to 100 %%; dotted: what we promised") % {
        "floor": f"{floor:.0f}\N{NO-BREAK SPACE}%"
    }


def trend_svg(values: Sequence[float | None], target: float, *, ink: Ink | None = None) -> SafeString:
    """`values` in percent, oldest first (None: no cases that week), as a line from its floor to 100 %."""
    known = [value for value in values if value is not None]
    floor = floor_of(known, target)
    step = WIDTH / max(1, len(values) - 1)
    pieces: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{place * step:.1f},{_y(value, floor):.1f}")
    lines = "".join(_line(piece, ink) for piece in pieces if len(piece) > 1)
    dots = "".join(_dot(piece[0], ink) for piece in pieces if len(piece) == 1)
    y = _y(target, floor)
    across = f'stroke="{ink.target}"' if ink else 'class="trend-target"'
    goal = f'<line {across} stroke-dasharray="3 4" x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"></line>'
    label = escape(_said(known, target))
    return mark_safe(
        f'<svg class="trend" xmlns="http://www.w3.org/2000/svg" viewBox="-4 0 {WIDTH + 8} {HEIGHT}" role="img"'
        f' aria-label="{label}">{goal}{lines}{dots}</svg>'
    )


def _y(value: float, floor: float) -> float:
    share = (min(FULL, max(floor, value)) - floor) / (FULL - floor)
    return HEAD + (HEIGHT - HEAD - FOOT) * (1 - share)


def _line(points: Sequence[str], ink: Ink | None) -> str:
    style = f'stroke="{ink.line}" fill="none" stroke-width="2"' if ink else 'class="trend-line"'
    return f'<polyline {style} points="{" ".join(points)}"></polyline>'


def _dot(point: str, ink: Ink | None) -> str:
    x, y = point.split(",")
    style = f'fill="{ink.line}"' if ink else 'class="trend-dot"'
    return f'<circle {style} cx="{x}" cy="{y}" r="2.5"></circle>'


def _said(known: Sequence[float], target: float) -> str:
    """The picture in words."""
    if not known:
        return _("No cases in the last half year.")
    words = {"low": percent_word(min(known)), "high": percent_word(max(known)), "last": percent_word(known[-1])}
    return _("Kept each week of the last half year: from %(low)s to %(high)s, last %(last)s; promised %(target)s.") % {
        **words,
        "target": percent_word(target),
    }
