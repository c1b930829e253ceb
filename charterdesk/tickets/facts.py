"""What tickets tell rules and texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from charterdesk.billing.queries.set_up import is_charging
from charterdesk.billing.queries.verdicts import prices_of
from charterdesk.events.facts import row_facts, snapshot_facts, template_facts
from charterdesk.people.branding import address_of_team, sender_of
from charterdesk.tickets.grading import grade_lines, grade_terms
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import GradeTerms, Message, Ticket


@snapshot_facts("ticket")
def ticket_snapshot(ticket: Ticket) -> dict[str, Any]:
    """What rules may ask of a ticket, as it was when the event happened."""
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "type": ticket.type,
        "priority": ticket.priority,
        "tags": ticket.tags,
        "language": ticket.language,
        "channel": ticket.channel,
        "team_id": ticket.team_id,
        "assignee_id": ticket.assignee_id,
        "contact_id": ticket.contact_id,
        "organisation_id": ticket.organisation_id,
    }


@row_facts("message_id")
def message_facts(message_id: int) -> dict[str, Any] | None:
    """What rules may ask of a message; None once it was redacted. One query."""
    message = Message.objects.filter(pk=message_id, redacted_at=None).first()
    if message is None:
        return None
    return {
        "text": message.body_text,
        "subject": message.subject,
        "direction": message.direction,
        "channel": message.channel,
        "from": message.author_address,
        "is_automatic": message.is_automatic,
    }


@template_facts("ticket")
def ticket_facts(ticket_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What texts may say of tickets: nothing internal, nothing of another customer. At most four queries."""
    prices = prices_of([f"ticket:{pk}" for pk in ticket_ids]) if is_charging() else {}
    tickets = Ticket.objects.select_related("contact", "team__branding__brand", "assignee").filter(pk__in=ticket_ids)
    solved = {ticket.team_id for ticket in tickets if ticket.status == Ticket.SOLVED}
    terms = grade_terms(solved) if solved else {}
    return {
        ticket.pk: {
            "reference": ticket.number,
            "subject": ticket.subject,
            "customer": ticket.contact.name,
            "team": sender_of(ticket.team),
            "solution": ticket.solution,
            "status": ticket.status,
            "type": ticket.type,
            "channel": ticket.channel,
            "language": ticket.language,
            "agent": ticket.assignee.name if ticket.assignee else "",
            "price": prices.get(ticket.key, ""),
            "status_link": status_link(ticket, home=address_of_team(ticket.team)),
            "grade_links": _grade_links(ticket, terms),
        }
        for ticket in tickets
    }


def _grade_links(ticket: Ticket, terms: Mapping[int, GradeTerms]) -> str:
    """The five grades with their links in the active language; "" where none is asked."""
    asked = terms.get(ticket.team_id) if ticket.status == Ticket.SOLVED else None
    if asked is None:
        return ""
    return grade_lines(ticket, asked, language=get_language() or "en", home=address_of_team(ticket.team))
