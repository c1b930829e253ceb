"""What tickets tell rules and texts."""

from collections.abc import Sequence
from typing import Any

from charterdesk.billing.queries.set_up import is_charging
from charterdesk.billing.queries.verdicts import prices_of
from charterdesk.events.facts import row_facts, snapshot_facts, template_facts
from charterdesk.people.branding import address_of_team, sender_of
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Message, Ticket


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
    """What texts may say of tickets: nothing internal, nothing of another customer. At most three queries."""
    prices = prices_of([f"ticket:{pk}" for pk in ticket_ids]) if is_charging() else {}
    return {
        ticket.pk: {
            "reference": ticket.number,
            "subject": ticket.subject,
            "customer": ticket.contact.name,
            "team": sender_of(ticket.team),
            "solution": ticket.solution,
            "status": ticket.status,
            "agent": ticket.assignee.name if ticket.assignee else "",
            "price": prices.get(ticket.key, ""),
            "status_link": status_link(ticket, home=address_of_team(ticket.team)),
        }
        for ticket in Ticket.objects.select_related("contact", "team__branding__brand", "assignee").filter(
            pk__in=ticket_ids
        )
    }
