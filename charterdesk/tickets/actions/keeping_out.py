"""Nobody works on what is about themselves: agents who neither see a ticket nor are given it."""

from collections.abc import Collection

from django.db import transaction

from charterdesk.base.keys import Actor
from charterdesk.events.log import publish
from charterdesk.people.models import Agent, Notice
from charterdesk.tickets.actions.assignment import release_ticket
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import AgentKeptOut, AgentLetBack
from charterdesk.tickets.models import Draft, Follower, Ticket


@transaction.atomic
def keep_out(ticket: Ticket, *, agent_ids: Collection[int], by: Actor) -> None:
    """Let these agents neither see `ticket` nor work on it: theirs is taken back, and what they hear of it ends.

    Whoever is kept out already stays so. A few statements for each.
    """
    lock(ticket)
    for agent in Agent.objects.select_for_update().filter(pk__in=agent_ids).order_by("pk"):
        if ticket.key in agent.kept_from:
            continue
        agent.kept_from = [*agent.kept_from, ticket.key]
        agent.save(update_fields=["kept_from"])
        publish(AgentKeptOut(ticket_id=ticket.pk, team_id=ticket.team_id, agent_id=agent.pk), on=ticket, by=by)
        if ticket.assignee_id == agent.pk:
            release_ticket(ticket, by=by, reason="about_them")
    Follower.objects.filter(ticket=ticket, agent__in=agent_ids).delete()
    Draft.objects.filter(ticket=ticket, agent__in=agent_ids).delete()
    Notice.objects.filter(about=ticket.key, agent__in=agent_ids).delete()


@transaction.atomic
def let_back(ticket: Ticket, *, agent_id: int, by: Actor) -> None:
    """It is not about this agent after all. Nothing happens when they were not kept out."""
    lock(ticket)
    agent = Agent.objects.select_for_update().get(pk=agent_id)
    if ticket.key not in agent.kept_from:
        return
    agent.kept_from = [key for key in agent.kept_from if key != ticket.key]
    agent.save(update_fields=["kept_from"])
    publish(AgentLetBack(ticket_id=ticket.pk, team_id=ticket.team_id, agent_id=agent.pk), on=ticket, by=by)
