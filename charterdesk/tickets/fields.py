"""Custom fields: what may stand in them, what is missing, and how it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import BooleanField, JSONField, Subquery
from django.db.models.expressions import RawSQL
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.models import Contact
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Attachment, FieldValues, Ticket, TicketField

Data = Mapping[str, Any]
LONGEST = {TicketField.TEXT: 500, TicketField.LONG: 10_000}
GREATEST = Decimal(10) ** 15
TRUE, FALSE = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A field of a ticket as people read it. `file` and `contact_id` say where more of it is."""

    field: TicketField
    text: str
    file: Attachment | None = None
    contact_id: int | None = None


def fields_of(type: str, viewer: Viewer) -> list[TicketField]:
    """The fields of tickets of `type` that `viewer` may see, in their order. One statement."""
    found = TicketField.objects.in_use().for_type(type).visible_to(viewer)
    return list(found.select_related("depends_on"))


def editable_fields(ticket: Ticket, viewer: Viewer) -> list[TicketField]:
    """What `viewer`, as the customer whose `ticket` it is, may change while it is open. At most one statement."""
    if not ticket.is_open or ticket.contact_id != viewer.contact_id:
        return []
    fields = fields_of(ticket.type, viewer)
    return [field for field in fields if field.is_editable and is_asked_of_customers(field)]


def is_asked_of_customers(field: TicketField) -> bool:
    """Whether customers fill it in: what they may see, and no contact of ours."""
    return field.is_public and field.kind != TicketField.CONTACT


def fields_and_values(ticket: Ticket, viewer: Viewer) -> tuple[list[TicketField], dict[str, Any]]:
    """`fields_of` the type of `ticket`, and its `values_of`. One statement."""
    kept = FieldValues.objects.filter(ticket=ticket).values("data")
    found = TicketField.objects.in_use().for_type(ticket.type).visible_to(viewer)
    fields = list(found.select_related("depends_on").annotate(kept=Subquery(kept)))
    values: dict[str, Any] = getattr(fields[0], "kept", None) or {} if fields else {}
    return fields, dict(values)


def values_of(ticket: Ticket) -> dict[str, Any]:
    """What `ticket` has in its fields, by code. One statement."""
    kept = FieldValues.objects.filter(ticket=ticket).values_list("data", flat=True).first()
    return dict(kept or {})


def is_empty(value: Any) -> bool:
    """Whether nothing stands in a field; no is something."""
    return value is None or value == ""


def read_value(field: TicketField, value: Any, data: Data) -> Any:
    """`value` as it is kept, None for nothing; `data` is what stands in the other fields.

    Raises `Refused("tickets.bad_field")`. One statement for a contact, else none.
    """
    if isinstance(value, str):
        value = value.replace("\x00", "").strip()
    return None if is_empty(value) else _READ[field.kind](field, value, data)


def _text(field: TicketField, value: Any, data: Data) -> str:
    text, longest = str(value), LONGEST[field.kind]
    if field.kind == TicketField.TEXT:
        text = " ".join(text.split())
    if len(text) > longest:
        raise _bad(field, _("“%(field)s” has room for %(longest)d characters."), longest=longest)
    return text


def _number(field: TicketField, value: Any, data: Data) -> int | float:
    try:
        number = Decimal(str(value).replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number) >= GREATEST:
        raise _bad(field, _("“%(field)s” takes a number, such as 12.5."))
    number = round(number, 6)
    return int(number) if number == int(number) else float(number)


def _date(field: TicketField, value: Any, data: Data) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _bad(field, _("“%(field)s” takes a date, such as 2026-12-24.")) from None


def _yes_no(field: TicketField, value: Any, data: Data) -> bool:
    said = str(value).lower()
    if said not in TRUE + FALSE:
        raise _bad(field, _("“%(field)s” takes yes or no."))
    return said in TRUE


def _choice(field: TicketField, value: Any, data: Data) -> str:
    if value not in dict(field.options(_above(field, data))):
        raise _bad(field, _("“%(field)s” has no such choice."))
    return str(value)


def _contact(field: TicketField, value: Any, data: Data) -> int:
    said = str(value)
    found = Contact.objects.filter(erased_at=None)
    by_id = said.isdecimal() and len(said) < 19
    contact = found.filter(pk=int(said)) if by_id else found.filter(identities__value=said.lower())
    pk = contact.values_list("pk", flat=True).first()
    if pk is None:
        raise _bad(field, _("“%(field)s” takes the e-mail address of a contact of this desk."))
    return pk


def _file(field: TicketField, value: Any, data: Data) -> int:
    """Files are attached by the action; what is kept here is the number it gave."""
    if not isinstance(value, int):
        raise _bad(field, _("“%(field)s” takes a file."))
    return value


_READ = {
    TicketField.TEXT: _text,
    TicketField.LONG: _text,
    TicketField.NUMBER: _number,
    TicketField.DATE: _date,
    TicketField.YES_NO: _yes_no,
    TicketField.CHOICE: _choice,
    TicketField.DEPENDENT: _choice,
    TicketField.CONTACT: _contact,
    TicketField.FILE: _file,
}


def _bad(field: TicketField, message: str, **values: Any) -> Refused:
    return Refused("tickets.bad_field", message % {"field": field.label, **values})


