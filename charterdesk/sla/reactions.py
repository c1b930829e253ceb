"""What promises do when something happens to a ticket."""

from charterdesk.events.log import this_entry
from charterdesk.events.reactions import react
from charterdesk.sla.actions import follow_ticket, promise_ticket
from charterdesk.sla.course import HEARD
from charterdesk.tickets.events import MessageQueued, TicketEvent, TicketOpened


# One listener for all of them: what waits behind a failure waits in the order in which it happened.
@react(TicketOpened, *HEARD)
def keep_clocks(event: TicketEvent) -> None:
    """Start clocks, or let the event do to them what it does; automatic messages do nothing."""
    entry = this_entry()
    assert entry is not None
    if isinstance(event, TicketOpened):
        promise_ticket(event, entry)
    elif not (isinstance(event, MessageQueued) and event.agent_id is None):
        follow_ticket(event.ticket_id, entry)
