"""Texts of ours, written in the ticket's language from what may be told to its customer."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.base.html import text_to_html
from charterdesk.events.facts import collect_template_facts, template_facts
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Ticket


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent: one line of subject, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


@template_facts("ticket")
def ticket_facts(ticket: Ticket) -> dict[str, object]:
    """What texts may say of a ticket: nothing internal, nothing of another customer."""
    return {
        "reference": ticket.number,
        "subject": ticket.subject,
        "customer": ticket.contact.name,
        "team": ticket.team.name,
        "solution": ticket.solution,
        "status_link": status_link(ticket),
    }


def render_text(template: str, ticket: Ticket) -> Rendered:
    """Render the text called `template` ("acknowledgement") for `ticket`, in its language."""
    with translation.override(ticket.language):
        facts = collect_template_facts("ticket", ticket)
        subject = " ".join(render_to_string(f"tickets/{template}.subject.txt", facts).split())
        text = render_to_string(f"tickets/{template}.txt", facts).strip() + "\n"
    return Rendered(subject=subject, text=text, html=text_to_html(text))
