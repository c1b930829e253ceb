"""Trying a rule on what happened: for each past event, would it have matched, and what would it have done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from charterdesk.events.log import Entry, entry_of
from charterdesk.events.models import RuleRun, RuleVersion
from charterdesk.events.names import COLUMNS
from charterdesk.events.rule_times import DUE
from charterdesk.events.rules import concerns, effects, goes_by_clock, judge, was_active

MATCH, NO_MATCH, ERASED, ERROR = "match", "no_match", "erased", "error"
PIECE = 500


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome for one event. `is_recorded`: not tried now, but what the version said when it was in force."""

    event_id: int
    at: datetime
    code: str
    subject: str
    verdict: str
    would_do: list[dict[str, Any]]
    is_recorded: bool
    error: str = ""
    held: str = ""


def dry_run(version: RuleVersion, *, since: datetime, until: datetime, limit: int = 10_000) -> Iterator[Trial]:
    """Try `version` on the events of `[since, until)`, oldest first, at most `limit` of them.

    An event that happened while the version was in force has the verdict it had then, whatever was changed or
    erased since. Any other is judged by what is left of it: `erased` where the answer hangs on what is gone.
    Performs nothing. Two statements per 500 events, one per row an event names, and one to find the beginning.
    """
    first, left = _first(since, until), limit
    after = (first or 0) - 1
    while first is not None and left > 0:
        codes = [DUE] if goes_by_clock(version.body) else version.body["when"]
        entries = _entries(codes, since, until, after, min(PIECE, left))
        known = version.runs.filter(event_id__in=[e.id for e in entries]) if version.active_from else ()
        runs = {run.event_id: run for run in known}
        ours = [entry for entry in entries if entry.code != DUE or entry.data["rule_id"] == version.rule_id]
        yield from (_trial(version, entry, runs.get(entry.id)) for entry in ours)
        if len(entries) < PIECE:
            return
        after, left = entries[-1].id, left - len(entries)


# The inner statement stands by itself, so that it goes by the time and not from the beginning of the log on.
_FIRST = "SELECT min(id) FROM (SELECT id FROM events_event WHERE at >= %s AND at < %s OFFSET 0) AS found"


def _first(since: datetime, until: datetime) -> int | None:
    """The number of the first event of `[since, until)`, None for none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [since, until])
        (number,) = cursor.fetchone()
    return number if number is None else int(number)


def _entries(codes: list[str], since: datetime, until: datetime, after: int, limit: int) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM events_event WHERE at >= %s AND at < %s AND code = ANY(%s) AND id > %s "
            "ORDER BY id LIMIT %s",
            [since, until, codes, after, limit],
        )
        return [entry_of(row) for row in cursor.fetchall()]


def _trial(version: RuleVersion, entry: Entry, run: RuleRun | None) -> Trial:
    if run:
        verdict = ERROR if run.error else MATCH
        return _outcome(entry, verdict, run.done, is_recorded=True, error=run.error, held=run.held)
    if was_active(version, entry.at) and version.created_at <= entry.at:
        return _outcome(entry, NO_MATCH, [], is_recorded=True)
    if not concerns(version.body, entry):
        return _outcome(entry, NO_MATCH, [])
    judged, evidence = judge(version.body, entry)
    if judged.error:
        return _outcome(entry, ERROR, [], error=judged.error)
    if judged.answer is None:
        return _outcome(entry, ERASED, [])
    would_do = effects(version.body, evidence) if judged.answer else []
    return _outcome(entry, MATCH if judged.answer else NO_MATCH, would_do)


def _outcome(
    entry: Entry, verdict: str, would_do: list[dict[str, Any]], *, is_recorded: bool = False, error: str = "",
    held: str = "",
) -> Trial:  # fmt: skip
    return Trial(entry.id, entry.at, entry.code, entry.subject, verdict, would_do, is_recorded, error, held)
