"""Who of the staff hears that a promise needs them."""

from collections.abc import Sequence

from django.db import transaction

from charterdesk.base.keys import Actor, split_key
from charterdesk.events.log import BEGINNING, Cause, this_cause
from charterdesk.events.operations import Call, operation, operation_together
from charterdesk.people.actions.notices import leave_notices
from charterdesk.people.models import Agent, Membership, Notice
from charterdesk.tickets.models import Ticket


@operation("sla.alert")
@transaction.atomic
def alert_staff(ticket: Ticket, *, by: Actor, code: str) -> None:
    """Tell whoever has `ticket` that its promise needs them; where nobody has it, the leads of its team."""
    _alert([(ticket.pk, code, this_cause() or BEGINNING)], by=by)


@operation_together("sla.alert")
@transaction.atomic
def alert_many(calls: Sequence[Call]) -> None:
    """As `alert_staff`, for many tickets: two statements more than notices cost, for each of those who alert."""
    for by in dict.fromkeys(call.by for call in calls):
        _alert([(split_key(call.on)[1], call.args["code"], call.cause) for call in calls if call.by == by], by=by)


def _alert(alerts: Sequence[tuple[int, str, Cause]], *, by: Actor) -> None:
    tickets = Ticket.objects.only("pk", "assignee_id", "team_id").in_bulk([pk for pk, _code, _cause in alerts])
    nobodys = {ticket.team_id for ticket in tickets.values() if ticket.assignee_id is None}
    leads = _leads_of(nobodys) if nobodys else {}
    notices = []
    for pk, code, cause in alerts:
        ticket = tickets.get(pk)
        if ticket:
            hearers = [ticket.assignee_id] if ticket.assignee_id else leads.get(ticket.team_id, [])
            notices += [(Notice(agent_id=agent_id, code=code, about=ticket.key), cause) for agent_id in hearers]
    leave_notices(notices, by=by)


def _leads_of(team_ids: set[int]) -> dict[int, list[int]]:
    """The leads of each team, by id. One query."""
    leading = Membership.objects.filter(team_id__in=team_ids, agent__role=Agent.LEAD, agent__is_active=True)
    found: dict[int, list[int]] = {}
    for team_id, agent_id in leading.order_by("agent_id").values_list("team_id", "agent_id"):
        found.setdefault(team_id, []).append(agent_id)
    return found
