"""Which ticket a mail belongs to, by several signals, none of which is believed alone.

First what only we can have made (a signed reply address, a Message-ID of ours), then what anybody may have used
(Message-IDs of others, a reference in the subject), which counts only from somebody who has to do with the ticket.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from charterdesk.channels.email.addresses import NOTICE, SIDE_THREAD, TICKET, Tag, read_message_ids, read_tag
from charterdesk.channels.models import MailReference
from charterdesk.people.models import Notice
from charterdesk.tickets.models import Message, MessageQuerySet, SideThread, Ticket, TicketQuerySet

REFERENCE = re.compile(r"\[#(\d{1,18})\]")


@dataclass(frozen=True)
class Thread:
    """Where a mail belongs: to a ticket, perhaps to its talk with a third party, or it answers an agent's notice."""

    ticket: Ticket
    side_thread: SideThread | None = None
    notice: Notice | None = None


def find_thread(*, sender: str, recipients: Sequence[str], message_ids: Sequence[str], subject: str) -> Thread | None:
    """The thread a mail from `sender` belongs to, or None for a new request.

    `message_ids` are In-Reply-To and References without brackets, the closest first.
    """
    tags = [tag for tag in map(read_tag, recipients) if tag]
    found = next((thread for thread in map(_by_tag, tags) if thread), None)
    return (
        found
        or _by_our_message_ids(message_ids)
        or _by_known_message_ids(message_ids, sender)
        or _by_subject(subject, sender)
    )


def has_to_do_with(ticket: Ticket, address: str) -> bool:
    """Whether `address` is the requester's, on copy, or has written on `ticket` before. At most three queries."""
    address = address.strip().lower()
    return (
        ticket.contact.identities.filter(value=address).exists()
        or ticket.copied.filter(address=address).exists()
        or ticket.messages.filter(author_address__iexact=address).exists()
    )


def _by_tag(tag: Tag) -> Thread | None:
    """What a signed reply address names."""
    if tag.kind == TICKET:
        ticket = _tickets().filter(number=tag.number).first()
        return Thread(ticket) if ticket else None
    if tag.kind == SIDE_THREAD:
        side = SideThread.objects.select_related("ticket__team", "ticket__contact").filter(pk=tag.number).first()
        return Thread(side.ticket, side_thread=side) if side else None
    if tag.kind == NOTICE:
        notice = Notice.objects.select_related("agent__login").filter(pk=tag.number).first()
        ticket = _tickets().filter(pk=notice.about.partition(":")[2]).first() if notice else None
        return Thread(ticket, notice=notice) if ticket else None
    return None


def _by_our_message_ids(message_ids: Sequence[str]) -> Thread | None:
    """What a Message-ID of ours names, even when our memory of it is gone."""
    for tag, serial in read_message_ids(" ".join(f"{message_id} " for message_id in message_ids)):
        if tag.kind != TICKET:
            continue
        message = _messages().filter(pk=serial).first()
        if message:
            return Thread(message.ticket, side_thread=message.side_thread)
        if ticket := _tickets().filter(number=tag.number).first():
            return Thread(ticket)
    return None


def _by_known_message_ids(message_ids: Sequence[str], sender: str) -> Thread | None:
    """What other people's Message-IDs name: they are reused and made up, so the sender must have to do with it."""
    wanted = [message_id[:500] for message_id in message_ids]
    if not wanted:
        return None
    known = MailReference.objects.filter(header__in=wanted).select_related(
        "message__ticket__team", "message__ticket__contact", "message__side_thread"
    )
    closest = sorted(known, key=lambda reference: (wanted.index(reference.header), -reference.message_id))
    for reference in closest[:20]:
        if has_to_do_with(reference.message.ticket, sender):
            return Thread(reference.message.ticket, side_thread=reference.message.side_thread)
    return None


def _by_subject(subject: str, sender: str) -> Thread | None:
    """What a reference in the subject names, from somebody who has to do with it."""
    for number in REFERENCE.findall(subject):
        ticket = _tickets().filter(number=int(number)).first()
        if ticket and has_to_do_with(ticket, sender):
            return Thread(ticket)
    return None


def _tickets() -> TicketQuerySet:
    """Tickets with whom and whose they are."""
    return Ticket.objects.select_related("team", "contact", "merged_into")


def _messages() -> MessageQuerySet:
    """Messages with their tickets."""
    return Message.objects.select_related("ticket__team", "ticket__contact", "side_thread")
