"""Free or charged: said at intake, accepted or contested by the customer, decided by a lead; and the reasons for it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import give_back, use_incident
from charterdesk.billing.actions.locking import lock_about, lock_all_about, lock_contracts
from charterdesk.billing.actions.time_entries import holding_verdict, settle_entries
from charterdesk.billing.deciding import Case, Outcome, active_reasons, decide
from charterdesk.billing.events import (
    ContestDecided,
    VerdictAccepted,
    VerdictContested,
    VerdictGiven,
    VerdictReasonRemoved,
    VerdictReasonSaved,
    VerdictWithdrawn,
)
from charterdesk.billing.models import INCIDENT, Billed, Contest, Invoice, Reason, TimeEntry, Verdict
from charterdesk.billing.queries.buyers import buyers_among
from charterdesk.billing.queries.contracts import running_contracts, today_in
from charterdesk.billing.queries.set_up import forget_set_up
from charterdesk.billing.words import verdict_words
from charterdesk.events.log import Cause, caused_by, event_row, key_of, publish, write_events

REASON = (
    "kind", "name", "words", "types", "tags", "channels", "price_amount", "currency", "per", "position", "is_active",
)  # fmt: skip
SNAPSHOT = ("kind", "contract_id", "order_id", "price_amount", "currency", "per")
COUNTED = ("left", "minutes")
"""Facts that change with every use: by themselves they make no other verdict."""


@transaction.atomic
def judge(case: Case, *, by: Actor, corrects: bool = True) -> Verdict | None:
    """Say whether `case` is free or charged, by the reasons in use; None where the desk has none.

    What held before is replaced where another reason holds now: what it used of a contract is given back, and with
    `corrects` time spent is reckoned anew. Safe to repeat, and beside others doing the same. About ten statements.
    """
    lock_about(case.about)
    reasons = active_reasons()
    if not reasons:
        return None
    former = holding_verdict(case.about)
    if former and former.kind == Reason.DECIDED:
        return former  # what a lead decided holds
    contracts = running_contracts(
        contact_id=case.contact_id, organisation_id=case.organisation_id, at=case.at
    ).values_list("pk", flat=True)
    lock_contracts(list(contracts))
    outcome = decide(case, reasons, but=former.key if former else "")
    if former and (_is_same(former, outcome) or is_billed(former)):
        return former  # what is on an invoice is countered there, not by a rule
    whose = {"contact_id": case.contact_id, "organisation_id": case.organisation_id}
    verdict = _replace(former, outcome, about=case.about, by=by, **whose)
    if outcome.contract and outcome.incidents:
        use_incident(outcome.contract, cause_key=verdict.key, on=today_in(case.at), by=by)
    if former and corrects:
        settle_entries(case.about, verdict, by=by)
    return verdict


@transaction.atomic
def judge_all(caused: Sequence[tuple[Case, Cause]], *, by: Actor) -> None:
    """As `judge`, for many requests, each because of its cause.

    About ten statements for all those of which nothing was said before and whose customers never bought anything,
    which are most; `judge` for each other.
    """
    lock_all_about(case.about for case, _cause in caused)
    reasons = active_reasons()
    if not reasons:
        return
    said = set(
        Verdict.objects.filter(about__in=[case.about for case, _cause in caused]).values_list("about", flat=True)
    )
    buyers = buyers_among({case.customer for case, _cause in caused})
    plain = [(case, cause) for case, cause in caused if case.about not in said and case.customer not in buyers]
    _say_first([(case, decide(case, reasons, has_bought=False), cause) for case, cause in plain], by=by)
    first = {case.about for case, _cause in plain}
    for case, cause in caused:
        if case.about not in first:
            with caused_by(cause):
                judge(case, by=by)


def _say_first(outcomes: Sequence[tuple[Case, Outcome, Cause]], *, by: Actor) -> None:
    """Let these outcomes hold, each the first that is said of its request and using nothing. Two statements."""
    verdicts = Verdict.objects.bulk_create(
        Verdict(
            about=case.about,
            number=1,
            by=key_of(by),
            contact_id=case.contact_id,
            organisation_id=case.organisation_id,
            **outcome.as_row(),
        )
        for case, outcome, _cause in outcomes
    )
    rows = []
    for verdict, (_case, _outcome, cause) in zip(verdicts, outcomes, strict=True):
        with caused_by(cause):
            rows.append(event_row(_given(verdict), on=verdict.about, by=by))
    write_events(rows)


def _is_same(verdict: Verdict, outcome: Outcome) -> bool:
    new = outcome.as_row()
    facts = [{k: v for k, v in each.items() if k not in COUNTED} for each in (verdict.facts, outcome.facts)]
    return all(getattr(verdict, name) == new[name] for name in SNAPSHOT) and facts[0] == facts[1]


def _replace(former: Verdict | None, outcome: Outcome, *, about: str, by: Actor, **whose: int | None) -> Verdict:
    """Let what `outcome` says hold from now on."""
    number = former.number if former else Verdict.objects.filter(about=about).count()
    if former:
        _end(former)
    verdict = Verdict.objects.create(about=about, number=number + 1, by=key_of(by), **outcome.as_row(), **whose)
    publish(_given(verdict), on=about, by=by)
    return verdict


def _given(verdict: Verdict) -> VerdictGiven:
    return VerdictGiven(
        about=verdict.about,
        verdict_id=verdict.pk,
        outcome=verdict.outcome,
        kind=verdict.kind,
        number=verdict.number,
    )


def is_billed(verdict: Verdict) -> bool:
    """Whether its price stands on an issued invoice, and was not taken back there. One query for what costs something
    as a whole, none else. From a draft it comes off by itself."""
    return verdict.per == INCIDENT and _are_billed([verdict.key])


def _are_billed(source_keys: list[str]) -> bool:
    """Whether any of these stands on an issued line of which something is left after its credit notes. One query."""
    taken = Coalesce(Sum("line__credited_by__quantity"), Decimal(0))
    issued = Billed.objects.filter(source_key__in=source_keys, line__invoice__state=Invoice.ISSUED)
    standing = issued.annotate(taken=taken)
    return standing.filter(line__quantity__gt=F("taken")).exists()


def _end(verdict: Verdict) -> None:
    """It holds no more, and what it used is given back."""
    if is_billed(verdict):
        raise Refused("billing.billed", _("This stands on an invoice. Counter it there."))
    verdict.replaced_at = now()
    verdict.save(update_fields=["replaced_at"])
    give_back(verdict.key)


@transaction.atomic
def withdraw_verdict(about: str, *, by: Actor) -> None:
    """Say nothing of a request any more (junk, or it goes on in another): what it used is given back."""
    lock_about(about)
    former = holding_verdict(about)
    if former and not is_billed(former):
        _end(former)
        settle_entries(about, None, by=by)
        publish(VerdictWithdrawn(about=about, verdict_id=former.pk), on=about, by=by)


@transaction.atomic
def accept_verdict(verdict: Verdict, *, by: Actor) -> Verdict:
    """The customer accepts what it costs; the words they see, in the active language, are kept with the time.

    Nothing happens the second time. Raises `Refused`: `billing.other_verdict`, `billing.nothing_to_accept`.
    """
    verdict = _holding(verdict)
    if verdict.is_free:
        raise Refused("billing.nothing_to_accept", _("This costs nothing: there is nothing to accept."))
    if verdict.accepted_at:
        return verdict
    verdict.accepted_words = verdict_words(verdict)
    verdict.accepted_at, verdict.accepted_by = now(), key_of(by)
    verdict.save(update_fields=["accepted_words", "accepted_at", "accepted_by"])
    publish(VerdictAccepted(about=verdict.about, verdict_id=verdict.pk), on=verdict.about, by=by)
    return verdict


def _holding(verdict: Verdict) -> Verdict:
    """`verdict` afresh, its request held. Raises `Refused("billing.other_verdict")` where another holds by now."""
    lock_about(verdict.about)
    present = Verdict.objects.select_related("contract").get(pk=verdict.pk)
    if present.replaced_at:
        message = _("Something else was said of this meanwhile. Look at it again.")
        raise Refused("billing.other_verdict", message)
    return present


@transaction.atomic
def contest_verdict(verdict: Verdict, *, text: str, contact_id: int | None, by: Actor) -> Contest:
    """The customer says that it is wrong, and why; a lead is told. Once for each verdict.

    Raises `Refused`: `billing.other_verdict`, `billing.no_words`, `billing.contested`.
    """
    verdict = _holding(verdict)
    if not text.strip():
        raise Refused("billing.no_words", _("Say what is wrong with it, so that we can look into it."))
    if Contest.objects.filter(verdict=verdict).exists():
        raise Refused("billing.contested", _("You told us already. Somebody looks into it."))
    contest = Contest.objects.create(verdict=verdict, contact_id=contact_id, text=text.strip()[:5000])
    event = VerdictContested(about=verdict.about, verdict_id=verdict.pk, contest_id=contest.pk)
    publish(event, on=verdict.about, by=by)
    return contest


@transaction.atomic
def decide_contest(contest: Contest, *, is_upheld: bool, answer: str, by: Actor) -> Verdict:
    """Decide for the customer (it is free then, and what was used is given back) or for the verdict, with reasons.

    Returns what holds then. Raises `Refused`: `billing.no_words`, `billing.decided`, `billing.other_verdict`,
    `billing.billed`.
    """
    lock_about(contest.verdict.about)
    contest = Contest.objects.select_related("verdict").get(pk=contest.pk)
    if contest.decided_at:
        raise Refused("billing.decided", _("This was decided already."))
    verdict = _holding(contest.verdict)
    if not answer.strip():
        raise Refused("billing.no_words", _("Say why: the customer reads it."))
    contest.decided_at, contest.decided_by = now(), key_of(by)
    contest.is_upheld, contest.answer = is_upheld, answer.strip()[:5000]
    contest.save()
    event = ContestDecided(about=verdict.about, verdict_id=verdict.pk, contest_id=contest.pk, is_upheld=is_upheld)
    publish(event, on=verdict.about, by=by)
    return set_free(verdict, words=answer, by=by) if is_upheld else verdict


@transaction.atomic
def set_free(verdict: Verdict, *, words: str, by: Actor) -> Verdict:
    """A lead calls a request free, with reasons that the customer reads; no rule changes that again.

    What of it stands on a draft comes off there. Raises `Refused`: `billing.no_words`, `billing.other_verdict`, and
    `billing.billed` while something of it stands on an issued invoice that no credit note took back.
    """
    verdict = _holding(verdict)
    if not words.strip():
        raise Refused("billing.no_words", _("Say why: the customer reads it."))
    billed = TimeEntry.objects.filter(about=verdict.about, billed_at__isnull=False)
    if _are_billed([entry.key for entry in billed]):
        raise Refused("billing.billed", _("This stands on an invoice. Counter it there."))
    said = {"words": {(get_language() or "en")[:2]: words.strip()[:500]}}
    outcome = Outcome(is_free=True, kind=Reason.DECIDED, facts=said)
    whose = {"contact_id": verdict.contact_id, "organisation_id": verdict.organisation_id}
    free = _replace(verdict, outcome, about=verdict.about, by=by, **whose)
    settle_entries(verdict.about, free, by=by)
    return free


@transaction.atomic
def save_reason(reason: Reason | None, *, by: Actor, **fields: Any) -> Reason:
    """Make a reason, or change this one; what was said by it before stays.

    Raises `Refused`: `billing.no_name`, `billing.no_price`, `billing.no_condition`.
    """
    reason = Reason.objects.select_for_update().get(pk=reason.pk) if reason else Reason()
    if unknown := set(fields) - set(REASON):
        raise ValueError(f"a reason has no {', '.join(sorted(unknown))}")
    if "words" in fields:
        fields["words"] = {code: text.strip() for code, text in fields["words"].items() if text.strip()}
    if "tags" in fields:  # as tags are kept on tickets: in small letters, each once
        fields["tags"] = sorted({tag.strip().lower()[:50] for tag in fields["tags"]} - {""})
    changed = [name for name, value in fields.items() if reason.pk is None or getattr(reason, name) != value]
    for name in changed:
        setattr(reason, name, fields[name])
    reason.name = " ".join(reason.name.split())
    _check(reason)
    if changed:
        reason.save()
        forget_set_up()
        publish(VerdictReasonSaved(reason_id=reason.pk, fields=tuple(sorted(changed))), on=reason, by=by)
    return reason


def _check(reason: Reason) -> None:
    if not reason.name:
        raise Refused("billing.no_name", _("Give it a name."))
    if reason.kind == Reason.RATE and not (reason.price_amount and reason.per):
        raise Refused("billing.no_price", _("Say what it costs, and per what."))
    if reason.kind == Reason.CAUSE and not (reason.tags or reason.types):
        message = _("Name the tags or types by which such a request is known, or everything would be free.")
        raise Refused("billing.no_condition", message)


@transaction.atomic
def remove_reason(reason: Reason, *, by: Actor) -> None:
    """Judge by this no more; what was said by it stays."""
    publish(VerdictReasonRemoved(reason_id=reason.pk), on=reason, by=by)
    reason.delete()
