"""The part of search in the settings file: words that mean the same, by their language and first word."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured
from charterdesk.base.keys import Actor
from charterdesk.search.models import Synonyms
from charterdesk.search.synonyms import define_synonyms


def _name(group: Synonyms) -> str:
    return f"{group.language or 'any'}: {group.words[0]}"


def _groups() -> Iterator[Thing]:
    for group in sorted(Synonyms.objects.all(), key=_name):
        yield {"name": _name(group), "language": group.language, "words": group.words}


def _set_group(thing: Thing, by: Actor) -> None:
    known = next((group for group in Synonyms.objects.all() if _name(group) == thing["name"]), None)
    define_synonyms(known, language=thing.get("language", ""), words=thing["words"], by=by)


configured(Section(name="synonyms", key="name", fields=("name", "language", "words"), read=_groups, write=_set_group))
