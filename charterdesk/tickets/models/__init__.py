"""The work: tickets, their messages, and what belongs to them."""

from charterdesk.tickets.models.message import (
    Attachment,
    Draft,
    Message,
    MessageQuerySet,
    SideThread,
)
from charterdesk.tickets.models.ticket import (
    Copied,
    Follower,
    Link,
    Merge,
    StatusCount,
    Ticket,
    TicketQuerySet,
)

__all__ = [
    "Attachment",
    "Copied",
    "Draft",
    "Follower",
    "Link",
    "Merge",
    "Message",
    "MessageQuerySet",
    "SideThread",
    "StatusCount",
    "Ticket",
    "TicketQuerySet",
]
