"""Who of the staff hears that a promise needs them."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from charterdesk.base.keys import Actor, split_key
from charterdesk.events.log import BEGINNING, Cause, this_cause
from charterdesk.events.operations import Call, operation, operation_together
from charterdesk.events.skipped import Skipped
from charterdesk.people.actions.notices import leave_notices
from charterdesk.people.models import Agent, Membership, Notice
from charterdesk.tickets.actions.ruled import NOBODY_TO_TELL
from charterdesk.tickets.models import Ticket


@operation("sla.alert")
@transaction.atomic
def alert_staff(ticket: Ticket, *, by: Actor, code: str) -> Skipped | None:
    """Tell whoever has `ticket` that its promise needs them; where nobody has it, the leads of its team."""
    (came_to,) = _alert([(ticket.pk, code, this_cause() or BEGINNING)], by=by)
    return came_to


@operation_together("sla.alert")
@transaction.atomic
def alert_many(calls: Sequence[Call]) -> Sequence[Skipped | None]:
    """As `alert_staff`, for many tickets: two statements more than notices cost, for each of those who alert."""
    came_to: dict[int, Skipped | None] = {}
    for by in dict.fromkeys(call.by for call in calls):
        theirs = [number for number, call in enumerate(calls) if call.by == by]
        alerts = [(split_key(calls[n].on)[1], calls[n].args["code"], calls[n].cause) for n in theirs]
        came_to |= zip(theirs, _alert(alerts, by=by), strict=True)
    return [came_to[number] for number in range(len(calls))]


def _alert(alerts: Sequence[tuple[int, str, Cause]], *, by: Actor) -> list[Skipped | None]:
    tickets = Ticket.objects.only("pk", "assignee_id", "team_id").in_bulk([pk for pk, _code, _cause in alerts])
    nobodys = {ticket.team_id for ticket in tickets.values() if ticket.assignee_id is None}
    leads = _leads_of(nobodys) if nobodys else {}
    notices, came_to = [], []
    for pk, code, cause in alerts:
        ticket = tickets.get(pk)
        hearers = _hearers(ticket, leads) if ticket else []
        notices += [(Notice(agent_id=agent_id, code=code, about=f"ticket:{pk}"), cause) for agent_id in hearers]
        came_to.append(None if hearers else NOBODY_TO_TELL)
    leave_notices(notices, by=by)
    return came_to


def _hearers(ticket: Ticket, leads: Mapping[int, Sequence[int]]) -> Sequence[int]:
    return [ticket.assignee_id] if ticket.assignee_id else leads.get(ticket.team_id, [])


def _leads_of(team_ids: set[int]) -> dict[int, list[int]]:
    """The leads of each team, by id. One query."""
    leading = Membership.objects.filter(team_id__in=team_ids, agent__role=Agent.LEAD, agent__is_active=True)
    found: dict[int, list[int]] = {}
    for team_id, agent_id in leading.order_by("agent_id").values_list("team_id", "agent_id"):
        found.setdefault(team_id, []).append(agent_id)
    return found
