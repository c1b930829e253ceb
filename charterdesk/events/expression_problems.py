"""What is wrong with an expression that somebody writes, in words and with the place: where, what, and what is near."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.events.expressions import (
    MAX_LENGTH,
    ExpressionError,
    compile_expression,
    says_yes_or_no,
    without_texts,
)

FUNCTIONS = (
    "all", "bool", "contains", "double", "duration", "endsWith", "exists", "exists_one", "filter", "getDate",
    "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getHours", "getMilliseconds", "getMinutes",
    "getMonth", "getSeconds", "has", "int", "map", "matches", "size", "startsWith", "string", "timestamp", "type",
    "uint",
)  # fmt: skip
KINDS = {
    "int": gettext_lazy("a number"),
    "uint": gettext_lazy("a number"),
    "double": gettext_lazy("a number"),
    "string": gettext_lazy("a text"),
    "bool": gettext_lazy("yes or no"),
    "list": gettext_lazy("a list"),
    "map": gettext_lazy("a set of fields"),
    "timestamp": gettext_lazy("a time"),
    "google.protobuf.Timestamp": gettext_lazy("a time"),
    "duration": gettext_lazy("a span of time"),
    "google.protobuf.Duration": gettext_lazy("a span of time"),
    "null_type": gettext_lazy("nothing"),
    "dyn": gettext_lazy("a field"),
}
INSTEAD = {"=": "==", "&": "&&", "|": "||", "and": "&&", "or": "||", "not": "!", "<>": "!=", "is": "=="}
"""What people write who know other languages, and what it is called here."""
_SAID = re.compile(r"ERROR: <input>:(\d+):(\d+): (?:Syntax error: )?(.*)")
_UNKNOWN = re.compile(r"undeclared reference to '([^']+)'")
_MISSING = re.compile(r"missing '([^']+)' at")
_LOST = re.compile(r"token recognition error at: '(.*)'", re.DOTALL)
_ODD = re.compile(r"(?:mismatched input|extraneous input|no viable alternative at input) '([^']*)'(?: expecting (.*))?")
_NOT_TOGETHER = re.compile(r"found no matching overload for '([^']+)' applied to '\((.*)\)'")
_FIELD = re.compile(r"(?<![\w.])([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?!\s*\(|\w)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in an expression: `what` in words, from which `line` and `column` (both from 1), and the line as it
    stands `before` that place, at it (`marked`, empty at the end) and `after` it.
    """

    what: str
    line: int = 1
    column: int = 1
    before: str = ""
    marked: str = ""
    after: str = ""

    def __str__(self) -> str:
        """All in one sentence."""
        place = {"line": self.line, "column": self.column, "what": self.what}
        if self.line > 1:
            return _("line %(line)d, column %(column)d: %(what)s") % place
        return _("column %(column)d: %(what)s") % place


def wrong_in(expression: str, names: Iterable[str]) -> Wrong | None:
    """What is wrong with a condition that may use the maps called `names`; None for nothing."""
    names = list(names)
    if len(expression) > MAX_LENGTH:
        return Wrong(_("An expression has %(most)d characters at most.") % {"most": MAX_LENGTH}, column=MAX_LENGTH + 1)
    try:
        compiled = compile_expression(expression, names)
    except ExpressionError as error:
        return _wrong(expression, str(error), names)
    if says_yes_or_no(compiled):
        return None
    return Wrong(_("This gives a value, not yes or no: compare it with something."), marked=expression)


def unknown_fields(expression: str, names: Iterable[str], fields: Iterable[str]) -> list[str]:
    """What an expression that can be read may have misspelt, in words: fields of the maps called `names` that are like
    one of `fields` ("ticket.number") but none of them.
    """
    known = set(fields)
    said = []
    for source, name in dict.fromkeys(_FIELD.findall(without_texts(expression))):
        of_source = [code for code in known if code.startswith(f"{source}.")]
        code = f"{source}.{name}"
        if source in names and code not in known:
            said += [_near(code, near) for near in get_close_matches(code, of_source, n=1, cutoff=0.8)]
    return said


def _near(code: str, near: str) -> str:
    return _("“%(name)s” is no field that a form offers. Did you mean “%(near)s”?") % {"name": code, "near": near}


def _wrong(expression: str, said: str, names: Sequence[str]) -> Wrong:
    """What the library said of it, in our words. Of a text that was not closed it tells last, of others first."""
    found = _SAID.match(said.removeprefix("INVALID_ARGUMENT: "))
    if found is None:
        return Wrong(_("This can't be read."), marked=expression)
    lines = expression.split("\n")
    number, column = min(int(found[1]), len(lines)), int(found[2])
    line = lines[number - 1]
    told = found[3].removesuffix(" [INVALID_ARGUMENT]")
    what, start, marked = _told(told, line, column - 1, names)
    return Wrong(what, number, start + 1, line[:start], marked, line[start + len(marked) :])


def _told(told: str, line: str, at: int, names: Sequence[str]) -> tuple[str, int, str]:
    """What is wrong, where in the line it begins (from 0), and what stands there."""
    if found := _UNKNOWN.search(told):
        return _unknown(found[1].partition(".")[0], line, at, names)
    if found := _NOT_TOGETHER.search(told):
        return _not_together(found[1], found[2]), at, line[at : at + 1]
    if found := _MISSING.search(told):
        return _("“%(sign)s” is missing here.") % {"sign": found[1]}, at, ""
    if found := _LOST.search(told):
        return _lost(found[1].strip()), at, found[1].strip()
    if found := _ODD.search(told):
        return _odd(found[1], found[2] or "", line, at)
    return _("This can't be read."), at, line[at:]


def _unknown(name: str, line: str, at: int, names: Sequence[str]) -> tuple[str, int, str]:
    start = max(line.rfind(name, 0, at + len(name)), 0)
    is_function = line[start + len(name) :].lstrip().startswith("(")
    known = FUNCTIONS if is_function else names
    what = _("There is no function “%(name)s”.") if is_function else _("“%(name)s” is not known here.")
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    more = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
    if not near and not is_function:
        more = _("Known are: %(names)s.") % {"names": ", ".join(names)}
    return f"{what % {'name': name}} {more}".strip(), start, name


def _not_together(operator: str, kinds: str) -> str:
    """That what an operator or a function was given is of the wrong kind."""
    called = operator.strip("_@").replace("_", "")
    said = [str(KINDS.get(kind.strip().partition("(")[0], kind.strip())) for kind in kinds.split(",")]
    return _("“%(sign)s” does not go with: %(kinds)s.") % {"sign": called, "kinds": ", ".join(said)}


def _lost(sign: str) -> str:
    if sign[:1] in ("'", '"'):
        return _("The text that begins here has no closing quote.")
    return _instead(sign)


def _odd(token: str, expecting: str, line: str, at: int) -> tuple[str, int, str]:
    """Something is missing, or stands where it can't."""
    is_end = token == "<EOF>" or at >= len(line.rstrip())
    closing = next((sign for sign in ("]", "}", ")") if f"'{sign}'" in expecting and "IDENTIFIER" not in expecting), "")
    if closing:
        return _("“%(sign)s” is missing here.") % {"sign": closing}, at, ""
    if is_end:
        return _("Something is missing at the end."), len(line.rstrip()), ""
    return _instead(token), at, token


def _instead(token: str) -> str:
    if token in INSTEAD:
        return _("Write “%(instead)s” in place of “%(sign)s”.") % {"instead": INSTEAD[token], "sign": token}
    return _("“%(sign)s” can't stand here.") % {"sign": token}
