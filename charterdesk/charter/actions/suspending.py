"""What waits for approval and is excused now waits no more."""

from django.db.models import QuerySet

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.charter.events import RemedySuspended
from charterdesk.charter.models import OwedRemedy
from charterdesk.events.log import publish


def suspend_remedies(found: QuerySet[OwedRemedy]) -> None:
    """What of these waits for approval is not owed. What customers have already stays theirs."""
    waiting = found.filter(state=OwedRemedy.WAITING).select_related("ticket")
    for remedy in waiting.select_for_update(of=("self",)):
        remedy.state, remedy.decided_at = OwedRemedy.SUSPENDED, now()
        remedy.save(update_fields=["state", "decided_at"])
        suspended = RemedySuspended(
            ticket_id=remedy.ticket_id, team_id=remedy.ticket.team_id, remedy_id=remedy.pk, kind=remedy.kind
        )
        publish(suspended, on=remedy.ticket, by=SYSTEM)
