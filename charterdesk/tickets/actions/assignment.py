"""Whose it is: agent and team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import Cause, caused_by, event_row, publish, write_events
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, SO_ALREADY, Skipped, skipped
from charterdesk.people.actions import notify
from charterdesk.people.actions.notices import leave_notices
from charterdesk.people.models import Agent, Membership, Notice, Team
from charterdesk.people.ways import who_stands_in
from charterdesk.tickets.actions.locking import lock, lock_open, refuse_concerned
from charterdesk.tickets.events import TicketAssigned, TicketMoved, TicketReleased
from charterdesk.tickets.models import Ticket

FINISHED = skipped("tickets.is_finished", gettext_lazy("the ticket is finished"))


@operation("tickets.assign", sets="agent")
@transaction.atomic
def assign_ticket(ticket: Ticket, *, agent: Agent, by: Actor, automatic: bool = False) -> Skipped | None:
    """Give `ticket` to `agent`, or to who stands in for them, and tell them. Nothing happens when it is theirs.

    Raises `Refused`: `tickets.finished`, `tickets.merged`, `tickets.not_in_team`, `tickets.about_them`.
    """
    lock_open(ticket)
    if ticket.assignee_id == agent.pk:
        return SO_ALREADY
    membership = Membership.objects.filter(agent=agent, team_id=ticket.team_id)
    kept_from = membership.values_list("agent__kept_from", flat=True).first()
    if kept_from is None:
        raise Refused("tickets.not_in_team", _("%(agent)s is not in this ticket's team.") % {"agent": agent})
    if ticket.key in kept_from:
        refuse_concerned(agent)
    agent = _who_takes(ticket, agent, by)
    if ticket.assignee_id == agent.pk:
        return SO_ALREADY
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
    return None


def _who_takes(ticket: Ticket, agent: Agent, by: Actor) -> Agent:
    """`agent`, or who stands in for them while they are away; whoever takes a ticket themselves keeps it."""
    if getattr(by, "key", by) == agent.key or (other := who_stands_in(agent)) is None:
        return agent
    here = Agent.objects.filter(pk=other, memberships__team_id=ticket.team_id)
    here = here.exclude(kept_from__contains=[ticket.key])
    return here.first() or agent


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to have a ticket that nobody has, and what led to that."""

    ticket: Ticket
    agent: Agent
    cause: Cause


@transaction.atomic
def assign_waiting(assignments: Sequence[Assignment], *, by: Actor) -> int:
    """Give tickets of a team's queue to members of that team, tell them, and return how many were given.

    One that somebody took, moved or ended meanwhile is left alone. Five statements.
    """
    waiting = Ticket.objects.active().filter(pk__in=[one.ticket.pk for one in assignments], assignee=None)
    locked = {ticket.pk: ticket for ticket in waiting.select_for_update().order_by("pk")}
    given = [
        one
        for one in assignments
        if _is_still(one.ticket, locked.get(one.ticket.pk)) and one.ticket.key not in one.agent.kept_from
    ]
    at, rows = now(), []
    for one in given:
        ticket = locked[one.ticket.pk]
        ticket.assignee, ticket.assigned_at = one.agent, at
        assigned = TicketAssigned(
            ticket_id=ticket.pk, team_id=ticket.team_id, assignee_id=one.agent.pk, former_id=None, automatic=True
        )
        with caused_by(one.cause):
            rows.append(event_row(assigned, on=ticket, by=by))
    _write_assignees(given, at)
    write_events(rows)
    notices = [
        (Notice(agent_id=one.agent.pk, code="ticket.assigned", about=one.ticket.key), one.cause) for one in given
    ]
    leave_notices(notices, by=by)
    return len(given)


def _is_still(ticket: Ticket, now_locked: Ticket | None) -> bool:
    """Whether `ticket` is in the queue it was found in."""
    return now_locked is not None and now_locked.team_id == ticket.team_id


def _write_assignees(given: Sequence[Assignment], at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tickets_ticket AS ticket SET assignee_id = given.agent_id, assigned_at = %s "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS given (ticket_id, agent_id) WHERE ticket.id = given.ticket_id",
            [at, [one.ticket.pk for one in given], [one.agent.pk for one in given]],
        )


@operation("tickets.release", sets="agent")
@transaction.atomic
def release_ticket(ticket: Ticket, *, by: Actor, reason: str = "") -> Skipped | None:
    """Take `ticket` from its agent, back into the team's queue. Nothing happens when nobody has it."""
    lock(ticket)
    if ticket.assignee_id is None:
        return SO_ALREADY
    if not ticket.is_open:
        return FINISHED
    former_id = ticket.assignee_id
    ticket.assignee = ticket.assigned_at = None
    ticket.save(update_fields=["assignee", "assigned_at"])
    publish(
        TicketReleased(ticket_id=ticket.pk, team_id=ticket.team_id, former_id=former_id, reason=reason),
        on=ticket,
        by=by,
    )
    return None


@operation("tickets.take_back")
@transaction.atomic
def release_tickets_of(agent: Agent, *, by: Actor) -> Skipped | None:
    """Put back what waits for `agent` to act if they are away.

    What waits for the customer or for others stays theirs.
    """
    if agent.state != Agent.AWAY:
        return NOT_DUE
    for ticket in Ticket.objects.active().filter(assignee=agent):
        release_ticket(ticket, by=by, reason="away")
    return None


@transaction.atomic
def release_tickets_left(agent: Agent, *, by: Actor, team_id: int | None = None) -> int:
    """Put back all unfinished tickets of an `agent` who left: the team `team_id`, or the desk. Return how many."""
    mine = Ticket.objects.unfinished().filter(assignee=agent)
    tickets = mine.filter(team_id=team_id) if team_id else mine
    for ticket in tickets:
        release_ticket(ticket, by=by, reason="left")
    return len(tickets)


@operation("tickets.move", sets="team")
@transaction.atomic
def move_ticket(ticket: Ticket, *, team: Team, by: Actor) -> Skipped | None:
    """Hand `ticket` to another team; it goes into that team's queue, and is routed there."""
    lock_open(ticket)
    if ticket.team_id == team.pk:
        return SO_ALREADY
    former_id = ticket.team_id
    ticket.team, ticket.assignee, ticket.assigned_at = team, None, None
    ticket.save(update_fields=["team", "assignee", "assigned_at"])
    publish(TicketMoved(ticket_id=ticket.pk, team_id=team.pk, former_team_id=former_id), on=ticket, by=by)
    return None
