"""What promises do when something happens to a ticket."""

from charterdesk.events.log import caused_by
from charterdesk.events.reactions import Heard, react_together
from charterdesk.sla.actions import follow_ticket, promise_tickets
from charterdesk.sla.course import HEARD
from charterdesk.tickets.events import MessageQueued, TicketEvent, TicketOpened


# One listener for all of them: what waits behind a failure waits in the order in which it happened.
@react_together(TicketOpened, *HEARD)
def keep_clocks(heard: Heard[TicketEvent]) -> None:
    """Start clocks, or let the events do to them what they do; automatic messages do nothing."""
    promise_tickets([(event, entry) for event, entry in heard if isinstance(event, TicketOpened)])
    for event, entry in heard:
        if not isinstance(event, TicketOpened) and not _is_automatic(event):
            with caused_by(entry):
                follow_ticket(event.ticket_id, entry)


def _is_automatic(event: TicketEvent) -> bool:
    return isinstance(event, MessageQueued) and event.agent_id is None
