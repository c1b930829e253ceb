"""Another contract is another promise, on what is open, too."""

from datetime import UTC, datetime, time

from django.db import transaction
from django.db.models import Q

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.billing.models import Contract
from charterdesk.events.operations import operation
from charterdesk.events.timers import set_timer
from charterdesk.sla.actions.clocks import reconsider_tickets
from charterdesk.sla.bought import CONTRACTS
from charterdesk.tickets.models import Ticket


@operation("sla.reconsider_contract")
@transaction.atomic
def reconsider_contract(contract_id: int, *, by: Actor = SYSTEM) -> None:
    """A contract came, or came to its end: look again at what holds for the open requests of its customer.

    One that is still to begin is looked at on its first day, too.
    """
    CONTRACTS.forget()
    contract = Contract.objects.get(pk=contract_id)
    begins_at = datetime.combine(contract.starts_on, time(), tzinfo=UTC)
    if begins_at > now() and contract.cancelled_at is None:
        operation_name = "sla.reconsider_contract"
        set_timer(f"sla:contract:{contract_id}", due_at=begins_at, operation=operation_name, contract_id=contract_id)
    theirs = Q(organisation_id=contract.organisation_id) if contract.organisation_id else _of(contract.contact_id)
    open_ones = Ticket.objects.filter(theirs, status__in=Ticket.UNFINISHED)
    reconsider_tickets(list(open_ones.values_list("pk", flat=True)), by=by)


def _of(contact_id: int | None) -> Q:
    """Requests of a contact, and of those who were merged into them."""
    return Q(contact_id=contact_id) | Q(contact__merged_into_id=contact_id)
