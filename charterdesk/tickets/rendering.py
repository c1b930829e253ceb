"""A text that is written out, as it is sent: a line of subject, plain text and HTML."""

import re
from dataclasses import dataclass
from html import escape

from django.utils import translation
from django.utils.html import urlize

from charterdesk.base.html import html_to_text

GRADE = re.compile(r"^(.+): (https?://\S+/grade/[1-5])$")
"""A line of a text that is a grade with its link, as `grade_lines` writes it."""
MAY_BE_LINKED = re.compile(r"://|@|\bwww\.|\.(?:com|edu|gov|int|mil|net|org)\b", re.IGNORECASE)
"""What `urlize` makes links of; it looks at every word of what has none, too."""


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def rendered_from(subject: str, text: str) -> Rendered:
    """A text that is written out, in the language that is active, as it is sent: one line of subject, and as HTML."""
    text = "\n\n".join(part.strip("\n") for part in text.strip().split("\n\n") if part.strip()) + "\n"
    paragraphs = "".join(f"<p>{as_html(part)}</p>" for part in text.strip().split("\n\n"))
    return Rendered(subject=" ".join(subject.split()), text=text, html=_directed(paragraphs))


def rendered_html(subject: str, html: str) -> Rendered:
    """The same for safe HTML, of which the plain text is made."""
    return Rendered(subject=" ".join(subject.split()), text=html_to_text(html) + "\n", html=_directed(html))


def as_html(text: str) -> str:
    """A piece of plain text as HTML: its lines stay lines, addresses become links, and a grade is one itself."""
    return "<br>".join(_line_as_html(line) for line in text.split("\n"))


def _line_as_html(line: str) -> str:
    if not MAY_BE_LINKED.search(line):
        return escape(line)
    if found := GRADE.match(line):
        return f'<a href="{escape(found[2])}">{escape(found[1])}</a>'
    return urlize(escape(line))


def _directed(html: str) -> str:
    return f'<div dir="{"rtl" if translation.get_language_bidi() else "ltr"}">{html}</div>'
