"""Text messages (SMS): what rules and macros send, and what became of it."""

from django.db import transaction
from django.utils import translation
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.facts import facts_for_template
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped
from charterdesk.people.branding import sender_of
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.actions.texts import BY_MACHINE, NO_NUMBER, SENT_BEFORE, SMS
from charterdesk.tickets.events import MessageDelivered, MessageQueued
from charterdesk.tickets.filling import fill, problems_in
from charterdesk.tickets.models import Message, Ticket

LONGEST = 1000


@operation("tickets.send_sms", tells="sms", leaves=True, check=problems_in("text"))
@transaction.atomic
def send_sms(ticket: Ticket, *, by: Actor, text: str, once: str = "") -> Message | Skipped:
    """Send the customer a text message; it may name facts, as in {{ reference }}.

    Sent once for each `once` on a ticket (by default once per ticket and text). Skipped when it was sent before, when
    no phone number is known, or when a machine wrote last. Raises `Refused("tickets.empty_message")`.
    """
    ticket = lock(ticket, with_people=True)
    with translation.override(ticket.language):
        filled = fill(text, facts_for_template(ticket.key)).strip()[:LONGEST]
    if not filled:
        raise Refused("tickets.empty_message", _("Write something first."))
    name = f"sms:{ticket.pk}:{once or text}"[:120]
    incoming = ticket.messages.filter(direction=Message.IN, side_thread=None).order_by("-pk")
    last = incoming.first()
    wrote = incoming.filter(channel=SMS).first()
    phone = wrote.author_address if wrote else ticket.contact.phone
    if not phone:
        return NO_NUMBER
    if last and last.is_automatic:
        return BY_MACHINE
    if Message.objects.filter(once=name).exists():
        return SENT_BEFORE
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.OUT,
        channel=SMS,
        author_name=sender_of(ticket.team),
        to=[phone],
        body_text=filled,
        body_html=linebreaks(escape(filled)),
        template="sms",
        is_automatic=True,
        delivery=Message.QUEUED,
        once=name,
    )
    publish(
        MessageQueued(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, template=message.template),
        on=ticket,
        by=by,
    )
    return message


@transaction.atomic
def mark_delivered(message: Message, *, by: Actor) -> None:
    """The receiver's device has `message`, says its provider. Nothing happens when that is known."""
    ticket = lock(message.ticket)
    changed = Message.objects.filter(pk=message.pk).exclude(delivery=Message.DELIVERED)
    if changed.update(delivery=Message.DELIVERED, delivery_note=""):
        event = MessageDelivered(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk)
        publish(event, on=ticket, by=by)


@transaction.atomic
def keep_unsent(message: Message, *, note: str) -> None:
    """`message` goes nowhere, for its customer wants no more of these: it stands on their status page alone."""
    Message.objects.filter(pk=message.pk).update(delivery="", delivery_note=note[:500])
