"""Thousands of new tickets in one transaction: numbers first, then three COPYs, with the same events as for one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import connection, models, transaction
from django.db.models.expressions import DatabaseDefault

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.events.log import event_row
from charterdesk.events.names import EVENTS
from charterdesk.events.wake import wake_after_commit
from charterdesk.people.models import Team
from charterdesk.tickets.actions.intake import Incoming, message_to_be, one_line
from charterdesk.tickets.events import MessageReceived, TicketOpened
from charterdesk.tickets.models import Copied, Message, Ticket


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A request to take on, as `open_ticket` takes it; without files and without `once`."""

    incoming: Incoming
    team: Team
    type: str = "question"
    priority: int = Ticket.NORMAL
    tags: Sequence[str] = field(default=())
    language: str = ""


@transaction.atomic
def open_tickets(openings: Sequence[Opening], *, by: Actor) -> list[Ticket]:
    """Take on each of `openings` as a new ticket, in order. Four statements, five with people on copy."""
    if not openings:
        return []
    tickets, messages, events = [], [], []
    for opening, (ticket_id, number, message_id) in zip(openings, _numbers(len(openings)), strict=True):
        ticket = _ticket(opening, pk=ticket_id, number=number)
        message = message_to_be(opening.incoming)
        message.pk, message.ticket_id = message_id, ticket_id
        tickets.append(ticket)
        messages.append(message)
        contact_id, team_id = opening.incoming.contact.pk, opening.team.pk
        opened = TicketOpened(
            ticket_id=ticket_id, team_id=team_id, contact_id=contact_id, message_id=message_id, channel=ticket.channel
        )
        received = MessageReceived(
            ticket_id=ticket_id, team_id=team_id, message_id=message_id, contact_id=contact_id, is_first=True
        )
        events += [event_row(opened, on=ticket, by=by), event_row(received, on=ticket, by=by)]
    _copy_rows(Ticket, tickets)
    _copy_rows(Message, messages)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY events_event ({_EVENT_COLUMNS}) FROM STDIN") as copy:
            for row in events:
                copy.write_row(row)
    _put_on_copy(openings, tickets)
    wake_after_commit(EVENTS)
    return tickets


def _numbers(count: int) -> list[tuple[int, int, int]]:
    """Primary key, number and key of the first message for so many tickets, rising. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [count])
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows


def _ticket(opening: Opening, *, pk: int, number: int) -> Ticket:
    incoming, at = opening.incoming, now()
    return Ticket(
        id=pk,
        number=number,
        subject=one_line(incoming.subject) or one_line(incoming.text)[:80],
        team=opening.team,
        contact=incoming.contact,
        organisation_id=incoming.contact.organisation_id,
        channel=incoming.channel,
        language=opening.language or incoming.contact.language,
        type=opening.type,
        priority=opening.priority,
        tags=list(opening.tags),
        opened_at=at,
        last_message_at=at,
    )


def _copy_rows(model: type[Any], rows: Sequence[Any]) -> None:
    """Write `rows`, but for columns the database fills. One statement."""
    fields = [one for one in model._meta.concrete_fields if _is_given(one, rows[0])]
    names = ", ".join(f'"{one.column}"' for one in fields)
    readers = [(one.attname, _as_json if isinstance(one, models.JSONField) else None) for one in fields]
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
            for row in rows:
                values = [(getattr(row, name), prepare) for name, prepare in readers]
                copy.write_row([prepare(value) if prepare else value for value, prepare in values])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _is_given(field: Any, row: models.Model) -> bool:
    return not field.generated and not isinstance(getattr(row, field.attname), DatabaseDefault)


def _as_json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _put_on_copy(openings: Sequence[Opening], tickets: Sequence[Ticket]) -> None:
    rows = [
        Copied(ticket=ticket, address=address.lower())
        for opening, ticket in zip(openings, tickets, strict=True)
        for address in opening.incoming.cc
    ]
    if rows:
        Copied.objects.bulk_create(rows, ignore_conflicts=True)


_EVENT_COLUMNS = "code, subject, actor, cause_id, depth, data, facts"
_NUMBERS = """
    SELECT nextval(pg_get_serial_sequence('tickets_ticket', 'id')), nextval('tickets_number'),
           nextval(pg_get_serial_sequence('tickets_message', 'id'))
      FROM generate_series(1, %s)
"""
