"""A missed call becomes one ticket that says: call back. Nobody who called us is forgotten."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.calls.actions.reporting import about
from charterdesk.calls.events import CallBackAsked
from charterdesk.calls.models import Call, CallBack, PhoneLine
from charterdesk.calls.numbers import ways_of
from charterdesk.events.log import publish
from charterdesk.people.actions import identify_caller
from charterdesk.people.models import Contact
from charterdesk.tickets.actions import Incoming, add_item, open_ticket, receive_message
from charterdesk.tickets.models import Ticket


@transaction.atomic
def ask_call_back(call_id: int) -> None:
    """Have a missed call called back: on the ticket that is open for its number, else on a new one.

    Not where the number does not call back, nor where it is withheld and no message was left. Done once per call.
    """
    line_id = Call.objects.values_list("line_id", flat=True).get(pk=call_id)
    # Two missed calls of one number at once wait here for each other, so that one ticket comes out.
    line = PhoneLine.objects.select_for_update().filter(pk=line_id).first()
    call = Call.objects.select_for_update().get(pk=call_id)
    if line is None or not line.calls_back or not call.is_missed or call.call_back_id:
        return
    if not call.number and call.cause != Call.VOICEMAIL:
        return
    contact = call.contact or _caller(call, line)
    owed = _open_call_back(call)
    with translation.override(contact.language):
        incoming = _incoming(call, contact, line)
    is_new = owed is None
    if owed is None:
        owed = _new(call, line, incoming)
    else:
        receive_message(owed.ticket, incoming, by=SYSTEM)
    owed.missed += 1
    owed.save(update_fields=["missed"])
    call.contact, call.ticket, call.call_back = owed.ticket.contact, owed.ticket, owed
    call.save(update_fields=["contact", "ticket", "call_back"])
    asked = CallBackAsked(**about(call), ticket_id=owed.ticket_id, call_back_id=owed.pk, is_new=is_new)
    publish(asked, on=call, by=SYSTEM)


def _caller(call: Call, line: PhoneLine) -> Contact:
    """Who called, taken on if nobody knows them; behind a withheld number everybody is one stranger."""
    number = call.number or "withheld"
    return identify_caller(number=number, known_as=ways_of(number, like=line.number)[1:], language=line.language)


def _open_call_back(call: Call) -> CallBack | None:
    """The call we owe this number already; one whose ticket is over is done with."""
    if not call.number:
        return None
    found = CallBack.objects.select_related("ticket__contact", "ticket__merged_into")
    owed = found.filter(number=call.number, team=call.team_id, done_at=None).first()
    if owed is None or owed.is_open:
        return owed
    owed.done_at = now()
    owed.save(update_fields=["done_at"])
    return None


def _incoming(call: Call, contact: Contact, line: PhoneLine) -> Incoming:
    """The missed call as the customer may read it, in the language that is active."""
    with timezone.override(contact.time_zone or line.team.calendar.times.tz):
        at = date_format(timezone.localtime(call.rang_at or call.begun_at), "j F Y, H:i")
    if call.cause == Call.VOICEMAIL:
        text = _("You called us on %(at)s and left a message. We call you back.") % {"at": at}
    else:
        text = _("You called us on %(at)s and reached nobody. We call you back.") % {"at": at}
    return Incoming(
        contact=contact,
        channel="phone",
        subject=pgettext("telephone", "Call back"),
        text=text,
        author_name=contact.name,
        author_address=call.number,
        to=[line.number],
        once=f"call:{call.pk}",
    )


def _new(call: Call, line: PhoneLine, incoming: Incoming) -> CallBack:
    """A ticket of its own, with what is to be done on it."""
    ticket: Ticket = open_ticket(incoming, team=line.team, by=SYSTEM, language=incoming.contact.language)
    with translation.override(line.language):
        item = (
            add_item(ticket, by=SYSTEM, text=_("Call back %(number)s") % {"number": call.number})
            if call.number
            else None
        )
    return CallBack.objects.create(ticket=ticket, team=line.team, number=call.number, item=item)
