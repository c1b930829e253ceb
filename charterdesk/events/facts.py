"""Facts by name: what packages say of their own rows, so that lower ones can use it without importing them.

A *snapshot* is taken of an event's subject in the publishing transaction and kept with the event: rules judge
it, not today's row. *Template facts* fill the texts sent about a subject, fresh at the time of sending. *Row
facts* are read from an immutable row that an event names (`message_id` -> the words of the message).
*Predicates* are questions a condition may ask by name (working hours of a team).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from charterdesk.base.keys import Keyed, split_key

Facts = dict[str, Any]
Snapshot = TypeVar("Snapshot", bound=Callable[[Any], Mapping[str, Any]])
Template = TypeVar("Template", bound=Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]])
Row = TypeVar("Row", bound=Callable[[int], Mapping[str, Any] | None])
Related = TypeVar("Related", bound=Callable[[Mapping[str, Any], datetime], Mapping[str, Any] | None])
Predicate = TypeVar("Predicate", bound=Callable[[Mapping[str, Any], datetime], bool])

_snapshots: dict[str, list[Callable[[Any], Mapping[str, Any]]]] = {}
_templates: dict[str, list[Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]]]] = {}
_rows: dict[str, Callable[[int], Mapping[str, Any] | None]] = {}
_related: dict[str, Callable[[Mapping[str, Any], datetime], Mapping[str, Any] | None]] = {}
_predicates: dict[str, Callable[[Mapping[str, Any], datetime], bool]] = {}


def snapshot_facts(kind: str) -> Callable[[Snapshot], Snapshot]:
    """Register what is kept of a `kind` with each of its events: takes the row, returns values JSON can hold.

    It runs in every publishing transaction: read fields of the row, make no query.
    """

    def register(function: Snapshot) -> Snapshot:
        _snapshots.setdefault(kind, []).append(function)
        return function

    return register


def take_snapshot(row: Keyed) -> Facts | None:
    """All registered facts of `row`, or None where nothing is registered for its kind."""
    functions = _snapshots.get(row.key.partition(":")[0])
    if not functions:
        return None
    return {name: value for function in functions for name, value in function(row).items()}


def template_facts(kind: str) -> Callable[[Template], Template]:
    """Register what texts about a `kind` may name: takes primary keys, returns the values of each."""

    def register(function: Template) -> Template:
        _templates.setdefault(kind, []).append(function)
        return function

    return register


def facts_for_template(subject: str) -> Facts:
    """What a text about `subject` (a key) may name, gathered from all packages. Costs what they ask."""
    kind, number = split_key(subject)
    return facts_for_templates(kind, [number])[number]


def facts_for_templates(kind: str, numbers: Sequence[int]) -> dict[int, Facts]:
    """What texts about these of a `kind` may name, each; as many statements as for one."""
    found: dict[int, Facts] = {number: {} for number in numbers}
    for function in _templates.get(kind, []):
        for number, facts in function(numbers).items():
            found[number].update(facts)
    return found


def row_facts(field: str) -> Callable[[Row], Row]:
    """Register the reader of the immutable row an event's `field` names; `message_id` gives facts as
    `message.…`.

    It takes the id and returns its facts, or None when the row or its content is gone (redacted, erased).
    """

    def register(function: Row) -> Row:
        if not field.endswith("_id"):
            raise ValueError(f"{field} does not name a row: it must end in _id")
        _rows[field] = function
        return function

    return register


def facts_of_row(field: str, number: int) -> Facts | None:
    """The facts of the row that `field` names, or None when it is gone or nothing is registered."""
    read = _rows.get(field)
    found = read(number) if read else None
    return None if found is None else dict(found)


def related_facts(source: str) -> Callable[[Related], Related]:
    """Register what can be asked of somebody or something an event concerns, such as `contact` or `entitlement`.

    It takes the event's data with the snapshot's, and the event's time, and returns facts; None where they are gone for
    good, {} where there is none. It is read when the event is judged, once for all rules, and only where a rule asks.
    """

    def register(function: Related) -> Related:
        _related[source] = function
        return function

    return register


def facts_related(source: str, data: Mapping[str, Any], at: datetime) -> Facts | None:
    """The facts of `source`, {} where nothing is registered by that name. Costs what they ask."""
    read = _related.get(source)
    found = read(data, at) if read else {}
    return None if found is None else dict(found)


def known_sources() -> list[str]:
    """What the fields of a condition may begin with: the event, kinds with a snapshot, rows an event may name, and
    what is related to it.
    """
    return ["event", *sorted({*_snapshots, *(field.removesuffix("_id") for field in _rows), *_related})]


def is_related(source: str) -> bool:
    """Whether the facts of `source` are of what an event concerns, as it is when the event is judged."""
    return source in _related


def known_rows() -> list[str]:
    """The fields whose rows can be read, sorted."""
    return sorted(_rows)


def predicate(name: str) -> Callable[[Predicate], Predicate]:
    """Register a question a condition may ask: takes the event's data and its time, and nothing of today."""

    def register(function: Predicate) -> Predicate:
        _predicates[name] = function
        return function

    return register


def ask(name: str, data: Mapping[str, Any], at: datetime) -> bool:
    """The answer to the predicate `name`. Raises `KeyError` for one that is not registered."""
    return _predicates[name](data, at)


def known_predicates() -> list[str]:
    """The names of all predicates, sorted."""
    return sorted(_predicates)
