"""The components as template tags: `{% load ui %}`."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, RadioSelect
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.template.base import Node, Parser, Token
from django.template.context import RequestContext
from django.template.defaulttags import url as do_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from charterdesk.access.queries import may_register
from charterdesk.billing.policies import may_read_money
from charterdesk.calls.queries import LINES
from charterdesk.charter.queries.documents import in_force
from charterdesk.charter.queries.figures import Share
from charterdesk.community.open_forums import is_any_forum
from charterdesk.community.policies import may_moderate
from charterdesk.notices.policies import may_announce
from charterdesk.people.viewer import Viewer
from charterdesk.ui import moments
from charterdesk.ui.addresses import Address
from charterdesk.ui.brand import brand_of
from charterdesk.ui.promise import Promised, draw
from charterdesk.ui.promise_html import promise_html
from charterdesk.ui.said_once import said_once
from charterdesk.ui.trend import ends_word, percent_word, trend_svg, week_rows

register = template.Library()

THEMES = ("light", "dark")
HUES = 8
# These point somewhere, so they turn round where reading goes from right to left.
DIRECTED_ICONS = {
    "arrow-left", "arrow-right", "chevron-left", "chevron-right", "corner-up-left", "forward", "list",
    "log-out", "reply", "send", "undo-2", "panel-right",
}  # fmt: skip


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's `{% translate %}`; what is constant is looked up once for each language. Load `ui` after `i18n`."""
    return said_once(do_translate(parser, token))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's `{% url %}`; what was made once is kept."""
    return Address(do_url(parser, token))


@register.simple_tag(takes_context=True)
def page_attrs(context: RequestContext) -> SafeString:
    """Attributes of `<html>`: language, direction, the theme chosen (cookie `theme`; else the system's)."""
    request = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    direction = "rtl" if get_language_bidi() else "ltr"
    attrs: dict[str, str | bool] = {"lang": get_language() or "en", "dir": direction}
    if theme in THEMES:
        attrs["data-theme"] = theme
    return flatatt(attrs)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """One of `icons.txt`. With `label` it is read aloud; without, its neighbour says what it means."""
    classes = "icon icon-directed" if name in DIRECTED_ICONS else "icon"
    aria = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    drawing = f"{static('ui/icons.svg')}#{name}"
    return format_html('<svg class="{}" {}><use href="{}"></use></svg>', classes, aria, drawing)


register.simple_tag(may_register)
register.filter("reads_money", may_read_money)
register.filter("announces", may_announce)
register.filter("may_moderate", may_moderate)


@register.filter
def has_calls(viewer: Viewer) -> bool:
    """Whether customers can call here and this person works for a team. One query a minute, until there is a number."""
    return bool(viewer.own_team_ids or viewer.team_ids) and LINES.is_set_up()


@register.filter
def seconds(length: timedelta) -> str:
    """A short time as minutes and seconds: "0:42", "12:05"."""
    minutes, rest = divmod(max(0, int(length.total_seconds())), 60)
    return f"{minutes}:{rest:02}"


