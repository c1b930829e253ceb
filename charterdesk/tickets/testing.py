"""Tickets for tests, made by the actions themselves."""

from typing import Any

from charterdesk.base.keys import SYSTEM
from charterdesk.people.models import Contact, Team
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.models import Ticket


def make_ticket(
    *,
    team: Team | None = None,
    contact: Contact | None = None,
    text: str = "No water since this morning.",
    **fields: Any,
) -> Ticket:
    """A new ticket with one message. `fields` go to `open_ticket`."""
    contact = contact or make_contact()
    incoming = Incoming(contact=contact, subject=fields.pop("subject", "No water"), text=text, to=[])
    return open_ticket(incoming, team=team or make_team(), by=SYSTEM, **fields)
