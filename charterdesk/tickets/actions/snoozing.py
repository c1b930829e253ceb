"""A ticket out of the way for a while: until a time, or until its customer writes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.locking import lock, lock_open
from charterdesk.tickets.events import TicketSnoozed, TicketWoken
from charterdesk.tickets.models import Snooze, Ticket

LONGEST = timedelta(days=366)


@transaction.atomic
def snooze_ticket(ticket: Ticket, *, by: Actor, agent: Agent | None = None, until: datetime | None = None) -> None:
    """Put `ticket` off until `until`, or with None until its customer writes, which wakes it in any case.

    It leaves the queues of work; its promises run on, and what is late shows as late. `agent` is told when it wakes.
    Snoozed again it sleeps until the new time. Raises `Refused`: `tickets.in_the_past`, `tickets.too_long`,
    `tickets.finished`, `tickets.merged`.
    """
    lock_open(ticket)
    if until and until <= now():
        raise Refused("tickets.in_the_past", _("Choose a time to come."))
    if until and until > now() + LONGEST:
        raise Refused("tickets.too_long", _("Choose a time within a year."))
    Snooze.objects.update_or_create(ticket=ticket, defaults={"agent": agent, "until": until, "since": now()})
    if until:
        set_timer(f"wake:{ticket.pk}", due_at=until, operation="tickets.wake", on=ticket, reason="time")
    else:
        cancel_timer(f"wake:{ticket.pk}")
    publish(TicketSnoozed(ticket_id=ticket.pk, team_id=ticket.team_id, until=until), on=ticket, by=by)


@operation("tickets.snooze")
@transaction.atomic
def snooze_ticket_for(ticket: Ticket, *, by: Actor, hours: int, agent: Agent | None = None) -> None:
    """Put `ticket` off for some hours; 0 until its customer writes. Raises as `snooze_ticket`."""
    snooze_ticket(ticket, by=by, agent=agent, until=now() + timedelta(hours=hours) if hours else None)


@operation("tickets.wake")
@transaction.atomic
def wake_ticket(ticket: Ticket, *, by: Actor, reason: str = "") -> Skipped | None:
    """Bring `ticket` back into the queues, and tell whoever put it off. Nothing happens unless it is snoozed.

    `reason` is a code: `time`, `reply`, `done` (solved or closed: nobody is told), or none by hand.
    """
    lock(ticket)
    snooze = Snooze.objects.filter(ticket=ticket).first()
    if snooze is None:
        return SO_ALREADY
    snooze.delete()
    cancel_timer(f"wake:{ticket.pk}")
    publish(TicketWoken(ticket_id=ticket.pk, team_id=ticket.team_id, reason=reason), on=ticket, by=by)
    if reason in ("time", "reply"):
        told = {snooze.agent_id, ticket.assignee_id} - {None}
        notify([pk for pk in told if pk], code="ticket.woken", about=ticket.key, by=by)
    return None
