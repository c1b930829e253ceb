"""How what was found is shown: each family of documents says where its hits are read, and what they are called.

A family is what shares the first part of the key that its documents belong to: a ticket and its messages are one, an
article in all its languages. A new one is a module here and a line in `looking.FAMILIES`; every search page, the
palette and the API show it then. `places` has the last word on who may see what: it starts from `visible_to`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer
from charterdesk.search.queries import Hit


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who searches, and where: `brand` is that of the page, `language` what they read."""

    viewer: Viewer
    brand: Brand | None = None
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a hit is read. `title` stands in where the hit has none; `note` says in a line what it belongs to.

    `thing` is for the family's own template.
    """

    url: str
    title: str = ""
    note: str = ""
    thing: Any = None


Places = Callable[[Asker, Sequence[Hit]], Mapping[str, Place]]
"""Where hits of one family are read, by source; who may not read one gets no place for it. A statement a kind."""


def _everybody(_viewer: Viewer) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Family:
    """Documents that are shown alike.

    `code` is the first part of the key they belong to. `name` is for one, `names` for many. `answers` are those of
    its kinds that may be lifted as the best answer, with the least quality that makes one an answer. `scope` lets
    programs read it. `template` shows what stands under a hit, with `place.thing`.
    `is_for` says to whom it is offered when they narrow a search.
    """

    code: str
    kinds: Sequence[str]
    name: Any
    names: Any
    icon: str
    places: Places
    scope: str
    answers: Mapping[str, float] = field(default_factory=dict)
    template: str = "ui/found_note.html"
    is_for: Callable[[Viewer], bool] = _everybody
