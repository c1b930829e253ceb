"""Texts of ours, written in the ticket's language from what may be told to its customer."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import urlize

from charterdesk.events.facts import facts_for_templates
from charterdesk.tickets.models import OwnText, Ticket
from charterdesk.tickets.own_texts import TEXTS, chosen, fill, own_texts

GRADE = re.compile(r"^(.+): (https?://\S+/grade/[1-5])$")
"""A line of a text that is a grade with its link, as `grade_lines` writes it."""


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def render_texts(wanted: Sequence[tuple[str, Ticket]]) -> list[Rendered]:
    """Render for each ticket the text of that name ("acknowledgement"), in the ticket's language.

    A text the desk wrote itself, for the ticket's team or for all, stands in place of ours. As many statements for each
    language as the facts of one ticket take, and one.
    """
    rendered: dict[int, Rendered] = {}
    wanted = [(_short(name, ticket), ticket) for name, ticket in wanted]
    own = own_texts({name for name, _ticket in wanted}, {ticket.language for _name, ticket in wanted})
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_template, ticket) in enumerate(wanted):
        by_language[ticket.language].append(place)
    for language, places in by_language.items():
        with translation.override(language):
            facts = facts_for_templates("ticket", [wanted[place][1].pk for place in places])
            for place in places:
                template, ticket = wanted[place]
                found = chosen(own, template, language, [ticket.team_id, None])
                rendered[place] = _render(template, facts[ticket.pk], found)
    return [rendered[place] for place in range(len(wanted))]


def _short(name: str, ticket: Ticket) -> str:
    """The name of the text as a phone shows it, on tickets that came by SMS, where there is a short one."""
    return f"{name}_sms" if ticket.channel == "sms" and f"{name}_sms" in TEXTS else name


def render_as(subject: str, text: str, ticket: Ticket, *, language: str) -> Rendered:
    """A text that is being written, as it would be sent about `ticket` in `language`. As many statements as facts."""
    with translation.override(language):
        facts = facts_for_templates("ticket", [ticket.pk])[ticket.pk]
        return rendered_from(fill(subject, facts), fill(text, facts))


def _render(template: str, facts: dict[str, Any], own: OwnText | None) -> Rendered:
    """Render a text in the language that is active."""
    if own:
        return rendered_from(fill(own.subject, facts), fill(own.text, facts))
    subject = render_to_string(f"tickets/{template}.subject.txt", facts)
    return rendered_from(subject, render_to_string(f"tickets/{template}.txt", facts))


def rendered_from(subject: str, text: str) -> Rendered:
    """A text that is written out, in the language that is active, as it is sent: one line of subject, and as HTML."""
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    text = "\n\n".join(part.strip("\n") for part in text.strip().split("\n\n") if part.strip()) + "\n"
    return Rendered(subject=" ".join(subject.split()), text=text, html=_as_html(text, direction))


def _as_html(text: str, direction: str) -> str:
    """`text` as paragraphs; only addresses become links."""
    paragraphs = (_linked(part).replace("\n", "<br>") for part in text.strip().split("\n\n"))
    return f'<div dir="{direction}">' + "".join(f"<p>{part}</p>" for part in paragraphs) + "</div>"


def _linked(part: str) -> str:
    """`part` with its addresses as links; a grade is one itself."""
    return "\n".join(
        f'<a href="{escape(found[2])}">{escape(found[1])}</a>' if (found := GRADE.match(line)) else urlize(escape(line))
        for line in part.split("\n")
    )
