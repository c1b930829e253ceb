"""Where a next page begins: the place of the last hit, and the counts the ranking used, so that it stays the same.

Sealed, for the counts and the words guessed at come from everybody's documents, whoever asked.
"""

import msgspec
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.base.sealed import seal, unseal
from charterdesk.search.meanings import dimensions
from charterdesk.search.plan import BUDGET, STEPS, Term
from charterdesk.search.words import Question

LISTS = "search"


class Place(msgspec.Struct, frozen=True):
    """After which hit to go on: `score` is None once the ranked ones are through and the rest comes, newest first."""

    score: float | None
    id: int
    question: Question


def write_cursor(place: Place) -> str:
    """`place` as text for a URL."""
    return seal(msgspec.msgpack.encode(place), of=LISTS)


def read_cursor(text: str) -> Place:
    """The place of a cursor. It decides only where a page begins, never what is seen. Raises `Refused`.

    One of a former version, whose limits or vectors were others, is none any more.
    """
    try:
        place = msgspec.msgpack.decode(unseal(text, of=LISTS), type=Place)
    except (msgspec.MsgspecError, ValueError):
        raise _bad() from None
    question = place.question
    if not 0 < question.places <= BUDGET:
        raise _bad()
    if question.meaning and len(question.meaning) != dimensions():
        raise _bad()
    if not all(_is_sound(term) for term in question.terms) or not all(0 < m < 1e6 for m in question.lengths.values()):
        raise _bad()
    if not all(name.strip() for name in question.references):
        raise _bad()
    return place


def _is_sound(term: Term) -> bool:
    has_words = all(lexeme.strip() for lexeme in term.lexemes)
    return len(term.documents) == STEPS and bool(term.by_language) and min(term.documents) >= 0 and has_words


def _bad() -> Refused:
    return Refused("search.bad_cursor", _("This page of results can't be found any more. Please search again."))