def _above(field: TicketField, data: Data) -> str | None:
    """What is chosen in the field that `field` depends on; None where it depends on none."""
    if field.kind != TicketField.DEPENDENT or field.depends_on is None:
        return None
    return str(data.get(field.depends_on.code) or "")


def missing(fields: Sequence[TicketField], data: Data, *, when: str) -> list[TicketField]:
    """Those of `fields` that are required by then (`submit` or `solve`) and empty.

    What is required to send is required to solve as well; a choice that has nothing to choose from is not.
    """
    asked = (when,) if when == TicketField.ON_SUBMIT else (TicketField.ON_SUBMIT, TicketField.ON_SOLVE)
    return [one for one in fields if one.required in asked and is_empty(data.get(one.code)) and _has_choice(one, data)]


def _has_choice(field: TicketField, data: Data) -> bool:
    return field.kind != TicketField.DEPENDENT or bool(field.options(_above(field, data)))


def refuse_missing(fields: Sequence[TicketField], data: Data, *, when: str) -> None:
    """Raises `Refused("tickets.field_required")`, naming what is missing."""
    if empty := missing(fields, data, when=when):
        names = ", ".join(field.label for field in empty)
        if when == TicketField.ON_SOLVE:
            raise Refused("tickets.field_required", _("Before it is solved, fill in: %(fields)s.") % {"fields": names})
        raise Refused("tickets.field_required", _("Fill in: %(fields)s.") % {"fields": names})


def shown(fields: Sequence[TicketField], data: Data) -> list[Shown]:
    """What stands in `fields`, in words, without the empty ones. At most two statements: for contacts and for files."""
    filled = [field for field in fields if not is_empty(data.get(field.code))]
    contacts = Contact.objects.in_bulk(_numbers(filled, data, TicketField.CONTACT))
    files = Attachment.objects.filter(redacted_at=None).in_bulk(_numbers(filled, data, TicketField.FILE))
    found = []
    for field in filled:
        value = data[field.code]
        if field.kind == TicketField.CONTACT and value in contacts:
            found.append(Shown(field=field, text=str(contacts[value]), contact_id=value))
        elif field.kind == TicketField.FILE and value in files:
            found.append(Shown(field=field, text=files[value].filename, file=files[value]))
        elif field.kind not in (TicketField.CONTACT, TicketField.FILE):
            found.append(Shown(field=field, text=in_words(field, value)))
    return found


def _numbers(fields: Sequence[TicketField], data: Data, kind: str) -> list[int]:
    return [data[field.code] for field in fields if field.kind == kind]


def in_words(field: TicketField, value: Any) -> str:
    """A value as people read it, in the active language; of files and contacts nothing."""
    if is_empty(value):
        return ""
    if field.kind in TicketField.CHOSEN:
        return dict(field.options()).get(value, str(value))
    if field.kind == TicketField.YES_NO:
        return _("yes") if value else _("no")
    if field.kind == TicketField.DATE:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if field.kind == TicketField.NUMBER:
        return number_format(value)
    return "" if field.kind in (TicketField.CONTACT, TicketField.FILE) else str(value)


def measure(field: TicketField, value: Any) -> Decimal | None:
    """A number or date as it is put in order; None for what has none."""
    if field.kind not in TicketField.MEASURED or is_empty(value):
        return None
    return Decimal(date.fromisoformat(value).toordinal()) if field.kind == TicketField.DATE else Decimal(str(value))


_ROWS = """(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
               'id', field.id, 'code', field.code, 'kind', field.kind, 'labels', field.labels, 'choices', field.choices,
               'required', field.required, 'depends_on_id', field.depends_on_id, 'value', kept.data -> field.code
           ) ORDER BY field.position, field.id), '[]')
      FROM tickets_ticketfield AS field
      LEFT JOIN tickets_fieldvalues AS kept ON kept.ticket_id = tickets_ticket.id
     WHERE field.retired_at IS NULL AND (field.types = '{}' OR tickets_ticket.type = ANY (field.types))
       AND (field.required <> '' OR kept.data ? field.code)
)"""


_ANY = """EXISTS (
    SELECT 1 FROM tickets_ticketfield AS field
     WHERE field.retired_at IS NULL AND (field.types = '{}' OR tickets_ticket.type = ANY (field.types))
)"""


def has_fields() -> RawSQL:
    """For a query of tickets: whether tickets of their type have fields. No statement of its own."""
    return RawSQL(_ANY, (), output_field=BooleanField())


def field_rows() -> RawSQL:
    """For a query of tickets: the fields in which something stands or has to, for `read_rows`. No statement of its own.

    Of hundreds of fields only these few leave the database.
    """
    return RawSQL(_ROWS, (), output_field=JSONField())


def read_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Shown], list[TicketField]]:
    """What `field_rows` gave: what stands in the fields, and which have to be filled in to solve the ticket."""
    fields = [TicketField(**{name: value for name, value in row.items() if name != "value"}) for row in rows]
    known = {field.pk: field for field in fields}
    for field in fields:
        field.depends_on = known.get(field.depends_on_id) if field.depends_on_id else None
    data = {row["code"]: row["value"] for row in rows if not is_empty(row["value"])}
    return shown(fields, data), missing(fields, data, when=TicketField.ON_SOLVE)
