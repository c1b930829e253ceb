"""Who called and was not answered as promised: made good on the ticket their call stands on.

A talk belongs to what it was about, and only who talked knows what that is. So it waits a while for them to put the
call on its ticket, and gets one of its own only where nobody does.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor, split_key
from charterdesk.calls.models import Call
from charterdesk.charter.actions.remedies import NOTHING_OWED, Broken, book, remedies_of, tell_of_remedies
from charterdesk.charter.in_force import speaks_of_calls
from charterdesk.charter.models import AnswerCase, Case
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped
from charterdesk.events.timers import set_timer
from charterdesk.people.models import Contact
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.models import Ticket

WRAP_UP = timedelta(minutes=15)
"""So long after a call whoever talked may put it on its ticket."""


@transaction.atomic
def make_good_to_caller(call_id: int, *, waited: bool = False) -> Skipped | None:
    """Book what the charter names for the broken promises of a call, where we know who called, and tell them.

    Done before, or excused, nothing happens. A call that stands on no ticket waits for one; once it `waited`, it gets
    its own. No statement on a desk whose charter says nothing of calls.
    """
    if not speaks_of_calls():
        return NOTHING_OWED
    broken = _broken(call_id)
    call = Call.objects.select_related("ticket__merged_into", "contact__merged_into").filter(pk=call_id).first()
    if not broken or call is None or not (call.ticket or call.contact):
        return NOTHING_OWED
    if call.ticket is None and (call.state != Call.ENDED or not waited):
        _come_back(call)
        return None
    ticket = call.ticket or _ticket_of_its_own(call)
    for case in broken:
        _make_good(case, ticket.merged_into or ticket)
    return None


def make_good_answer(answer_id: int) -> None:
    """Make good what was broken to who called; what was no call has no remedies."""
    kind, pk = split_key(AnswerCase.objects.values_list("about", flat=True).get(pk=answer_id))
    if kind == "call":
        make_good_to_caller(pk)


def _broken(call_id: int) -> list[AnswerCase]:
    """What was broken and is not excused, held, where the charter names something for it. Two statements and more."""
    found = AnswerCase.objects.select_for_update().filter(
        about=f"call:{call_id}", state=Case.BROKEN, exclusion__isnull=True
    )
    return [case for case in found.order_by("pk") if remedies_of(case)]


def _come_back(call: Call) -> None:
    due_at = (call.ended_at or now()) + WRAP_UP
    set_timer(f"charter.call:{call.pk}", due_at=due_at, operation="charter.call_over", call_id=call.pk)


@operation("charter.call_over")
def look_at_call(call_id: int, *, by: Actor) -> Skipped | None:
    """Whoever talked had the time to put the call on its ticket. What a timer performs."""
    return make_good_to_caller(call_id, waited=True)


def _make_good(case: AnswerCase, ticket: Ticket) -> None:
    broken = Broken(ticket=Ticket.objects.select_related("team", "contact").get(pk=ticket.pk), answer=case)
    booked = [book(broken, each) for each in remedies_of(case)]
    if any(booked):
        tell_of_remedies(ticket, once=f"call{case.pk}")


def _ticket_of_its_own(call: Call) -> Ticket:
    """A ticket of the house's: nobody waits for an answer, but who called can write back, and read what follows."""
    assert call.contact is not None
    contact: Contact = call.contact.merged_into or call.contact
    with translation.override(contact.language), timezone.override(contact.time_zone or call.team.calendar.times.tz):
        at = date_format(timezone.localtime(call.rang_at or call.begun_at), "j F Y, H:i")
        incoming = Incoming(
            contact=contact,
            channel="phone",
            subject=pgettext("telephone", "Your call"),
            text=_("You called us on %(at)s, and we did not answer as soon as we promise.") % {"at": at},
            author_name=contact.name,
            author_address=call.number,
            once=f"late:{call.pk}",
            is_ours=True,
        )
    return open_ticket(incoming, team=call.team, by=SYSTEM, language=contact.language)
