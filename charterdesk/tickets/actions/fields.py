"""What stands in a ticket's custom fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions.files import IncomingFile, keep_file
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import FieldsChanged
from charterdesk.tickets.fields import editable_fields, measure, missing, read_value, refuse_missing, values_of
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, FieldFile, FieldMeasure, FieldValues, Ticket, TicketField

TOLD = (*TicketField.CHOSEN, TicketField.YES_NO)
"""The log says what these changed to; of the others only that they changed: they may say something of people."""


@operation("tickets.set_fields", sets="fields")
@transaction.atomic
def set_fields(ticket: Ticket, *, by: Actor, values: Mapping[str, Any]) -> Skipped | None:
    """Put `values` (by code; None or "" empties) into fields of `ticket`; what is not named stays as it is.

    A file is an `IncomingFile`. What depends on a choice that changed is emptied where it no longer fits.
    Raises `Refused`: `tickets.no_such_field`, `tickets.bad_field`, `tickets.file_too_large`. About six statements.
    """
    lock(ticket)
    return None if write_fields(ticket, by=by, values=values) else SO_ALREADY


@transaction.atomic
def change_details(ticket: Ticket, *, by: Viewer, values: Mapping[str, Any]) -> None:
    """As `set_fields`, by the customer whose `ticket` it is: what they may change, and nothing needed is emptied.

    Raises `Refused` as it does, and `tickets.field_required`.
    """
    lock(ticket)
    fields, before = editable_fields(ticket, by), values_of(ticket)
    if unknown := sorted(set(values) - {field.code for field in fields}):
        raise _no_such_field(unknown[0])
    gaps = missing(fields, before, when=TicketField.ON_SUBMIT)
    refuse_missing([field for field in fields if field not in gaps], {**before, **values}, when=TicketField.ON_SUBMIT)
    write_fields(ticket, by=by, values=values)


def _no_such_field(code: str) -> Refused:
    return Refused("tickets.no_such_field", _("There is no field “%(code)s” on tickets of this type.") % {"code": code})


def write_fields(ticket: Ticket, *, by: Actor, values: Mapping[str, Any]) -> bool:
    """As `set_fields`, for a `ticket` that is new or locked, in the caller's transaction; return whether it changed."""
    fields = _fields_of(ticket)
    if unknown := sorted(set(values) - {field.code for field in fields}):
        raise _no_such_field(unknown[0])
    before = values_of(ticket)
    after = _after(ticket, fields, before, values)
    changed = [field for field in fields if before.get(field.code) != after.get(field.code)]
    if not changed:
        return False
    FieldValues.objects.update_or_create(ticket=ticket, defaults={"data": after})
    _measure(ticket, changed, after)
    publish(
        FieldsChanged(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            fields=tuple(field.code for field in changed),
            chosen={field.code: after.get(field.code) for field in changed if field.kind in TOLD},
        ),
        on=ticket,
        by=by,
    )
    return True


def refuse_unfilled(ticket: Ticket) -> None:
    """Raises `Refused("tickets.field_required")` while something is empty that has to be known to solve `ticket`.

    One statement; two where something is required.
    """
    required = [field for field in _fields_of(ticket) if field.required]
    if required:
        refuse_missing(required, values_of(ticket), when=TicketField.ON_SOLVE)


def _fields_of(ticket: Ticket) -> list[TicketField]:
    return list(TicketField.objects.in_use().for_type(ticket.type).select_related("depends_on"))


def _after(
    ticket: Ticket, fields: Sequence[TicketField], before: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """What stands in the fields once `values` are in; those of fields that the type has not stay."""
    after = dict(before)
    for field in _parents_first(fields):
        if field.code in values:
            after[field.code] = _put(ticket, field, values[field.code], after)
        elif field.kind == TicketField.DEPENDENT and not _still_fits(field, after):
            after[field.code] = None
    return {code: value for code, value in after.items() if value is not None}


def _parents_first(fields: Sequence[TicketField]) -> list[TicketField]:
    return sorted(fields, key=lambda field: field.kind == TicketField.DEPENDENT)


def _still_fits(field: TicketField, data: Mapping[str, Any]) -> bool:
    above = field.depends_on
    return above is None or data.get(field.code) in dict(field.options(str(data.get(above.code) or "")))


def _put(ticket: Ticket, field: TicketField, value: Any, data: Mapping[str, Any]) -> Any:
    """`value` as it is kept; of a file, the number of its attachment."""
    if field.kind != TicketField.FILE:
        return read_value(field, value, data)
    _let_file_go(ticket, field)
    if not isinstance(value, IncomingFile):
        return None
    attachment = keep_file(value)
    FieldFile.objects.create(ticket=ticket, field=field, attachment=attachment)
    return attachment.pk


def _let_file_go(ticket: Ticket, field: TicketField) -> None:
    for attachment in Attachment.objects.filter(field_file__ticket=ticket, field_file__field=field):
        attachment.delete()
        let_go([attachment.sha256])


def _measure(ticket: Ticket, changed: Sequence[TicketField], data: Mapping[str, Any]) -> None:
    """Keep numbers and dates in an order, too."""
    measured = [field for field in changed if field.kind in TicketField.MEASURED]
    if not measured:
        return
    FieldMeasure.objects.filter(ticket=ticket, field__in=measured).delete()
    amounts = [(field, measure(field, data.get(field.code))) for field in measured]
    FieldMeasure.objects.bulk_create(
        [FieldMeasure(ticket=ticket, field=field, value=amount) for field, amount in amounts if amount is not None]
    )
