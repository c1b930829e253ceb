"""Time spent: by a running timer or by hand; what of it a contract includes, and what is charged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import give_back, use_minutes
from charterdesk.billing.actions.locking import lock_about
from charterdesk.billing.events import TimeRemoved, TimeSpent, TimeStarted
from charterdesk.billing.models import HOUR, Reason, TimeEntry, Verdict
from charterdesk.events.log import publish
from charterdesk.people.models import Agent

MOST = timedelta(hours=24)
"""A timer that ran longer was forgotten: whoever stops it says how long it was."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What time is spent on: a request by its key, and for whom."""

    about: str
    contact_id: int
    organisation_id: int | None


@transaction.atomic
def start_timer(work: Work, *, agent: Agent, by: Actor, kind: str = TimeEntry.BILLABLE, note: str = "") -> TimeEntry:
    """Let `agent`'s timer run on `work`; one that runs elsewhere is stopped first.

    Raises `Refused`: `billing.not_accepted` for billable work whose price the customer has not accepted.
    """
    _lock_agent(agent)
    running = running_timer(agent)
    if running and running.about == work.about:
        return running
    if running:
        stop_timer(running, by=by)
    _require_accepted(work.about, kind)
    entry = TimeEntry.objects.create(
        about=work.about,
        agent=agent,
        contact_id=work.contact_id,
        organisation_id=work.organisation_id,
        kind=kind,
        note=note[:300],
    )
    publish(TimeStarted(about=entry.about, entry_id=entry.pk), on=entry.about, by=by)
    return entry


def _lock_agent(agent: Agent) -> None:
    Agent.objects.select_for_update(of=("self",)).get(pk=agent.pk)


def running_timer(agent: Agent) -> TimeEntry | None:
    """The entry whose timer of `agent` runs. One query."""
    return TimeEntry.objects.filter(agent=agent, ended_at=None, removed_at=None).first()


