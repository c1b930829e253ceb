"""What comes in: a request becomes a ticket, a reply joins its ticket."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.events.log import publish
from charterdesk.people.models import Contact, Team
from charterdesk.tickets.actions.files import IncomingFile, attach_incoming
from charterdesk.tickets.actions.lifecycle import reopen_ticket, resume_ticket
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.actions.opening import insert_opened
from charterdesk.tickets.events import MessageReceived, TicketOpened
from charterdesk.tickets.models import Copied, Link, Message, SideThread, Ticket


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What somebody outside wrote, on whatever channel.

    `text` is what is new in it, `quoted` the folded rest, `html` the whole, already made safe by `clean_html`.
    `once` names where it came from ("mail:77"): the same one is never taken in twice. `is_ours`: the house wrote it,
    and nobody outside waits for an answer.
    """

    contact: Contact
    text: str
    channel: str = "email"
    subject: str = ""
    quoted: str = ""
    html: str = ""
    author_name: str = ""
    author_address: str = ""
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    files: Sequence[IncomingFile] = field(default=())
    is_automatic: bool = False
    once: str | None = None
    is_ours: bool = False


@transaction.atomic(savepoint=False)
def open_ticket(
    incoming: Incoming,
    *,
    team: Team,
    by: Actor,
    type: str = "question",
    priority: int = Ticket.NORMAL,
    tags: Sequence[str] = (),
    language: str = "",
) -> Ticket:
    """Take a request on as a new ticket of `team` and return it. Taken in before (`once`): that ticket.

    One statement; more for files, people on copy, and what was taken in before.
    """
    at = now()
    ticket = Ticket(
        number=0,
        subject=one_line(incoming.subject) or one_line(incoming.text)[:80],
        team=team,
        contact=incoming.contact,
        organisation_id=incoming.contact.organisation_id,
        channel=incoming.channel,
        language=language or incoming.contact.language,
        type=type,
        priority=priority,
        tags=list(tags),
        opened_at=at,
        last_message_at=at,
    )
    message = message_to_be(incoming)
    contact_id = incoming.contact.pk
    opened = TicketOpened(
        ticket_id=0,
        team_id=team.pk,
        contact_id=contact_id,
        message_id=0,
        channel=incoming.channel,
        is_ours=incoming.is_ours,
    )
    received = MessageReceived(ticket_id=0, team_id=team.pk, message_id=0, contact_id=contact_id, is_first=True)
    if not insert_opened(ticket, message, [opened, received], by=by):
        return Message.objects.select_related("ticket").get(once=incoming.once).ticket
    _keep_rest(incoming, message)
    return ticket


@transaction.atomic
def receive_message(ticket: Ticket, incoming: Incoming, *, by: Actor, side_thread: SideThread | None = None) -> Message:
    """Add what somebody wrote to `ticket`, which it resumes or reopens; a closed ticket gets a successor instead.

    A merged ticket passes it on to the one it was merged into. A third party's answer (`side_thread`) and an automatic
    one change no status. Taken in before (`once`): that message.
    """
    if known := _already(incoming):
        return known
    lock(ticket)
    if ticket.merged_into:
        return receive_message(ticket.merged_into, incoming, by=by)
    if ticket.status == Ticket.CLOSED and side_thread is None and not incoming.is_automatic:
        return _follow_up(ticket, incoming, by=by)
    message = _store(incoming, ticket, side_thread)
    ticket.last_message_at = message.created_at
    ticket.save(update_fields=["last_message_at"])
    publish(
        MessageReceived(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            message_id=message.pk,
            contact_id=incoming.contact.pk,
            side_thread_id=side_thread.pk if side_thread else None,
            is_automatic=incoming.is_automatic,
        ),
        on=ticket,
        by=by,
    )
    if side_thread is None and not incoming.is_automatic:
        _our_turn(ticket, by=by)
    return message


def _our_turn(ticket: Ticket, *, by: Actor) -> None:
    """A customer has written: whatever waited for them goes on."""
    if ticket.status == Ticket.SOLVED:
        reopen_ticket(ticket, by=by)
    elif ticket.status == Ticket.PENDING:
        resume_ticket(ticket, by=by)


def _follow_up(closed: Ticket, incoming: Incoming, *, by: Actor) -> Message:
    """Open a new ticket for an answer to one that is over, linked to it."""
    ticket = open_ticket(
        incoming,
        team=closed.team,
        by=by,
        type=closed.type,
        priority=closed.priority,
        language=closed.language,
    )
    Link.objects.create(ticket=ticket, other=closed, kind=Link.FOLLOWS)
    return ticket.messages.get()


def _already(incoming: Incoming) -> Message | None:
    """The message this was taken in as, if it was."""
    if incoming.once is None:
        return None
    return Message.objects.select_related("ticket").filter(once=incoming.once).first()


def _store(incoming: Incoming, ticket: Ticket, side_thread: SideThread | None = None) -> Message:
    """Write message, files and people on copy."""
    message = message_to_be(incoming)
    message.ticket, message.side_thread = ticket, side_thread
    message.save(force_insert=True)
    _keep_rest(incoming, message)
    return message


def message_to_be(incoming: Incoming) -> Message:
    """The message to be."""
    return Message(
        direction=Message.IN,
        channel=incoming.channel,
        contact=incoming.contact,
        author_name=incoming.author_name[:200],
        author_address=incoming.author_address,
        to=list(incoming.to),
        cc=list(incoming.cc),
        subject=one_line(incoming.subject),
        body_text=_storable(incoming.text),
        quoted_text=_storable(incoming.quoted),
        body_html=_storable(incoming.html),
        is_automatic=incoming.is_automatic,
        once=incoming.once,
    )


def _keep_rest(incoming: Incoming, message: Message) -> None:
    """Write files and people on copy. No statement where there are none."""
    attach_incoming(message, incoming.files)
    if message.side_thread_id is None:
        _copy(message.ticket, incoming.cc)


def _copy(ticket: Ticket, addresses: Sequence[str]) -> None:
    """Keep those on copy, so that what we send reaches them too."""
    if addresses:
        Copied.objects.bulk_create(
            [Copied(ticket=ticket, address=address.lower()) for address in addresses], ignore_conflicts=True
        )


def _storable(text: str) -> str:
    """`text` as PostgreSQL can keep it: without NUL."""
    return text.replace("\x00", "")


def one_line(text: str) -> str:
    """`text` on one line, at most 300 characters."""
    return " ".join(_storable(text).split())[:300]
