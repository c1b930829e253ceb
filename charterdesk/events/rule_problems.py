"""What is wrong with a rule, in words for whoever wrote it."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.events.conditions import LISTS, OPERATORS, WORD_OPERATORS
from charterdesk.events.expression_problems import wrong_in
from charterdesk.events.facts import known_predicates, known_sources
from charterdesk.events.log import known_codes
from charterdesk.events.operations import find, is_there
from charterdesk.events.rule_times import BY_CLOCK, DESK, MOST_HOURS, find_date, next_time
from charterdesk.events.rules import FIELD
from charterdesk.events.words import words_of

KEYS = {"when", "if", "then", "team", "once", "at_most", "stop", "wait", "around", "every", "desk"}
MAX_DEPTH = 8
MAX_PARTS = 200


def problems(body: dict[str, Any]) -> list[str]:
    """All problems of a rule's body; empty when it can be put in force."""
    found = [*_of_times(body), *_of_condition(body.get("if") or {}, depth=0), *_of_guards(body)]
    if str(body.get("if")).count("{") > MAX_PARTS:
        found.append(_("the condition has too many parts"))
    steps = body.get("then")
    if not isinstance(steps, list) or not steps:
        return [*found, _("nothing is to be done")]
    found += _of_desk(body, steps) if body.get(DESK) else []
    return [*found, *_of_steps(steps)]


def _of_steps(steps: list[Any]) -> Iterator[str]:
    """What is wrong with what is to be done, saying where if it is more than one thing."""
    for number, step in enumerate(steps, start=1):
        for problem in _of_step(step):
            place = _("%(problem)s (in number %(n)d of what is to be done)")
            yield problem if len(steps) == 1 else place % {"problem": problem, "n": number}


def _of_desk(body: dict[str, Any], steps: list[Any]) -> Iterator[str]:
    """What is wrong with a rule that is about no ticket."""
    if "every" not in body or body.get("team") is not None:
        yield _("a rule of the desk as a whole follows a schedule, and is of no team")
    for step in steps:
        known = find(str(step.get("operation"))) if isinstance(step, dict) else None
        if known and known.subject and "on" not in step:
            yield _("%s needs a ticket, and a rule of the desk as a whole has none") % known.name


def _of_times(body: dict[str, Any]) -> Iterator[str]:
    """What is wrong with when it acts."""
    if sum(name in body for name in (*BY_CLOCK, "wait")) > 1:
        yield _("it can wait, follow a date or follow a schedule: choose one")
    if "around" in body:
        yield from _of_around(body["around"])
    elif "every" in body:
        yield from _of_every(body["every"])
    else:
        yield from _of_codes(body.get("when"))
    if "wait" in body and not 0 < _hours(body["wait"]) <= MOST_HOURS:
        yield _("say how many hours it waits")


def _hours(given: Any) -> float:
    hours = given.get("hours") if isinstance(given, dict) else None
    return hours if isinstance(hours, int | float) and not isinstance(hours, bool) else 0


def _of_around(around: Any) -> Iterator[str]:
    date = around.get("date") if isinstance(around, dict) else None
    if not isinstance(date, str) or find_date(date) is None:
        yield _("there is no date %s") % date
    elif abs(_hours(around)) > MOST_HOURS:
        yield _("that is more than a year away")


def _of_every(every: Any) -> Iterator[str]:
    if isinstance(every, dict) and "hours" in every:
        if not 1 <= _hours(every) <= 24:
            yield _("say every how many hours, from 1 to 24")
        return
    try:
        next_time(every, now())
    except (KeyError, TypeError, ValueError, AttributeError, ZoneInfoNotFoundError):
        yield _("say at which time of day, on which days and in which zone")


def _of_guards(body: dict[str, Any]) -> Iterator[str]:
    most, team = body.get("at_most"), body.get("team")
    if most is not None and (not isinstance(most, int) or most < 1):
        yield _("say how often in an hour at most")
    if team is not None and not isinstance(team, int):
        yield _("there is no such team")
    for name in sorted(set(body) - KEYS):
        yield _("a rule knows no “%s”") % name


def _of_codes(codes: Any) -> Iterator[str]:
    if not isinstance(codes, list) or not codes:
        yield _("it waits for no event")
        return
    known = set(known_codes())
    for code in codes:
        if str(code) not in known:
            yield _("there is no event %s") % code


def _of_condition(condition: Any, *, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        yield _("the condition is nested too deeply")
    elif not isinstance(condition, dict):
        yield _("%s is not a condition") % condition
    elif not _parts_named(condition):
        yield from _of_leaf(condition) if condition else ()
    elif (parts := _parts(condition)) is None:
        yield _("%s is not a condition") % condition
    else:
        for part in parts:
            yield from _of_condition(part, depth=depth + 1)


def _parts(condition: dict[str, Any]) -> list[Any] | None:
    """What is inside `all`, `any` or `not`; None for what is no list."""
    if "not" in condition:
        return [condition["not"]]
    inside = condition.get("all", condition.get("any"))
    return inside if isinstance(inside, list) else None


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
    if wrong := wrong_in(str(expression), known_sources()):
        yield _("the expression can't be read: %s") % wrong


def _of_comparison(condition: dict[str, Any]) -> Iterator[str]:
    op, value = str(condition.get("op")), condition.get("value")
    yield from _of_field(str(condition["field"]))
    if op not in OPERATORS and op not in WORD_OPERATORS:
        yield _("there is no comparison %s") % op
    elif op in LISTS and not isinstance(value, list):
        yield _("%s wants a list") % _asked(condition)
    elif op in LISTS and not value:
        yield _("%s wants at least one value") % _asked(condition)
    elif op in WORD_OPERATORS and not all(isinstance(word, str) and words_of(word) for word in value or ()):
        yield _("%s wants a list of words") % _asked(condition)


def _asked(condition: dict[str, Any]) -> str:
    """A comparison by field and name, so that it is found again."""
    return f"“{condition['field']} {condition['op']}”"


def _of_field(field: str) -> Iterator[str]:
    source, _dot, name = field.partition(".")
    if source not in known_sources() or not name:
        yield _("there is no field %s") % field


def _of_step(step: Any) -> Iterator[str]:
    if not isinstance(step, dict) or not isinstance(step.get("args", {}), dict):
        yield _("%s is nothing to do") % step
        return
    args = step.get("args", {})
    operation = find(str(step.get("operation")))
    if operation is None:
        yield _("there is no operation %s") % step.get("operation")
        return
    yield from operation.problems(args, with_subject=True)
    for parameter in operation.parameters:
        key = args.get(parameter.name)
        if parameter.model and key is not None and "{" not in str(key) and not is_there(parameter.model, key):
            yield _("there is no %s here") % key
    for value in [step.get("on", ""), *args.values()]:
        for field in FIELD.findall(value) if isinstance(value, str) else []:
            yield from _of_field(field)
