"""Whole HTML pages, as other help centres export them: what of a page is the article, and what it says of itself."""

import re
from dataclasses import dataclass
from html import unescape

from charterdesk.base.html import html_to_text

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ASIDE = re.compile(r"<(script|style|nav|header|footer|form|template)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CONTENT = tuple(
    re.compile(rf"<{tag}\b[^>]*>(.*)</{tag}\s*>", re.DOTALL | re.IGNORECASE) for tag in ("article", "main", "body")
)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page holds; "" for what it does not say. `body` is not made safe."""

    body: str
    title: str = ""
    summary: str = ""
    language: str = ""


def read_page(html: str) -> Page:
    """The article of an HTML page: its content without menus, head and foot; a fragment is all content. Never raises.

    The heading counts as its title, else what the browser's window is called; it does not stand in the body again.
    """
    html = _COMMENT.sub("", html)
    content = next((found[1] for pattern in _CONTENT if (found := pattern.search(html))), html)
    # The heading may stand in a header of the article, which goes with the other headers.
    heading = _HEADING.search(content) or _HEADING.search(html)
    body = _ASIDE.sub("", _HEADING.sub("", content, count=1))
    title = heading or _TITLE.search(html)
    return Page(
        body=_TITLE.sub("", body).strip(),
        title=" ".join(html_to_text(title[1]).split()) if title else "",
        summary=_description(html),
        language=language_of_page(html),
    )


def language_of_page(html: str) -> str:
    """The two letters a page says it is written in, "" where it does not."""
    language = _LANGUAGE.search(html)
    return language[1].lower() if language else ""


def _description(html: str) -> str:
    for meta in _META.findall(html):
        said = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(meta)}
        if said.get("name", "").lower() == "description":
            return unescape(said.get("content", "")).strip()
    return ""