@register.filter
def has_community(request: HttpRequest) -> bool:
    """Whether the reader of this page finds a forum on the pages of its brand."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return viewer is not None and is_any_forum(viewer, lambda: brand_of(request).brand)


@register.simple_tag
def island(name: str) -> SafeString:
    """Attribute that brings an element to life: `<form {% island "workspace/composer" %}>`."""
    return format_html('data-island="{}"', static(f"{name}.js"))


@register.simple_tag
def avatar(name: str, size: str = "", state: str = "") -> SafeString:
    """A person's initials on their colour. `size` is "" or "small"; `state` an agent's, shown as a dot."""
    initials = "".join(word[0] for word in (name.split() or ["?"]) if word[0].isalnum())
    letters = (initials[:1] + initials[1:][-1:]).upper() or "?"
    dot = format_html(' data-state="{}"', state) if state else ""
    hue = zlib.crc32(name.encode()) % HUES
    return format_html(
        '<span class="avatar {}" data-hue="{}"{} data-initials="{}" aria-hidden="true"></span>', size, hue, dot, letters
    )


@register.simple_tag
def promise_line(promise: Promised | None, size: str = "") -> SafeString:
    """The signature. `size` is "" in a row and "large" on a page of its own."""
    return promise_html(draw(promise), size) if promise else SafeString("")


@register.simple_tag
def when(moment: datetime | None, prefix: str = "") -> SafeString | str:
    """A time, briefly; the whole of it on hover and for readers of the source."""
    if moment is None:
        return ""
    word, full = moments.moment_words(moment)
    return mark_safe(f'<time datetime="{moment.isoformat()}" title="{escape(full)}">{escape(prefix + word)}</time>')


@register.simple_tag
def has_charter() -> bool:
    """Whether a charter binds us now. No query while what is known is fresh."""
    return in_force() is not None


@register.simple_tag
def trend(weeks: Sequence[tuple[date, Share]], target: float) -> SafeString:
    """The shares kept of these weeks as a small line."""
    return trend_svg([share.percent for _day, share in weeks], target)


@register.simple_tag
def trend_table(weeks: Sequence[tuple[date, Share]]) -> SafeString:
    """The rows behind the line, a week each."""
    return week_rows((day, share.cases, share.kept, share.percent) for day, share in weeks)


@register.simple_tag
def trend_ends(weeks: Sequence[tuple[date, Share]], target: float) -> str:
    """What the line runs between: half a year, from its floor to all of them."""
    return ends_word([share.percent for _day, share in weeks], target)


@register.filter
def percent(share: float | None) -> str:
    """A share as people read it: "96.4 %"."""
    return percent_word(share)


@register.filter
def day(moment: datetime) -> str:
    """The day of `moment`: "Today", "Yesterday", "Tuesday 3 May"."""
    return moments.day_word(moment)


@register.filter
def brief(moment: datetime) -> str:
    """`moment` as briefly as is unmistakable: "14:20", "Tue 14:20", "3 May"."""
    return moments.moment_word(moment)


@register.filter
def on_day(day: date) -> str:
    """A day without a clock: the shortest unmistakable form."""
    return moments.date_word(day)


@register.filter
def full(moment: datetime) -> str:
    """`moment` with weekday, date and time."""
    return moments.full_moment(moment)


@register.filter
def duration(length: timedelta) -> str:
    """`length` in its largest fitting unit."""
    return moments.duration_word(length)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "", autofocus: bool = False) -> dict[str, Any]:
    """A form field with label, help and errors, tied together for readers; a checkbox before its label, many
    boxes or a choice of one in a group. Sent back, a form has the focus where it is wrong first, however far down the
    page that is."""
    described = [f"{bound.auto_id}-help"] if bound.help_text else []
    attrs: dict[str, Any] = {}
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if _first_wrong(bound) == bound.name if bound.form.errors else autofocus:
        attrs["autofocus"] = True
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect)  # many boxes are one of its kind
    return {
        "field": bound,
        "label": label or bound.label,
        "widget": bound.as_widget(attrs=attrs),
        "kind": "group" if is_group else getattr(widget, "input_type", ""),
        "is_one_of": is_group and not isinstance(widget, CheckboxSelectMultiple),
    }


def _first_wrong(bound: BoundField) -> str:
    """The field at which the form of `bound` is wrong first; "" where that is the form as a whole."""
    form = bound.form
    return "" if form.non_field_errors() else next((each.name for each in form.visible_fields() if each.errors), "")


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A dialog that a button with `data-opens="<id>"` opens; Escape and `data-closes` close it."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><div class="dialog-body">'
        '<h2 id="{0}-title">{1}</h2>{2}</div></dialog>',
        id, title, content,
    )  # fmt: skip
