"""Every write to rules: drafts, putting a version in force, taking a rule out of force, the packages' own rules."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.events.events import RuleActivated, RuleDeactivated, RuleDrafted, RuleParked, RulePlaced, RuleRemoved
from charterdesk.events.log import HasKey, key_of, publish
from charterdesk.events.models import Rule, RuleVersion
from charterdesk.events.rule_problems import KEYS, problems
from charterdesk.events.rule_times import begin, end
from charterdesk.events.rules import goes_by_clock

Body = dict[str, Any]
EXTRAS = KEYS - {"when", "if", "then"}
_files: dict[str, Path] = {}
_EVER = "'2000-01-01'"  # a package's first version counts from before anything happened
_LOCK = 0x72756C65  # "rule": one process at a time loads the packages' rules


def register_rules(package: str, path: Path) -> None:
    """Remember that `package` brings default rules in the TOML file at `path`."""
    _files[package] = path


@transaction.atomic
def save_draft(*, name: str, body: Body, by: HasKey | str, rule: Rule | None = None, reason: str = "") -> RuleVersion:
    """Keep what a rule shall say as a new version, not yet in force; `rule` None makes a new rule.

    `reason` says why, for whoever looks later. Raises `Refused("events.rule_has_problems")`, whose message names them.
    """
    if found := problems(body):
        raise Refused("events.rule_has_problems", _("This rule can't work: %s") % "; ".join(found))
    if rule is None:
        rule = Rule.objects.create(name=name)
    elif rule.name != name:
        rule.name = name
        rule.save(update_fields=["name"])
    version = _next_version(rule, body, key_of(by), reason.strip())
    publish(RuleDrafted(rule_id=rule.pk, number=version.number), on=rule, by=by)
    return version


@transaction.atomic
def restore(version: RuleVersion, *, by: HasKey | str, reason: str = "") -> RuleVersion:
    """Put what `version` says in force again, as a new version, which is returned. Raises as `save_draft`."""
    again = save_draft(name=version.rule.name, body=version.body, by=by, rule=version.rule, reason=reason)
    activate(again, by=by)
    return again


@transaction.atomic
def switch_on(rule: Rule, *, by: HasKey | str) -> None:
    """Put what `rule` says last in force; what was in force before comes again as a new version."""
    newest = rule.versions.order_by("-number")[0]
    if newest.active_until:
        restore(newest, by=by, reason=_("switched on again"))
    else:
        activate(newest, by=by)


@transaction.atomic
def go_back(version: RuleVersion, *, by: HasKey | str, reason: str = "") -> RuleVersion:
    """Have what `version` said hold from now on, and return what is in force. A draft was never in force: it comes in
    force itself, not as a copy.
    """
    if version.active_from is None:
        activate(version, by=by)
        return version
    return restore(version, by=by, reason=reason.strip() or _("back to version {number}").format(number=version.number))


@transaction.atomic
def place(rule: Rule, *, position: int, by: HasKey | str) -> None:
    """Have `rule` act before those of a higher position, from now on."""
    position = max(0, min(position, 32_000))
    if rule.position != position:
        rule.position = position
        rule.save(update_fields=["position"])
        publish(RulePlaced(rule_id=rule.pk, position=position), on=rule, by=by)


@transaction.atomic
def remove_rule(rule: Rule, *, by: HasKey | str) -> None:
    """Take `rule` out of force and out of the lists; what it did stays told. Raises `Refused("events.rule_is_ours")`
    for one that the desk brings: it can be switched off, and would come again.
    """
    if rule.slug:
        raise Refused("events.rule_is_ours", _("This rule belongs to the desk. Switch it off instead."))
    deactivate(rule, by=by)
    if rule.removed_at is None:
        rule.removed_at = now()
        rule.save(update_fields=["removed_at"])
        publish(RuleRemoved(rule_id=rule.pk), on=rule, by=by)


@transaction.atomic
def park_rule(rule: Rule, *, reason: str) -> bool:
    """Switch off a rule that fails again and again, and make it known; False where it is not in force."""
    Rule.objects.select_for_update().get(pk=rule.pk)
    if not RuleVersion.objects.filter(rule=rule, active_from__isnull=False, active_until=None).exists():
        return False
    _switch(rule, None)
    publish(RuleParked(rule_id=rule.pk, reason=reason), on=rule, by=SYSTEM)
    return True


@transaction.atomic
def activate(version: RuleVersion, *, by: HasKey | str) -> None:
    """Put `version` in force from now on, in place of the one that was. Nothing happens when it is in force.

    A version that was in force before can't be again: its verdicts stand. Raises
    `Refused("events.rule_version_used")`.
    """
    rule = Rule.objects.select_for_update().get(pk=version.rule_id)
    version.refresh_from_db()
    if version.active_until:
        raise Refused("events.rule_version_used", _("This version was in force before: save it as a new one."))
    if version.active_from:
        return
    _switch(rule, version)
    publish(RuleActivated(rule_id=rule.pk, version_id=version.pk), on=rule, by=by)


@transaction.atomic
def deactivate(rule: Rule, *, by: HasKey | str) -> None:
    """Take `rule` out of force. Nothing happens when it is."""
    Rule.objects.select_for_update().get(pk=rule.pk)
    if RuleVersion.objects.filter(rule=rule, active_from__isnull=False, active_until=None).exists():
        _switch(rule, None)
        publish(RuleDeactivated(rule_id=rule.pk), on=rule, by=by)


@transaction.atomic
def load_default_rules() -> int:
    """Bring the packages' rules in line with their `rules.toml`; return how many versions were made.

    Safe to call at every start, and by several processes at once. A rule that a person changed or switched
    off stays as they left it. Raises `ValueError` naming file and problem.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    made = 0
    for package, path in sorted(_files.items()):
        for default in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            made += _load(package, default, path)
    return made


def _load(package: str, default: dict[str, Any], path: Path) -> bool:
    body = {"when": default.get("when", []), "if": default.get("if", {}), "then": default["then"]}
    body |= {name: default[name] for name in EXTRAS if name in default}
    if found := problems(body):
        raise ValueError(f"{path}, {default['slug']}: {'; '.join(found)}")
    fields = {"name": default["name"], "position": default.get("position", 100)}
    rule, is_new = Rule.objects.get_or_create(slug=f"{package}.{default['slug']}", defaults=fields)
    latest = rule.versions.order_by("-number").first()
    if latest and (latest.body == body or latest.actor != SYSTEM or latest.active_until):
        return False
    _switch(rule, _next_version(rule, body, SYSTEM), since=_EVER if is_new else "clock_timestamp()")
    return True


def _next_version(rule: Rule, body: Body, actor: str, reason: str = "") -> RuleVersion:
    highest = rule.versions.aggregate(highest=Max("number"))["highest"] or 0
    return RuleVersion.objects.create(rule=rule, number=highest + 1, body=body, actor=actor, reason=reason)


def _switch(rule: Rule, version: RuleVersion | None, *, since: str = "clock_timestamp()") -> None:
    """End the version in force and begin `version`, at one moment of the database's clock, which dates events too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {since}::timestamptz")
        (moment,) = cursor.fetchone()
    ended = RuleVersion.objects.filter(rule=rule, active_from__isnull=False, active_until=None)
    if any(goes_by_clock(body) for body in ended.values_list("body", flat=True)):
        end(rule.pk)
    ended.update(active_until=moment)
    if version:
        version.active_from = moment
        version.save(update_fields=["active_from"])
        begin(rule.pk, version.body)
