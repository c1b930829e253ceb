"""Promises and clocks as rows: read into a `Standing`, written back where they changed, of many tickets at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from charterdesk.base.inserting import insert_rows
from charterdesk.calendars.spec import read_calendar_text
from charterdesk.sla.choosing import targets_of
from charterdesk.sla.course import Standing
from charterdesk.sla.models import Clock, Promise
from charterdesk.sla.reckoning import Hand, Stretch, Terms

# The columns of a clock that are fields of a hand by the same name, and their types.
_TYPES = {
    "kind": "text",
    "round": "int",
    "policy_version_id": "bigint",
    "calendar_version_id": "bigint",
    "target": "interval",
    "state": "text",
    "used": "interval",
    "started_at": "timestamptz",
    "running_since": "timestamptz",
    "due_at": "timestamptz",
    "warn_at": "timestamptz",
    "warned_at": "timestamptz",
    "warned_percent": "smallint",
    "stopped_at": "timestamptz",
    "breached_at": "timestamptz",
}
PLAIN = list(_TYPES)
_NAMED = ("kind", "round")
_SET = ", ".join(f"{name} = new.{name}" for name in PLAIN if name not in _NAMED)
_ARRAYS = ", ".join(f"%s::{of}[]" for of in _TYPES.values())
_UPDATE_CLOCKS = f"""
UPDATE sla_clock AS clock SET {_SET}, stretches = new.stretches
FROM unnest(%s::bigint[], %s::jsonb[], {_ARRAYS}) AS new (promise_id, stretches, {", ".join(PLAIN)})
WHERE clock.promise_id = new.promise_id AND clock.kind = new.kind AND clock.round = new.round
"""
_UPDATE_PROMISES = """
UPDATE sla_promise AS promise SET applied_id = new.applied_id, policy_version_id = new.policy_version_id,
    calendar_version_id = new.calendar_version_id, status = new.status, is_answered = new.is_answered,
    asked_at = new.asked_at
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::bool[], %s::timestamptz[])
    AS new (ticket_id, applied_id, policy_version_id, calendar_version_id, status, is_answered, asked_at)
WHERE promise.ticket_id = new.ticket_id
"""
_PROMISES = """
SELECT promise.ticket_id, promise.applied_id, promise.status, promise.is_answered, promise.asked_at,
       promise.policy_version_id, promise.calendar_version_id, version.spec::text,
       policy.first_reply, policy.next_reply, policy.resolution, policy.warnings, policy.pauses
FROM sla_promise promise
LEFT JOIN sla_policyversion policy ON policy.id = promise.policy_version_id
LEFT JOIN calendars_calendarversion version ON version.id = promise.calendar_version_id
WHERE promise.ticket_id = ANY (%s)
"""
_CLOCKS = f"""
SELECT promise_id, stretches::text, {", ".join(PLAIN)} FROM sla_clock WHERE promise_id = ANY (%s) ORDER BY round
"""

Rounds = dict[tuple[str, int], Hand]


@dataclass(frozen=True)
class Kept:
    """How a ticket stood when it was last reckoned with: after event `applied_id`. `rounds` are all its clocks."""

    ticket_id: int
    applied_id: int
    standing: Standing
    rounds: Rounds


@dataclass(frozen=True)
class Change:
    """What became of a ticket's clocks: how it stands after event `applied_id`, and its clocks of all rounds."""

    kept: Kept
    standing: Standing
    rounds: Rounds
    applied_id: int


