"""What promises do when something happens to a ticket."""

from charterdesk.billing.events import ContractAgreed, ContractEnded, ContractEvent
from charterdesk.events.reactions import Heard, react, react_together
from charterdesk.sla.actions import follow_tickets, promise_tickets, reconsider_contract
from charterdesk.sla.course import HEARD, is_heard
from charterdesk.tickets.events import TicketEvent, TicketOpened


# One listener for all of them: what waits behind a failure waits in the order in which it happened.
@react_together(TicketOpened, *HEARD)
def keep_clocks(heard: Heard[TicketEvent]) -> None:
    """Start clocks, or let the events do to them what they do; what machines wrote does nothing."""
    if opened := [(event, entry) for event, entry in heard if isinstance(event, TicketOpened)]:
        promise_tickets(opened)
    if moving := [(event.ticket_id, entry) for event, entry in heard if is_heard(event)]:
        follow_tickets(moving)


@react(ContractAgreed, ContractEnded)
def look_at_open_requests(event: ContractEvent) -> None:
    """Other targets may hold for what a customer has open."""
    reconsider_contract(event.contract_id)
