"""When people change, their tickets follow."""

from django.db import transaction

from charterdesk.tickets.models import Message, Ticket


@transaction.atomic
def adopt_tickets(*, contact_id: int, from_id: int) -> None:
    """Give the tickets and messages of one contact to another: they were the same person. Two statements."""
    Ticket.objects.filter(contact_id=from_id).update(contact_id=contact_id)
    Message.objects.filter(contact_id=from_id).update(contact_id=contact_id)
