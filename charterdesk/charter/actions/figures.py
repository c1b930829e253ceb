"""The kept figures: moved by the difference that cases make, inside the transaction that decides these."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection

from charterdesk.charter.measuring import BROKEN, KEPT
from charterdesk.charter.models import AnswerCase, Case

Key = tuple[date, str, int]
"""Day, objective, version."""
Change = Counter[tuple[Key, str]]
_ADD = """
    INSERT INTO charter_figure (day, objective, version_id, kept, broken, excluded)
    SELECT day, objective, version_id, coalesce(kept, 0), coalesce(broken, 0), coalesce(excluded, 0)
      FROM jsonb_to_recordset(%s::jsonb) AS row
           (day date, objective text, version_id bigint, kept integer, broken integer, excluded integer)
     ORDER BY day, objective, version_id
        ON CONFLICT (day, objective, version_id) DO UPDATE SET
           kept = charter_figure.kept + excluded.kept,
           broken = charter_figure.broken + excluded.broken,
           excluded = charter_figure.excluded + excluded.excluded
"""


def counted_as(case: Case | AnswerCase) -> tuple[Key, str] | None:
    """Where a case counts; None while nothing is decided."""
    if case.state not in (KEPT, BROKEN) or case.day is None:
        return None
    return (case.day, case.objective, case.version_id), "excluded" if case.exclusion_id else case.state


def difference(before: Iterable[tuple[Key, str] | None], after: Iterable[tuple[Key, str] | None]) -> Change:
    """By how much the figures change."""
    change: Change = Counter(place for place in after if place)
    change.subtract(place for place in before if place)
    return change


def add_figures(change: Change) -> None:
    """Add `change` to the figures; in the order of the keys, so that two who add never wait for each other."""
    rows: dict[Key, dict[str, object]] = {}
    for (key, column), amount in change.items():
        if amount:
            day, objective, version_id = key
            row = rows.setdefault(key, {"day": day.isoformat(), "objective": objective, "version_id": version_id})
            row[column] = amount
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [json.dumps(list(rows.values()))])
