"""What the rows are called that rules name: those of a whole page in one statement."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from charterdesk.base.keys import Keyed
from charterdesk.events.conditions import comparisons
from charterdesk.events.models import Rule, Webhook
from charterdesk.events.rule_fields import FieldsByCode
from charterdesk.events.rule_titles import title_of
from charterdesk.notices.models import Component
from charterdesk.notices.models.status import in_language
from charterdesk.people.models import Agent, Organisation, Team
from charterdesk.tickets.models import Macro, Template, Ticket
from charterdesk.tickets.models.templates import PREFIX

Names = Mapping[str, str]
Body = Mapping[str, Any]


class _Kind(NamedTuple):
    """How rows of a kind are found and called; `says` makes words of what is kept."""

    rows: Callable[[list[str]], QuerySet[Any]]
    called: Combinable
    key: Combinable = F("pk")
    says: Callable[[str], str] = str


def _numbered(model: type[Keyed]) -> Callable[[list[str]], QuerySet[Any]]:
    return lambda keys: model._default_manager.filter(
        pk__in=[int(one) for one in keys if one.isdecimal() and len(one) < 19]
    )


def _in_words(names: str) -> str:
    return in_language(json.loads(names))


OWN = PREFIX.removesuffix(":")
KINDS: Mapping[str, _Kind] = {
    **{model._meta.model_name or "": _Kind(_numbered(model), F("name")) for model in (Agent, Team, Macro, Webhook)},
    "rule": _Kind(_numbered(Rule), F("name"), says=title_of),
    "organisation": _Kind(_numbered(Organisation), F("name")),
    "ticket": _Kind(_numbered(Ticket), Concat(Value("#"), Cast("number", CharField()))),
    "component": _Kind(_numbered(Component), Cast("names", TextField()), says=_in_words),
    OWN: _Kind(lambda codes: Template.objects.filter(code__in=codes), F("name"), key=F("code")),
}
_KEY = re.compile(rf"({'|'.join(KINDS)}):([\w-]{{1,60}})")


def names_in(bodies: Iterable[Body], *, also: Iterable[str] = ()) -> Names:
    """What the rows are called that rules which say `bodies` name, and those whose keys are in `also`, by key. One
    statement, none where there are none.
    """
    wanted: dict[str, set[str]] = {}
    for key in {*also, *(key for body in bodies for key in _keys_of(body))}:
        if found := _KEY.fullmatch(key):
            wanted.setdefault(found[1], set()).add(found[2])
    rows = [_rows_of(kind, numbers) for kind, numbers in wanted.items()]
    if not rows:
        return {}
    every = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {f"{kind}:{key}": KINDS[kind].says(called) for kind, key, called in every}


def _rows_of(kind: str, numbers: Iterable[str]) -> QuerySet[Any, tuple[str, str, str]]:
    known = KINDS[kind]
    rows = known.rows(list(numbers)).order_by().annotate(
        row_kind=Value(kind), row_key=Cast(known.key, TextField()), row_called=Cast(known.called, TextField())
    )  # fmt: skip
    named: QuerySet[Any, tuple[str, str, str]] = rows.values_list("row_kind", "row_key", "row_called")
    return named


def _keys_of(body: Body) -> Iterator[str]:
    if body.get("team"):
        yield f"team:{body['team']}"
    for step in body.get("then") or ():
        yield from (value for value in step.get("args", {}).values() if isinstance(value, str))
    yield from _asked(body.get("if") or {}, FieldsByCode())


def _asked(condition: Mapping[str, Any], fields: FieldsByCode) -> Iterator[str]:
    """The rows that a condition compares with."""
    for part in comparisons(condition):
        field = fields.get(part["field"]) if part["field"].endswith("_id") else None
        if field and field.row:
            value = part.get("value")
            yield from (f"{field.row}:{one}" for one in (value if isinstance(value, list) else [value]))
