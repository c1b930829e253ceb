"""What of the help centre is findable, and by whom: each language's text as readers see it, and nothing else.

Solutions are a kind of their own, so that people can look for them alone.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q

from charterdesk.events.reactions import react
from charterdesk.knowledge.events import (
    ArticleMoved,
    ArticlePublished,
    ArticleRated,
    ArticleWithdrawn,
    CategoryChanged,
)
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.viewer import Viewer
from charterdesk.search.findable import UNSHOWN, Findable, register
from charterdesk.search.index import note

KIND, SOLUTION = "articletext", "solution"
AUDIENCE = """
           ARRAY['staff'] || CASE
               WHEN category.audience = 'staff' THEN ARRAY[]::text[]
               WHEN category.audience = 'signed-in' AND article.audience = 'public' THEN ARRAY['signed-in']
               ELSE CASE article.audience
               WHEN 'public' THEN ARRAY['public', 'signed-in']
               WHEN 'signed-in' THEN ARRAY['signed-in']
               WHEN 'organisation' THEN (SELECT array_agg('o:' || pk) FROM unnest(article.organisation_ids) AS pk)
               ELSE ARRAY[]::text[] END END AS audience
"""
"""Who reads an article, in SQL that names its rows `article` and `category`."""

_TEXTS = """
    SELECT text.id, '%(family)s:' || text.article_id AS parent,
           %(audience)s,
           text.language, text.title AS title,
           concat_ws(E'\n', nullif(text.summary, ''), nullif(text.text, ''),
                     '%(unshown)s' || nullif(array_to_string(article.labels, ' '), '')) AS body,
           ARRAY[]::text[] AS reference, text.published_at AS created_at,
           text.helpful / (text.helpful + text.unhelpful + 3.0) AS quality
      FROM knowledge_articletext AS text
      JOIN knowledge_article AS article ON article.id = text.article_id
      JOIN knowledge_category AS category ON category.id = article.category_id
     WHERE text.is_live AND (article.kind = 'solution') = %(is_solution)s
"""


def _visible(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    return ArticleText.objects.visible_to(viewer).live().filter(pk__in=ids).values_list("pk", flat=True)


def _findable(kind: str, family: str, usual_words: int) -> Findable:
    given = {"audience": AUDIENCE, "family": family, "unshown": UNSHOWN, "is_solution": str(kind == SOLUTION).lower()}
    select = _TEXTS % given
    return Findable(
        kind=kind,
        select=select,
        table="knowledge_articletext",
        usual_words=usual_words,
        visible=_visible,
        has_quality=True,
    )


TEXTS = register(_findable(KIND, "article", 150))
SOLUTIONS = register(_findable(SOLUTION, "solution", 60))


def _note(*text_ids: int) -> None:
    """Have the texts indexed anew, whether articles or solutions: what is not of a kind has no row in its select."""
    note(*(f"{kind}:{pk}" for pk in text_ids for kind in (KIND, SOLUTION)))


@react(ArticlePublished)
def index_published(event: ArticlePublished) -> None:
    """Readers find what they may read now."""
    _note(event.text_id)


@react(ArticleWithdrawn)
def forget_withdrawn(event: ArticleWithdrawn) -> None:
    """Nobody finds it any more."""
    _note(event.text_id)


@react(ArticleRated)
def weigh_rated(event: ArticleRated) -> None:
    """What helped others comes a little earlier."""
    _note(event.text_id)


@react(ArticleMoved)
def index_moved(event: ArticleMoved) -> None:
    """Others may find it now; its labels may be new."""
    _note(*ArticleText.objects.filter(article=event.article_id).values_list("pk", flat=True))


@react(CategoryChanged)
def index_of_category(event: CategoryChanged) -> None:
    """Others may find what stands on it now, and on the shelves within."""
    if not event.has_new_audience:
        return
    here = Q(article__category=event.category_id) | Q(article__category__parent=event.category_id)
    texts = ArticleText.objects.live().filter(here)
    _note(*texts.values_list("pk", flat=True))
