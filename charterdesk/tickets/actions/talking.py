"""What was said by telephone: one entry on the timeline, which counts as an answer to the customer."""

from datetime import datetime

from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.events.log import publish
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.lifecycle import resume_ticket
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import MessageQueued
from charterdesk.tickets.models import Message, Ticket


@transaction.atomic
def record_talk(
    ticket: Ticket, *, by: Actor, agent: Agent | None, number: str, text: str, at: datetime, once: str
) -> Message:
    """Put on `ticket` that `agent` talked with its customer; `text` is for both to read. Nothing is sent.

    The customer has an answer: the clocks of replies stop. Taken in before (`once`): that message. One on a merged
    ticket goes to what it was merged into.
    """
    if known := Message.objects.filter(once=once).first():
        return known
    lock(ticket)
    if ticket.merged_into:
        return record_talk(ticket.merged_into, by=by, agent=agent, number=number, text=text, at=at, once=once)
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.OUT,
        channel="phone",
        agent=agent,
        author_name=agent.name if agent else "",
        to=[number] if number else [],
        body_text=text,
        once=once,
    )
    ticket.last_message_at = message.created_at
    ticket.first_replied_at = ticket.first_replied_at or at
    ticket.save(update_fields=["last_message_at", "first_replied_at"])
    talked = MessageQueued(
        ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, agent_id=agent.pk if agent else None
    )
    publish(talked, on=ticket, by=agent or by)
    if ticket.status == Ticket.NEW:
        resume_ticket(ticket, by=by)
    return message
