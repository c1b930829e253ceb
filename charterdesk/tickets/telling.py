"""Customers who want to hear of every step hear of it: who has their request, when it waits, and when it ends."""

from collections.abc import Sequence

from charterdesk.events.log import Cause
from charterdesk.events.operations import Call
from charterdesk.events.reactions import Heard
from charterdesk.people.models import CustomerChoice
from charterdesk.tickets.actions.texts import send_templates
from charterdesk.tickets.events import TicketEvent
from charterdesk.tickets.models import Ticket

TEMPLATE = "step"


def tell_steps(heard: Heard[TicketEvent]) -> None:
    """Mail each customer who asked for it the step their request took, once; not what they did themselves.

    One statement where nobody asked for it, which is most often.
    """
    ids = [event.ticket_id for event, entry in heard if not entry.actor.startswith("contact:")]
    wanted = _wanted(ids) if ids else set()
    calls = [
        Call(
            on=f"ticket:{event.ticket_id}",
            by="system",
            args={"template": TEMPLATE, "once": str(entry.id)},
            cause=Cause.of(entry),
        )
        for event, entry in heard
        if event.ticket_id in wanted
    ]
    if calls:
        send_templates(calls)


def _wanted(ticket_ids: Sequence[int]) -> set[int]:
    """Those of these tickets whose customer wants to hear of every step. One statement."""
    found = Ticket.objects.filter(pk__in=ticket_ids, contact__choice__mails=CustomerChoice.STEPS)
    return set(found.values_list("pk", flat=True))
