"""When people change, their tickets follow."""

from django.db import connection, transaction

from charterdesk.people.models import Identity
from charterdesk.tickets.models import Adoption, Message, OrganisationAdoption, Ticket


@transaction.atomic
def adopt_tickets(*, contact_id: int, from_id: int, merge_id: int = 0) -> None:
    """Give the tickets and messages of one contact to another: they were the same person.

    With `merge_id` what was given is kept, so that it can be given back. Three statements.
    """
    if not merge_id:
        Ticket.objects.filter(contact_id=from_id).update(contact_id=contact_id)
        Message.objects.filter(contact_id=from_id).update(contact_id=contact_id)
        return
    adoption, is_new = Adoption.objects.get_or_create(merge_id=merge_id)
    if is_new:
        adoption.ticket_ids = _hand_over("tickets_ticket", contact_id, from_id)
        adoption.message_ids = _hand_over("tickets_message", contact_id, from_id)
        adoption.save(update_fields=["ticket_ids", "message_ids"])


def _hand_over(table: str, contact_id: int, from_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET contact_id = %s WHERE contact_id = %s RETURNING id", [contact_id, from_id])
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def return_tickets(*, contact_id: int, to_id: int, merge_id: int) -> None:
    """Give back what the merge `merge_id` moved, where it still is with `contact_id`. Four statements."""
    adoption = Adoption.objects.filter(merge_id=merge_id).first()
    if adoption:
        Ticket.objects.filter(pk__in=adoption.ticket_ids, contact_id=contact_id).update(contact_id=to_id)
        Message.objects.filter(pk__in=adoption.message_ids, contact_id=contact_id).update(contact_id=to_id)
        adoption.delete()


@transaction.atomic
def adopt_tickets_of_organisation(*, organisation_id: int, from_id: int, merge_id: int) -> None:
    """Give the tickets of one organisation to another: they were the same. Kept for undoing. Three statements."""
    adoption, is_new = OrganisationAdoption.objects.get_or_create(merge_id=merge_id)
    if is_new:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE tickets_ticket SET organisation_id = %s WHERE organisation_id = %s RETURNING id",
                [organisation_id, from_id],
            )
            adoption.ticket_ids = [pk for (pk,) in cursor.fetchall()]
        adoption.save(update_fields=["ticket_ids"])


@transaction.atomic
def return_tickets_of_organisation(*, organisation_id: int, to_id: int, merge_id: int) -> None:
    """Give back what the merge `merge_id` moved, where it still is with `organisation_id`. Three statements."""
    adoption = OrganisationAdoption.objects.filter(merge_id=merge_id).first()
    if adoption:
        Ticket.objects.filter(pk__in=adoption.ticket_ids, organisation_id=organisation_id).update(organisation_id=to_id)
        adoption.delete()


@transaction.atomic
def part_tickets(*, contact_id: int, new_id: int) -> None:
    """Give a contact who was split off what was written from their addresses, and the tickets these began.

    Four statements; the same again does nothing.
    """
    addresses = list(Identity.objects.filter(contact_id=new_id).values_list("value", flat=True))
    written = Message.objects.filter(contact_id=contact_id, author_address__in=addresses)
    written.update(contact_id=new_id)
    theirs = Message.objects.filter(contact_id=new_id).values("ticket_id")
    for ticket in Ticket.objects.filter(contact_id=contact_id, pk__in=theirs):
        first = ticket.messages.order_by("pk").first()
        if first and first.contact_id == new_id:
            Ticket.objects.filter(pk=ticket.pk).update(contact_id=new_id)
