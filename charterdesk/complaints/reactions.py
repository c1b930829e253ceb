"""What complaints do when something happened: a ticket became one, or was opened again."""

from charterdesk.base.keys import SYSTEM
from charterdesk.complaints.actions import acknowledge, take_complaint, take_up_again
from charterdesk.complaints.models import TYPE
from charterdesk.events.log import caused_by
from charterdesk.events.reactions import Heard, react_together
from charterdesk.tickets.events import TicketClassified, TicketEvent, TicketOpened, TicketReopened
from charterdesk.tickets.models import Ticket


@react_together(TicketOpened, TicketClassified)
def take_on(heard: Heard[TicketEvent]) -> None:
    """Whatever is opened as a complaint, or called one later, is one. No statement where nothing is."""
    for event, entry in heard:
        if (entry.facts or {}).get("type") != TYPE:
            continue
        ticket = Ticket.objects.filter(pk=event.ticket_id).first()
        if ticket is None or ticket.type != TYPE or ticket.is_merged:
            continue
        with caused_by(entry):
            take_complaint(ticket, by=SYSTEM)
            if isinstance(event, TicketClassified):
                acknowledge(ticket, by=SYSTEM)


@react_together(TicketReopened)
def take_up(heard: Heard[TicketReopened]) -> None:
    """The decision did not content its customer. No statement where no complaint is among them."""
    for event, entry in heard:
        if (entry.facts or {}).get("type") == TYPE:
            take_up_again(event.ticket_id)
