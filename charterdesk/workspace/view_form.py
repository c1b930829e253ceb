"""A view's conditions as a form: rows of a field, a comparison and a value, which need no script."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent, Identity, Organisation, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets import views as v
from charterdesk.tickets.models import TicketField

GROUPS = ("all", "any")
MULTI, SPAN, DATE, TEXT, NUMBER, YES_NO, NONE = "multi", "span", "date", "text", "number", "yes_no", "none"
FIELDS: dict[str, Any] = {
    "status": _("Status"),
    "assignee": _("Assignee"),
    "team": _("Team"),
    "priority": _("Priority"),
    "type": _("Type"),
    "tags": _("Tags"),
    "promise": pgettext_lazy("column", "Promise"),
    "created": _("Came"),
    "updated": _("Last message"),
    "due": _("Next promise is due"),
    "replied": _("First answered"),
    "solved": _("Solved at"),
    "channel": _("Channel"),
    "language": _("Language"),
    "contact": _("Customer"),
    "organisation": _("Organisation"),
    "follower": _("Followed by"),
    "words": _("Words"),
}
OPS: dict[str, Any] = {
    v.IS: pgettext_lazy("condition", "is"),
    v.IS_NOT: pgettext_lazy("condition", "is not"),
    v.IS_SET: pgettext_lazy("condition", "is filled in"),
    v.IS_EMPTY: pgettext_lazy("condition", "is empty"),
    v.ANY_OF: pgettext_lazy("condition", "has one of"),
    v.ALL_OF: pgettext_lazy("condition", "has all of"),
    v.NONE_OF: pgettext_lazy("condition", "has none of"),
    v.LAST: pgettext_lazy("condition", "in the last"),
    v.NEXT: pgettext_lazy("condition", "in the next"),
    v.LONGER_AGO: pgettext_lazy("condition", "longer ago than"),
    v.BEFORE: pgettext_lazy("condition", "before"),
    v.AFTER: pgettext_lazy("condition", "on or after"),
    v.ON: pgettext_lazy("condition", "on"),
    v.AT_LEAST: pgettext_lazy("condition", "at least"),
    v.AT_MOST: pgettext_lazy("condition", "at most"),
    v.HAS: pgettext_lazy("condition", "have"),
}
WRONG = {
    SPAN: _("Write a whole number."),
    NUMBER: _("Write a number."),
    DATE: _("Choose a day."),
    MULTI: _("Choose at least one."),
    TEXT: _("Write a text."),
}
UNKNOWN = {
    "contact": _("No customer has this address."),
    "organisation": _("No organisation is called that."),
}
UNITS = [("h", _("hours")), ("d", _("days")), ("w", _("weeks"))]
PROMISES = [
    (v.LATE, _("late")),
    (v.SOON, _("due within four hours")),
    (v.IN_TIME, _("due later")),
    (v.NO_PROMISE, _("none")),
]


@dataclass(frozen=True, kw_only=True)
class World:
    """What can be chosen: teams, colleagues, organisations and custom fields."""

    fields: Mapping[str, TicketField]
    teams: Sequence[Team]
    agents: Sequence[Agent]

    def names(self) -> list[tuple[str, Any]]:
        """All fields a condition may be about."""
        return [*FIELDS.items(), *((f"field.{code}", one.label) for code, one in self.fields.items())]

    def choices(self, name: str) -> list[tuple[str, Any]]:
        """What can be ticked for `name`; nothing where a value is written."""
        if name in v.CHOICES:
            return [(str(code), label) for code, label in v.CHOICES[name]]
        if name == "promise":
            return list(PROMISES)
        if name == "team":
            return [(str(team.pk), team.name) for team in self.teams]
        people = [(str(agent.pk), agent.name) for agent in self.agents]
        if name in ("assignee", "follower"):
            nobody = [(v.NOBODY, _("nobody"))] if name == "assignee" else []
            return [(v.ME, _("whoever looks")), *nobody, *people]
        custom = self.fields.get(name.removeprefix("field."))
        return custom.options() if custom and name.startswith("field.") else []


@dataclass(kw_only=True)
class Row:
    """A condition being written: what is chosen, and what can be."""

    group: str
    place: int
    field: str
    op: str
    widget: str
    values: list[str] = dataclasses.field(default_factory=list)
    unit: str = "d"
    ops: list[tuple[str, Any]] = dataclasses.field(default_factory=list)
    choices: list[tuple[str, Any]] = dataclasses.field(default_factory=list)
    is_gone: bool = False
    problem: Any = ""
    has_focus: bool = False

    @property
    def name(self) -> str:
        """What its inputs are called."""
        return f"{self.group}-{self.place}"

    @property
    def text(self) -> str:
        """What is written in it."""
        return self.values[0] if self.values else ""


def widget_of(kind: str, op: str) -> str:
    """How the value of such a condition is given."""
    if op in v.WITHOUT_VALUE:
        return NONE
    if op in v.WITH_SPAN:
        return SPAN
    if kind in (v.MOMENT, TicketField.DATE):
        return DATE
    if kind in (v.CODED, v.PROMISE, *TicketField.CHOSEN):
        return MULTI
    return {TicketField.NUMBER: NUMBER, TicketField.YES_NO: YES_NO}.get(kind, TEXT)


def make_row(world: World, group: str, place: int, name: str, op: str, values: Sequence[str], unit: str) -> Row:
    """A row with what fits `name`; a comparison it does not know becomes its first."""
    kind = v.kind_of(name, world.fields)
    if kind is None:
        return Row(group=group, place=place, field=name, op=op, widget=NONE, is_gone=True)
    ops = v.OPS[kind]
    op = op if op in ops else ops[0]
    widget = MULTI if name in ("team", "assignee", "follower") and op not in v.WITHOUT_VALUE else widget_of(kind, op)
    return Row(
        group=group,
        place=place,
        field=name,
        op=op,
        widget=widget,
        values=list(values),
        unit=unit,
        ops=[(code, OPS[code]) for code in ops],
        choices=world.choices(name) if widget == MULTI else [],
    )


def posted_rows(world: World, data: QueryDict) -> list[Row]:
    """The rows that were sent, without the one to be dropped, with one more where that was asked for."""
    rows: list[Row] = []
    for group in GROUPS:
        place = 0
        while f"{group}-{place}-field" in data and place < v.MOST:
            key = f"{group}-{place}"
            if data.get("drop") != key:
                values = data.getlist(f"{key}-value")
                name, op = str(data[f"{key}-field"]), data.get(f"{key}-op", "")
                rows.append(make_row(world, group, len_of(rows, group), name, op, values, data.get(f"{key}-unit", "d")))
            place += 1
        if data.get("add") == group:
            rows.append(make_row(world, group, len_of(rows, group), "status", v.IS, [], "d"))
    return rows


def len_of(rows: Sequence[Row], group: str) -> int:
    """How many rows a group has."""
    return sum(row.group == group for row in rows)


def kept_rows(world: World, filter: Mapping[str, Any]) -> list[Row] | None:
    """The rows of a filter; None for one that is nested deeper than the form."""
    rows: list[Row] = []
    for part in filter.get("all", ()):
        if "field" in part:
            rows.append(_kept(world, "all", len_of(rows, "all"), part))
        elif set(part) == {"any"} and all("field" in one for one in part["any"]) and not len_of(rows, "any"):
            rows += [_kept(world, "any", place, one) for place, one in enumerate(part["any"])]
        else:
            return None
    for place, part in enumerate(filter.get("any", ())):
        if "field" not in part:
            return None
        rows.append(_kept(world, "any", place, part))
    return rows


def _kept(world: World, group: str, place: int, one: Mapping[str, Any]) -> Row:
    value, unit = one.get("value"), "d"
    if one["op"] in v.WITH_SPAN:
        value, unit = str(value)[:-1], str(value)[-1]
    texts = [str(each) for each in value] if isinstance(value, list) else [] if value is None else [str(value)]
    name = str(one["field"])
    kind = v.kind_of(name, world.fields)
    if kind == v.TAGS:
        texts = [", ".join(texts)]
    elif kind == TicketField.YES_NO:
        texts = ["yes" if value else "no"]
    elif name == "contact" or kind == TicketField.CONTACT:
        texts = [", ".join(_addresses(texts))]
    elif name == "organisation":
        found = Organisation.objects.filter(pk__in=[int(text) for text in texts if text.isdecimal()])
        texts = [", ".join(str(each) for each in found)]
    return make_row(world, group, place, name, str(one["op"]), texts, unit)


def _addresses(ids: Sequence[str]) -> list[str]:
    """An address of each contact."""
    found = Identity.objects.filter(contact_id__in=[int(pk) for pk in ids if pk.isdecimal()], kind=Identity.EMAIL)
    return list(found.order_by("contact_id", "pk").distinct("contact_id").values_list("value", flat=True))


def filter_of(rows: Sequence[Row], world: World, viewer: Viewer) -> dict[str, Any]:
    """The filter that `rows` say; those of "any" stand in a group of their own. What can't be read is left as written,
    for `checked` to refuse."""
    every, some = ([_condition(row, world) for row in rows if row.group == group] for group in GROUPS)
    return {"all": [*every, *([{"any": some}] if some else [])]}


def mark_wrong(rows: Sequence[Row], world: World) -> bool:
    """Have each row whose value can't be kept say so; whether there is one. One statement for each of customers and
    organisations."""
    for row in rows:
        try:
            v.checked({"all": [_condition(row, world)]}, world.fields)
        except Refused:
            unknown = UNKNOWN.get(row.field) if row.text.strip() else None
            row.problem = unknown or WRONG.get(row.widget, "")
    wrong = [row for row in rows if row.problem]
    for row in wrong[:1]:
        row.has_focus = True
    return bool(wrong)


def _condition(row: Row, world: World) -> dict[str, Any]:
    made: dict[str, Any] = {"field": row.field, "op": row.op}
    if row.widget != NONE:
        made["value"] = _value(row, world)
    return made


def _value(row: Row, world: World) -> Any:
    kind = v.kind_of(row.field, world.fields)
    text = row.text.strip()
    if row.widget == SPAN:
        return f"{text}{row.unit}"
    if row.widget == MULTI:
        is_number = row.field in ("priority", "team", "assignee", "follower")
        return [int(one) if is_number and one.isdecimal() else one for one in row.values]
    if row.widget == NUMBER:
        return _number(text)
    if row.widget == YES_NO:
        return text == "yes"
    words = [word.strip() for word in text.split(",") if word.strip()]
    if kind == v.TAGS:
        return [word.lower() for word in words]
    if row.field == "contact" or kind == TicketField.CONTACT:
        addresses = Identity.objects.filter(value__in=[word.lower() for word in words])
        return sorted(set(addresses.values_list("contact_id", flat=True)))
    if row.field == "organisation":
        return list(Organisation.objects.filter(name__in=words).values_list("pk", flat=True))
    return text


def _number(text: str) -> Any:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(found) if found == int(found) else found
