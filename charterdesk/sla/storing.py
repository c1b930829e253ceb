"""Promises and clocks as rows: read into a `Standing`, written back where they changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection

from charterdesk.sla.choosing import terms_of
from charterdesk.sla.course import Standing
from charterdesk.sla.models import Clock, Promise
from charterdesk.sla.reckoning import Hand, Stretch

PLAIN = [
    "kind",
    "policy_version_id",
    "calendar_version_id",
    "target",
    "state",
    "used",
    "started_at",
    "running_since",
    "due_at",
    "warn_at",
    "warned_at",
    "stopped_at",
    "breached_at",
]
_PROMISE = """
INSERT INTO sla_promise
    (ticket_id, policy_version_id, calendar_version_id, status, is_answered, applied_id)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING RETURNING ticket_id
"""
_CLOCK = ", ".join(["%s"] * len(PLAIN)) + ", %s"
_CASTS = (
    "kind, policy_version_id, calendar_version_id, target::interval, state, used::interval,"
    " started_at::timestamptz, running_since::timestamptz, due_at::timestamptz, warn_at::timestamptz,"
    " warned_at::timestamptz, stopped_at::timestamptz, breached_at::timestamptz, stretches::jsonb"
)
_COLUMNS = ", ".join([*PLAIN, "stretches"])


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


def hand_of(clock: Clock) -> Hand:
    """The clock that a row keeps."""
    return Hand(**{name: getattr(clock, name) for name in PLAIN}, stretches=read_stretches(clock.stretches))


def standing_of(promise: Promise) -> Standing:
    """How the ticket of `promise` stands; its versions and clocks are loaded with it by `load`."""
    policy, version = promise.policy_version, promise.calendar_version
    return Standing(
        terms=terms_of(policy, version) if policy and version else None,
        status=promise.status,
        is_answered=promise.is_answered,
        hands={clock.kind: hand_of(clock) for clock in promise.clocks.all()},
    )


def load(ticket_id: int) -> Promise | None:
    """The promise of a ticket, or None for one that came before promises did. Two queries."""
    found = Promise.objects.select_related("policy_version", "calendar_version").prefetch_related("clocks")
    return found.filter(pk=ticket_id).first()


def create(ticket_id: int, standing: Standing, *, applied_id: int) -> bool:
    """Write promise and clocks of a new request; return False when they were there already. One statement."""
    terms = standing.terms
    values: list[Any] = [
        ticket_id,
        terms.policy_version_id if terms else None,
        terms.calendar_version_id if terms else None,
        standing.status,
        standing.is_answered,
        applied_id,
    ]
    statement = _PROMISE
    if standing.hands:
        rows = ", ".join([f"({_CLOCK})"] * len(standing.hands))
        statement = (
            f"WITH promise AS ({_PROMISE}) INSERT INTO sla_clock (promise_id, {_COLUMNS}) "
            f"SELECT promise.ticket_id, {_CASTS} FROM promise, (VALUES {rows}) AS clock ({_COLUMNS}) "
            "RETURNING promise_id"
        )
        for hand in standing.hands.values():
            stretches = msgspec.json.encode(written_stretches(hand.stretches)).decode()
            values += [*(getattr(hand, name) for name in PLAIN), stretches]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() is not None


def save(promise: Promise, before: Standing, after: Standing, *, applied_id: int) -> None:
    """Write what changed: the promise, and each clock that differs. One statement each."""
    terms = after.terms
    Promise.objects.filter(pk=promise.pk).update(
        policy_version_id=terms.policy_version_id if terms else None,
        calendar_version_id=terms.calendar_version_id if terms else None,
        status=after.status,
        is_answered=after.is_answered,
        applied_id=applied_id,
    )
    for kind, hand in after.hands.items():
        if before.hands.get(kind) != hand:
            fields = {name: getattr(hand, name) for name in PLAIN if name != "kind"}
            fields["stretches"] = written_stretches(hand.stretches)
            Clock.objects.update_or_create(promise=promise, kind=kind, defaults=fields)
