"""What a condition can ask by form: every field with its name in words, its kind, and what can be chosen.

Packages register their fields beside the facts they give. A rule written as text may ask any field of a known source;
forms offer these.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

TEXT, WORDS, NUMBER, CHOICE, TAGS, YES_NO = "text", "words", "number", "choice", "tags", "yes_no"
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True)
class RuleField:
    """One field: `code` is `source.name`, `group` says what it is of; `choices` are asked for when a form is shown.

    `is_row`: its values are numbers of rows, which a text names by their names.
    """

    code: str
    label: Any
    group: Any
    kind: str = TEXT
    choices: Callable[[], Choices] | None = None
    is_row: bool = False


_fields: dict[str, RuleField] = {}
_more: list[Callable[[], Iterable[RuleField]]] = []


def rule_fields(*fields: RuleField) -> None:
    """Offer `fields` in conditions."""
    _fields.update({field.code: field for field in fields})


def more_rule_fields(find: Callable[[], Iterable[RuleField]]) -> None:
    """Offer what `find` gives, asked each time a form is shown: fields that the desk defined itself."""
    _more.append(find)


def known_fields() -> dict[str, RuleField]:
    """All fields by code, in the order they were registered. Costs what those of the desk's own do."""
    return {**_fields, **{field.code: field for find in _more for field in find()}}
