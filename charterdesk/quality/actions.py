"""Every write of figures: counted as events come, or all anew from the log."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from charterdesk.events.log import COLUMNS, Entry, entry_of
from charterdesk.people.models import Team
from charterdesk.quality.counting import HEARD, Calendars, Figures, State, after, difference, is_counted
from charterdesk.quality.models import Case, Daily
from charterdesk.tickets.events import TicketEvent

COLUMNS_OF_DAILY = (
    "opened", "replied", "reply_s", "reply_kept", "reply_late", "solved", "solve_s", "solve_kept", "solve_late", "flow",
)  # fmt: skip
AT_A_TIME = 5_000
_ADD_DAILY = f"""
    INSERT INTO quality_daily (day, team_id, "by", value, {", ".join(COLUMNS_OF_DAILY)})
    SELECT day, team_id, "by", value, {", ".join(f"coalesce({name}, 0)" for name in COLUMNS_OF_DAILY)}
      FROM jsonb_to_recordset(%s::jsonb) AS row (day date, team_id bigint, "by" text, value text,
           {", ".join(f"{name} bigint" for name in COLUMNS_OF_DAILY)})
     ORDER BY "by", team_id, day, value
        ON CONFLICT ("by", team_id, day, value) DO UPDATE SET
           {", ".join(f"{name} = quality_daily.{name} + excluded.{name}" for name in COLUMNS_OF_DAILY)}
"""
_ADD_SPREAD = """
    INSERT INTO quality_spread (day, team_id, "by", value, what, bucket, tickets)
    SELECT day, team_id, "by", value, what, bucket, tickets
      FROM jsonb_to_recordset(%s::jsonb) AS row
           (day date, team_id bigint, "by" text, value text, what text, bucket smallint, tickets bigint)
     ORDER BY "by", team_id, what, day, value, bucket
        ON CONFLICT ("by", team_id, what, day, value, bucket) DO UPDATE SET
           tickets = quality_spread.tickets + excluded.tickets
"""


@transaction.atomic
def count_events(heard: Sequence[tuple[TicketEvent, Entry]]) -> None:
    """Add what these events change to the figures; those counted before change nothing. Five statements, none where
    nothing of them is counted.
    """
    heard = [(event, entry) for event, entry in heard if is_counted(event)]
    if not heard:
        return
    ids = {event.ticket_id for event, _entry in heard}
    cases = {case.ticket_id: case for case in Case.objects.select_for_update().filter(ticket_id__in=ids)}
    calendars = _calendars()
    change: Figures = Counter()
    counted: dict[int, Case] = {}
    for event, entry in heard:
        case = counted.get(event.ticket_id) or cases.get(event.ticket_id)
        if case and entry.id <= case.applied_id:
            continue
        before = _state(case.state) if case else None
        then = after(before, event, entry.at, entry.facts or {}, calendars)
        if then is not None:
            change.update(difference(before, then, entry.at, calendars))
            counted[event.ticket_id] = Case(ticket_id=event.ticket_id, applied_id=entry.id, state=asdict(then))
    _keep(counted.values())
    _add(change)


def _state(kept: dict[str, Any]) -> State:
    return State(**{**kept, "tags": tuple(kept["tags"])})


def _calendars() -> Calendars:
    """The opening hours of each team as they are now. One statement."""
    return {team.pk: team.calendar.times for team in Team.objects.select_related("calendar")}


def _keep(cases: Iterable[Case]) -> None:
    Case.objects.bulk_create(
        sorted(cases, key=lambda case: case.ticket_id),
        update_conflicts=True,
        unique_fields=["ticket_id"],
        update_fields=["applied_id", "state"],
    )


def _add(change: Figures) -> None:
    """Add to the figures. Two statements, in the order of the keys, so that two who add never wait for each other."""
    daily: dict[Any, dict[str, Any]] = {}
    spread: list[dict[str, Any]] = []
    for (key, column), amount in change.items():
        if not amount:
            continue
        named = dict(zip(("day", "team_id", "by", "value"), key, strict=True))
        what, is_spread, bucket = column.partition(":")
        if is_spread:
            spread.append({**named, "what": what, "bucket": int(bucket), "tickets": amount})
        else:
            daily.setdefault(key, named)[column] = amount
    with connection.cursor() as cursor:
        if daily:
            cursor.execute(_ADD_DAILY, [json.dumps(list(daily.values()))])
        if spread:
            cursor.execute(_ADD_SPREAD, [json.dumps(spread)])


@transaction.atomic
def rebuild_figures(*, say: Callable[[str], object] = print) -> int:
    """Count everything anew from the log, and return how many tickets there were.

    Reads the log once, ticket by ticket; nothing is counted beside it meanwhile, and what is not delivered yet is not
    counted again later.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE quality_case, quality_daily, quality_spread IN ACCESS EXCLUSIVE MODE")
        cursor.execute("TRUNCATE quality_case, quality_daily, quality_spread")
    calendars, change, cases, tickets = _calendars(), Counter[Any](), list[Case](), 0
    for subject, entries in groupby(_logged(), key=lambda entry: entry.subject):
        state, last = None, 0
        for entry in entries:
            assert isinstance(entry.event, TicketEvent)
            then = after(state, entry.event, entry.at, entry.facts or {}, calendars)
            change.update(difference(state, then, entry.at, calendars))
            state, last = then, entry.id
        if state is not None:
            cases.append(Case(ticket_id=int(subject.partition(":")[2]), applied_id=last, state=asdict(state)))
            tickets += 1
        if len(cases) >= AT_A_TIME:
            Case.objects.bulk_create(cases)
            cases.clear()
    Case.objects.bulk_create(cases)
    _add(change)
    say(f"counted {tickets:,} tickets into {Daily.objects.count():,} days of figures")
    return tickets


def _logged() -> Iterator[Entry]:
    """Everything of tickets that is counted, ticket by ticket and in order, without holding it in memory."""
    codes = sorted(cls.code for cls in HEARD)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM events_event WHERE code = ANY(%s) AND subject LIKE 'ticket:%%' "
            "ORDER BY subject, id",
            [codes],
        )
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from map(entry_of, rows)
