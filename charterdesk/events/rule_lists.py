"""Rules to look at: what each says, whether it is in force, and what it did last."""

from collections.abc import Sequence

from django.db.models import OuterRef, Q, Subquery

from charterdesk.events.models import Rule, RuleRun, RuleVersion

RUNS = 20


def is_on(version: RuleVersion) -> bool:
    """Whether it is in force."""
    return version.active_from is not None and version.active_until is None


def shown_versions() -> list[RuleVersion]:
    """What each rule says in force, else said last, in the order in which they act, with when it last acted
    (`acted_at`). One statement.
    """
    last = RuleRun.objects.filter(version=OuterRef("pk"), matched=True, held="").order_by("-id").values("at")[:1]
    versions = RuleVersion.objects.filter(rule__removed_at=None).select_related("rule")
    found: dict[int, RuleVersion] = {}
    for version in versions.annotate(acted_at=Subquery(last)).order_by("rule__position", "rule_id", "number"):
        known = found.get(version.rule_id)
        if known is None or not is_on(known):
            found[version.rule_id] = version
    return list(found.values())


def versions_of(rule_id: int) -> list[RuleVersion]:
    """All versions of a rule that was not removed, the newest first, with the rule. One statement."""
    found = RuleVersion.objects.filter(rule=rule_id, rule__removed_at=None)
    return list(found.select_related("rule").order_by("-number"))


def versions_beside_others(rule_id: int) -> tuple[list[RuleVersion], list[RuleVersion]]:
    """As `versions_of`, and what all rules say that are in force, in the order in which they act. One statement."""
    wanted = Q(rule=rule_id) | Q(active_from__isnull=False, active_until=None)
    found = RuleVersion.objects.filter(wanted, rule__removed_at=None).select_related("rule")
    in_order = list(found.order_by("rule__position", "rule_id", "number"))
    return [each for each in in_order if each.rule_id == rule_id][::-1], [each for each in in_order if is_on(each)]


def latest(rule: Rule) -> RuleVersion:
    """What `rule` says in force, else what it said or shall say last. Two statements at most."""
    in_force = rule.versions.filter(active_from__isnull=False, active_until=None).first()
    return in_force or rule.versions.order_by("-number")[0]


def latest_runs(versions: Sequence[RuleVersion]) -> list[RuleRun]:
    """What the last versions that were in force did, the latest first. One statement, an index range for each of
    three.
    """
    acting = [version.runs.order_by("-id")[:RUNS] for version in versions if version.active_from][:3]
    if not acting:
        return []
    found = acting[0].union(*acting[1:], all=True) if len(acting) > 1 else acting[0]
    runs = sorted(found, key=lambda run: run.pk, reverse=True)[:RUNS]
    by_id = {version.pk: version for version in versions}
    for run in runs:
        run.version = by_id[run.version_id]
    return runs
