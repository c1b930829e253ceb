"""A new ticket with its first message and what is published about it, in one statement: the hottest path of a desk."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from charterdesk.base.keys import Actor
from charterdesk.events.log import Event, event_row
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
    params = [*_values(ticket), message.once, *_values(message)]
    for place, (code, _subject, actor, cause_id, depth, data, facts) in enumerate(rows):
        params += [place, code, actor, cause_id, depth, data, facts]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(rows)), params)
        written = cursor.fetchone()
    if written is None:
        return False
    ticket.pk, ticket.number, message.pk = written
    message.ticket = ticket
    for row in (ticket, message):
        row._state.adding, row._state.db = False, connection.alias
    wake_after_commit(EVENTS)
    return True


@cache
def _statement(events: int) -> str:
    """The statement for so many events."""
    return f"""
        WITH ticket AS (
            INSERT INTO tickets_ticket ({_names(Ticket)}) SELECT {_places(Ticket)}
             WHERE NOT EXISTS (SELECT FROM tickets_message WHERE once = %s) RETURNING id, number
        ), message AS (
            INSERT INTO tickets_message (ticket_id, {_names(Message)}) SELECT id, {_places(Message)} FROM ticket
            RETURNING id
        ), published AS (
            INSERT INTO events_event (code, subject, actor, cause_id, depth, data, facts)
            SELECT code, 'ticket:' || ticket.id, actor, cause_id, depth,
                   data || jsonb_build_object('ticket_id', ticket.id, 'message_id', message.id),
                   facts || jsonb_build_object('number', ticket.number)
              FROM ticket, message, (VALUES {", ".join([_EVENT] * events)})
                   AS event (place, code, actor, cause_id, depth, data, facts)
             ORDER BY place
        )
        SELECT ticket.id, ticket.number, message.id FROM ticket, message
    """


_EVENT = "(%s, %s, %s, %s::bigint, %s, %s::jsonb, %s::jsonb)"
_GIVEN_BY_DATABASE = {"id", "number", "ticket_id"}


@cache
def _fields(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """(attribute, column) of what we write ourselves."""
    fields = [(field.attname, str(field.column)) for field in model._meta.concrete_fields]
    return tuple((name, column) for name, column in fields if name not in _GIVEN_BY_DATABASE)


def _names(model: type[models.Model]) -> str:
    return ", ".join(f'"{column}"' for _name, column in _fields(model))


def _places(model: type[models.Model]) -> str:
    kinds = [model._meta.get_field(name).db_type(connection) for name, _column in _fields(model)]
    return ", ".join(f"%s::{kind}" for kind in kinds)


def _values(row: models.Model) -> list[Any]:
    return [getattr(row, name) for name, _column in _fields(type(row))]
