"""The audit: what people did to the desk itself, read from the log. No second history that would keep erased people.

Which events those are stands in one condition, and a small index of the log holds just them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from charterdesk.events.log import Entry, entry_of
from charterdesk.events.names import COLUMNS

# Word for word as in the index (migration 0004): only then does the database use it.
CONDITION = (
    "actor <> 'system' AND actor NOT LIKE 'contact:%' AND subject NOT LIKE 'ticket:%' AND code <> 'agent.notified'"
)
MOST = 100_000
"""Rows of one export."""
PIECE = 1000
DOOR = ("login.", "session.", "password.", "second_factor.changed")
LOOKS = ("outsider.looked",)
CHANGES, SIGN_INS, OUTSIDE, ALL = "changes", "door", "looks", "all"
KINDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    CHANGES: {"without": (*LOOKS, *DOOR, "agent_state."), "nobody_of": ("profile:",)},
    SIGN_INS: {"codes": DOOR},
    OUTSIDE: {"codes": LOOKS},
    ALL: {},
}
"""What may be asked for by a word: changes of the desk, who came in, looks at tickets of other teams, everything."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What to look for: keys of whom and on what, codes or the beginnings of some, and when.

    `nobody_of` are beginnings of keys of those whose doings are left out: what members of the community write is no
    change of the desk.
    """

    actors: tuple[str, ...] = ()
    subject: str = ""
    codes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    nobody_of: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


def filter_for(
    kind: str,
    *,
    what: str = "",
    actors: tuple[str, ...] = (),
    subject: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Filter:
    """What to look for, by one of `KINDS`; `what`, a code or the beginning of one, stands in place of its codes."""
    of_kind = dict(KINDS[kind])
    if what.strip():
        of_kind["codes"] = (what.strip().replace("%", "").replace("_", r"\_"),)
    return Filter(actors=actors, subject=subject, since=since, until=until, **of_kind)


def audited(wanted: Filter, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """Administrative events that `wanted` describes, the latest first, before event number `before`. One statement."""
    conditions, values = [CONDITION.replace("%", "%%")], list[Any]()
    for sql, value in (
        ("id < %s", before),
        ("actor = ANY(%s)", list(wanted.actors)),
        ("(subject = %s OR data ->> 'about' = %s)", wanted.subject),
        ("at >= %s", wanted.since),
        ("at < %s", wanted.until),
        ("code LIKE ANY(%s)", [f"{code}%" for code in wanted.codes]),
        ("NOT code LIKE ANY(%s)", [f"{code}%" for code in wanted.without]),
        ("NOT actor LIKE ANY(%s)", [f"{key}%" for key in wanted.nobody_of]),
    ):
        if value:
            conditions.append(sql)
            values += [value] * sql.count("%s")
    sql = f"SELECT {COLUMNS} FROM events_event WHERE {' AND '.join(conditions)} ORDER BY id DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit])
        return [entry_of(row) for row in cursor.fetchall()]


def all_audited(wanted: Filter) -> Iterator[Entry]:
    """The same without pages, `MOST` at most, read in pieces as they are asked for."""
    before, count = None, 0
    while count < MOST:
        found = audited(wanted, before=before, limit=PIECE)
        yield from found
        if len(found) < PIECE:
            return
        before, count = found[-1].id, count + len(found)
