"""Sending once more what was sent before: to the same people, or somewhere else."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.tickets.actions.details import check_address
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import MessageQueued
from charterdesk.tickets.models import Message

DONE = (Message.SENT, Message.DELIVERED, Message.UNDELIVERED, Message.IN_DOUBT)


@transaction.atomic
def resend_message(message: Message, *, by: Actor, address: str = "") -> None:
    """Send `message` once more, as a mail of its own: to whom it went, or with `address` there alone.

    Raises `Refused`: `tickets.not_sent_yet` for what is still on its way or was called back, `tickets.redacted`,
    `tickets.bad_address`.
    """
    ticket = lock(message.ticket)
    message.refresh_from_db(from_queryset=Message.objects.select_for_update(of=("self",)))
    if message.direction != Message.OUT or message.delivery not in DONE:
        raise Refused("tickets.not_sent_yet", _("This message is still on its way. Wait until it is known to fail."))
    if message.redacted_at:
        raise Refused("tickets.redacted", _("Its content was taken out; there is nothing to send."))
    if address:
        check_address(address)
        message.to, message.cc = [address.strip()], []
    message.delivery, message.delivery_note, message.resent = Message.QUEUED, "", message.resent + 1
    message.save(update_fields=["delivery", "delivery_note", "resent", "to", "cc"])
    publish(
        MessageQueued(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            message_id=message.pk,
            agent_id=message.agent_id,
            template=message.template,
            side_thread_id=message.side_thread_id,
            resent=message.resent,
        ),
        on=ticket,
        by=by,
    )
