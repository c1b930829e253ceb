"""What of the set-up goes into the settings file: each package says it for its own, in its `records.py`.

A section is a list of things with a name of their own ("teams"). A thing is plain data as TOML holds it: texts,
numbers, yes and no, lists and tables of these. Rows it refers to are named by their names, never by numbers, so that
the file means the same on another desk. Secrets stand there as placeholders, and are read from the environment.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused

Thing = dict[str, Any]
M = TypeVar("M", bound=models.Model)
SECRET = "DESK_SECRET_"
"""Placeholders name variables of the environment; only those that begin so, as no others are meant for it."""
_PLACEHOLDER = re.compile(r"\$\{(DESK_SECRET_[A-Z0-9_]+)\}")


def nothing_else(_thing: Thing) -> Sequence[str]:
    """All that may differ can be seen by comparing."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of thing in the file.

    `read` gives all of them in a stable order, each with every one of its `fields`. `write` makes a thing what it
    says: one that is there by its `key`, or a new one; it is called in a transaction, after the sections registered
    before, and raises `Refused`. `else_differs` names fields whose change can't be seen in the file, such as secrets;
    `names_others` has it come after all sections that do not, whichever are registered later.
    """

    name: str
    key: str
    fields: Sequence[str]
    read: Callable[[], Iterable[Thing]]
    write: Callable[[Thing, Actor], None]
    else_differs: Callable[[Thing], Sequence[str]] = nothing_else
    names_others: bool = False


_sections: dict[str, Section] = {}


def configured(section: Section) -> None:
    """Have `section` in the settings file, after those that were registered before."""
    _sections[section.name] = section


def sections() -> dict[str, Section]:
    """All sections by name, in the order in which they are written."""
    return dict(sorted(_sections.items(), key=lambda one: one[1].names_others))


def values_of(row: models.Model, fields: Iterable[str]) -> Thing:
    """`fields` of a row; a row it refers to by how it is written (`str`), nothing as ""."""
    return {name: _plain(getattr(row, name)) for name in fields}


def named(model: type[M], name: str, *, field: str = "name") -> M | None:
    """The row called `name`, None for "". Raises `Refused("configured.no_such")`. One query."""
    if not name:
        return None
    found = model._default_manager.filter(**{field: name}).first()
    if found is None:
        message = _("There is no “%(name)s” here. Name something that is there, or add it to the file.") % {
            "name": name
        }
        raise Refused("configured.no_such", message)
    return found


def given(thing: Mapping[str, Any], *but: str) -> Thing:
    """What a thing says, but for some fields."""
    return {name: value for name, value in thing.items() if name not in but}


def placeholder(*words: str) -> str:
    """What stands in the file for a secret: `${DESK_SECRET_LEAKS_BOX_PASSWORD}` for "Leaks box", "password"."""
    return f"${{{SECRET}{'_'.join(re.sub(r'[^A-Z0-9]+', '_', word.upper()).strip('_') for word in words)}}}"


def opened(text: str) -> str | None:
    """The secret whose placeholder `text` is; None where its variable is not set, or where it is no placeholder."""
    match = _PLACEHOLDER.fullmatch(text)
    return os.environ.get(match[1]) if match else None


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value)
    return list(value) if isinstance(value, tuple | set) else value
