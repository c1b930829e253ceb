"""From messages to the mails that carry them, and wait to go."""

from collections.abc import Sequence

from django.db import transaction

from charterdesk.channels.actions import queue_mails, remember_all
from charterdesk.channels.email.addresses import OUTGOING, tagged
from charterdesk.channels.email.compose import Built, build_mails
from charterdesk.channels.models import MailReference, Outgoing
from charterdesk.tickets.models import Message


def messages_to_go(message_ids: Sequence[int]) -> list[Message]:
    """Those of these messages that wait to be sent, with what it takes to send them. Two statements."""
    related = Message.objects.select_related("ticket__team__branding__brand", "ticket__contact", "agent", "side_thread")
    messages = related.prefetch_related("attachments").filter(pk__in=message_ids).order_by("pk")
    return [message for message in messages if message.delivery == Message.QUEUED and message.to]


def queue_messages(message_ids: Sequence[int]) -> list[Outgoing]:
    """As `queue_mails_of` for messages by number. Two statements more."""
    return queue_mails_of(messages_to_go(message_ids))


@transaction.atomic
def queue_mails_of(messages: Sequence[Message]) -> list[Outgoing]:
    """Queue the mails that carry these messages; return them without those queued already or that go otherwise.

    Five statements, and a few for each that quotes a talk or carries files.
    """
    to_go = [message for message in messages if _by_mail(message)]
    if not to_go:
        return []
    built = list(zip(to_go, build_mails(to_go), strict=True))
    remember_all([MailReference(message=one, header=mail.header[:500], is_ours=True) for one, mail in built])
    return queue_mails([_outgoing(message, mail) for message, mail in built])


def _by_mail(message: Message) -> bool:
    """Whether it goes to a mail address; a phone number has none."""
    return "@" in message.to[0]


def _outgoing(message: Message, built: Built) -> Outgoing:
    """The mail of a message, not stored yet."""
    team = message.ticket.team
    return Outgoing(
        header=built.header,
        sender=tagged(team.address, OUTGOING, message.pk),
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        message=message,
        is_automatic=message.is_automatic,
    )
