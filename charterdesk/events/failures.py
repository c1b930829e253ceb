"""What failed for good, of whichever kind, as operators see and mend it: on their page and by API alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import HasKey
from charterdesk.events.actions import drop_delivery, drop_job, drop_timer, retry_delivery, retry_job, retry_timer
from charterdesk.events.models import Delivery, Timer
from charterdesk.events.queries import failed_jobs, parked_deliveries, parked_timers

DELIVERY, TIMER, JOB = "delivery", "timer", "job"
KINDS: dict[str, Promise] = {DELIVERY: _("reaction"), TIMER: _("timer"), JOB: _("job")}


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One thing that failed for good."""

    kind: str
    id: int
    what: str
    about: str
    error: str
    attempts: int
    at: datetime | None

    @property
    def kind_word(self) -> Promise:
        """What it is, for people."""
        return KINDS[self.kind]


def failures(kind: str, most: int) -> list[Failure]:
    """At most so many of a kind, the latest first. One statement, two for jobs."""
    return _FOUND[kind](most)


def retry_failure(kind: str, pk: int, *, by: HasKey | str) -> None:
    """Have it tried again at once. Raises `Refused("events.not_parked")`."""
    _RETRY[kind](pk, by)


def drop_failure(kind: str, pk: int, *, reason: str, by: HasKey | str) -> None:
    """Give it up, and keep why. Raises `Refused`: `events.not_parked`, `events.reason_needed`."""
    _DROP[kind](pk, reason, by)


def _deliveries(most: int) -> list[Failure]:
    return [
        Failure(
            kind=DELIVERY,
            id=each.pk,
            what=each.handler,
            about=each.subject,
            error=each.error,
            attempts=each.attempts,
            at=each.created_at,
        )
        for each in parked_deliveries()[:most]
    ]


def _timers(most: int) -> list[Failure]:
    return [
        Failure(
            kind=TIMER,
            id=each.pk,
            what=each.operation,
            about=each.subject or each.name,
            error=each.error,
            attempts=each.attempts,
            at=each.due_at,
        )
        for each in parked_timers()[:most]
    ]


def _jobs(most: int) -> list[Failure]:
    return [
        Failure(
            kind=JOB,
            id=each.id,
            what=each.name,
            about=" ".join(f"{name}={value}" for name, value in each.args.items()),
            error=each.error,
            attempts=each.attempts,
            at=each.at,
        )
        for each in failed_jobs(most)
    ]


_FOUND: dict[str, Callable[[int], list[Failure]]] = {DELIVERY: _deliveries, TIMER: _timers, JOB: _jobs}
_RETRY: dict[str, Callable[[int, HasKey | str], None]] = {
    DELIVERY: lambda pk, by: retry_delivery(Delivery(pk=pk), by=by),
    TIMER: lambda pk, by: retry_timer(Timer(pk=pk), by=by),
    JOB: lambda pk, by: retry_job(pk, by=by),
}
_DROP: dict[str, Callable[[int, str, HasKey | str], None]] = {
    DELIVERY: lambda pk, reason, by: drop_delivery(
        Delivery.objects.filter(pk=pk).first() or Delivery(pk=pk), reason=reason, by=by
    ),
    TIMER: lambda pk, reason, by: drop_timer(Timer.objects.filter(pk=pk).first() or Timer(pk=pk), reason=reason, by=by),
    JOB: lambda pk, reason, by: drop_job(pk, reason=reason, by=by),
}
