"""Charts as pictures in the page: drawn here, labelled directly, from nought; no script and nothing to look up.

The words beside the marks are text, so that they are read aloud, copied and found. Colours come by class.
"""

from collections.abc import Callable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 720, 240
TOP, FOOT, SIDE = 26, 26, 12
BELOW = 18
"""So far under a mark its words stand where there is no room above."""
MOST_LABELLED = 14
"""Up to so many marks each says its value; of more, the first, the last and the highest do."""

Say = Callable[[float], str]


def bar_chart(labels: Sequence[str], values: Sequence[float | None], *, title: str, say: Say) -> SafeString:
    """Bars from nought, one a label, in order of time; `say` puts a value into words."""
    return _chart(labels, values, title, say, _bar)


def line_chart(labels: Sequence[str], values: Sequence[float | None], *, title: str, say: Say) -> SafeString:
    """A line over nought through the values, with a gap where there is none."""
    return _chart(labels, values, title, say, _dot, _lines(values))


def _chart(
    labels: Sequence[str],
    values: Sequence[float | None],
    title: str,
    say: Say,
    mark: Callable[[float, float, float], str],
    under: str = "",
) -> SafeString:
    highest = max((value for value in values if value is not None), default=0) or 1
    step = _step(values)
    told = _told(values)
    parts = [under]
    for at, value in enumerate(values):
        x = SIDE + step * (at + 0.5)
        if value is not None:
            y = _y(value, highest)
            parts.append(mark(x, y, step))
            if at in told:
                css = "chart-value" if at in _few(values) else "chart-value chart-minor"
                parts.append(
                    _text(x, y + BELOW if under and _is_dip(values, at, y) else y - 7, say(value), css, at, len(values))
                )
    for number, at in enumerate(_spaced(len(labels))):
        css = "chart-label chart-minor" if number % 2 else "chart-label"
        parts.append(_text(SIDE + step * (at + 0.5), HEIGHT - 8, labels[at], css, at, len(values)))
    base = f'<line class="chart-base" x1="0" x2="{WIDTH}" y1="{HEIGHT - FOOT}" y2="{HEIGHT - FOOT}"></line>'
    return mark_safe(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}" direction="ltr">'
        f"{''.join(parts)}{base}</svg>"
    )


def _step(values: Sequence[float | None]) -> float:
    return (WIDTH - 2 * SIDE) / max(1, len(values))


def _y(value: float, highest: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * max(0.0, value) / highest


def _told(values: Sequence[float | None]) -> set[int]:
    """The marks that say their value."""
    known = [at for at, value in enumerate(values) if value is not None]
    return set(known) if len(known) <= MOST_LABELLED else _few(values)


def _few(values: Sequence[float | None]) -> set[int]:
    """The highest mark and the last: what is said where there is little room."""
    known = [at for at, value in enumerate(values) if value is not None]
    return {max(known, key=lambda at: values[at] or 0), known[-1]} if known else set()


def _is_dip(values: Sequence[float | None], at: int, y: float) -> bool:
    """Whether the line rises from this mark on, so that words above it would stand in it, and there is room below."""
    value, beside = values[at] or 0, [*values[max(0, at - 1) : at], *values[at + 1 : at + 2]]
    known = [other for other in beside if other is not None]
    return bool(known) and all(other > value for other in known) and y + BELOW < HEIGHT - FOOT


def _spaced(count: int) -> list[int]:
    """Of so many labels those that fit beside each other."""
    every = -(-count // 8) or 1
    return list(range(0, count, every))


def _bar(x: float, y: float, step: float) -> str:
    width = max(1.5, min(44, step * 0.7))
    height = HEIGHT - FOOT - y
    return (
        f'<rect class="chart-bar" x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"></rect>'
    )


def _dot(x: float, y: float, step: float) -> str:
    radius = 3.5 if step > 12 else 2
    return f'<circle class="chart-dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"></circle>'


def _lines(values: Sequence[float | None]) -> str:
    """The line, in pieces where values are missing."""
    highest = max((value for value in values if value is not None), default=0) or 1
    step = _step(values)
    pieces: list[list[str]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{SIDE + step * (at + 0.5):.1f},{_y(value, highest):.1f}")
    return "".join(
        f'<polyline class="chart-line" points="{" ".join(piece)}"></polyline>' for piece in pieces if len(piece) > 1
    )


def _text(x: float, y: float, said: str, css: str, at: int, count: int) -> str:
    """Words at a mark; those at the edges stay inside the picture."""
    anchor = "start" if at == 0 and count > 8 else "end" if at == count - 1 and count > 8 else "middle"
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