@transaction.atomic
def stop_timer(entry: TimeEntry, *, by: Actor, minutes: int | None = None, note: str = "", kind: str = "") -> TimeEntry:
    """Stop a running timer; begun minutes count whole. `minutes` says it otherwise, for one that was forgotten.

    Nothing happens to one that was stopped already. Raises `Refused`: `billing.bad_minutes`, `billing.not_accepted`.
    """
    lock_about(entry.about)
    entry = TimeEntry.objects.get(pk=entry.pk)
    if not entry.is_running:
        return entry
    entry.ended_at = now()
    ran = -(-(entry.ended_at - entry.started_at) // timedelta(minutes=1)) or 1
    entry.minutes = _checked(int(ran) if minutes is None else minutes)
    entry.note = (note or entry.note)[:300]
    entry.kind = kind or entry.kind
    _require_accepted(entry.about, entry.kind)
    return _spend(entry, by=by)


@transaction.atomic
def add_time(
    work: Work,
    *,
    agent: Agent,
    minutes: int,
    by: Actor,
    kind: str = TimeEntry.BILLABLE,
    note: str = "",
    started_at: datetime | None = None,
) -> TimeEntry:
    """Note time `agent` spent on `work`, by hand. Raises `Refused`: `billing.bad_minutes`, `billing.not_accepted`."""
    lock_about(work.about)
    _require_accepted(work.about, kind)
    minutes = _checked(minutes)
    begun = started_at or now() - timedelta(minutes=minutes)
    entry = TimeEntry.objects.create(
        about=work.about,
        agent=agent,
        contact_id=work.contact_id,
        organisation_id=work.organisation_id,
        kind=kind,
        note=note[:300],
        started_at=begun,
        ended_at=begun + timedelta(minutes=minutes),
        minutes=minutes,
    )
    return _spend(entry, by=by)


def _checked(minutes: int) -> int:
    if not 0 < minutes <= MOST // timedelta(minutes=1):
        raise Refused("billing.bad_minutes", _("Give the time in minutes, from 1 to 1440."))
    return minutes


def _spend(entry: TimeEntry, *, by: Actor) -> TimeEntry:
    settle_entry(entry, holding_verdict(entry.about), by=by)
    spent = TimeSpent(
        about=entry.about,
        entry_id=entry.pk,
        kind=entry.kind,
        minutes=entry.minutes,
        covered=entry.covered,
        charged=entry.charged,
    )
    publish(spent, on=entry.about, by=by)
    return entry


def holding_verdict(about: str) -> Verdict | None:
    """What is said of a request now: free or charged. One query."""
    return Verdict.objects.select_related("contract").filter(about=about, replaced_at=None).first()


def _require_accepted(about: str, kind: str) -> None:
    """Raise `Refused("billing.not_accepted")` for billable work whose customer has not said yes to its price."""
    if kind != TimeEntry.BILLABLE:
        return
    verdict = holding_verdict(about)
    if verdict and verdict.is_waiting:
        message = _("The customer has not accepted the price yet. Until then, only courtesy time can be noted.")
        raise Refused("billing.not_accepted", message)


def settle_entry(entry: TimeEntry, verdict: Verdict | None, *, by: Actor) -> None:
    """Reckon what of `entry`, whose request is held, a contract includes and what is charged by `verdict`."""
    give_back(entry.key)
    entry.verdict = verdict
    entry.covered = entry.charged = 0
    entry.contract, entry.rate_amount = None, None
    if verdict and entry.kind == TimeEntry.BILLABLE:
        _reckon(entry, verdict, by=by)
    entry.save()


def _reckon(entry: TimeEntry, verdict: Verdict, *, by: Actor) -> None:
    contract = verdict.contract
    if verdict.kind == Reason.CONTRACT and contract and "minutes" in verdict.facts:
        entry.contract = contract
        entry.covered = use_minutes(
            contract, cause_key=entry.key, minutes=entry.minutes, on=entry.started_at.date(), by=by
        )
        if contract.overage and contract.overage_per == HOUR:
            entry.charged = entry.minutes - entry.covered
            entry.rate_amount, entry.currency = contract.overage.amount, contract.overage.currency
    elif verdict.price and verdict.per == HOUR:
        entry.contract = contract
        entry.charged = entry.minutes
        entry.rate_amount, entry.currency = verdict.price.amount, verdict.price.currency


def settle_entries(about: str, verdict: Verdict | None, *, by: Actor) -> None:
    """Reckon all time of a request, which is held, anew by `verdict`; what was put on an invoice stays."""
    entries = TimeEntry.objects.filter(about=about, billed_at=None, removed_at=None, ended_at__isnull=False)
    for entry in entries.order_by("pk"):
        settle_entry(entry, verdict, by=by)


@transaction.atomic
def remove_time(entry: TimeEntry, *, by: Actor) -> None:
    """Take an entry off; what it used of a contract is given back. Raises `Refused("billing.billed")`."""
    lock_about(entry.about)
    entry = TimeEntry.objects.get(pk=entry.pk)
    if entry.removed_at:
        return
    if entry.billed_at:
        raise Refused("billing.billed", _("This stands on an invoice. Counter it there."))
    give_back(entry.key)
    entry.removed_at = now()
    entry.save(update_fields=["removed_at"])
    publish(TimeRemoved(about=entry.about, entry_id=entry.pk), on=entry.about, by=by)


def take_off_invoice(entry_id: int, *, by: Actor) -> None:
    """An entry stands on no invoice any more: it is reckoned anew where something else is said of its request by now.

    Nothing happens where there is none. Five statements, and some where it is reckoned.
    """
    entry = TimeEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        return
    lock_about(entry.about)
    entry.refresh_from_db()
    entry.billed_at = None
    entry.save(update_fields=["billed_at"])
    verdict = holding_verdict(entry.about)
    if not stands_by(entry, verdict):
        settle_entry(entry, verdict, by=by)


def stands_by(entry: TimeEntry, verdict: Verdict | None) -> bool:
    """Whether what `entry` costs is right while `verdict` is said of its request: it was reckoned by it, or before the
    hours of a contract ran out, which leaves what was done as it was."""
    former = entry.verdict
    if former == verdict:
        return True
    return bool(former and former.kind == Reason.CONTRACT and verdict and not verdict.is_free)
