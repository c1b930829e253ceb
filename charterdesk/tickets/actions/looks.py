"""Looks at tickets by people from outside their team: allowed to those who see every team, and kept in the log."""

from django.db import transaction
from django.db.models import QuerySet

from charterdesk.access.throttling import is_first
from charterdesk.events.log import publish
from charterdesk.people.models import Membership
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.events import OutsiderLooked
from charterdesk.tickets.models import Ticket

MINUTES = 15
"""Within which several looks are one: a page asks for its parts again and again."""


def note_looks(tickets: QuerySet[Ticket], *, by: Viewer) -> None:
    """`note_look` at each of these tickets. No statement for those who see only their teams' tickets."""
    if by.sees_every_team:
        for ticket in tickets:
            note_look(ticket, by=by)


def note_look(ticket: Ticket, *, by: Viewer) -> None:
    """Make known that somebody who does not work for its team looked at `ticket`.

    No statement for its team, two for others, and an event for the first of their looks in a quarter of an hour.
    """
    if not by.sees_every_team:
        return
    if Membership.objects.filter(agent_id=by.agent_id or 0, team_id=ticket.team_id).exists():
        return
    with transaction.atomic():
        if is_first("look", f"{by.key} {ticket.key}", minutes=MINUTES):
            looked = OutsiderLooked(about=ticket.key, ticket_id=ticket.pk, team_id=ticket.team_id)
            publish(looked, on=by.key, by=by)
