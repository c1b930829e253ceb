"""The text of a post: made safe and plain when it is kept, with links that no search engine counts."""

import re

import nh3

from charterdesk.base.html import clean_html, html_to_text

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "i", "kbd", "li", "ol", "p", "pre", "q", "s",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_plain = nh3.Cleaner(
    tags=_TAGS,
    attributes={"*": {"dir", "lang"}, "a": {"href"}, "ol": {"start"}},
    link_rel="nofollow ugc noopener noreferrer",
    url_schemes={"http", "https", "mailto", "tel"},
)
_HEADING = re.compile(r"<(/?)h[1-6]\b")
_LINK = re.compile(r"https?://|www\.|<a\s", re.IGNORECASE)


def clean_post(html: str) -> str:
    """Untrusted `html` as it is kept. Never raises. Pictures are files on the post, so none stand in the text."""
    safe = _HEADING.sub(r"<\1h3", clean_html(html.replace("\x00", "")))
    return _plain.clean(safe).strip()


def post_text(html: str) -> str:
    """What a post says, without its form."""
    return html_to_text(html)


def has_links(html: str) -> bool:
    """Whether a post leads elsewhere."""
    return _LINK.search(html) is not None
