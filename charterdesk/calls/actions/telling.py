"""Who chose to hear of calls hears of them; what is over is read."""

from django.db import transaction

from charterdesk.base.keys import SYSTEM
from charterdesk.calls.models import Call
from charterdesk.people.actions.notices import notify, withdraw_notices
from charterdesk.people.models import Agent


@transaction.atomic
def tell_team(call_id: int, *, code: str) -> None:
    """Tell those of the call's team who are there and chose to hear of it. Some four statements."""
    call = Call.objects.get(pk=call_id)
    if call.direction == Call.IN:
        there = Agent.objects.filter(memberships__team=call.team_id, is_active=True).exclude(state=Agent.AWAY)
        notify(there.values_list("pk", flat=True), code=code, about=call.key, by=SYSTEM)


def hush_team(call_id: int) -> None:
    """It rings no more: what was told of it is read. Two statements."""
    call = Call.objects.get(pk=call_id)
    withdraw_notices(Agent.objects.filter(memberships__team=call.team_id).values_list("pk", flat=True), about=call.key)
