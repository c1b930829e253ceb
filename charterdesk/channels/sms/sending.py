"""From a message to a text that waits to go."""

from collections.abc import Sequence

from django.db import transaction

from charterdesk.channels.models import SmsNumber, SmsOut, SmsStop
from charterdesk.channels.sms.actions import queue_sms
from charterdesk.channels.sms.phone import international
from charterdesk.channels.sms.text import plain
from charterdesk.tickets.actions import keep_unsent
from charterdesk.tickets.by_text import tells_of_texts
from charterdesk.tickets.models import Message

SMS = "sms"
OWED = ("acknowledgement", "complaint", "solution", "price")
"""What somebody who sent STOP still gets, beside answers that people write: they asked, and it is promised."""


@tells_of_texts
def has_number() -> bool:
    """Whether a number of ours is in use. One statement."""
    return SmsNumber.objects.filter(is_active=True).exists()


@transaction.atomic
def queue_texts(messages: Sequence[Message]) -> list[SmsOut]:
    """Queue the texts that carry those of `messages` which go by SMS; return those that may go.

    Some statements for each, none where there are none.
    """
    return [out for message in messages if message.goes_by_sms and (out := _queue(message))]


def _queue(message: Message) -> SmsOut | None:
    number = _number_for(message)
    to = international(message.to[0], like=number.number if number else "") or message.to[0]
    if _is_unwanted(message, to, number):
        keep_unsent(message, note="they asked for no more texts than they are owed (STOP)")
        return None
    return queue_sms(
        once=f"message:{message.pk}:{message.resent}",
        number=number,
        to=to,
        text=plain(message.body_text),
        message=message,
        is_automatic=message.is_automatic,
    )


def _number_for(message: Message) -> SmsNumber | None:
    """Which of our numbers it leaves from: the one they wrote to last, else the team's, else any. Two queries."""
    last = message.ticket.messages.filter(direction=Message.IN, channel=SMS).order_by("-pk").first()
    written_to = last.to[0] if last and last.to else ""
    numbers = list(SmsNumber.objects.filter(is_active=True).order_by("pk"))
    team_id = message.ticket.team_id
    ranked = sorted(numbers, key=lambda one: (one.number != written_to, one.team_id != team_id))
    return ranked[0] if ranked else None


def _is_unwanted(message: Message, to: str, number: SmsNumber | None) -> bool:
    if not message.is_automatic or message.template in OWED or number is None:
        return False
    return SmsStop.objects.filter(phone=to, number=number).exists()
