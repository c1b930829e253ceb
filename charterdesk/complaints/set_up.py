"""The part of complaints in the settings file: who decides them, by the name in English or the first there is."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, given, named, values_of
from charterdesk.base.keys import Actor
from charterdesk.complaints.levels import FIELDS, define_level
from charterdesk.complaints.models import Level
from charterdesk.people.models import Team


def _key(level: Level) -> str:
    names: dict[str, str] = level.names
    return str(names.get("en") or next(iter(names.values()), ""))


def _levels() -> Iterator[Thing]:
    for level in Level.objects.filter(is_active=True).select_related("team"):
        yield {"name": _key(level), **values_of(level, FIELDS)}


def _set_level(thing: Thing, by: Actor) -> None:
    known = next((level for level in Level.objects.all() if _key(level) == thing["name"]), None)
    wanted = given(thing, "name", "team")
    if "team" in thing:
        wanted["team"] = named(Team, thing["team"])
    wanted.setdefault("names", {"en": thing["name"]} if known is None else known.names)
    define_level(known, by=by, **wanted)


configured(Section(name="complaint_levels", key="name", fields=("name", *FIELDS), read=_levels, write=_set_level))
