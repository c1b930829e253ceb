"""What goes out: replies and forwards; and notes, which stay in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.collisions import refuse_overtaken
from charterdesk.tickets.actions.files import IncomingFile, attach_incoming, drop_unshown, no_files_by_sms
from charterdesk.tickets.actions.lifecycle import reopen_ticket, resume_ticket
from charterdesk.tickets.actions.locking import lock, refuse_concerned, refuse_merged
from charterdesk.tickets.actions.texts import SMS
from charterdesk.tickets.actions.writing import Surroundings, surroundings_of
from charterdesk.tickets.events import (
    MessageCalledBack,
    MessageQueued,
    MessageSent,
    MessageUndelivered,
    NoteAdded,
    TicketForwarded,
)
from charterdesk.tickets.mentions import refuse_strangers
from charterdesk.tickets.models import Attachment, Draft, Message, SideThread, Ticket

UNDO_TIME = timedelta(seconds=10)


@transaction.atomic
def send_message(
    ticket: Ticket,
    *,
    by: Actor,
    agent: Agent,
    html: str,
    send_at: datetime | None = None,
    cc: Sequence[str] | None = None,
    seen_id: int | None = None,
    once: str | None = None,
    keep_draft: bool = False,
    way: str = "",
) -> Message:
    """Answer the customer. It leaves at `send_at`, by default after the ten seconds in which it can be called back.

    The agent's draft becomes the message and its files come along, unless `keep_draft`. `cc` None means: as the team's
    policy and the people on copy say. `seen_id` is the last message the writer saw; `once` names the form it was
    written in: sent again it gives the same message. Raises `Refused`: `tickets.merged`, `tickets.empty_message`,
    `tickets.in_the_past`, `tickets.about_them`, `tickets.overtaken` (see `Overtaken`). `way` is "sms" or "email"; left
    out, the answer goes the way the ticket came: `tickets.no_phone`, `tickets.no_files_by_sms`.
    """
    lock(ticket, with_people=True)
    if once and (sent := ticket.messages.filter(once=once).first()):
        return sent
    refuse_merged(ticket)
    if ticket.key in agent.kept_from:
        refuse_concerned(agent)
    refuse_overtaken(ticket, seen_id=seen_id)
    body = clean_html(html)
    text = html_to_text(body)
    channel = way or ticket.channel
    known = surroundings_of(ticket, agent, by_sms=channel == SMS)
    _refuse_sms(known, is_wanted=way == SMS, with_files=not keep_draft)
    if not text.strip() and (keep_draft or not known.has_files):
        raise Refused("tickets.empty_message", _("Write something first."))
    if send_at and send_at < now():
        raise Refused("tickets.in_the_past", _("Choose a time to come, or send it now."))
    leaves_at = send_at or now() + UNDO_TIME
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.OUT,
        channel=channel,
        agent=agent,
        author_name=agent.name,
        to=[known.email] if known.email else [],
        cc=list(cc) if cc is not None else known.copies(ticket),
        body_text=text,
        body_html=body,
        delivery=Message.SCHEDULED,
        send_at=leaves_at,
        once=once,
    )
    if not keep_draft:
        known.turn_draft_into(message)
    set_timer(
        f"send:{message.pk}",
        due_at=leaves_at,
        operation="tickets.release_message",
        by=by,
        message_id=message.pk,
    )
    return message


def _refuse_sms(known: Surroundings, *, is_wanted: bool, with_files: bool) -> None:
    """Raises `Refused` where a text goes to no phone, or is to carry files."""
    if is_wanted and not known.is_phone:
        raise Refused("tickets.no_phone", _("We know no phone number of this customer. Answer by mail."))
    if with_files and known.is_phone and known.has_files:
        raise no_files_by_sms()


@transaction.atomic
def record_sent(
    ticket: Ticket,
    *,
    by: Actor,
    agent: Agent | None,
    author_name: str,
    to: Sequence[str],
    text: str,
    html: str,
    files: Sequence[IncomingFile] = (),
    once: str,
) -> Message:
    """Show on `ticket` what somebody of the desk sent to its customer from elsewhere; `html` is safe already.

    Taken in before (`once`): that message.
    """
    if known := Message.objects.filter(once=once).first():
        return known
    lock(ticket)
    message = Message.objects.create(
        ticket=ticket,
        direction=Message.OUT,
        channel="email",
        agent=agent,
        author_name=author_name[:200],
        to=list(to),
        body_text=text.replace("\x00", ""),
        body_html=html.replace("\x00", ""),
        delivery=Message.SENT,
        once=once,
    )
    attach_incoming(message, files)
    ticket.last_message_at = message.created_at
    ticket.first_replied_at = ticket.first_replied_at or message.created_at
    ticket.save(update_fields=["last_message_at", "first_replied_at"])
    publish(
        MessageSent(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, elsewhere=True),
        on=ticket,
        by=by,
    )
    if ticket.status == Ticket.NEW:
        resume_ticket(ticket, by=by)
    return message


@operation("tickets.release_message")
@transaction.atomic
def release_message(message_id: int, *, by: Actor) -> Skipped | None:
    """The time to call it back is over: queue the message. Nothing happens unless it is still scheduled.

    One that goes to no address, for its customer has or wants none, stands on their status page alone.
    """
    message = Message.objects.select_related("ticket").get(pk=message_id)
    ticket = lock(message.ticket)
    message.refresh_from_db(from_queryset=Message.objects.select_for_update(of=("self",)))
    if message.delivery != Message.SCHEDULED:
        return NOT_DUE
    message.delivery, message.created_at = Message.QUEUED if message.to else "", now()
    message.save(update_fields=["delivery", "created_at"])
    _replied(ticket, message, by=by)
    return None


def _replied(ticket: Ticket, message: Message, *, by: Actor) -> None:
    """Note on `ticket` that we answered, and publish it."""
    ticket.last_message_at = message.created_at
    ticket.first_replied_at = ticket.first_replied_at or message.created_at
    ticket.save(update_fields=["last_message_at", "first_replied_at"])
    publish(
        MessageQueued(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk, agent_id=message.agent_id),
        on=ticket,
        by=message.agent or by,
    )
    if ticket.status == Ticket.NEW:
        resume_ticket(ticket, by=by)


@transaction.atomic
def call_back_message(message: Message, *, by: Actor) -> Draft:
    """Undo sending: the message is its author's draft again. Raises `Refused("tickets.gone_out")` when too late."""
    ticket = lock(message.ticket)
    message.refresh_from_db(from_queryset=Message.objects.select_for_update(of=("self",)))
    if message.delivery != Message.SCHEDULED or message.agent is None:
        raise Refused("tickets.gone_out", _("Too late: this message has gone out."))
    message.delivery = Message.CANCELLED
    message.save(update_fields=["delivery"])
    cancel_timer(f"send:{message.pk}")
    draft, _created = Draft.objects.update_or_create(
        ticket=ticket,
        agent=message.agent,
        # What a macro did besides was done as it was sent, and is not done again.
        defaults={
            "kind": Draft.REPLY,
            "body_html": message.body_html,
            "cc": message.cc,
            "saved_at": now(),
            "taken_up": {},
        },
    )
    message.attachments.update(draft=draft, message=None)
    publish(
        MessageCalledBack(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk),
        on=ticket,
        by=by,
    )
    return draft


