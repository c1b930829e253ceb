"""A rule's conditions and deeds as rows of a form, which need no script: read from what was posted, from a rule's body
and back into one.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from math import isfinite
from typing import Any

from django.http import QueryDict
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import split_key
from charterdesk.events.conditions import LISTS
from charterdesk.events.rule_fields import CHOICE, LIST, NUMBER, TAGS, YES_NO, RuleField
from charterdesk.tickets.actions.details import problems_of_address
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.rule_deeds import (
    ADDRESS,
    COUNT,
    FIXED,
    HTML,
    LINES,
    PAIRS,
    TAG_LIST,
    TICKET,
    Deed,
    Wanted,
)
from charterdesk.workspace.admin.rule_words import EITHER, OPS, OPS_OF

ALL, ANY, NONE = "all", "any", "none"
GROUPS = {
    ALL: _("All of these hold"),
    ANY: _("One of these holds"),
    NONE: _("None of these holds"),
}
Fields = Mapping[str, RuleField]
Deeds = Mapping[str, Deed]
Body = Mapping[str, Any]


@dataclass(kw_only=True)
class Row:
    """A condition being written: what is chosen, and what can be."""

    group: str
    place: int
    field: RuleField | None
    code: str
    op: str
    values: list[str] = dataclasses.field(default_factory=list)
    problem: str = ""

    @property
    def name(self) -> str:
        """What its inputs are called."""
        return f"{self.group}-{self.place}"

    @property
    def ops(self) -> list[tuple[str, Any]]:
        """The comparisons that fit the field."""
        return [(op, OPS[op]) for op in OPS_OF[self.field.kind]] if self.field else []

    @property
    def widget(self) -> str:
        """How the value is given."""
        if self.field is None or self.op in EITHER:
            return "nothing"
        if self.field.kind == YES_NO:
            return "yes_no"
        if self.field.choices:
            return "several" if self.op in LISTS else "one"
        return "text"

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """What can be chosen."""
        known = self.field.choices() if self.field and self.field.choices else ()
        return [(str(code), name) for code, name in known]

    @property
    def text(self) -> str:
        """What is written in it."""
        return ", ".join(self.values)


@dataclass(kw_only=True)
class Step:
    """A deed being written."""

    place: int
    deed: Deed
    args: dict[str, Any] = dataclasses.field(default_factory=dict)
    written: dict[str, str] = dataclasses.field(default_factory=dict)
    problems: dict[str, str] = dataclasses.field(default_factory=dict)
    numbers: dict[str, str] = dataclasses.field(default_factory=dict)

    def inputs(self) -> Iterator[dict[str, Any]]:
        """What a form asks for: each with its name, what stands in it, and what can be chosen."""
        for wanted in self.deed.wants:
            if wanted.kind != FIXED:
                choices = [(str(code), name) for code, name in wanted.choices()] if wanted.choices else []
                problem = self.problems.get(wanted.name, "")
                given = self.args.get(wanted.name)
                value = self.written[wanted.name] if problem else self.numbers.get(str(given)) or _shown(wanted, given)
                yield {
                    "wanted": wanted,
                    "name": f"step-{self.place}-{wanted.name}",
                    "value": value,
                    "choices": choices,
                    "problem": problem,
                }


def _shown(wanted: Wanted, value: Any) -> str:
    """A value as it stands in a form."""
    if value is None:
        return ""
    if wanted.kind == PAIRS:
        return "\n".join(f"{name} = {one}" for name, one in dict(value).items())
    if wanted.kind == HTML:
        return unescape(strip_tags(str(value).replace("</p><p>", "\n\n").replace("<br>", "\n")))
    if isinstance(value, list):
        return ("\n" if wanted.kind == LINES else ", ").join(map(str, value))
    return str(value)


def numbered(steps: Sequence[Step]) -> Sequence[Step]:
    """`steps`, with the numbers that people know their tickets by; a key that names fields, or a ticket that is gone,
    stays as it is. One query, none where no ticket is named.
    """
    tickets = [
        step.args[one.name]
        for step in steps
        for one in step.deed.wants
        if step.args.get(one.name) and one.kind == TICKET
    ]
    ids = {split_key(key)[1] for key in tickets if key.startswith("ticket:") and key[7:].isdecimal()}
    found = Ticket.objects.filter(pk__in=ids).values_list("pk", "number") if ids else ()
    numbers = {f"ticket:{pk}": str(number) for pk, number in found}
    for step in steps:
        step.numbers = numbers
    return steps


def _ticket_of(text: str) -> str:
    """The key of the ticket whose number is given; other text as it is. One query."""
    number = text.removeprefix("#")
    ticket = Ticket.objects.filter(number=number).first() if number.isdecimal() and len(number) < 19 else None
    return ticket.key if ticket else text


def _read(wanted: Wanted, text: str) -> Any:
    """What a form gave, as an operation wants it; None for nothing."""
    text = text.strip().replace("\r\n", "\n")
    if not text:
        return None
    if wanted.kind == TAG_LIST:
        return [part.strip() for part in text.split(",") if part.strip()]
    if wanted.kind == LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if wanted.kind == PAIRS:
        parts = (line.partition("=") for line in text.splitlines() if "=" in line)
        return {name.strip(): _plain(value.strip()) for name, _equals, value in parts}
    if wanted.kind == HTML:
        return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")).replace("\n", "<br>")
    if wanted.kind == COUNT:
        return int(text) if text.isdecimal() else text
    if wanted.kind == TICKET:
        return _ticket_of(text)
    if wanted.choices:
        return next((code for code, _name in wanted.choices() if str(code) == text), text)
    return text


def _plain(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    return text


def steps_of(body: Body, deeds: Deeds) -> list[Step] | None:
    """The deeds of a rule as rows; None where a form has no place for one of them."""
    steps = []
    for place, step in enumerate(body.get("then", ())):
        deed = deeds.get(step["operation"])
        args = step.get("args", {})
        if deed is None or "on" in step or not _is_kept(deed, args):
            return None
        steps.append(Step(place=place, deed=deed, args=dict(args)))
    return steps


def _is_kept(deed: Deed, args: Mapping[str, Any]) -> bool:
    """Whether a form gives back what it is given to show."""
    wanted = {one.name: one for one in deed.wants}
    return all(
        name in wanted and (value == wanted[name].fixed if wanted[name].kind == FIXED else _same(wanted[name], value))
        for name, value in args.items()
    )


def _same(wanted: Wanted, value: Any) -> bool:
    if wanted.kind == TICKET:
        return isinstance(value, str)
    return bool(_read(wanted, _shown(wanted, value)) == (value or None))


def posted_steps(data: QueryDict, deeds: Deeds) -> list[Step]:
    """The deeds as they were posted, in the order of their numbers, with another or without one if that was asked."""
    first = next(iter(deeds.values()))
    steps: list[Step] = []
    for name in data.getlist("step"):
        deed = deeds.get(data.get(f"step-{name}-operation", ""), first)
        if data.get("drop") == f"step-{name}":
            continue
        written = {wanted.name: data.get(f"step-{name}-{wanted.name}", "") for wanted in deed.wants}
        args = {wanted.name: _read(wanted, written[wanted.name]) for wanted in deed.wants}
        fixed = {wanted.name: wanted.fixed for wanted in deed.wants if wanted.kind == FIXED}
        given = {name: value for name, value in {**args, **fixed}.items() if value is not None}
        steps.append(Step(place=len(steps), deed=deed, args=given, written=written))
    if data.get("add") == "step":
        steps.append(Step(place=len(steps), deed=first))
    return steps


def make_row(fields: Fields, group: str, place: int, code: str, op: str, values: Sequence[str]) -> Row:
    """A row with what fits the field `code`; a comparison that does not becomes its first."""
    field = fields.get(code)
    ops = OPS_OF[field.kind] if field else (op,)
    return Row(
        group=group, place=place, field=field, code=code, op=op if op in ops else ops[0], values=list(values)
    )  # fmt: skip


def posted_rows(fields: Fields, data: QueryDict) -> list[Row]:
    """The conditions as they were posted, with another row or without one if that was asked."""
    rows: list[Row] = []
    for group in GROUPS:
        place = 0
        for name in data.getlist(group):
            if data.get("drop") != f"{group}-{name}":
                code, op = data.get(f"{group}-{name}-field", ""), data.get(f"{group}-{name}-op", "")
                rows.append(make_row(fields, group, place, code, op, data.getlist(f"{group}-{name}-value")))
                place += 1
        if data.get("add") == group:
            rows.append(make_row(fields, group, place, next(iter(fields)), "", []))
    return rows


def mark_problems(rows: Sequence[Row], steps: Sequence[Step]) -> bool:
    """Say at each row and deed that was posted what is missing or wrong; return whether anything is."""
    for row in rows:
        row.problem = _problem_of_row(row)
    for step in steps:
        given = {wanted.name: _problem_of(wanted, step) for wanted in step.deed.wants if wanted.kind != FIXED}
        step.problems = {name: problem for name, problem in given.items() if problem}
    return any(row.problem for row in rows) or any(step.problems for step in steps)


def _problem_of_row(row: Row) -> str:
    if row.field is None:
        return str(_("This field is not there any more."))
    if row.widget == "nothing" or row.field.kind == YES_NO:
        return ""
    if not any(value.strip(" ,") for value in row.values):
        return str(_("Say what to compare with."))
    if row.field.kind == NUMBER and _number(row.values[0]) is None:
        return str(_("Write a number."))
    return ""


def _problem_of(wanted: Wanted, step: Step) -> str:
    value, written = step.args.get(wanted.name), step.written.get(wanted.name, "").strip()
    if not written:
        return str(_("This is needed.")) if wanted.is_needed else ""
    if wanted.choices and value not in [code for code, _name in wanted.choices()]:
        return str(_("Choose from the list."))
    if wanted.kind == COUNT and not isinstance(value, int):
        return str(_("Write a whole number."))
    if wanted.kind == TICKET and value == written and "{" not in written:
        return str(_("There is no ticket of this number."))
    if wanted.kind == PAIRS and (odd := next((line for line in written.splitlines() if "=" not in line), "")):
        return str(_("“{line}” has no equals sign.")).format(line=odd[:60])
    return next(iter(problems_of_address({"address": written})), "") if wanted.kind == ADDRESS else ""


@dataclass(kw_only=True)
class Asked:
    """A rule's condition as a form shows it: rows, whether it is for opening hours, and an expression."""

    rows: list[Row]
    hours: str = ""
    cel: str = ""


