"""Looks at tickets by people from outside their team: allowed to those who see every team, and kept in the log."""

from django.db import connection
from django.db.models import QuerySet

from charterdesk.access.throttling import first_sql
from charterdesk.events.log import EVENT_COLUMNS, event_row
from charterdesk.events.names import EVENTS
from charterdesk.events.wake import wake_after_commit
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

    No statement for its team, one for others, with an event for the first of their looks in a quarter of an hour.
    """
    if not by.sees_every_team or ticket.team_id in by.own_team_ids:
        return
    looked = OutsiderLooked(about=ticket.key, ticket_id=ticket.pk, team_id=ticket.team_id)
    row = event_row(looked, on=by.key, by=by)
    counting, arguments = first_sql("look", f"{by.key} {ticket.key}", minutes=MINUTES)
    # One statement, so that a look is never counted without being told.
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH counted AS ({counting}) INSERT INTO events_event ({EVENT_COLUMNS}) "
            f"SELECT {', '.join(['%s'] * len(row))} FROM counted WHERE count = 1",
            [*arguments, *row],
        )
        if cursor.rowcount:
            wake_after_commit(EVENTS)