@operation("tickets.note")
@transaction.atomic
def add_note(
    ticket: Ticket,
    *,
    by: Actor,
    html: str,
    agent: Agent | None = None,
    mentions: Sequence[int] = (),
    once: str | None = None,
    keep_draft: bool = False,
) -> Message:
    """Leave a note inside the house; mentioned agents (ids) are told. `once` and `keep_draft` as in `send_message`.

    Raises `Refused`: `tickets.empty_message`, `tickets.mention_outside` for an agent who may not see the ticket.
    """
    lock(ticket)
    if once and (left := ticket.messages.filter(once=once).first()):
        return left
    refuse_strangers(ticket, mentions)
    body = clean_html(html)
    text = html_to_text(body)
    writer = None if keep_draft else agent
    files = (
        Attachment.objects.filter(draft__ticket=ticket, draft__agent=writer) if writer else Attachment.objects.none()
    )
    if not text.strip() and not files:
        raise Refused("tickets.empty_message", _("Write something first."))
    note = Message.objects.create(
        ticket=ticket,
        direction=Message.NOTE,
        channel=ticket.channel,
        agent=agent,
        author_name=agent.name if agent else "",
        body_text=text,
        body_html=body,
        once=once,
    )
    if writer:
        for draft_id in files.filter(is_inline=True).values_list("draft_id", flat=True).distinct():
            drop_unshown(draft_id, body)
        files.update(message=note, draft=None)
        Draft.objects.filter(ticket=ticket, agent=agent).delete()
    publish(
        NoteAdded(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            message_id=note.pk,
            agent_id=agent.pk if agent else None,
        ),
        on=ticket,
        by=by,
    )
    notify(mentions, code="ticket.mentioned", about=ticket.key, by=by, data={"message_id": note.pk})
    return note


