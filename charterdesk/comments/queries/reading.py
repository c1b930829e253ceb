"""What stands below an article, what waits for somebody to look, and what is new below articles."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from charterdesk.comments.models import Closed, Comment, CommentFollow, CommentReport, CommentVote
from charterdesk.community.models import Profile
from charterdesk.community.models.talk import REMOVED, SHOWN, WAITING
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.people.viewer import Viewer


def comments_on(text: ArticleText, viewer: Viewer) -> QuerySet[Comment]:
    """Those below `text` that `viewer` may read, as they were written; without what was removed. One query."""
    found = Comment.objects.visible_to(viewer).filter(text=text).exclude(state=REMOVED)
    return found.select_related("author", "text__article").order_by("pk")


def newest_below(text: ArticleText, viewer: Viewer) -> QuerySet[Comment]:
    """Those below `text` that everybody sees who may read it, the newest first. One query."""
    found = Comment.objects.visible_to(viewer).filter(text=text, state=SHOWN)
    return found.select_related("author").order_by("-shown_at", "-pk")


def queue() -> QuerySet[Comment]:
    """Comments somebody has to look at: those that wait, and those that readers reported. The oldest first. Two."""
    reported = CommentReport.objects.filter(comment=OuterRef("pk"), ended_at=None)
    found = Comment.objects.exclude(state=REMOVED).filter(Q(state=WAITING) | Exists(reported))
    related = found.select_related("text__article__category", "author").prefetch_related("reports__profile")
    return related.annotate(reported=Count("reports", filter=Q(reports__ended_at=None))).order_by("pk")


def newest_waiting() -> datetime | None:
    """When the newest of what stands in the queue came, or was reported; None while nothing does. Two queries."""
    written = Comment.objects.filter(state=WAITING).aggregate(at=Max("created_at"))["at"]
    open_ones = CommentReport.objects.filter(ended_at=None).exclude(comment__state=REMOVED)
    reported = open_ones.aggregate(at=Max("made_at"))["at"]
    return max((at for at in (written, reported) if at), default=None)


def latest(viewer: Viewer, *, is_mine: bool = False) -> QuerySet[Comment]:
    """What is new below articles, the newest first; `is_mine`: below those `viewer` looks after. One query."""
    found = Comment.objects.visible_to(viewer).exclude(state=REMOVED)
    if is_mine:
        found = found.filter(text__article__owner_id=viewer.agent_id)
    return found.select_related("text__article__category", "author").order_by("-pk")


def removed() -> QuerySet[Comment]:
    """What was removed, the latest first. One query."""
    found = Comment.objects.filter(state=REMOVED).select_related("text__article", "author")
    return found.order_by("-removed_at", "-pk")


def shown_on(text: ArticleText) -> int:
    """How many comments readers see below `text`. One query."""
    return Comment.objects.filter(text=text, state=SHOWN).count()


def follows(profile: Profile | None, text: ArticleText) -> bool:
    """Whether somebody hears of comments below `text`. One query, none for nobody."""
    return profile is not None and CommentFollow.objects.filter(profile=profile, text=text, is_on=True).exists()


def voted_by(profile: Profile | None, comments: Sequence[Comment]) -> set[int]:
    """Which of `comments` somebody found helpful. One query, none for nobody and where nobody voted."""
    voted = [comment.pk for comment in comments if comment.votes]
    if profile is None or not voted:
        return set()
    mine = CommentVote.objects.filter(profile=profile, comment__in=voted)
    return set(mine.values_list("comment_id", flat=True))


def shut(article: str) -> Exists:
    """For a column of a query: whether comments are closed for the article that its column `article` names."""
    return Exists(Closed.objects.filter(article=OuterRef(article)))


def is_shut(category: Category) -> bool:
    """Whether comments are closed for this category itself. One query."""
    return Closed.objects.filter(category=category).exists()
