"""The part of calls in what we keep: tables, and what is forgotten of a person."""

from charterdesk.base.exported import exported
from charterdesk.calls.models import Call, CallBack
from charterdesk.people.erasing import Person, erases

exported("calls")


@erases
def forget_calls(person: Person) -> None:
    """Calls stay as figures, without number, person and recording. Runs while the contact is still named."""
    theirs = Call.objects.filter(contact=person.contact_id)
    by_number = Call.objects.filter(number__in=person.phones) if person.phones else Call.objects.none()
    for calls in (theirs, by_number):
        calls.update(number="", contact=None, recording="")
    CallBack.objects.filter(ticket__contact=person.contact_id).update(number="")
    if person.phones:
        CallBack.objects.filter(number__in=person.phones).update(number="")
