"""Articles and shared solutions to give to a customer, found while somebody writes."""

from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.search import KIND, SOLUTION
from charterdesk.people.search import reader_of
from charterdesk.people.viewer import Viewer
from charterdesk.search.queries import search

OFFERED, LEAST = 5, 3


def found_articles(viewer: Viewer, words: str, *, limit: int = OFFERED, language: str = "") -> list[ArticleText]:
    """Articles `viewer` may read that have these words, best first.

    No statement for less than three letters, else some four.
    """
    if len(words.strip()) < LEAST:
        return []
    hits = search(
        words,
        reader=reader_of(viewer),
        kinds=(KIND, SOLUTION),
        language=language or viewer.language,
        limit=limit,
        is_typing=True,
    ).hits
    texts = ArticleText.objects.visible_to(viewer).live().select_related("article").defer("body", "text")
    known = texts.in_bulk([hit.id for hit in hits])
    return [known[hit.id] for hit in hits if hit.id in known]
