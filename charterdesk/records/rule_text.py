"""Rules as text: the same thing as by form, in TOML as packages bring theirs. One of them, or several."""

import tomllib
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.events.models import Rule
from charterdesk.events.rule_changes import EXTRAS, activate, place, save_draft
from charterdesk.events.rule_names import with_names, with_numbers
from charterdesk.people.viewer import Viewer
from charterdesk.records.toml import write_toml
from charterdesk.tickets.rule_reach import check_reach

ORDER = ("when", *sorted(EXTRAS), "if", "then")


def as_text(rule: Rule, body: Mapping[str, Any]) -> str:
    """A rule as TOML, with names in place of numbers."""
    said = with_names(body)
    parts = {name: said[name] for name in ORDER if said.get(name) not in (None, {})}
    return write_toml({"rule": [{"name": rule.name, "position": rule.position, **parts}]})


def read_rules(text: str) -> list[dict[str, Any]]:
    """The rules of a text. Raises `Refused("events.bad_text")` for what is no TOML or holds none."""
    try:
        found = tomllib.loads(text).get("rule")
    except tomllib.TOMLDecodeError as error:
        raise Refused("events.bad_text", _("This is not TOML: %s") % error) from error
    if not isinstance(found, list) or not all(isinstance(one, dict) and one.get("name") for one in found) or not found:
        raise Refused("events.bad_text", _("Begin each rule with [[rule]] and give it a name."))
    return found


def keep_rule(said: Mapping[str, Any], *, by: Viewer, rule: Rule | None, reason: str, is_on: bool) -> Rule:
    """Keep one rule that was read. Raises `Refused` naming what is wrong, or too far, with it."""
    body = {name: value for name, value in said.items() if name not in ("name", "position", "slug", "is_active")}
    body = with_numbers({"when": [], "if": {}, "then": [], **body})
    check_reach(by, body)
    version = save_draft(name=str(said["name"])[:200], body=body, by=by, rule=rule, reason=reason)
    if isinstance(said.get("position"), int):
        place(version.rule, position=said["position"], by=by)
    if is_on:
        activate(version, by=by)
    return version.rule
