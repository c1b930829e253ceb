"""The columns of the wide list: which there are, and what stands in each for a ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.tickets.fields import in_words
from charterdesk.tickets.models import Ticket, TicketField
from charterdesk.tickets.view_lists import SORTS

USUAL = ("number", "subject", "contact", "status", "priority", "team", "assignee", "updated", "promise")
NAMES: dict[str, Any] = {
    "number": pgettext_lazy("column", "Number"),
    "subject": _("Subject"),
    "contact": _("Customer"),
    "organisation": _("Organisation"),
    "status": _("Status"),
    "priority": _("Priority"),
    "type": _("Type"),
    "team": _("Team"),
    "assignee": _("Assignee"),
    "tags": _("Tags"),
    "channel": _("Channel"),
    "language": _("Language"),
    "created": _("Came"),
    "updated": _("Last message"),
    "solved": _("Solved at"),
    "promise": pgettext_lazy("column", "Promise"),
}
SORT_OF = {"promise": "due"}
NEWEST_FIRST = ("created", "updated", "solved", "number")
UNSHOWN = (TicketField.FILE, TicketField.CONTACT)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its header, and where a click on it leads ("" where it is in no order)."""

    code: str
    name: Any
    sort: str = ""
    order: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in a column; `text` where it is plain."""

    code: str
    text: Any = ""


def known_columns(fields: Sequence[TicketField]) -> list[tuple[str, Any]]:
    """All columns there are, to choose from."""
    shown = [(f"field.{field.code}", field.label) for field in fields if field.kind not in UNSHOWN]
    return [*NAMES.items(), *shown]


def columns_of(codes: Sequence[str], fields: Mapping[str, TicketField], sorting: str) -> list[Column]:
    """The columns `codes` (the usual ones where there are none), without fields that are gone."""
    found = []
    for code in codes or USUAL:
        field = fields.get(code.removeprefix("field.")) if code.startswith("field.") else None
        if code in NAMES:
            found.append(_column(code, NAMES[code], sorting))
        elif field is not None:
            found.append(Column(code=code, name=field.label))
    return found


def _column(code: str, name: Any, sorting: str) -> Column:
    key = SORT_OF.get(code, code)
    if key not in SORTS:
        return Column(code=code, name=name)
    usual = f"-{key}" if code in NEWEST_FIRST else key
    turned = key if usual.startswith("-") else f"-{key}"
    order = {key: "ascending", f"-{key}": "descending"}.get(sorting, "")
    return Column(code=code, name=name, sort=turned if sorting == usual else usual, order=order)


def cells_of(
    ticket: Ticket, columns: Sequence[Column], fields: Mapping[str, TicketField], values: Mapping[str, Any]
) -> list[Cell]:
    """What stands in `columns` for `ticket`; `values` are those of its custom fields."""
    return [Cell(code=column.code, text=_text(ticket, column.code, fields, values)) for column in columns]


def _text(ticket: Ticket, code: str, fields: Mapping[str, TicketField], values: Mapping[str, Any]) -> Any:
    if code.startswith("field."):
        field = fields[code.removeprefix("field.")]
        return in_words(field, values.get(field.code))
    plain = {
        "number": lambda: f"#{ticket.number}",
        "contact": lambda: ticket.contact,
        "organisation": lambda: ticket.organisation or "",
        "priority": ticket.get_priority_display,
        "type": ticket.get_type_display,
        "team": lambda: ticket.team,
        "assignee": lambda: ticket.assignee or "",
        "tags": lambda: ", ".join(ticket.tags),
        "channel": ticket.get_channel_display,
        "language": ticket.get_language_display,
    }
    return plain[code]() if code in plain else ""
