"""The set-up of a desk as one file, and back: what would change is known, and tried, before anything does.

A file says what shall be; what it does not name stays as it is, so that half a file changes half a desk.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from charterdesk.base.configured import Section, Thing, sections
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.records.toml import without_nothing, write_toml

FORMAT = 1
VERSION = "charterdesk"
_HEAD = """\
# The set-up of a charterdesk: keep it under version control, change it here or in the workspace.
# Reading it in again changes what differs and adds what is missing; what the file does not name stays.

"""


class BadSettings(Exception):
    """The file can't be used; the text says where and why, for people. Nothing was changed."""


@dataclass(frozen=True)
class Change:
    """One thing that would be new (`before` is empty) or become something else; values are before and after."""

    section: str
    key: str
    is_new: bool
    fields: dict[str, tuple[Any, Any]]
    wanted: Thing


@dataclass
class Plan:
    """What a file would do."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    only_here: list[tuple[str, str]] = field(default_factory=list)


def write_settings() -> str:
    """The whole set-up as TOML, the same for the same set-up. Some statements for each section."""
    data = {name: [_ordered(section, thing) for thing in section.read()] for name, section in sections().items()}
    return _HEAD + write_toml({VERSION: FORMAT, **{name: things for name, things in data.items() if things}})


def plan_settings(text: str) -> Plan:
    """What the file `text` would change. Raises `BadSettings` for what is no such file."""
    plan = Plan()
    for section, wanted in _things(text):
        here = {str(thing[section.key]): without_nothing(thing) for thing in section.read()}
        for key, thing in wanted.items():
            _compare(plan, section, key, here.get(key), thing)
        plan.only_here += [(section.name, key) for key in here if key not in wanted]
    return plan


def try_settings(plan: Plan, *, by: Actor) -> None:
    """Carry `plan` out and take it back: raises `BadSettings` where carrying it out would."""
    with transaction.atomic():
        apply_settings(plan, by=by)
        transaction.set_rollback(True)


@transaction.atomic
def apply_settings(plan: Plan, *, by: Actor) -> None:
    """Make what differs what the file says, all of it or nothing. Raises `BadSettings`."""
    known = sections()
    for change in plan.changes:
        try:
            known[change.section].write(change.wanted, by)
        except Refused as refused:
            raise BadSettings(f"[[{change.section}]] “{change.key}”: {refused.message}") from refused
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, DataError, IntegrityError) as error:
            said = _("a value is missing or of the wrong kind (%(error)s).") % {"error": _shown(error)}
            raise BadSettings(f"[[{change.section}]] “{change.key}”: {said}") from error


def _shown(error: Exception) -> Exception | str:
    """What is said of `error`: what the database adds below its first line is the whole row."""
    return str(error).partition("\n")[0] if isinstance(error, DatabaseError) else error


def _compare(plan: Plan, section: Section, key: str, here: Thing | None, wanted: Thing) -> None:
    if here is None:
        fields = {name: ("", value) for name, value in wanted.items() if name != section.key}
        plan.changes.append(Change(section.name, key, True, fields, wanted))
        return
    differing = [name for name, value in wanted.items() if here.get(name) != value]
    differing += [name for name in section.else_differs(wanted) if name not in differing]
    if not differing:
        plan.same += 1
        return
    fields = {name: (here.get(name, ""), wanted.get(name, "")) for name in differing}
    plan.changes.append(Change(section.name, key, False, fields, {**here, **wanted}))


def _things(text: str) -> Iterable[tuple[Section, dict[str, Thing]]]:
    """The sections of the file in the order in which they are written, their things by key."""
    data = _read(text)
    known = sections()
    if unknown := sorted(set(data) - {*known, VERSION}):
        raise BadSettings(_("This version knows no section %(names)s.") % {"names": ", ".join(unknown)})
    for name, section in known.items():
        if name in data:
            yield section, _by_key(section, data[name])


def _read(text: str) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(_("This is no TOML: %(error)s") % {"error": error}) from error
    version = data.get(VERSION)
    if not isinstance(version, int):
        raise BadSettings(_("This is no settings file: it does not say charterdesk = 1."))
    if version > FORMAT:
        raise BadSettings(_("This file was written by a later version. Install that, or export it again from there."))
    return data


def _by_key(section: Section, things: Any) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    if not isinstance(things, list) or not all(isinstance(thing, dict) for thing in things):
        raise BadSettings(_("Write each of %(name)s under [[%(name)s]].") % {"name": section.name})
    for thing in things:
        key = str(thing.get(section.key, ""))
        if not key:
            said = _("each of [[%(section)s]] needs “%(key)s”.") % {"section": section.name, "key": section.key}
            raise BadSettings(said)
        if unknown := sorted(set(thing) - set(section.fields)):
            said = _("[[%(section)s]] “%(key)s”: it has no %(names)s.")
            raise BadSettings(said % {"section": section.name, "key": key, "names": ", ".join(unknown)})
        if key in found:
            raise BadSettings(
                _("[[%(section)s]] “%(key)s” stands there twice.") % {"section": section.name, "key": key}
            )
        found[key] = thing
    return found


def _ordered(section: Section, thing: Thing) -> Thing:
    return {name: thing[name] for name in section.fields}
