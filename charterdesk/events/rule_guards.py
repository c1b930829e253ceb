"""What keeps a rule that matches from acting: once per ticket, so many an hour, and a bound on what leaves the desk."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import Now

from charterdesk.base.clock import now
from charterdesk.events.log import Entry
from charterdesk.events.models import RuleRun, RuleVersion
from charterdesk.events.operations import find

ONCE, RATE, TOO_MANY, STOPPED = "once", "rate", "too_many", "stopped"
MOST_OUT = 10
"""So often in an hour a rule that sends something may act on one ticket: two desks that mail each other end here."""
HOUR = timedelta(hours=1)


def held_back(version: RuleVersion, entries: Sequence[Entry], stoppers: Sequence[int]) -> dict[int, str]:
    """Which of `entries`, each of another subject, the rule may not act on, and why (a code), by the event's number.

    `stoppers` are versions before it that end it all for an event they act on. No statement for a rule without guards;
    one for each guard it has.
    """
    held: dict[int, str] = {}
    if stoppers:
        ids = [entry.id for entry in entries]
        acted = RuleRun.objects.filter(version_id__in=stoppers, event_id__in=ids, matched=True, held="")
        held = dict.fromkeys(acted.values_list("event_id", flat=True), STOPPED)
    body = version.body
    if body.get("once"):
        held |= _acted_on(version, entries)
    if leaves_the_desk(version):
        held |= _too_many(version, entries)
    if most := body.get("at_most"):
        held |= _beyond(version, [entry for entry in entries if entry.id not in held], most)
    return held


def leaves_the_desk(version: RuleVersion) -> bool:
    """Whether a rule that somebody made sends something out; those we bring send once by themselves."""
    if version.rule.slug:
        return False
    return any((known := find(step["operation"])) and known.leaves for step in version.body["then"])


def _acted(version: RuleVersion) -> Any:
    return RuleRun.objects.filter(version__rule_id=version.rule_id, matched=True, held="")


def _acted_on(version: RuleVersion, entries: Sequence[Entry]) -> dict[int, str]:
    subjects = {entry.subject for entry in entries}
    known = set(_acted(version).filter(subject__in=subjects).values_list("subject", flat=True))
    return {entry.id: ONCE for entry in entries if entry.subject in known}


def _too_many(version: RuleVersion, entries: Sequence[Entry]) -> dict[int, str]:
    recent = _acted(version).filter(subject__in={entry.subject for entry in entries}, at__gt=Now() - HOUR)
    counts = dict(recent.order_by().values_list("subject").annotate(runs=Count("pk")))
    return {entry.id: TOO_MANY for entry in entries if counts.get(entry.subject, 0) >= MOST_OUT}


def _beyond(version: RuleVersion, entries: Sequence[Entry], most: int) -> dict[int, str]:
    if not entries:
        return {}
    latest = version.runs.filter(matched=True, held="").order_by("-id").values_list("at", flat=True)[:most]
    left = most - sum(at > now() - HOUR for at in latest)
    return {entry.id: RATE for entry in entries[max(left, 0) :]}


def held_lately() -> Counter[int]:
    """How often each rule (by number) was held back by a bound in the last day. One statement."""
    recent = RuleRun.objects.exclude(held="").filter(at__gt=Now() - 24 * HOUR)
    return Counter(dict(recent.order_by().values_list("version__rule_id").annotate(runs=Count("pk"))))
