"""The hours of the numbers that requests were texted to."""

from collections.abc import Collection

from charterdesk.channels.models import SmsNumber
from charterdesk.tickets.models import Message


def calendars_of(ticket_ids: Collection[int]) -> dict[int, int]:
    """The calendar of the number that each of these tickets came to by SMS, of those whose number has hours of its own.

    One statement; two where a number has any.
    """
    known = SmsNumber.objects.exclude(calendar=None) if ticket_ids else SmsNumber.objects.none()
    hours: dict[str, int | None] = dict(known.values_list("number", "calendar_id"))
    if not hours:
        return {}
    came = Message.objects.filter(ticket_id__in=ticket_ids, direction=Message.IN, channel="sms", side_thread=None)
    found: dict[int, int] = {}
    for ticket_id, numbers in came.order_by("-pk").values_list("ticket_id", "to"):
        if calendar_id := next((hours[number] for number in numbers if number in hours), None):
            found[ticket_id] = calendar_id
    return found