def asked_of(fields: Fields, condition: Mapping[str, Any]) -> Asked | None:
    """A condition as rows; None for one that is deeper than the form."""
    asked = Asked(rows=[])
    parts = condition.get("all", [condition] if condition else [])
    counts = dict.fromkeys(GROUPS, 0)
    for part in parts:
        if "predicate" in part or "predicate" in part.get("not", {}):
            asked.hours = "open" if "predicate" in part else "closed"
            continue
        if "cel" in part:
            asked.cel = f"({asked.cel}) && ({part['cel']})" if asked.cel else part["cel"]
            continue
        group, leaves = _group_of(part)
        if any("field" not in leaf for leaf in leaves) or (group == ANY and counts[ANY]):
            return None
        for leaf in leaves:
            values = _as_texts(leaf.get("value"))
            row = make_row(fields, group, counts[group], leaf["field"], leaf["op"], values)
            if _leaf(row) != leaf:
                return None  # the form would say something else
            asked.rows.append(row)
            counts[group] += 1
    return asked


def _group_of(part: Mapping[str, Any]) -> tuple[str, list[Any]]:
    if "not" in part:
        inside = part["not"]
        return NONE, inside.get("any", [inside])
    if "any" in part:
        return ANY, part["any"]
    return ALL, part.get("all", [part])


