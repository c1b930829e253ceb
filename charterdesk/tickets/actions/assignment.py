"""Whose it is: agent and team."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent, Membership, Team
from charterdesk.tickets.actions.locking import lock, lock_open
from charterdesk.tickets.events import TicketAssigned, TicketMoved, TicketReleased
from charterdesk.tickets.models import Ticket


@operation("tickets.assign")
@transaction.atomic
def assign_ticket(ticket: Ticket, *, agent: Agent, by: Actor, automatic: bool = False) -> None:
    """Give `ticket` to `agent` and tell them. Nothing happens when it is theirs already.

    Raises `Refused`: `tickets.finished`, `tickets.merged`, `tickets.not_in_team`.
    """
    lock_open(ticket)
    if ticket.assignee_id == agent.pk:
        return
    if not Membership.objects.filter(agent=agent, team_id=ticket.team_id).exists():
        raise Refused("tickets.not_in_team", _("%(agent)s is not in this ticket's team.") % {"agent": agent})
    former_id = ticket.assignee_id
    ticket.assignee, ticket.assigned_at = agent, now()
    ticket.save(update_fields=["assignee", "assigned_at"])
    publish(
        TicketAssigned(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            assignee_id=agent.pk,
            former_id=former_id,
            automatic=automatic,
        ),
        on=ticket,
        by=by,
    )
    if getattr(by, "key", by) != agent.key:
        notify([agent.pk], code="ticket.assigned", about=ticket.key, by=by)


@operation("tickets.release")
@transaction.atomic
def release_ticket(ticket: Ticket, *, by: Actor, reason: str = "") -> None:
    """Take `ticket` from its agent, back into the team's queue. Nothing happens when nobody has it."""
    lock(ticket)
    if ticket.assignee_id is None or not ticket.is_open:
        return
    former_id = ticket.assignee_id
    ticket.assignee = ticket.assigned_at = None
    ticket.save(update_fields=["assignee", "assigned_at"])
    publish(
        TicketReleased(ticket_id=ticket.pk, team_id=ticket.team_id, former_id=former_id, reason=reason),
        on=ticket,
        by=by,
    )


@operation("tickets.take_back")
@transaction.atomic
def release_tickets_of(agent: Agent, *, by: Actor) -> int:
    """Put back what waits for `agent` to act if they are away, and return how many.

    What waits for the customer or for others stays theirs.
    """
    if agent.state != Agent.AWAY:
        return 0
    tickets = Ticket.objects.active().filter(assignee=agent)
    for ticket in tickets:
        release_ticket(ticket, by=by, reason="away")
    return len(tickets)


@transaction.atomic
def release_tickets_left(agent: Agent, *, by: Actor, team_id: int | None = None) -> int:
    """Put back all unfinished tickets of an `agent` who left: the team `team_id`, or the desk. Return how many."""
    mine = Ticket.objects.unfinished().filter(assignee=agent)
    tickets = mine.filter(team_id=team_id) if team_id else mine
    for ticket in tickets:
        release_ticket(ticket, by=by, reason="left")
    return len(tickets)


@operation("tickets.move")
@transaction.atomic
def move_ticket(ticket: Ticket, *, team: Team, by: Actor) -> None:
    """Hand `ticket` to another team; it goes into that team's queue, and is routed there."""
    lock_open(ticket)
    if ticket.team_id == team.pk:
        return
    former_id = ticket.team_id
    ticket.team, ticket.assignee, ticket.assigned_at = team, None, None
    ticket.save(update_fields=["team", "assignee", "assigned_at"])
    publish(TicketMoved(ticket_id=ticket.pk, team_id=team.pk, former_team_id=former_id), on=ticket, by=by)
