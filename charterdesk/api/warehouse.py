"""The event log for warehouses: all of it once, then what is new, with nothing skipped."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, bad_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import Asked, Cursor, Number
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.base.sealed import seal, unseal
from charterdesk.events.log import Entry, entry_of
from charterdesk.events.position import BEGINNING, Snapshot, sql_first_new, sql_piece
from charterdesk.events.queries import history
from charterdesk.tickets.policies import may_export, may_read_notes

router = Router(tags=["Events"])
LISTS = "events"
NOW = "pg_current_snapshot()::text"


class EventOut(BaseModel):
    """A fact that happened. `data` holds ids and codes; texts and names are read from what they name."""

    id: int
    at: datetime
    code: str = Field(examples=["ticket.solved"])
    subject: str = Field(examples=["ticket:5"])
    actor: str = Field(examples=["agent:12"])
    cause_id: int | None
    data: dict[str, Any]


class EventPage(BaseModel):
    """Some events in order. Keep `next`: it is where to go on, now or tomorrow. `more` says that there are more now."""

    items: list[EventOut]
    next: str
    more: bool


class Events(BaseModel):
    """The events of one ticket."""

    items: list[EventOut]


class EventsAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: int = Field(1000, ge=1, le=10_000)


@router.get("/events", auth=Scope("events:read", staff=True), response=EventPage)
def export_events(request: ApiRequest, asked: Query[EventsAsked]) -> HttpResponse:
    """What happened at the desk since `cursor`, for who may export and sees every team. Two statements at most.

    An event with a lower number may be committed after one with a higher: the cursor knows of both, and skips none.
    """
    require(may_export(request.viewer) and request.viewer.sees_every_team)
    last, target, offset = _read_place(asked.cursor)
    with connection.cursor() as cursor:
        if target is None:
            cursor.execute(f"SELECT {NOW}")
            target = Snapshot.read(cursor.fetchone()[0])
            cursor.execute(sql_first_new(last, floor=0))
            first = cursor.fetchone()[0]
            offset = (first or 1) - 1
        cursor.execute(sql_piece(last, target, after=offset, limit=asked.limit + 1))
        rows = [entry_of(row) for row in cursor.fetchall()]
    more, shown = len(rows) > asked.limit, rows[: asked.limit]
    place = f"{last}.{target}.{shown[-1].id}" if more else f"{target}.."
    return answer(
        {"items": [event_row(entry) for entry in shown], "next": seal(place.encode(), of=LISTS), "more": more}
    )


def _read_place(cursor: str) -> tuple[Snapshot, Snapshot | None, int]:
    """What was read, where the stretch in hand ends, and the last number of it that was read."""
    if not cursor:
        return BEGINNING, None, 0
    try:
        last, target, offset = unseal(cursor, of=LISTS).decode().split(".")
        read = Snapshot.read(last)
        until = Snapshot.read(target) if target else None
        after = int(offset) if offset else 0
        if not all(0 < one.xmin <= one.xmax < 2**63 for one in (read, until) if one) or not 0 <= after < 2**63:
            raise ValueError(cursor)
    except ValueError as error:
        raise bad_cursor() from error
    return read, until, after


def event_row(entry: Entry) -> dict[str, Any]:
    """An event as programs read it."""
    return {
        "id": entry.id,
        "at": entry.at,
        "code": entry.code,
        "subject": entry.subject,
        "actor": entry.actor,
        "cause_id": entry.cause_id,
        "data": entry.data,
    }


@router.get("/tickets/{number}/events", auth=Scope("events:read", staff=True), response=Events)
def ticket_events(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What happened to one ticket, in order, the first 500. Two statements."""
    ticket = seen_ticket(request, number)
    reads_notes = may_read_notes(request.viewer, ticket)
    entries = [entry for entry in history(ticket.key) if reads_notes or entry.code != "note.added"]
    return answer({"items": [event_row(entry) for entry in entries]})
