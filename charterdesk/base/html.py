"""Untrusted HTML made safe to show, and HTML as plain text.

One set of rules for mails and for what the composer sends. Remote pictures tell their sender that and when a mail
was read, so they are not loaded: their address moves to `data-remote-src`, and tiny ones are dropped.
"""

import re
from html import unescape
from urllib.parse import quote

import nh3

_TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main",
    "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul",
    "var", "wbr",
}  # fmt: skip
_DROPPED_WHOLE = {"script", "style", "title", "head", "noscript", "template", "svg", "math", "object", "select"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title", "align", "valign", "style"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor", "summary"},
    "tr": {"bgcolor", "height"},
    "td": {"colspan", "rowspan", "width", "height", "bgcolor", "nowrap"},
    "th": {"colspan", "rowspan", "width", "height", "bgcolor", "scope", "nowrap"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "ul": {"type"},
    "blockquote": {"type"},
    "time": {"datetime"},
}
# Nothing that can reach the network, leave the message's box or cover the page around it.
_STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-radius",
    "border-right", "border-spacing", "border-style", "border-top", "border-width", "color", "direction", "font-family",
    "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height", "margin",
    "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent", "text-transform",
    "unicode-bidi", "vertical-align", "white-space", "width", "word-break", "word-spacing", "word-wrap",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel", "cid", "ftp", "sms", "xmpp", "geo", "webcal"}
_LEAKS = re.compile(r"url\s*\(|image|expression\s*\(|@import|\\|/\*|-moz-binding|behavior", re.IGNORECASE)
_PICTURE = re.compile(r'<img((?:\s[a-z-]+(?:="[^"]*")?)*)>')
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
MAX_SHOWN = 3_000_000  # characters: no person reads more, and cleaning more holds a worker up for seconds


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return ";".join(piece for piece in unescape(value).split(";") if not _LEAKS.search(piece)) or None
    if name == "src":
        return value if value.lower().startswith(("cid:", "http://", "https://", "data:image/")) else None
    if name == "href" and value.lower().startswith("data:"):
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WHOLE,
    attributes=_ATTRIBUTES,
    attribute_filter=_safe_attribute,
    link_rel="noopener noreferrer",
    url_schemes=_SCHEMES | {"data"},
    filter_style_properties=_STYLES,
    set_tag_attribute_values={"a": {"target": "_blank"}},
)


_OPENING = re.compile(r"<(/?)(div|span|table|blockquote|font|b|i|u|a|ul|ol|center|section|em|strong)\b", re.IGNORECASE)
MAX_DEPTH = 400  # elements within each other: parsers need time by the square of it


def tamed(html: str) -> str:
    """`html` short enough and flat enough to be parsed in good time; what is nested absurdly becomes text."""
    html = html[:MAX_SHOWN]
    if html.count("<") <= MAX_DEPTH:
        return html
    depth = 0
    for match in _OPENING.finditer(html):
        depth += -1 if match[1] else 1
        if depth > MAX_DEPTH:
            return re.sub(r"<[^<>]*>", " ", html).replace("<", "&lt;")
        depth = max(depth, 0)
    return html


def clean_html(html: str, *, cid_prefix: str | None = None, remote_images: bool = False) -> str:
    """Make untrusted `html` safe to put into a page. Never raises.

    No script, form, frame, style sheet or event handler is left; links open apart and tell nothing of us. Pictures
    within the mail (`cid:`) stay, pointed at `cid_prefix` followed by their quoted content id when that is given.
    Remote pictures keep their address in `data-remote-src` alone unless `remote_images`; those of one or two pixels
    go. Costs about a millisecond per 100 kB; what exceeds 3 million characters is cut.
    """
    safe = _cleaner.clean(tamed(html))
    if "<img" not in safe:
        return safe
    return _PICTURE.sub(lambda match: _picture(match[1], cid_prefix, remote_images), safe)


def _picture(inside: str, cid_prefix: str | None, remote_images: bool) -> str:
    found = dict(_ATTRIBUTE.findall(inside))
    source = unescape(found.get("src", ""))
    if source.lower().startswith("cid:") and cid_prefix is not None:
        target = _escaped(cid_prefix + quote(source[4:], safe=""))
        return f"<img{inside.replace(_pair('src', found['src']), _pair('src', target))}>"
    if not source.lower().startswith(("http:", "https:")) or remote_images:
        return f"<img{inside}>"
    if _is_tiny(found):
        return ""
    return f"<img{inside.replace(_pair('src', found['src']), _pair('data-remote-src', found['src']))}>"