@transaction.atomic
def forward_ticket(
    ticket: Ticket,
    *,
    by: Actor,
    agent: Agent | None,
    address: str,
    html: str,
    subject: str = "",
    files: Sequence[IncomingFile] = (),
) -> Message:
    """Ask a third party at `address`; the talk with them stays apart from the customer's. `agent` None: a rule asks.

    Raises `Refused("tickets.empty_message")`.
    """
    lock(ticket)
    body = clean_html(html)
    text = html_to_text(body)
    if not text.strip():
        raise Refused("tickets.empty_message", _("Write something first."))
    thread, _created = SideThread.objects.get_or_create(
        ticket=ticket,
        address=address.strip().lower(),
        defaults={"subject": (subject or ticket.subject)[:300]},
    )
    message = Message.objects.create(
        ticket=ticket,
        side_thread=thread,
        direction=Message.OUT,
        channel="email",
        agent=agent,
        author_name=agent.name if agent else "",
        is_automatic=agent is None,
        to=[thread.address],
        subject=thread.subject,
        body_text=text,
        body_html=body,
        delivery=Message.QUEUED,
    )
    attach_incoming(message, files)
    publish(
        TicketForwarded(ticket_id=ticket.pk, team_id=ticket.team_id, side_thread_id=thread.pk, message_id=message.pk),
        on=ticket,
        by=by,
    )
    publish(
        MessageQueued(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            message_id=message.pk,
            agent_id=agent.pk if agent else None,
            side_thread_id=thread.pk,
        ),
        on=ticket,
        by=by,
    )
    return message


@transaction.atomic
def mark_sent(message: Message, *, by: Actor) -> None:
    """The outside took `message` over."""
    ticket = lock(message.ticket)
    Message.objects.filter(pk=message.pk).update(delivery=Message.SENT, delivery_note="")
    publish(MessageSent(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk), on=ticket, by=by)


@transaction.atomic
def mark_undelivered(message: Message, *, by: Actor, note: str) -> None:
    """`message` did not arrive; its agent is told, and the ticket is taken up again."""
    _not_arrived(message, by=by, delivery=Message.UNDELIVERED, note=note)


@transaction.atomic
def mark_in_doubt(message: Message, *, by: Actor, note: str) -> None:
    """Nobody can tell whether `message` arrived: it is held for the operator, not sent again."""
    _not_arrived(message, by=by, delivery=Message.IN_DOUBT, note=note)


def _not_arrived(message: Message, *, by: Actor, delivery: str, note: str) -> None:
    """Keep the state and tell whoever has to know."""
    ticket = lock(message.ticket)
    Message.objects.filter(pk=message.pk).update(delivery=delivery, delivery_note=note[:500])
    publish(
        MessageUndelivered(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            message_id=message.pk,
            in_doubt=delivery == Message.IN_DOUBT,
        ),
        on=ticket,
        by=by,
    )
    told = {message.agent_id, ticket.assignee_id} - {None}
    notify(
        [pk for pk in told if pk],
        code="message.undelivered",
        about=ticket.key,
        by=by,
        data={"message_id": message.pk},
    )
    if ticket.status == Ticket.SOLVED and delivery == Message.UNDELIVERED:
        reopen_ticket(ticket, by=by)
    elif ticket.status == Ticket.PENDING and delivery == Message.UNDELIVERED:
        resume_ticket(ticket, by=by)
