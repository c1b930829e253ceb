"""What custom fields and saved views forget of a person who is erased."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from charterdesk.people.erasing import Person
from charterdesk.tickets.models import FieldMeasure, FieldValues, SavedView, TicketField

KEPT = (*TicketField.CHOSEN, TicketField.YES_NO)
"""What says nothing of a person: it stays for measures. A number may be a customer's, a date their birthday."""


def forget_in_fields(person: Person, own: Sequence[int], others: Sequence[int], *, nothing: str) -> None:
    """Take out what stands in fields of tickets `own`, and what names `person` in those of any other ticket.

    Views that look for them by name or number look for nobody. Some six statements, each over what names them.
    """
    kept = set(TicketField.objects.filter(kind__in=KEPT).values_list("code", flat=True))
    for values in FieldValues.objects.filter(ticket__in=own):
        values.data = {code: value for code, value in values.data.items() if code in kept}
        values.save(update_fields=["data"])
    FieldMeasure.objects.filter(ticket__in=own).delete()
    contacts = list(TicketField.objects.filter(kind=TicketField.CONTACT).values_list("code", flat=True))
    chosen = [Q(data__contains={code: person.contact_id}) for code in contacts]
    for values in FieldValues.objects.filter(Q(*chosen, _connector=Q.OR) if chosen else Q(pk=None)):
        values.data = {code: value for code, value in values.data.items() if not _is(code, value, contacts, person)}
        values.save(update_fields=["data"])
    for values in FieldValues.objects.filter(ticket__in=others):
        values.data = {code: without(person, value, nothing) for code, value in values.data.items()}
        values.save(update_fields=["data"])
    _forget_in_views(person, nothing)


def _is(code: str, value: Any, contacts: Sequence[str], person: Person) -> bool:
    return code in contacts and value == person.contact_id


def _forget_in_views(person: Person, nothing: str) -> None:
    for view in SavedView.objects.all():
        name, asked = without(person, view.name, nothing), without(person, view.filter, nothing)
        if (name, asked) != (view.name, view.filter):
            view.name, view.filter = name, asked
            view.save(update_fields=["name", "filter"])


def without(person: Person, value: Any, nothing: str) -> Any:
    """`value` with `nothing` where its texts named `person`, however it was written in capitals."""
    if isinstance(value, dict):
        return {key: without(person, each, nothing) for key, each in value.items()}
    if isinstance(value, list):
        return [without(person, each, nothing) for each in value]
    return _text_without(person, value, nothing) if isinstance(value, str) else value


def _text_without(person: Person, text: str, nothing: str) -> str:
    for trace in person.traces:
        while (at := text.lower().find(trace.lower())) >= 0:
            text = text[:at] + nothing + text[at + len(trace) :]
    return text
