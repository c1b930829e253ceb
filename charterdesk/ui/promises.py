"""The promise lines of tickets, read for lists and pages alike: the same promise, whoever looks."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from charterdesk.sla.queries import PromiseLine, promise_lines, promise_lines_beside
from charterdesk.tickets.models import Ticket
from charterdesk.ui.promise import Promise, Promised

PROMISED = {"first_reply": _("First reply"), "next_reply": _("Next reply"), "resolution": _("Solution")}


def promises_of(tickets: Sequence[Ticket]) -> dict[int, Promised]:
    """What each of `tickets` (by primary key) was promised, to be kept next or kept last. One statement."""
    lines = promise_lines([ticket.pk for ticket in tickets])
    return {ticket.pk: lines.get(ticket.pk) or nothing_promised(ticket) for ticket in tickets}


def promises_beside(ticket: Ticket, others: Sequence[Ticket]) -> tuple[Sequence[PromiseLine], dict[int, Promised]]:
    """Every promise of `ticket`, and what `promises_of` tells of the others shown beside it. One statement."""
    own, lines = promise_lines_beside(ticket.pk, [other.pk for other in others])
    return own, {other.pk: lines.get(other.pk) or nothing_promised(other) for other in others}


def nothing_promised(ticket: Ticket) -> Promise:
    """The line of a ticket whose clocks do not run (yet)."""
    return Promise(started_at=ticket.opened_at, due_at=None)