def _as_texts(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def condition_of(asked: Asked) -> dict[str, Any]:
    """What the rows say, as a rule keeps it."""
    leaves = {group: [_leaf(row) for row in asked.rows if row.group == group] for group in GROUPS}
    parts: list[dict[str, Any]] = list(leaves[ALL])
    if leaves[ANY]:
        parts.append({"any": leaves[ANY]})
    if leaves[NONE]:
        parts.append({"not": {"any": leaves[NONE]}})
    if asked.hours:
        within = {"predicate": "within_hours"}
        parts.append(within if asked.hours == "open" else {"not": within})
    if asked.cel.strip():
        parts.append({"cel": asked.cel.strip()})
    return {"all": parts} if parts else {}


def _leaf(row: Row) -> dict[str, Any]:
    said = {"field": row.code, "op": row.op}
    if row.op in EITHER:
        return said
    return {**said, "value": _value(row)}


def _value(row: Row) -> Any:
    """The value of a row as the field has it."""
    known = {str(code): code for code, _name in row.field.choices()} if row.field and row.field.choices else {}
    kind = row.field.kind if row.field else ""
    if row.op in LISTS:
        given = row.values if known else [one.strip() for text in row.values for one in text.split(",")]
        return [known.get(one, one) for one in given if one]
    one = row.values[0].strip() if row.values else ""
    if kind == YES_NO:
        return one == "yes"
    if kind == NUMBER:
        return _number(one) or 0
    if kind == TAGS and not known:
        return one.lower()
    return known.get(one, one) if kind in (CHOICE, TAGS, LIST) else one


def _number(text: str) -> Any:
    """A number that somebody wrote; None for what is none."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None
