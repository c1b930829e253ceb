"""What a condition can ask by form: every field with its name in words, its kind, and what can be chosen.

Packages register their fields beside the facts they give. A rule written as text may ask any field of a known source;
forms offer these.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from charterdesk.events.choices import Choices, Lists

TEXT, WORDS, NUMBER, CHOICE, TAGS, LIST, YES_NO = "text", "words", "number", "choice", "tags", "list", "yes_no"
"""Tags are lists in small letters; other lists keep theirs."""


@dataclass(frozen=True, kw_only=True)
class RuleField:
    """One field: `code` is `source.name`, `group` says what it is of; `choices` are asked for when a form is shown.

    `row`: its values are numbers of rows of that kind ("team"), which a text names by their names. `is_said`: its
    values are words already, and need no look-up.
    """

    code: str
    label: Any
    group: Any
    kind: str = TEXT
    choices: Callable[[], Choices] | None = None
    row: str = ""
    is_said: bool = False


Find = Callable[[], Iterable[RuleField]]
_fields: dict[str, RuleField] = {}
_more: dict[tuple[str, ...], Find] = {}


def rule_fields(*fields: RuleField) -> None:
    """Offer `fields` in conditions."""
    _fields.update({field.code: field for field in fields})


def more_rule_fields(*sources: str) -> Callable[[Find], Find]:
    """Offer what the function below gives, asked each time a form is shown: fields of these sources, which the desk
    defined itself.
    """

    def register(find: Find) -> Find:
        _more[sources] = find
        return find

    return register


def known_fields() -> dict[str, RuleField]:
    """All fields by code, in the order they were registered. Costs what those of the desk's own do."""
    return {**_fields, **{field.code: field for find in _more.values() for field in find()}}


def remembered_fields(lists: Lists) -> dict[str, RuleField]:
    """As `known_fields`, for one page, which chooses from `lists`."""
    return {
        code: replace(field, choices=lists.keep(field.choices)) if field.choices else field
        for code, field in known_fields().items()
    }


class FieldsByCode:
    """Fields looked up one by one: those of the desk's own are asked for once, where one of their source is wanted."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], dict[str, RuleField]] = {}

    def get(self, code: str) -> RuleField | None:
        """The field of that code. No statement for one that every desk has."""
        source = code.partition(".")[0]
        for sources, find in _more.items():
            if source in sources:
                if sources not in self._found:
                    self._found[sources] = {field.code: field for field in find()}
                return self._found[sources].get(code)
        return _fields.get(code)
