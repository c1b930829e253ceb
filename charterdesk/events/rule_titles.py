"""What the rules that we bring are called for whoever reads: in their language, as long as nobody renamed them."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

_titles: list[Promise] = []


def rule_titles(*titles: Promise) -> None:
    """Know `titles` of rules that we bring, wherever they are kept in one of our languages."""
    _titles.extend(titles)
    _by_name.cache_clear()


def title_of(name: str) -> str:
    """What a rule that is kept as `name` is called in the language that is active; a name of somebody's own stays."""
    return str(_by_name().get(name, name))


@cache
def _by_name() -> dict[str, Promise]:
    """The titles by what they are in each language, the language they are written in first."""
    found: dict[str, Promise] = {}
    for language in (None, *dict(settings.LANGUAGES)):
        with translation.override(language):
            for title in _titles:
                found.setdefault(str(title), title)
    return found
