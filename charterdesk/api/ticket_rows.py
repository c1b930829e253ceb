"""Tickets as programs read them: rows straight from the database, with just what their reader may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Expression, F, Model, QuerySet
from django.db.models import Field as DatabaseField
from django.http import Http404
from pydantic import BaseModel, Field

from charterdesk.api.asking import ApiRequest
from charterdesk.api.kinds import some_of
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket

CUSTOMER_COLUMNS = (
    "id", "number", "subject", "status", "type", "language", "channel", "team_id", "assignee_id", "contact_id",
    "organisation_id", "solution", "opened_at", "first_replied_at", "last_message_at", "due_at", "promised_at",
    "solved_at", "closed_at",
)  # fmt: skip
STAFF_COLUMNS = (*CUSTOMER_COLUMNS, "priority", "tags", "status_reason", "assigned_at", "merged_into_id")
EXPANSIONS = {
    "team": {"id": "team_id", "name": "team__name"},
    "assignee": {"id": "assignee_id", "name": "assignee__name"},
    "contact": {"id": "contact_id", "name": "contact__name", "language": "contact__language"},
    "organisation": {"id": "organisation_id", "name": "organisation__name"},
}


class Columns(Expression):
    """Columns of one table as if they were one value: the ORM takes longer to name twenty than the database to read
    fifty rows of them.

    Good for `values_list` alone, whose rows then are these columns. Only those that need no converting: numbers, texts,
    times, arrays.
    """

    output_field = DatabaseField()  # it must have one; of a number Django would ask of each row whether it is one

    def __init__(self, model: type[Model], columns: Sequence[str]) -> None:
        super().__init__()
        self.table, self.columns = model._meta.db_table, columns

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Each column by its table, none converted."""
        return ", ".join(f'"{self.table}"."{column}"' for column in self.columns), ()


Fields = Annotated[str, some_of(STAFF_COLUMNS)]
Expand = Annotated[str, some_of(EXPANSIONS)]


class Named(BaseModel):
    """Somebody or something by name."""

    id: int | None
    name: str | None
    language: str | None = None


class TicketOut(BaseModel):
    """A ticket. Customers see what concerns them; with `fields`, only what was asked for is there."""

    id: int = Field(description="What events call it: `ticket:<id>`.", examples=[5])
    number: int = Field(description="What people call it.", examples=[1042])
    subject: str = Field("", examples=["No water since this morning"])
    status: str = Field("", examples=["open"], description="new, open, pending, on_hold, solved or closed")
    type: str = Field("", examples=["incident"])
    language: str = Field("", examples=["en"])
    channel: str = Field("", examples=["email"])
    team_id: int | None = Field(None, examples=[3])
    assignee_id: int | None = Field(None, examples=[12])
    contact_id: int | None = Field(None, examples=[77])
    organisation_id: int | None = None
    solution: str = Field("", examples=["The valve was replaced."])
    opened_at: datetime | None = None
    first_replied_at: datetime | None = None
    last_message_at: datetime | None = None
    due_at: datetime | None = Field(None, description="The next promise to keep.")
    promised_at: datetime | None = Field(None, description="By when a solution is promised.")
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    priority: int = Field(3, description="1 (urgent) to 4 (low); staff only.", examples=[2])
    tags: list[str] = Field([], description="Staff only.", examples=[["leak"]])
    status_reason: str = Field("", description="Staff only.")
    assigned_at: datetime | None = Field(None, description="Staff only.")
    merged_into_id: int | None = Field(None, description="Staff only.")
    team: Named | None = None
    assignee: Named | None = None
    contact: Named | None = None
    organisation: Named | None = None


def columns_for(viewer: Viewer) -> tuple[str, ...]:
    """What `viewer` may know of a ticket they see."""
    return STAFF_COLUMNS if viewer.is_staff else CUSTOMER_COLUMNS


def columns_asked(viewer: Viewer, fields: str | None) -> tuple[str, ...]:
    """Of those the ones in `fields`, and what pages and states go by; all without it."""
    columns = columns_for(viewer)
    if not fields:
        return columns
    wanted = {*fields.split(","), "id", "number", "last_message_at", "due_at"}
    return tuple(name for name in columns if name in wanted)


def rows_of(
    found: QuerySet[Ticket], viewer: Viewer, *, fields: str | None = None, expand: str | None = None
) -> list[dict[str, Any]]:
    """The tickets `found` as rows. One statement."""
    columns = columns_asked(viewer, fields)
    parts = dict.fromkeys(name for name in (expand or "").split(",") if name)  # named twice, it is one
    extra = {f"{part}__{name}": path for part in parts for name, path in EXPANSIONS[part].items()}
    named = {f"x_{alias}": F(path) for alias, path in extra.items()}
    if not named:
        return [dict(zip(columns, row, strict=True)) for row in found.values_list(Columns(Ticket, columns))]
    rows = list(found.values(*columns, **named))
    for row in rows:
        for part in parts:
            row[part] = {name: row.pop(f"x_{part}__{name}") for name in EXPANSIONS[part]}
            row[part] = row[part] if row[part]["id"] is not None else None
    return rows


def row_of(ticket: Ticket, viewer: Viewer) -> dict[str, Any]:
    """A ticket in hand as the row that `rows_of` reads."""
    return {name: getattr(ticket, name) for name in columns_for(viewer)}


def seen_ticket(request: ApiRequest, number: int, *related: str) -> Ticket:
    """The ticket, if the asker may see it; a 404 otherwise. One statement."""
    found = Ticket.objects.visible_to(request.viewer).select_related("contact", "team", *related)
    ticket = found.filter(number=number).first()
    if ticket is None:
        raise Http404
    return ticket


def seen_ids(viewer: Viewer, numbers: Sequence[int]) -> dict[int, int]:
    """Of these numbers the primary keys of those the asker may see. One statement."""
    found = Ticket.objects.visible_to(viewer).filter(number__in=list(numbers))
    return dict(found.values_list("number", "pk"))
