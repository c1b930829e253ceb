"""A ticket that others are part of: solved once, for all of them."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.tickets.actions.lifecycle import solve_ticket
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.models import Link, Ticket

MOST = 500
"""So many parts are solved in one go."""


@transaction.atomic
def solve_family(ticket: Ticket, *, by: Actor, solution: str, seen_id: int | None = None) -> list[Ticket]:
    """Solve `ticket` and every open ticket that is part of it, with the same solution; return the parts solved.

    Each customer is told once, however many of them are theirs. Some ten statements for each part. Raises as
    `solve_ticket`, changing nothing, also for what one of the parts refuses; and `Refused("tickets.too_many_parts")`.
    """
    lock(ticket)
    parts = list(open_parts(ticket)[: MOST + 1])
    if len(parts) > MOST:
        raise Refused("tickets.too_many_parts", _("More than %(most)d tickets are part of this one.") % {"most": MOST})
    solve_ticket(ticket, by=by, solution=solution, seen_id=seen_id)
    told = {ticket.contact_id: ticket.pk}
    for part in parts:
        solve_ticket(part, by=by, solution=solution, told_with=told.get(part.contact_id))
        told.setdefault(part.contact_id, part.pk)
    return parts


def open_parts(ticket: Ticket) -> QuerySet[Ticket]:
    """The tickets that are part of `ticket` and not solved, oldest first."""
    return Ticket.objects.unfinished().filter(links__other=ticket, links__kind=Link.PART_OF).order_by("pk")