def load(ticket_ids: Sequence[int]) -> dict[int, Kept]:
    """How each ticket stood when it was last reckoned with; those that came before promises did are left out.

    Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PROMISES, [list(ticket_ids)])
        promises = cursor.fetchall()
        cursor.execute(_CLOCKS, [[row[0] for row in promises]])
        clocks = cursor.fetchall()
    rounds: dict[int, Rounds] = {}
    for ticket_id, stretches, *plain in clocks:
        hand = Hand(**dict(zip(PLAIN, plain, strict=True)), stretches=read_stretches(msgspec.json.decode(stretches)))
        rounds.setdefault(ticket_id, {})[hand.kind, hand.round] = hand
    known: dict[tuple[int, int], Terms] = {}
    return {row[0]: _kept(row, rounds.get(row[0], {}), known) for row in promises}


def _kept(row: tuple[Any, ...], rounds: Rounds, known: dict[tuple[int, int], Terms]) -> Kept:
    ticket_id, applied_id, status, is_answered, asked_at, policy_id, version_id, spec, *asked = row
    terms = None
    if policy_id and version_id:
        terms = known.get((policy_id, version_id))
        if terms is None:
            first_reply, next_reply, resolution, warnings, pauses = asked
            targets = targets_of(first_reply, next_reply, resolution)
            calendar = read_calendar_text(spec)
            terms = Terms(policy_id, version_id, calendar, targets, tuple(warnings), frozenset(pauses))
            known[policy_id, version_id] = terms
    hands = {hand.kind: hand for hand in rounds.values()}  # in the order of rounds: the last one stays
    standing = Standing(terms, status=status, is_answered=is_answered, asked_at=asked_at, hands=hands)
    return Kept(ticket_id, applied_id, standing, rounds)


def written_stretches(stretches: Iterable[Stretch]) -> list[list[Any]]:
    """Stretches as JSON can hold them: from, to, why it stood, calendar version."""
    return [
        [s.since.isoformat(), s.until.isoformat() if s.until else None, s.why, s.calendar_version_id] for s in stretches
    ]


def read_stretches(written: Iterable[Any]) -> tuple[Stretch, ...]:
    """What `written_stretches` wrote."""
    return tuple(
        Stretch(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None, why, version)
        for since, until, why, version in written
    )


def create(begun: Iterable[tuple[int, Standing, int]]) -> None:
    """Write promises and clocks of new requests: ticket, how it stands, its last event. Two statements."""
    promises, clocks = [], []
    for ticket_id, standing, applied_id in begun:
        promises.append(Promise(ticket_id=ticket_id, applied_id=applied_id, **_fields(standing)))
        clocks += [_clock(ticket_id, hand) for hand in standing.hands.values()]
    insert_rows(promises)
    insert_rows(clocks)


def _clock(ticket_id: int, hand: Hand) -> Clock:
    plain = {name: getattr(hand, name) for name in PLAIN}
    return Clock(promise_id=ticket_id, stretches=written_stretches(hand.stretches), **plain)


def _fields(standing: Standing) -> dict[str, Any]:
    """What a promise's row keeps of how its ticket stands."""
    terms = standing.terms
    return {
        "policy_version_id": terms.policy_version_id if terms else None,
        "calendar_version_id": terms.calendar_version_id if terms else None,
        "status": standing.status,
        "is_answered": standing.is_answered,
        "asked_at": standing.asked_at,
    }


def save(changes: Sequence[Change]) -> None:
    """Write what changed of promises and clocks, in one statement each, and one more for clocks that are new."""
    moved = [change for change in changes if _promise_row(change.kept) != _promise_row(change)]
    new, changed = [], []
    for change in changes:
        for name, hand in change.rounds.items():
            former = change.kept.rounds.get(name)
            if former is None:
                new.append(_clock(change.kept.ticket_id, hand))
            elif hand != former:
                changed.append((change.kept.ticket_id, hand))
    with connection.cursor() as cursor:
        if moved:
            rows = [(change.kept.ticket_id, *_promise_row(change)) for change in moved]
            cursor.execute(_UPDATE_PROMISES, _columns(rows))
        if changed:
            cursor.execute(_UPDATE_CLOCKS, _columns([_clock_row(ticket_id, hand) for ticket_id, hand in changed]))
    insert_rows(new)


def _promise_row(kept: Kept | Change) -> tuple[Any, ...]:
    return (kept.applied_id, *_fields(kept.standing).values())


def _clock_row(ticket_id: int, hand: Hand) -> tuple[Any, ...]:
    stretches = msgspec.json.encode(written_stretches(hand.stretches)).decode()
    return (ticket_id, stretches, *(getattr(hand, name) for name in PLAIN))


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def rounds_of(hands: Mapping[str, Hand]) -> Rounds:
    """The clocks of `hands` by kind and round."""
    return {(hand.kind, hand.round): hand for hand in hands.values()}
