"""A new ticket with its first message and what is published about it, in one statement: the hottest path of a desk."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection, models
from msgspec import Raw

from charterdesk.base.keys import Actor
from charterdesk.base.postgresql.prepared import prepared_cursor
from charterdesk.events.log import Event, EventRow, event_row
from charterdesk.events.names import EVENTS
from charterdesk.events.wake import wake_after_commit
from charterdesk.tickets.models import Message, Ticket


def insert_opened(ticket: Ticket, message: Message, events: Sequence[Event], *, by: Actor) -> bool:
    """Write all of them and give `ticket` and `message` their numbers; in the caller's transaction. One statement.

    Nothing is written, and False returned, where there is a message of the same `once`. Raises `IntegrityError` when
    somebody else is just writing one.

    The numbers are not known before: the statement puts them into what the `events` say, their subject and their facts,
    whatever stood there (0).
    """
    rows = [event_row(event, on=ticket, by=by) for event in events]
    with prepared_cursor() as cursor:
        cursor.execute(_STATEMENT, [_json(_columns(ticket)), message.once, _json(_columns(message)), _published(rows)])
        written = cursor.fetchone()
    if written is None:
        return False
    ticket.pk, ticket.number, message.pk = written
    message.ticket = ticket
    for row in (ticket, message):
        row._state.adding, row._state.db = False, connection.alias
    wake_after_commit(EVENTS)
    return True


def _columns(row: models.Model) -> dict[str, Any]:
    """What is written of `row`: all but the numbers, which the database gives."""
    fields = row._meta.concrete_fields
    return {str(field.column): getattr(row, field.attname) for field in fields if field.attname not in _GIVEN}


def _published(rows: Sequence[EventRow]) -> str:
    """The events as JSON."""
    return _json(
        [
            {
                "code": code,
                "actor": actor,
                "cause_id": cause_id,
                "depth": depth,
                "data": Raw(data.encode()),
                "facts": Raw((facts or "null").encode()),
            }
            for code, _subject, actor, cause_id, depth, data, facts in rows
        ]
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _names(model: type[models.Model]) -> str:
    return ", ".join(f'"{name}"' for name in _columns(model()))


_GIVEN = {"id", "number", "ticket_id"}
# A row is one parameter: with one for each column, taking the statement apart took longer than carrying it out.
_STATEMENT = f"""
    WITH ticket AS (
        INSERT INTO tickets_ticket ({_names(Ticket)})
        SELECT {_names(Ticket)} FROM jsonb_populate_record(NULL::tickets_ticket, %s::jsonb)
         WHERE NOT EXISTS (SELECT FROM tickets_message WHERE once = %s)
        RETURNING id, number
    ), message AS (
        INSERT INTO tickets_message (ticket_id, {_names(Message)})
        SELECT ticket.id, {", ".join(f"row.{name}" for name in _names(Message).split(", "))}
          FROM ticket, jsonb_populate_record(NULL::tickets_message, %s::jsonb) AS row
        RETURNING id
    ), published AS (
        INSERT INTO events_event (code, subject, actor, cause_id, depth, data, facts)
        SELECT code, 'ticket:' || ticket.id, actor, cause_id, depth,
               data || jsonb_build_object('ticket_id', ticket.id, 'message_id', message.id),
               facts || jsonb_build_object('number', ticket.number)
          FROM ticket, message, ROWS FROM (jsonb_to_recordset(%s::jsonb) AS (
               code text, actor text, cause_id bigint, depth smallint, data jsonb, facts jsonb)) WITH ORDINALITY
               AS event (code, actor, cause_id, depth, data, facts, place)
         ORDER BY place
    )
    SELECT ticket.id, ticket.number, message.id FROM ticket, message
"""
