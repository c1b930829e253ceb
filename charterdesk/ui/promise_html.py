"""The promise line as HTML. Written by hand: a list shows fifty, and a template took a millisecond for each."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from charterdesk.ui.moments import full_moment
from charterdesk.ui.promise import Piece, PromiseLine

RUNS = ("running", "soon", "late")


def promise_html(line: PromiseLine, size: str = "") -> SafeString:
    """`line` as inline SVG with its word. `size` is "" in a row and "large" on a page of its own.

    One that runs says from when and what for, so that the page's script can count it down.
    """
    counted = ""
    if line.state in RUNS and line.started_at:
        counted = f' data-from="{int(line.started_at.timestamp())}" data-kind="{line.kind}"'
    opening = f'<span class="promise {size}" data-state="{line.state}"{counted}>'
    word = escape(line.word)
    if line.due_at is None:
        return mark_safe(f'{opening}<span class="promise-word">{word}</span></span>')
    due = escape(_("due %(time)s") % {"time": full_moment(line.due_at)})
    said = f'<time class="promise-word" datetime="{line.due_at.isoformat()}" title="{due}">{word}</time>'
    return mark_safe(f"{opening}{_svg(line)}{said}</span>")  # numbers are ours, and words are escaped


def _svg(line: PromiseLine) -> str:
    return (
        '<svg class="promise-line" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false">'
        f'<rect class="promise-track" x="{line.rest_x}" y="2" width="{line.rest_width}" height="4"/>'
        f"{''.join(map(_rect, line.pieces))}"
        f'<line class="promise-due" x1="{line.due_x}" x2="{line.due_x}" y1="0" y2="8" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )


def _rect(piece: Piece) -> str:
    y, height = ("3.5", "1") if piece.kind == "pause" else ("2", "4")
    return f'<rect class="promise-{piece.kind}" x="{piece.x}" y="{y}" width="{piece.width}" height="{height}"/>'