def _pair(name: str, value: str) -> str:
    return f' {name}="{value}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _is_tiny(found: dict[str, str]) -> bool:
    sizes = [found[name] for name in ("width", "height") if name in found]
    sizes += re.findall(r"(?:^|;)\s*(?:width|height)\s*:\s*(\d+)px", found.get("style", ""))
    return any(size.strip().removesuffix("px") in {"0", "1", "2"} for size in sizes)


# --- text ---------------------------------------------------------------------------------------------------------
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^\s=<>\"]+(?:=\"[^\"]*\")?)*)\s*/?>")
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}
_plain = nh3.Cleaner(
    tags=_TAGS, clean_content_tags=_DROPPED_WHOLE, attributes={"img": {"alt"}, "ol": {"start"}}, link_rel=None
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def html_to_text(html: str) -> str:
    """`html` as plain text: paragraphs, lists, quotes with `> `, preformatted text as it is. Never raises."""
    return tidy_html_to_text(_plain.clean(tamed(html)))


def tidy_html_to_text(html: str) -> str:
    """Like `html_to_text`, for HTML that nh3 has written: every tag closed, every attribute quoted."""
    writer = _Writer()
    place = 0
    for match in _TOKEN.finditer(html):
        if match.start() > place:
            writer.text(unescape(html[place : match.start()]))
        place = match.end()
        if match[1]:
            writer.close(match[2])
        else:
            writer.open(match[2], match[3])
    if place < len(html):
        writer.text(unescape(html[place:]))
    return writer.result()


def _quote_depth(line: str) -> int:
    return (len(line) - len(line.lstrip("> "))) // 2 if line.startswith(">") else 0


class _Writer:
    """Turns a stream of tags and text into lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.quotes = 0
        self.preformatted = 0
        self.lists: list[int | None] = []
        self.blank_wanted = False
        self.spaced = False

    def text(self, text: str) -> None:
        if self.preformatted:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for line in rest:
                self._end_line(keep=True)
                self._add(line)
            return
        if "\xa0" in text and not text.strip() and not self.line.strip():
            self.spaced = True  # `<div>&nbsp;</div>`, the empty line of mail programs
        folded = _SPACE.sub(" ", text).replace("\xa0", " ")
        if not self.line.strip():
            folded = folded.lstrip(" ") if not self.line else folded
        elif self.line.endswith(" ") and folded.startswith(" "):
            folded = folded[1:]
        self._add(folded)

    def _add(self, text: str) -> None:
        if text and text != " " and self.blank_wanted:
            self._blank()
        self.line += text

    def _blank(self) -> None:
        self.blank_wanted = False
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * min(self.quotes, _quote_depth(self.lines[-1])))

    def _end_line(self, *, keep: bool = False) -> None:
        line = self.line.rstrip()
        if line or keep or self.spaced:
            self.lines.append(("> " * self.quotes + line).rstrip() if not line else "> " * self.quotes + line)
        self.line = ""
        self.spaced = False

    def open(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self._end_line(keep=True)
        elif tag in _PARAGRAPHS:
            self._end_line()
            self.blank_wanted = True
        elif tag in _BLOCKS:
            self._end_line()
            self._open_block(tag, attributes)
        elif tag in {"td", "th"}:
            if self.line.strip():
                self.line = self.line.rstrip() + " "
        elif tag == "img" and (found := re.search(r'\salt="([^"]+)"', attributes)):
            self.text(unescape(found[1]))

    def _open_block(self, tag: str, attributes: str) -> None:
        if tag == "blockquote":
            self.blank_wanted = False
            self.quotes += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag in {"ul", "ol"}:
            found = re.search(r'\sstart="(\d+)"', attributes)
            self.lists.append((int(found[1]) if found else 1) if tag == "ol" else None)
        elif tag == "li":
            self._list_item()
        elif tag == "hr":
            self.lines.append("> " * self.quotes + "-" * 20)

    def _list_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        if number is None:
            self._add("- ")
            return
        self._add(f"{number}. ")
        self.lists[-1] = number + 1

    def close(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_line()
            self.blank_wanted = True
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "blockquote" and self.quotes:
                self.quotes -= 1
            elif tag == "pre" and self.preformatted:
                self.preformatted -= 1
            elif tag in {"ul", "ol"} and self.lists:
                self.lists.pop()

    def result(self) -> str:
        self._end_line()
        text = "\n".join(line.rstrip() for line in self.lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
