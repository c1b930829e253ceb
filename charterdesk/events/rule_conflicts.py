"""Rules that pull at the same thing: two that hear the same event and set the same of its subject otherwise, or that
both write to its customer in one moment.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from charterdesk.events.log import event_class
from charterdesk.events.models import RuleVersion
from charterdesk.events.operations import find

TOLD, TOLD_TWICE = "told", "told_twice"
"""What two rules do that both write: each a text of its own, or one and the same text twice."""
Body = Mapping[str, Any]
Step = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """`first` acts before `second`, so that the second has the last word on `what`; with `TOLD` and `TOLD_TWICE` the
    customer gets what both send.
    """

    first: RuleVersion
    second: RuleVersion
    what: str


def conflicts(versions: Sequence[RuleVersion]) -> list[Conflict]:
    """The conflicts among versions in force, whose rules are loaded, in the order in which they act. No query."""
    return [
        Conflict(first, second, what)
        for first, second in combinations(versions, 2)
        if _may_meet(first.body, second.body)
        for what in (*sorted(_differing(first.body, second.body)), *_telling(first.body, second.body))
    ]


def _may_meet(one: Body, other: Body) -> bool:
    """Whether one event, or two that come together, may match both, as far as can be told without trying."""
    if not _moments(one) & _moments(other) or one.get("stop") or "wait" in one or "wait" in other:
        return False
    if None not in (one.get("team"), other.get("team")) and one["team"] != other["team"]:
        return False
    wanted, others = dict(_asked(one.get("if"))), dict(_asked(other.get("if")))
    return (
        all(wanted[field] & others[field] for field in wanted.keys() & others.keys())
        and not any(value <= dict(_barred(other.get("if"))).get(field, set()) for field, value in wanted.items())
        and not any(value <= dict(_barred(one.get("if"))).get(field, set()) for field, value in others.items())
    )


def _moments(body: Body) -> set[str]:
    """The events it hears, and those they come together with: a new request is opened, promised and has its message."""
    codes = set(body.get("when", ()))
    asked = dict(_asked(body.get("if")))
    for event in filter(None, map(event_class, [*codes])):
        if event.beside and "True" in asked.get(f"event.{event.beside_if}", {"True"}):
            codes.add(event.beside)
    return codes


def _asked(condition: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """The values that must hold for fields: what is asked by `is` and `in`, alone or among what must all hold."""
    for part in _parts(condition):
        if part.get("op") == "is":
            yield part["field"], frozenset([str(part.get("value"))])
        elif part.get("op") == "in":
            yield part["field"], frozenset(map(str, part["value"]))


def _barred(condition: Any) -> Iterator[tuple[str, frozenset[str]]]:
    """The values that must not hold for fields, asked by `is_not`."""
    for part in _parts(condition):
        if part.get("op") == "is_not":
            yield part["field"], frozenset([str(part.get("value"))])


def _parts(condition: Any) -> Iterator[Step]:
    """What must all hold."""
    for part in (condition or {}).get("all", [condition or {}]):
        if "all" in part and part is not condition:
            yield from _parts(part)
        else:
            yield part


def _differing(one: Body, other: Body) -> set[str]:
    if not set(one.get("when", ())) & set(other.get("when", ())):
        return set()
    ours, theirs = _sets(one), _sets(other)
    return {what for what in ours.keys() & theirs.keys() if ours[what] != theirs[what]}


def _sets(body: Body) -> dict[str, Any]:
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


def _telling(one: Body, other: Body) -> set[str]:
    """Whether both write to the customer by the same way; the worse of it, where several texts meet."""
    found = {
        TOLD_TWICE if _text(ours) == _text(theirs) else TOLD
        for ours in _told(one)
        for theirs in _told(other)
        if _way(ours) == _way(theirs) and not _goes_once(ours, theirs, one, other)
    }
    return {TOLD_TWICE} if TOLD_TWICE in found else found


def _told(body: Body) -> list[Step]:
    """What it tells the customer."""
    return [step for step in body["then"] if (known := find(step["operation"])) and known.tells]


def _text(step: Step) -> tuple[str, dict[str, Any]]:
    """What is said, whenever that is."""
    return step["operation"], {name: value for name, value in step.get("args", {}).items() if name != "once"}


def _way(step: Step) -> str:
    known = find(step["operation"])
    return str(step.get("args", {}).get("way") or "") or ("sms" if known and known.tells == "sms" else "")


def _goes_once(ours: Step, theirs: Step, one: Body, other: Body) -> bool:
    """Whether of the same text one is left out: where both name it by the same event, or send it once for all."""
    if _text(ours) != _text(theirs):
        return False
    names = {step.get("args", {}).get("once", "") for step in (ours, theirs)}
    if len(names) > 1:
        return False
    is_for_all = names == {""} and "template" in ours.get("args", {})
    return is_for_all or len({*one.get("when", ()), *other.get("when", ())}) == 1
