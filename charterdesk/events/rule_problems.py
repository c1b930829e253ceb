"""What is wrong with a rule, in words for whoever wrote it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.events.conditions import LISTS, OPERATORS, WORD_OPERATORS
from charterdesk.events.expressions import ExpressionError, compile_expression
from charterdesk.events.facts import known_predicates, known_sources
from charterdesk.events.log import known_codes
from charterdesk.events.operations import find
from charterdesk.events.rules import FIELD

MAX_DEPTH = 8
MAX_PARTS = 200


def problems(body: dict[str, Any]) -> list[str]:
    """All problems of a rule's body; empty when it can be put in force."""
    found = [*_of_codes(body.get("when")), *_of_condition(body.get("if") or {}, depth=0)]
    if str(body.get("if")).count("{") > MAX_PARTS:
        found.append(_("the condition has too many parts"))
    steps = body.get("then")
    if not isinstance(steps, list) or not steps:
        return [*found, _("nothing is to be done")]
    return [*found, *(problem for step in steps for problem in _of_step(step))]


def _of_codes(codes: Any) -> Iterator[str]:
    if not isinstance(codes, list) or not codes:
        yield _("it waits for no event")
        return
    known = set(known_codes())
    for code in codes:
        if code not in known:
            yield _("there is no event %s") % code


def _of_condition(condition: Any, *, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        yield _("the condition is nested too deeply")
    elif not isinstance(condition, dict):
        yield _("%s is not a condition") % condition
    elif parts := _parts(condition):
        for part in parts:
            yield from _of_condition(part, depth=depth + 1)
    elif condition and not _parts_named(condition):
        yield from _of_leaf(condition)


def _parts(condition: dict[str, Any]) -> list[Any]:
    """What is inside `all`, `any` or `not`."""
    if "not" in condition:
        return [condition["not"]]
    inside = condition.get("all", condition.get("any"))
    return inside if isinstance(inside, list) else []


def _parts_named(condition: dict[str, Any]) -> bool:
    return bool({"all", "any", "not"} & set(condition))


def _of_leaf(condition: dict[str, Any]) -> Iterator[str]:
    if "predicate" in condition:
        if condition["predicate"] not in known_predicates():
            yield _("there is no question %s") % condition["predicate"]
    elif "cel" in condition:
        yield from _of_expression(condition["cel"])
    elif "field" in condition:
        yield from _of_comparison(condition)
    else:
        yield _("%s is not a condition") % condition


def _of_expression(expression: Any) -> Iterator[str]:
    try:
        compile_expression(str(expression), known_sources())
    except ExpressionError as error:
        yield _("the expression can't be read: %s") % error


def _of_comparison(condition: dict[str, Any]) -> Iterator[str]:
    op = condition.get("op")
    yield from _of_field(str(condition["field"]))
    if op not in OPERATORS and op not in WORD_OPERATORS:
        yield _("there is no comparison %s") % op
    elif op in LISTS and not isinstance(condition.get("value"), list):
        yield _("%s wants a list") % op
    elif op in WORD_OPERATORS and not all(isinstance(word, str) for word in condition["value"]):
        yield _("%s wants a list of words") % op


def _of_field(field: str) -> Iterator[str]:
    source, _dot, name = field.partition(".")
    if source not in known_sources() or not name:
        yield _("there is no field %s") % field


def _of_step(step: dict[str, Any]) -> Iterator[str]:
    args = step.get("args", {})
    operation = find(str(step.get("operation")))
    if operation is None:
        yield _("there is no operation %s") % step.get("operation")
        return
    yield from operation.problems(args, with_subject=True)
    for value in [step.get("on", ""), *args.values()]:
        for field in FIELD.findall(value) if isinstance(value, str) else []:
            yield from _of_field(field)
