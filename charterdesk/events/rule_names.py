"""Rules as they are written down: rows by their names, so that a rule means the same on another desk."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from charterdesk.base.keys import Keyed
from charterdesk.base.refused import Refused
from charterdesk.events.choices import Lists
from charterdesk.events.conditions import comparisons
from charterdesk.events.operations import find
from charterdesk.events.rule_fields import RuleField, remembered_fields

Body = dict[str, Any]
TEAM_FIELD = "ticket.team_id"
Turn = Callable[[RuleField | type[Keyed], Any], Any]


def with_names(body: Mapping[str, Any]) -> Body:
    """A rule's body with names in place of numbers: `team = "Leaks"`, `agent = "agent:Maya Torres"`.

    What is gone keeps its number. One statement for all rows that its deeds name, one for all that its conditions
    choose from, and those of the desk's own fields.
    """
    lists = Lists()
    fields = remembered_fields(lists)
    asked = {TEAM_FIELD, *(part["field"] for part in comparisons(body.get("if") or {}))}
    lists.read(fields[code].choices for code in asked if code in fields and fields[code].row)
    names = _names_of(body)

    def turn(what: RuleField | type[Keyed], value: Any) -> Any:
        if isinstance(what, RuleField):
            return dict(what.choices() if what.choices else ()).get(value, value)
        return names.get(str(value), value)

    return _turned(body, fields, turn)


def with_numbers(body: Mapping[str, Any]) -> Body:
    """A body that was written with names, as a rule keeps it. Raises `Refused("events.no_such_name")`.

    A statement for each row named, and one for each list a field chooses from.
    """
    return _turned(body, remembered_fields(Lists()), _number)


def _turned(body: Mapping[str, Any], fields: Mapping[str, RuleField], turn: Turn) -> Body:
    turned = dict(body)
    if isinstance(turned.get("then"), list):
        turned["then"] = [_step(step, turn) for step in turned["then"]]
    if isinstance(turned.get("if"), dict):
        turned["if"] = _condition(turned["if"], fields, turn)
    if turned.get("team") is not None and TEAM_FIELD in fields:
        turned["team"] = turn(fields[TEAM_FIELD], turned["team"])
    return turned


def _step(step: Any, turn: Turn) -> Any:
    known = find(str(step.get("operation"))) if isinstance(step, dict) else None
    if known is None or not isinstance(step.get("args"), dict):
        return step
    models = {one.name: one.model for one in known.parameters if one.model}
    args = {name: turn(model, value) if (model := models.get(name)) else value for name, value in step["args"].items()}
    return {**step, "args": args}


def _condition(condition: Any, fields: Mapping[str, RuleField], turn: Turn) -> Any:
    if not isinstance(condition, dict):
        return condition
    for name in ("all", "any"):
        if isinstance(condition.get(name), list):
            return {name: [_condition(part, fields, turn) for part in condition[name]]}
    if "not" in condition:
        return {"not": _condition(condition["not"], fields, turn)}
    field = fields.get(str(condition.get("field")))
    if field is None or not field.row or "value" not in condition:
        return condition
    value = condition["value"]
    turned = [turn(field, one) for one in value] if isinstance(value, list) else turn(field, value)
    return {**condition, "value": turned}


def _names_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What the rows are called that the deeds of a rule name, by key, as `kind:name`. One statement, none for none."""
    wanted: dict[type[Keyed], set[int]] = {}
    for step in body.get("then", ()):
        known = find(step["operation"])
        for one in known.parameters if known else ():
            _kind, _colon, number = str(step.get("args", {}).get(one.name)).partition(":")
            if one.model and number.isdecimal():
                wanted.setdefault(one.model, set()).add(int(number))
    found = (_called(model, numbers) for model, numbers in wanted.items())
    parts = [part for part in found if part is not None]
    if not parts:
        return {}
    return {f"{kind}:{pk}": f"{kind}:{name}" for kind, pk, name in parts[0].union(*parts[1:], all=True)}


def _called(model: type[Keyed], numbers: Iterable[int]) -> QuerySet[Any, tuple[str, int, str]] | None:
    """Rows by kind and number with their names; those that have a number of their own, with that as people write it.
    None of a kind without either.
    """
    fields = {field.name for field in model._meta.get_fields()}
    if not fields & {"name", "number"}:
        return None
    name: Any = F("name") if "name" in fields else Concat(Value("#"), Cast("number", TextField()))
    rows = model._default_manager.filter(pk__in=numbers).order_by().annotate(
        row_kind=Value(model._meta.model_name), row_called=Cast(name, TextField())
    )  # fmt: skip
    called: QuerySet[Any, tuple[str, int, str]] = rows.values_list("row_kind", "pk", "row_called")
    return called


def _number(what: RuleField | type[Keyed], value: Any) -> Any:
    if isinstance(what, RuleField):
        if isinstance(value, int):
            return value
        known = {str(name): pk for pk, name in (what.choices() if what.choices else ())}
        if value not in known:
            raise _unknown(value)
        return known[value]
    kind, _colon, name = str(value).partition(":")
    if name.isdecimal() or "{" in name or not name:
        return value
    by, wanted = ("number", name[1:]) if name.startswith("#") and name[1:].isdecimal() else ("name", name)
    fields = {field.name for field in what._meta.get_fields()}
    row = what._default_manager.filter(**{by: wanted}).first() if by in fields else None
    if row is None:
        raise _unknown(name)
    return f"{kind}:{row.pk}"


def _unknown(name: Any) -> Refused:
    return Refused("events.no_such_name", _("There is no “%(name)s” here.") % {"name": name})
