"""One search over everything, for everybody: what was found, each thing once, with where it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.people.search import reader_of
from charterdesk.people.viewer import Viewer
from charterdesk.search.findable import kinds as all_kinds
from charterdesk.search.narrowing import EVERYTHING, Narrowing
from charterdesk.search.proposing import bare
from charterdesk.search.queries import Hit, Manner, Results, find
from charterdesk.ui.finding import articles, comments, tickets, topics
from charterdesk.ui.finding.families import Asker, Family, Place

FAMILIES: tuple[Family, ...] = (articles.FAMILY, articles.SOLUTIONS, topics.FAMILY, comments.FAMILY, tickets.FAMILY)
"""All there are, in the order in which people choose among them."""

SHOWN = {kind: family for family in FAMILIES for kind in family.kinds}
"""By kind of document."""

ANSWERS = {kind: least for family in FAMILIES for kind, least in family.answers.items()}
"""Kinds of document that answer a question, those of this quality and more."""


def families_for(viewer: Viewer) -> list[Family]:
    """What `viewer` may narrow a search to."""
    return [each for each in FAMILIES if each.is_for(viewer)]


def kinds_of(codes: Collection[str]) -> tuple[str, ...]:
    """The kinds of some families; () for none, which narrows nothing."""
    return tuple(kind for family in FAMILIES if family.code in codes for kind in family.kinds)


LIFTS = {"quality": _("it helped others"), "recency": _("it is new"), "language": _("it is in your language")}


@dataclass(frozen=True, kw_only=True)
class Found:
    """A hit with its family and its place."""

    hit: Hit
    family: Family
    place: Place

    @property
    def lifts(self) -> list[tuple[Any, int]]:
        """Why it stands higher than its words alone would have it: the reason, and by how many per cent."""
        return [(LIFTS[name], round(100 * part)) for name, part in self.hit.lifts.items()]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a page of results shows. `results` has its cursor, counts and corrections."""

    found: Sequence[Found] = ()
    best: Found | None = None
    results: Results = field(default_factory=Results)

    @property
    def fits(self) -> float:
        """The part of what was asked that the hit which has most of it has; 0 for no hit."""
        return max((each.hit.covers for each in self.everything), default=0.0)

    @property
    def everything(self) -> list[Found]:
        """All hits of the page, the best answer first."""
        return [*([self.best] if self.best else []), *self.found]


def look(words: str, asker: Asker, *, within: Narrowing = EVERYTHING, manner: Manner | None = None) -> Findings:
    """What `asker` may see that has `words`, in one ranking, each thing once, with its place.

    Raises `Refused` for a cursor that is none. At most nine statements: those of a search, one for each kind found.
    """
    if not words.strip():
        return Findings()
    placing = _Placing(asker)
    answers = {} if within.kinds else ANSWERS
    if not within.kinds and not SHOWN.keys() >= set(all_kinds()):
        within = replace(within, kinds=tuple(SHOWN))
    manner = replace(manner or Manner(), is_grouped=True, answers=answers, last_word=placing, language=asker.language)
    results = find(words, reader=reader_of(asker.viewer), within=within, manner=manner)
    return Findings(
        found=[placing.found(hit) for hit in results.hits],
        best=placing.found(results.best) if results.best else None,
        results=results,
    )


class _Placing:
    """Asks each family where its hits are read, and remembers."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.places: dict[str, Place] = {}

    def __call__(self, hits: Sequence[Hit]) -> Collection[str]:
        for family in FAMILIES:
            if mine := [hit for hit in hits if hit.kind in family.kinds]:
                self.places |= family.places(self.asker, mine)
        return self.places.keys()

    def found(self, hit: Hit) -> Found:
        """`hit`, which has a place."""
        return Found(hit=hit, family=SHOWN[hit.kind], place=self.places[hit.source])


MARKS = "\"'„“”«»‚‘’()[]?!¿¡؟،,.;:"


def meant(words: str, corrected: Sequence[tuple[str, str]]) -> str:
    """What `words` would be with their typing errors `corrected`; "" where there were none.

    In small letters where it was typed so: what stands at the head of a sentence somewhere has a capital there.
    """
    right = {bare(wrong): right for wrong, right in corrected}
    said = " ".join(_put_right(word, right) for word in words.split())
    return said if said != words else ""


def _put_right(word: str, right: Mapping[str, str]) -> str:
    """`word`, or the right one in its place, between the same marks."""
    typed = word.strip(MARKS)
    if not (better := right.get(bare(typed))):
        return word
    return word.replace(typed, better.lower() if typed.islower() else better)
