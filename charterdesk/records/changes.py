"""What changed since a cursor: for warehouses, which take tickets, messages and events over and over.

A cursor is what the database saw (a snapshot), as readers of the log keep it: an event that is committed late, with a
low number, is not missed. What changed is told by the log; what an event names is written as it stands now.
"""

import re
from dataclasses import dataclass

import psycopg

from charterdesk import __version__
from charterdesk.records.tables import Table, tables
from charterdesk.records.targets import FORMAT, Target
from charterdesk.records.writing import picture, write_table

START = "start"
CHANGING = ("tickets_ticket", "tickets_message", "events_event")
_CURSOR = re.compile(r"(\d+)\.(\d+)-(\d+)-((?:\d+(?:_\d+)*)?)")
_NOW = """
    SELECT (SELECT system_identifier::text FROM pg_control_system()), pg_current_snapshot()::text
"""


@dataclass(frozen=True)
class Changes:
    """Rows by table, and the cursor for the next time."""

    rows: dict[str, int]
    cursor: str


def write_changes(url: str, target: Target, *, since: str) -> Changes:
    """Write the tickets and messages that events since the cursor `since` ("start": all) are about, and these events.

    Each line replaces the one with its `id`. Raises `ValueError` for a cursor that is none, or of another database:
    numbers of transactions mean nothing elsewhere, so after a restore or import begin again.
    """
    with psycopg.connect(url) as connection:
        picture(connection)
        identifier, snapshot = connection.execute(_NOW).fetchone() or ("", "")
        last = _snapshot_of(since, identifier)
        found = {table.name: table for table in tables(connection) if table.name in CHANGING}
        target.head({"format": FORMAT, "version": __version__, "since": since})
        rows = {name: write_table(connection, found[name], target, _changed(found[name], last)) for name in CHANGING}
        cursor = _cursor_of(identifier, snapshot)
        target.end({"rows": rows, "files": 0, "cursor": cursor})
    return Changes(rows, cursor)


def _cursor_of(identifier: str, snapshot: str) -> str:
    """A snapshot as letters that no shell and no address minds."""
    xmin, xmax, running = snapshot.split(":")
    return f"{identifier}.{xmin}-{xmax}-{running.replace(',', '_')}"


def _snapshot_of(cursor: str, identifier: str) -> str:
    if cursor == START:
        return "1:1:"
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise ValueError(f"{cursor!r} is no cursor; --since start begins")
    if found[1] != identifier:
        raise ValueError("this cursor is of another database; begin again with --since start")
    return f"{found[2]}:{found[3]}:{found[4].replace('_', ',')}"


def _new(last: str) -> str:
    """The condition of events that are visible now and were not at `last`."""
    return (
        f"e.txid >= '{last.partition(':')[0]}'::xid8 AND NOT pg_visible_in_snapshot(e.txid, '{last}'::pg_snapshot)"
        if last != "1:1:"
        else "true"
    )


def _changed(table: Table, last: str) -> str:
    """The rows of `table` that changed, as lines of JSON; all of them for a first time."""
    if last == "1:1:":
        return table.rows
    columns = ", ".join(f'r."{column}"' for column in table.columns)
    wanted = {
        "events_event": _new(last).replace("e.txid", "r.txid"),
        "tickets_ticket": f"r.id IN ({_TICKETS.format(new=_new(last))})",
        "tickets_message": f"r.id IN ({_MESSAGES.format(new=_new(last))})",
    }[table.name]
    return f"SELECT row_to_json(t) FROM (SELECT {columns} FROM {table.name} AS r WHERE {wanted} ORDER BY r.id) AS t"


_TICKETS = """
    SELECT split_part(e.subject, ':', 2)::bigint FROM events_event AS e WHERE e.subject LIKE 'ticket:%' AND {new}
    UNION SELECT t.id FROM events_event AS e
      JOIN tickets_ticket AS t ON t.contact_id = split_part(e.subject, ':', 2)::bigint
     WHERE e.code IN ('contact.erased', 'contact.merged') AND {new}
"""
_MESSAGES = """
    SELECT (e.data->>'message_id')::bigint FROM events_event AS e
     WHERE e.data->>'message_id' IS NOT NULL AND {new}
    UNION SELECT m.id FROM events_event AS e
      JOIN tickets_ticket AS t ON t.contact_id = split_part(e.subject, ':', 2)::bigint
      JOIN tickets_message AS m ON m.ticket_id = t.id
     WHERE e.code = 'contact.erased' AND {new}
"""
