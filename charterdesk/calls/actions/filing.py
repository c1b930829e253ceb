"""Whom a call was with, and on which ticket it stands."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.calls.actions.reporting import about
from charterdesk.calls.events import CallBackMade, CallerNamed, CallFiled
from charterdesk.calls.models import Call, CallBack
from charterdesk.events.log import publish
from charterdesk.people.models import Contact
from charterdesk.sla.waits import short_words
from charterdesk.tickets.actions import record_talk, tick_item
from charterdesk.tickets.models import Ticket


@transaction.atomic
def name_caller(call: Call, *, contact: Contact, by: Actor) -> None:
    """Say that the call is with `contact`. Nothing happens where that is known.

    Raises `Refused("calls.other_ticket")` where it stands on a ticket of somebody else.
    """
    _hold(call)
    if call.contact_id == contact.pk:
        return
    if call.ticket and call.ticket.contact_id != contact.pk:
        raise Refused("calls.other_ticket", _("The call stands on a ticket of somebody else."))
    former_id, call.contact = call.contact_id, contact
    call.save(update_fields=["contact"])
    publish(CallerNamed(**about(call), former_id=former_id), on=call, by=by)


@transaction.atomic
def file_call(call: Call, *, ticket: Ticket, by: Actor) -> None:
    """Put the call on `ticket`: what was talked about stands on its timeline once the call is over.

    Nothing happens where it is. Raises `Refused("calls.filed")` where it stands on another.
    """
    _hold(call)
    if call.ticket_id == ticket.pk:
        return
    if call.ticket_id:
        raise Refused("calls.filed", _("The call stands on another ticket."))
    call.ticket, call.contact = ticket, ticket.contact
    call.save(update_fields=["ticket", "contact"])
    publish(CallFiled(**about(call), ticket_id=ticket.pk), on=call, by=by)


@transaction.atomic
def enter_talk(call_id: int) -> None:
    """A talk is over or was put on a ticket: write it on the timeline once it is both; and who was owed the call has
    had it. Done before, nothing happens.
    """
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.state != Call.ENDED or call.cause != Call.ANSWERED:
        return
    if owed := _owed(call):
        _made(call, owed)
    if call.ticket is None:
        return
    ticket = call.ticket
    with translation.override(ticket.language):
        text = _words(call)
    record_talk(
        ticket,
        by=call.agent or SYSTEM,
        agent=call.agent,
        number=call.number,
        text=text,
        at=call.answered_at or call.begun_at,
        once=f"talk:{call.pk}",
    )


def _words(call: Call) -> str:
    """What customer and agent read of the talk."""
    if call.talked is None:
        return _("We talked by telephone.")
    return _("We talked by telephone for %(time)s.") % {"time": short_words(call.talked)}


def _owed(call: Call) -> CallBack | None:
    """The call we owed to this number."""
    if not call.number:
        return None
    found = CallBack.objects.select_related("ticket", "item").filter(
        number=call.number, team=call.team_id, done_at=None
    )
    owed = found.first()
    return owed if owed and owed.is_open else None


def _made(call: Call, owed: CallBack) -> None:
    """Whom we had missed was reached; a call that stands nowhere else stands on the ticket of it."""
    owed.done_at = call.answered_at or call.begun_at
    owed.save(update_fields=["done_at"])
    if owed.item:
        tick_item(owed.item, by=call.agent or SYSTEM, done=True, agent=call.agent)
    made = CallBackMade(**about(call), ticket_id=owed.ticket_id, call_back_id=owed.pk)
    publish(made, on=call, by=call.agent or SYSTEM)
    if call.ticket is None:
        file_call(call, ticket=owed.ticket, by=call.agent or SYSTEM)


def _hold(call: Call) -> None:
    call.refresh_from_db(from_queryset=Call.objects.select_for_update())
