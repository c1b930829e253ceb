"""One ticket out of two, two out of one, and back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.tickets.actions.lifecycle import close_ticket
from charterdesk.tickets.actions.locking import lock, refuse_merged
from charterdesk.tickets.events import (
    TicketMerged,
    TicketMergeUndone,
    TicketOpened,
    TicketPaused,
    TicketReopened,
    TicketSplit,
)
from charterdesk.tickets.guarding import MERGE, ask_guards
from charterdesk.tickets.models import Copied, Link, Merge, Message, Ticket


@transaction.atomic
def merge_ticket(ticket: Ticket, *, into: Ticket, by: Actor) -> Merge:
    """Let `ticket` go on in `into`: its messages move, its people are kept on copy, later replies are redirected.

    Raises `Refused`: `tickets.same_ticket`, `tickets.merged` (either of them).
    """
    if ticket.pk == into.pk:
        raise Refused("tickets.same_ticket", _("A ticket is not merged with itself."))
    for each in sorted((ticket, into), key=lambda one: one.pk):
        lock(each)
        refuse_merged(each)
    ask_guards(ticket, MERGE)
    merge = Merge.objects.create(
        ticket=ticket,
        target=into,
        former_status=ticket.status,
        message_ids=list(ticket.messages.values_list("pk", flat=True)),
        copied=_copy_people(ticket, into),
    )
    Message.objects.filter(pk__in=merge.message_ids).update(ticket=into)
    into.last_message_at = max(into.last_message_at, ticket.last_message_at)
    into.save(update_fields=["last_message_at"])
    ticket.merged_into = into
    ticket.save(update_fields=["merged_into"])
    publish(TicketMerged(ticket_id=ticket.pk, team_id=ticket.team_id, target_id=into.pk), on=ticket, by=by)
    close_ticket(ticket, by=by, reason="merged")
    return merge


def _copy_people(ticket: Ticket, into: Ticket) -> list[str]:
    """Put the requester and those on copy of `ticket` on copy of `into`; return the addresses that were new."""
    wanted = dict.fromkeys(ticket.copied.values_list("address", flat=True), "")
    if ticket.contact_id != into.contact_id and ticket.contact.email:
        wanted[ticket.contact.email] = ticket.contact.name
    wanted.pop(into.contact.email, None)
    present = set(into.copied.values_list("address", flat=True))
    new = [
        Copied(ticket=into, address=address, name=name) for address, name in wanted.items() if address not in present
    ]
    Copied.objects.bulk_create(new)
    return [copied.address for copied in new]


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor) -> None:
    """Let both tickets stand on their own again, as they were. Raises `Refused("tickets.not_merged")`."""
    ticket, into = merge.ticket, merge.target
    for each in sorted((ticket, into), key=lambda one: one.pk):
        lock(each)
    merge.refresh_from_db()
    if merge.undone_at or ticket.merged_into_id != into.pk:
        raise Refused("tickets.not_merged", _("This merge was undone already."))
    merge.undone_at = now()
    merge.save(update_fields=["undone_at"])
    Message.objects.filter(pk__in=merge.message_ids, ticket=into).update(ticket=ticket)
    into.copied.filter(address__in=merge.copied).delete()
    ticket.merged_into, ticket.status, ticket.status_reason = None, merge.former_status, ""
    ticket.closed_at = now() if merge.former_status == Ticket.CLOSED else None
    ticket.save(update_fields=["merged_into", "status", "status_reason", "closed_at"])
    publish(TicketMergeUndone(ticket_id=ticket.pk, team_id=ticket.team_id, target_id=into.pk), on=ticket, by=by)
    if ticket.is_open:
        reopened = TicketReopened(ticket_id=ticket.pk, team_id=ticket.team_id, former=Ticket.CLOSED)
        publish(reopened, on=ticket, by=by)
    if ticket.status in (Ticket.PENDING, Ticket.ON_HOLD):
        paused = TicketPaused(ticket_id=ticket.pk, team_id=ticket.team_id, status=ticket.status, former=Ticket.OPEN)
        publish(paused, on=ticket, by=by)


@transaction.atomic
def split_ticket(ticket: Ticket, *, message_ids: Sequence[int], subject: str, by: Actor) -> Ticket:
    """Make messages of `ticket` a ticket of their own, for whoever wrote the first of them, and return it.

    Raises `Refused`: `tickets.nothing_to_split`, `tickets.nothing_left`.
    """
    lock(ticket)
    refuse_merged(ticket)
    moving = list(ticket.messages.filter(pk__in=message_ids).order_by("pk"))
    if not moving:
        raise Refused("tickets.nothing_to_split", _("Choose the messages that become the new ticket."))
    if len(moving) == ticket.messages.count():
        raise Refused("tickets.nothing_left", _("Leave at least one message on this ticket."))
    contact = next((message.contact for message in moving if message.contact), ticket.contact)
    new = Ticket.objects.create(
        subject=" ".join(subject.split())[:300] or ticket.subject,
        team=ticket.team,
        contact=contact,
        organisation_id=contact.organisation_id,
        channel=moving[0].channel,
        language=ticket.language,
        type=ticket.type,
        priority=ticket.priority,
        opened_at=moving[0].created_at,
        last_message_at=moving[-1].created_at,
    )
    Message.objects.filter(pk__in=[message.pk for message in moving]).update(ticket=new)
    Link.objects.create(ticket=new, other=ticket, kind=Link.SPLIT_FROM)
    publish(TicketSplit(ticket_id=ticket.pk, team_id=ticket.team_id, new_id=new.pk), on=ticket, by=by)
    opened = TicketOpened(
        ticket_id=new.pk,
        team_id=new.team_id,
        contact_id=contact.pk,
        message_id=moving[0].pk,
        channel=new.channel,
    )
    publish(opened, on=new, by=by)
    return new
