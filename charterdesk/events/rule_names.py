"""Rules as they are written down: rows by their names, so that a rule means the same on another desk."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.keys import Keyed
from charterdesk.base.refused import Refused
from charterdesk.events.operations import find
from charterdesk.events.rule_fields import RuleField, known_fields

Body = dict[str, Any]
TEAM_FIELD = "ticket.team_id"
Turn = Callable[[RuleField | type[Keyed], Any], Any]


def with_names(body: Mapping[str, Any]) -> Body:
    """A rule's body with names in place of numbers: `team = "Leaks"`, `agent = "agent:Maya Torres"`.

    What is gone keeps its number. A statement for each row named, and one for each list a field chooses from.
    """
    return _turned(body, _name)


def with_numbers(body: Mapping[str, Any]) -> Body:
    """A body that was written with names, as a rule keeps it. Raises `Refused("events.no_such_name")`."""
    return _turned(body, _number)


def _turned(body: Mapping[str, Any], turn: Turn) -> Body:
    fields = known_fields()
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


def _name(what: RuleField | type[Keyed], value: Any) -> Any:
    if isinstance(what, RuleField):
        return dict(what.choices() if what.choices else ()).get(value, value)
    kind, _colon, number = str(value).partition(":")
    row = what._default_manager.filter(pk=int(number)).first() if number.isdecimal() else None
    return f"{kind}:{_called(row, number)}" if row else value


def _called(row: Keyed, number: str) -> str:
    """A row's name; of what has a number of its own, that as people write it; else its key's."""
    own = getattr(row, "number", None)
    return str(getattr(row, "name", number if own is None else f"#{own}"))


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
