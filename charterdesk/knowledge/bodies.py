"""The text of an article: made safe and plain when it is kept, made ready to be read when it is shown.

Articles are set in one hand, so what a word processor or a mail dressed a text in goes. Headings are kept in two
levels, `h3` and `h4`, as the editor knows them; readers get `h2` and `h3` with names to jump to.
"""

import re
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from charterdesk.base.html import clean_html, html_to_text

_TAGS = {
    "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dl", "dt", "em",
    "figcaption", "figure", "h3", "h4", "hr", "i", "img", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_plain = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "*": {"dir", "lang"},
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "ol": {"start", "type"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "cid", "sms"},
)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_SHOWN_HEADING = re.compile(r"<h([34])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
_PICTURE = re.compile(r'src="(?:https?://[^/"]+)?/help/files/(\d+)"')
_NAMED = re.compile(r'src="cid:(\d+)"')
_TABLE = re.compile(r"<(/?)table\b([^>]*)>")
_OUTSIDE = re.compile(r'<a href="(https?://[^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A line of the table of contents."""

    anchor: str
    text: str
    level: int


def clean_body(html: str) -> str:
    """Untrusted `html` as it is kept. Never raises; costs some milliseconds per 100 kB.

    Pictures are those of the desk, by number; a picture from elsewhere is left out, as it would tell who reads.
    """
    named = _PICTURE.sub(r'src="cid:\1"', html.replace("\x00", ""))
    safe = clean_html(named)
    levels = sorted({int(level) for _slash, level in _HEADING.findall(safe)})
    top = levels[0] if levels else 3
    flat = _HEADING.sub(lambda found: f"<{found[1]}h{3 if int(found[2]) == top else 4}", safe)
    plain = _plain.clean(flat)
    return re.sub(r"<img(?![^>]*\ssrc=\"cid:\d+\")[^>]*>", "", plain).strip()


def body_text(html: str) -> str:
    """What a body says, without its form; what is searched and compared."""
    return html_to_text(html)


def pictures_in(html: str) -> set[int]:
    """The numbers of the files a body shows."""
    return {int(pk) for pk in _NAMED.findall(html)}


def says_something(html: str) -> bool:
    """Whether a body has a word or a picture."""
    return bool(pictures_in(html) or body_text(html).strip())


def editable(html: str) -> str:
    """A body as the editor holds it: pictures by their addresses."""
    return _NAMED.sub(r'src="/help/files/\1"', html)


def shown(html: str) -> tuple[SafeString, list[Heading]]:
    """A body as it is read, and its headings. `html` was made safe by `clean_body`."""
    headings: list[Heading] = []
    taken: set[str] = set()

    def put(found: re.Match[str]) -> str:
        text = html_to_text(found[3]).strip()
        anchor = base = slugify(text, allow_unicode=True)[:60] or "part"
        number = 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        level = int(found[1]) - 1
        headings.append(Heading(anchor=anchor, text=text, level=level))
        return f'<h{level} id="{anchor}"{found[2]}>{found[3]}</h{level}>'

    read = _SHOWN_HEADING.sub(put, editable(html)).replace("<img ", '<img loading="lazy" ')
    read = _TABLE.sub(_scrolling, read)
    read = _OUTSIDE.sub(r'<a rel="noopener noreferrer" href="\1"', read)
    return mark_safe(read), headings  # made safe when it was kept


def _scrolling(found: re.Match[str]) -> str:
    """A wide table moves within itself on a phone, not the page with it."""
    return "</table></div>" if found[1] else f'<div class="table-scroll" tabindex="0" role="region"><table{found[2]}>'
