"""Expressions that people write (CEL), behind one function: bounded in length, steps and depth, free of effects."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

MAX_LENGTH = 1000
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LITERAL = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')


class ExpressionError(ValueError):
    """The expression can't be read, or has no answer for these values (a missing field, a wrong type, too long)."""


def names_in(expression: str) -> set[str]:
    """All names an expression mentions, outside of its text literals; some may be functions or fields."""
    return set(_NAME.findall(without_texts(expression)))


def without_texts(expression: str) -> str:
    """The expression with its text literals taken out."""
    return _LITERAL.sub("", expression)


def compile_expression(expression: str, names: Iterable[str]) -> Any:
    """Read `expression`, which may use the maps called `names`. Raises `ExpressionError`; cached."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"an expression has {MAX_LENGTH} characters at most")
    return _compile(expression, tuple(sorted(names)))


@lru_cache(maxsize=512)
def _compile(expression: str, names: tuple[str, ...]) -> Any:
    environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.DYN))
    try:
        return environment.compile(expression)
    except RuntimeError as error:  # the library's only class of error
        raise ExpressionError(str(error).partition("\n")[0]) from error


def says_yes_or_no(compiled: Any) -> bool:
    """Whether what `compile_expression` gave may answer yes or no; what it says of fields is known when it is asked."""
    return compiled.return_type() in (cel.Type.BOOL, cel.Type.DYN)


def evaluate(expression: str, values: Mapping[str, Mapping[str, Any]]) -> Any:
    """What `expression` says of `values` (name -> fields, as JSON knows them). About ten microseconds.

    Raises `ExpressionError` when it has no answer: CEL hands errors back as values, so their type is checked.
    """
    compiled = compile_expression(expression, values)
    try:
        answer = compiled.eval(data=dict(values))
    except RuntimeError as error:
        raise ExpressionError(str(error)) from error
    if answer.type() in (cel.Type.ERROR, cel.Type.UNKNOWN):
        raise ExpressionError(str(answer.value()))
    return answer.plain_value()


def is_true(expression: str, values: Mapping[str, Mapping[str, Any]]) -> bool:
    """As `evaluate`, for a condition. Raises `ExpressionError` also for an answer other than yes or no."""
    answer = evaluate(expression, values)
    if not isinstance(answer, bool):
        raise ExpressionError("a condition must say true or false")
    return answer
