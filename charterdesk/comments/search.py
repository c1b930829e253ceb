"""What of comments is findable, and by whom: what readers see, for whom the article is."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from charterdesk.comments.events import (
    CommentEndorsed,
    CommentEvent,
    CommentHeld,
    CommentRemoved,
    CommentRestored,
    CommentShown,
    CommentUnendorsed,
)
from charterdesk.comments.models import Comment
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.reactions import react
from charterdesk.knowledge.events import (
    ArticleMoved,
    ArticlePublished,
    ArticleTextEvent,
    ArticleWithdrawn,
    CategoryChanged,
)
from charterdesk.knowledge.search import AUDIENCE
from charterdesk.people.viewer import Viewer
from charterdesk.search.findable import Findable, register
from charterdesk.search.index import note

KIND = "comment"
_COMMENTS = f"""
    SELECT comment.id, 'comments:' || comment.text_id AS parent, {AUDIENCE},
           text.language, text.title AS title, comment.words AS body,
           ARRAY[]::text[] AS reference, comment.created_at AS created_at,
           CASE WHEN comment.is_official THEN 0.9 ELSE comment.votes / (comment.votes + 5.0) END AS quality
      FROM comments_comment AS comment
      JOIN knowledge_articletext AS text ON text.id = comment.text_id
      JOIN knowledge_article AS article ON article.id = text.article_id
      JOIN knowledge_category AS category ON category.id = article.category_id
     WHERE comment.state = 'shown' AND text.is_live
"""


def _visible(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    return Comment.objects.visible_to(viewer).filter(state=SHOWN, pk__in=ids).values_list("pk", flat=True)


COMMENTS = register(
    Findable(kind=KIND, select=_COMMENTS, table="comments_comment", usual_words=40, visible=_visible, has_quality=True)
)


def _note(where: Q) -> None:
    note(*(f"{KIND}:{pk}" for pk in Comment.objects.filter(where).values_list("pk", flat=True)))


@react(CommentShown, CommentHeld, CommentRemoved, CommentRestored, CommentEndorsed, CommentUnendorsed)
def index_comment(event: CommentEvent) -> None:
    """It is found as it stands now."""
    note(f"{KIND}:{event.comment_id}")


@react(ArticlePublished, ArticleWithdrawn)
def index_with_text(event: ArticleTextEvent) -> None:
    """They come and go with what they stand below, and are called as it is."""
    _note(Q(text=event.text_id))


@react(ArticleMoved)
def index_with_article(event: ArticleMoved) -> None:
    """Others may find them now."""
    _note(Q(text__article=event.article_id))


@react(CategoryChanged)
def index_with_category(event: CategoryChanged) -> None:
    """Others may find what was said below what stands there, and on the shelves within."""
    if event.has_new_audience:
        category = event.category_id
        _note(Q(text__article__category=category) | Q(text__article__category__parent=category))
