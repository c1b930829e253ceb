"""Promises and clocks as rows: read into a `Standing`, written back where they changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

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


def create(begun: Iterable[tuple[int, Standing, int]]) -> None:
    """Write promises and clocks of new requests: ticket, how it stands, its last event. Two statements."""
    promises, clocks = [], []
    for ticket_id, standing, applied_id in begun:
        promise = Promise(ticket_id=ticket_id, applied_id=applied_id, **_fields(standing))
        promises.append(promise)
        for hand in standing.hands.values():
            plain = {name: getattr(hand, name) for name in PLAIN}
            clocks.append(Clock(promise=promise, stretches=written_stretches(hand.stretches), **plain))
    Promise.objects.bulk_create(promises)
    Clock.objects.bulk_create(clocks)


def _fields(standing: Standing) -> dict[str, Any]:
    """What a promise's row keeps of how its ticket stands."""
    terms = standing.terms
    return {
        "policy_version_id": terms.policy_version_id if terms else None,
        "calendar_version_id": terms.calendar_version_id if terms else None,
        "status": standing.status,
        "is_answered": standing.is_answered,
    }


def save(promise: Promise, before: Standing, after: Standing, *, applied_id: int) -> None:
    """Write what changed: the promise, and each clock that differs. One statement each."""
    Promise.objects.filter(pk=promise.pk).update(applied_id=applied_id, **_fields(after))
    for kind, hand in after.hands.items():
        if before.hands.get(kind) != hand:
            fields = {name: getattr(hand, name) for name in PLAIN if name != "kind"}
            fields["stretches"] = written_stretches(hand.stretches)
            Clock.objects.update_or_create(promise=promise, kind=kind, defaults=fields)
