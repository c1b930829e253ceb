"""How actions take hold of a ticket."""

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent
from charterdesk.tickets.models import Ticket


def lock(ticket: Ticket, *, with_people: bool = False) -> Ticket:
    """Read `ticket` afresh (`with_people`: its contact and team too) and hold its row until the transaction ends.

    One query. Everything that publishes about a ticket does this first: it makes the order of events per ticket the
    order in which they happened.
    """
    rows = Ticket.objects.select_related("contact", "team") if with_people else Ticket.objects.all()
    ticket.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))
    return ticket


def lock_open(ticket: Ticket) -> Ticket:
    """Like `lock`, for one that is being worked on. Raises `Refused("tickets.finished")` or `("tickets.merged")`."""
    lock(ticket)
    refuse_merged(ticket)
    if not ticket.is_open:
        raise Refused("tickets.finished", _("This ticket is solved or closed. Reopen it first."))
    return ticket


def refuse_merged(ticket: Ticket) -> None:
    """Raises `Refused("tickets.merged")` when the work goes on in another ticket."""
    if ticket.is_merged:
        raise Refused("tickets.merged", _("This ticket was merged. Work on the one it was merged into, or undo that."))


def refuse_concerned(agent: Agent) -> None:
    """Raises `Refused("tickets.about_them")`: a ticket that is about `agent` is not theirs to hear of or work on."""
    text = _("It is about %(agent)s: somebody else has to work on it.")
    raise Refused("tickets.about_them", text % {"agent": agent})
