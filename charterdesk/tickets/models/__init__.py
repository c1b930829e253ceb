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
from charterdesk.tickets.models.working import ChecklistItem, Macro, Snooze

__all__ = [
    "Attachment",
    "ChecklistItem",
    "Copied",
    "Draft",
    "Follower",
    "Link",
    "Macro",
    "Merge",
    "Message",
    "MessageQuerySet",
    "SideThread",
    "Snooze",
    "StatusCount",
    "Ticket",
    "TicketQuerySet",
]
