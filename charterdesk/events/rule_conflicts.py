"""Rules that pull at the same thing: two that hear the same event and set the same of its subject otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from charterdesk.events.models import RuleVersion
from charterdesk.events.operations import find


@dataclass(frozen=True, slots=True)
class Conflict:
    """`first` acts before `second`, so that the second has the last word on `what`."""

    first: RuleVersion
    second: RuleVersion
    what: str


def conflicts(versions: Sequence[RuleVersion]) -> list[Conflict]:
    """The conflicts among versions in force, whose rules are loaded, in the order in which they act. No query."""
    return [
        Conflict(first, second, what)
        for first, second in combinations(versions, 2)
        if _may_meet(first.body, second.body)
        for what in sorted(_differing(first.body, second.body))
    ]


def _may_meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one event may match both, as far as can be told without trying."""
    if not set(one.get("when", ())) & set(other.get("when", ())) or one.get("stop"):
        return False
    if "wait" in one or "wait" in other:
        return False
    if None not in (one.get("team"), other.get("team")) and one["team"] != other["team"]:
        return False
    wanted, others = dict(_asked(one.get("if"))), dict(_asked(other.get("if")))
    return all(wanted[field] & others[field] for field in wanted.keys() & others.keys())


def _asked(condition: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """The values that must hold for fields: what is asked by `is` and `in`, alone or among what must all hold."""
    for part in (condition or {}).get("all", [condition or {}]):
        if "all" in part and part is not condition:
            yield from _asked(part)
        elif part.get("op") == "is":
            yield part["field"], frozenset([str(part.get("value"))])
        elif part.get("op") == "in":
            yield part["field"], frozenset(map(str, part["value"]))


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    ours, theirs = _sets(one), _sets(other)
    return {what for what in ours.keys() & theirs.keys() if ours[what] != theirs[what]}


def _sets(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule sets, and to what."""
    found: dict[str, Any] = {}
    for step in body["then"]:
        known = find(step["operation"])
        if known and known.sets == "fields":
            values = step.get("args", {}).get("values", {})
            found |= {f"field {name}": value for name, value in values.items()}
        elif known and known.sets:
            found[known.sets] = (step["operation"], step.get("args", {}))
    return found
