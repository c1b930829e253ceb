"""Conditions as data: a tree of `all`, `any` and `not` over fields, words, predicates and expressions.

    {"all": [...]}  {"any": [...]}  {"not": {...}}
    {"field": "ticket.priority", "op": "is", "value": 1}     ops: see `OPERATORS`
    {"field": "message.words", "op": "has_any_word", "value": ["refund", "cancel*"]}
    {"predicate": "within_hours"}                            a question another package registered
    {"cel": "event.channel == 'email' && ticket.priority <= 2"}

An answer is yes, no, or unknown (None) where it hangs on something that was erased.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from charterdesk.events.evidence import Erased, Evidence, Missing
from charterdesk.events.expressions import is_true, names_in
from charterdesk.events.facts import ask, known_sources

Condition = dict[str, Any]
Answer = bool | None


class Judgement:
    """The evaluation of one condition on one event; `used` are the values it went by."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.used: dict[str, Any] = {}

    def answer(self, condition: Condition) -> Answer:
        """Whether `condition` holds. Raises `ExpressionError` for a CEL text without an answer."""
        if not condition:
            return True
        if "all" in condition:
            return _all(self.answer(part) for part in condition["all"])
        if "any" in condition:
            return _not(_all(_not(self.answer(part)) for part in condition["any"]))
        if "not" in condition:
            return _not(self.answer(condition["not"]))
        if "predicate" in condition:
            return self._predicate(condition["predicate"])
        if "cel" in condition:
            return self._cel(condition["cel"])
        return self._compare(condition["field"], condition["op"], condition.get("value"))

    def _compare(self, field: str, op: str, wanted: Any) -> Answer:
        value = self.evidence.value(field)
        if value is Erased:
            return None
        if op in WORD_OPERATORS:
            found = self.evidence.words(field).found(wanted)
            self.used[field] = sorted({*self.used.get(field, ()), *found})
            return WORD_OPERATORS[op](found, wanted)
        self.used[field] = None if value is Missing else value
        return OPERATORS[op](None if value is Missing else value, wanted)

    def _predicate(self, name: str) -> bool:
        entry = self.evidence.entry
        self.used[name] = ask(name, {**entry.data, **(entry.facts or {})}, entry.at)
        return bool(self.used[name])

    def _cel(self, expression: str) -> Answer:
        names = names_in(expression)
        sources = {name: self.evidence.source(name) for name in known_sources() if name in names}
        if None in sources.values():
            return None
        values = {name: dict(fields or {}) for name, fields in sources.items()}
        for source, fields in values.items():
            self.used.update({f"{source}.{name}": value for name, value in fields.items() if name in names})
        return is_true(expression, values)


def comparisons(condition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All comparisons of a field in `condition`, however deep."""
    inside = [*condition.get("all", ()), *condition.get("any", ()), *([condition["not"]] if "not" in condition else [])]
    for part in inside:
        yield from comparisons(part)
    if "field" in condition:
        yield condition


def _all(answers: Iterable[Answer]) -> Answer:
    """Yes if all are; no as soon as one is no, whatever was erased; else unknown."""
    unknown = False
    for answer in answers:
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _text(value: Any) -> str:
    return "" if value is None else str(value).casefold()


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """`compare` for values of one kind; what can't be ordered does not hold."""

    def holds(value: Any, wanted: Any) -> bool:
        try:
            return compare(value, wanted)
        except TypeError:
            return False

    return holds


def _contains_value(value: Any, wanted: Any) -> bool:
    return wanted in value if isinstance(value, list) else _text(wanted) in _text(value)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, wanted: bool(value == wanted),
    "is_not": lambda value, wanted: bool(value != wanted),
    "in": lambda value, wanted: value in wanted,
    "not_in": lambda value, wanted: value not in wanted,
    "contains": _contains_value,
    "lacks": lambda value, wanted: not _contains_value(value, wanted),
    "starts_with": lambda value, wanted: _text(value).startswith(_text(wanted)),
    "ends_with": lambda value, wanted: _text(value).endswith(_text(wanted)),
    "less": _ordered(lambda value, wanted: value < wanted),
    "at_most": _ordered(lambda value, wanted: value <= wanted),
    "more": _ordered(lambda value, wanted: value > wanted),
    "at_least": _ordered(lambda value, wanted: value >= wanted),
    "is_empty": lambda value, wanted: value in (None, "", [], {}),
    "is_set": lambda value, wanted: value not in (None, "", [], {}),
}
WORD_OPERATORS: dict[str, Callable[[list[str], list[str]], bool]] = {
    "has_any_word": lambda found, wanted: bool(found),
    "has_all_words": lambda found, wanted: len(found) == len(wanted),
    "has_no_word": lambda found, wanted: not found,
}
LISTS = {"in", "not_in", *WORD_OPERATORS}
