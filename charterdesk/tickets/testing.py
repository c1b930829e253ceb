"""Tickets for tests, made by the actions themselves."""

import os
from typing import Any

from charterdesk.base.files import DiskStore, file_store
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


def let_it_age(sha256: str) -> None:
    """Make a stored file look as if it had been stored an hour ago."""
    store = file_store()
    assert isinstance(store, DiskStore)
    path = store.path(sha256)
    hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (hour_ago, hour_ago))
