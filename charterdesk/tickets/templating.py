"""Texts of ours, written in the ticket's language from what may be told to its customer."""

from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import urlize

from charterdesk.events.facts import facts_for_template
from charterdesk.tickets.models import Ticket


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def render_text(template: str, ticket: Ticket) -> Rendered:
    """Render the text called `template` ("acknowledgement") for `ticket`, in its language."""
    with translation.override(ticket.language):
        facts = facts_for_template(ticket.key)
        subject = " ".join(render_to_string(f"tickets/{template}.subject.txt", facts).split())
        text = render_to_string(f"tickets/{template}.txt", facts).strip()
        direction = "rtl" if translation.get_language_bidi() else "ltr"
    text = "\n\n".join(part.strip("\n") for part in text.split("\n\n") if part.strip()) + "\n"
    return Rendered(subject=subject, text=text, html=_as_html(text, direction))


def _as_html(text: str, direction: str) -> str:
    """`text` as paragraphs; only addresses become links."""
    paragraphs = (urlize(escape(part)).replace("\n", "<br>") for part in text.strip().split("\n\n"))
    return f'<div dir="{direction}">' + "".join(f"<p>{part}</p>" for part in paragraphs) + "</div>"
