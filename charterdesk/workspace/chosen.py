"""What a list shows: a queue or a saved view, in its order, its groups and its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import SavedView, Ticket, TicketField
from charterdesk.tickets.queries import BY_DUE, QUEUES, Page, Selection
from charterdesk.tickets.view_lists import SORTS, Placed, selection_of
from charterdesk.tickets.views import asking, gone
from charterdesk.workspace.columns import Column, cells_of, columns_of
from charterdesk.workspace.rows import Row, rows_of

NO_GROUP = _("nobody")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A list that was asked for. `gone` names fields of its filter that were removed."""

    selection: Selection
    sorting: str
    grouping: str = ""
    view: SavedView | None = None
    gone: Sequence[str] = ()
    columns: Sequence[Column] = ()
    fields: Mapping[str, TicketField] = field(default_factory=dict)

    def in_order(self, sorting: str) -> "Chosen":
        """The same in the order that was asked for, if there is such an order."""
        if sorting.removeprefix("-") not in SORTS or sorting.startswith("--"):
            return self
        return replace(self, sorting=sorting, grouping="")


def chosen(viewer: Viewer, code: str, views: Sequence[Placed], *, is_wide: bool = False) -> Chosen:
    """The queue or view `code`, for the wide list with columns; a 404 for none of theirs. No statement but for custom
    fields and words of a view."""
    if code in QUEUES:
        return Chosen(selection=QUEUES[code], sorting="due" if QUEUES[code].order == BY_DUE else "-updated")
    view = next((each.view for each in views if each.view.slug == code), None)
    if view is None:
        raise Http404
    columns = [code.removeprefix("field.") for code in view.columns if code.startswith("field.")] if is_wide else []
    asked = asking(viewer, [view.filter], codes=columns)
    return Chosen(
        selection=selection_of(view, asked),
        sorting=view.sorting,
        grouping=view.grouping,
        view=view,
        gone=gone(view.filter, asked.fields),
        fields={code: asked.fields[code] for code in columns if code in asked.fields},
    )


def with_columns(found: Chosen) -> Chosen:
    """With the columns of the wide list. No statement."""
    return replace(found, columns=columns_of(found.view.columns if found.view else (), found.fields, found.sorting))


def shown_rows(page: Page, found: Chosen, viewer: Viewer, *, before: Any = None) -> list[Row]:
    """The rows of `page` with their cells, and the name of a group where one begins; `before` is the group the page
    before ended with. Two statements."""
    rows = rows_of(page.tickets, viewer)
    made, last = [], before
    for row in rows:
        ticket = row.ticket
        key, name = _group(ticket, found.grouping)
        kept = getattr(ticket, "field_values", None) if found.fields else None
        cells = cells_of(ticket, found.columns, found.fields, kept.data if kept else {}) if found.columns else ()
        made.append(replace(row, cells=cells, group=name if found.grouping and key != last else ""))
        last = key
    return made


def _group(ticket: Ticket, grouping: str) -> tuple[Any, str]:
    """The group a ticket stands in: what it is sorted by, and its name."""
    if not grouping:
        return None, ""
    value = getattr(ticket, grouping)
    if grouping in ("team", "assignee", "organisation"):
        return (str(value.name).lower() if value else "\uffff"), str(value or NO_GROUP)
    return value, str(getattr(ticket, f"get_{grouping}_display")())
