"""The language of the desk's texts and templates: facts by name, and conditions on them. Nothing else is carried out.

    Hello {{ customer }},
    {% if first_reply_due %}you hear from us by {{ first_reply_due }}.{% else %}you hear from us soon.{% endif %}
    {% if channel is "sms" %}…{% endif %}   {% if not agent %}…{% endif %}   {% if status is not "solved" %}…{% endif %}

A line (in HTML a paragraph or an item of a list) whose facts are all empty is left out. What may be named is a closed
list, `own_texts.FACTS`; values are put in once and never read as language themselves.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.html import clean_html
from charterdesk.base.refused import Refused
from charterdesk.tickets.own_texts import CODES, FACTS

NAMED = re.compile(r"\{\{\s*(\w+)\s*\}\}")
BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
TAG = re.compile(r"\{%(.*?)%\}", re.DOTALL)
IF = re.compile(r'if (not )?(\w+)(?: is (not )?"([^"]*)")?')
ELSE, END = "else", "endif"
LONE_LINE = re.compile(r"^[ \t]*(\{%[^\n]*?%\})[ \t]*\n", re.MULTILINE)
LONE_PARAGRAPH = re.compile(r"<p>\s*(\{%[^<>]*?%\})\s*</p>")
BLOCK = re.compile(r"<(p|li)\b[^>]*>(?:(?!</?(?:p|li)\b).)*</\1>", re.DOTALL)
EMPTY = re.compile(r"<(li|ul|ol)\b[^>]*>\s*</\1>")
IN_OR_OUT = re.compile(r"(<[^<>]*>)")
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\xa0": " "})
MOST_WITHIN = 5
Facts = Mapping[str, Any]


def fill(text: str, facts: Facts) -> str:
    """`text` with its facts; lines whose facts are all empty are left out. Never raises."""
    lines = []
    for line in _kept(LONE_LINE.sub(r"\1", text), facts).splitlines():
        if _says_something(line, facts):
            lines.append(NAMED.sub(lambda found: _value(found[1], facts), line))
    return "\n".join(lines)


def fill_html(html: str, facts: Facts, *, write: Callable[[str], str] = escape) -> str:
    """The same for HTML, made safe; `write` turns a value that stands in the text into HTML. Never raises."""
    kept = _kept(LONE_PARAGRAPH.sub(r"\1", html), facts)
    kept = BLOCK.sub(lambda block: block[0] if _says_something(block[0], facts) else "", kept)
    parts = IN_OR_OUT.split(EMPTY.sub("", EMPTY.sub("", kept)))
    for place, part in enumerate(parts):
        by = _address if part.startswith("<") else write
        parts[place] = NAMED.sub(lambda found, by=by: by(_value(found[1], facts)), part)
    return clean_html("".join(parts))


def check(*texts: str) -> None:
    """Raise `Refused` for a text that can't be filled in: `tickets.unknown_fact`, `tickets.bad_condition`."""
    for text in texts:
        if unknown := sorted(set(_unknown_in(text))):
            message = _("There is nothing called %(names)s to put in. Take one from the list.")
            raise Refused("tickets.unknown_fact", message % {"names": ", ".join(unknown)})
        if problem := _problem_of_conditions(text):
            raise Refused("tickets.bad_condition", problem)


def problems_in(*names: str) -> Callable[[Mapping[str, Any]], list[str]]:
    """For an operation whose arguments `names` are texts to be filled in: what is wrong with them, in words."""

    def problems(args: Mapping[str, Any]) -> list[str]:
        try:
            check(*(str(args.get(name, "")) for name in names))
        except Refused as refused:
            return [str(refused.message)]
        return []

    return problems


@dataclass(slots=True)
class _Open:
    """A condition that is open: whether what follows is kept, and whether its other side is."""

    holds: bool
    other: bool
    has_else: bool = False


def _kept(text: str, facts: Facts) -> str:
    """`text` without its conditions and what they leave out."""
    kept: list[str] = []
    stack: list[_Open] = []
    for number, piece in enumerate(TAG.split(text)):
        if number % 2:
            _turn(stack, _words(piece), facts)
        elif all(one.holds for one in stack):
            kept.append(piece)
    return "".join(kept)


def _turn(stack: list[_Open], words: str, facts: Facts) -> None:
    if condition := IF.fullmatch(words):
        holds = _holds(condition, facts)
        stack.append(_Open(holds, not holds))
    elif words == ELSE and stack:
        stack[-1].holds, stack[-1].other = stack[-1].other, stack[-1].holds
    elif words == END and stack:
        stack.pop()


def _holds(condition: re.Match[str], facts: Facts) -> bool:
    is_not, name, differs, wanted = condition.groups()
    value = _value(name, facts, also=CODES)
    holds = bool(value) if wanted is None else (value == wanted) != bool(differs)
    return holds != bool(is_not)


def _value(name: str, facts: Facts, *, also: Mapping[str, Any] | None = None) -> str:
    """A fact as text; "" for one that texts may not name, whatever else is known. Zero is something to tell."""
    value = facts.get(name) if name in FACTS or name in (also or ()) else None
    return "" if value is None or value is False else str(value)


def _address(value: str) -> str:
    """What may stand inside a tag: the address of a link, nothing else."""
    return escape(value) if value.startswith(("https://", "http://")) else ""


def _says_something(part: str, facts: Facts) -> bool:
    values = [_value(name, facts) for name in NAMED.findall(part)]
    return not values or any(values)


def _words(tag: str) -> str:
    """What stands in a condition as people and editors write it, made one way."""
    return " ".join(unescape(tag).translate(QUOTES).split())


def _unknown_in(text: str) -> Iterator[str]:
    """What stands in double braces or in conditions and is no fact."""
    for inside in BRACES.findall(text):
        if inside.strip() not in FACTS:
            yield inside.strip()[:60] or "{{ }}"
    for inside in TAG.findall(text):
        condition = IF.fullmatch(_words(inside))
        if condition and condition[2] not in FACTS and condition[2] not in CODES:
            yield condition[2]


def _problem_of_conditions(text: str) -> str:
    """What is wrong with the conditions of a text, in words; "" for nothing."""
    stack: list[_Open] = []
    for inside in TAG.findall(text):
        words = _words(inside)
        if IF.fullmatch(words):
            stack.append(_Open(True, True))
        elif words not in (ELSE, END):
            return _("“%s” is no condition. Write {%% if customer %%}, {%% else %%} or {%% endif %%}.") % words[:60]
        elif not stack or (words == ELSE and stack[-1].has_else):
            return _("There is {%% %s %%} without an {%% if … %%} before it.") % words
        elif words == ELSE:
            stack[-1].has_else = True
        else:
            stack.pop()
        if len(stack) > MOST_WITHIN:
            return _("Conditions are nested too deeply.")
    return _("A condition is not closed: write {% endif %} after it.") if stack else ""
