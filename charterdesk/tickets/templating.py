"""Texts of ours, written in the ticket's language from what may be told to its customer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import urlize

from charterdesk.events.facts import facts_for_templates
from charterdesk.tickets.models import Ticket


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def render_texts(wanted: Sequence[tuple[str, Ticket]]) -> list[Rendered]:
    """Render for each ticket the text of that name ("acknowledgement"), in the ticket's language.

    As many statements for each language as the facts of one ticket take.
    """
    rendered: dict[int, Rendered] = {}
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_template, ticket) in enumerate(wanted):
        by_language[ticket.language].append(place)
    for language, places in by_language.items():
        with translation.override(language):
            facts = facts_for_templates("ticket", [wanted[place][1].pk for place in places])
            for place in places:
                template, ticket = wanted[place]
                rendered[place] = _render(template, facts[ticket.pk])
    return [rendered[place] for place in range(len(wanted))]


def _render(template: str, facts: dict[str, Any]) -> Rendered:
    """Render a text in the language that is active."""
    subject = " ".join(render_to_string(f"tickets/{template}.subject.txt", facts).split())
    text = render_to_string(f"tickets/{template}.txt", facts).strip()
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    text = "\n\n".join(part.strip("\n") for part in text.split("\n\n") if part.strip()) + "\n"
    return Rendered(subject=subject, text=text, html=_as_html(text, direction))


def _as_html(text: str, direction: str) -> str:
    """`text` as paragraphs; only addresses become links."""
    paragraphs = (urlize(escape(part)).replace("\n", "<br>") for part in text.strip().split("\n\n"))
    return f'<div dir="{direction}">' + "".join(f"<p>{part}</p>" for part in paragraphs) + "</div>"
