"""What waits for staff: posts to look at, questions nobody answered."""

from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from charterdesk.community.belongings import newest_elsewhere
from charterdesk.community.models import ForumProposal, Post, PostReport, Profile, Topic
from charterdesk.community.models.talk import REMOVED, WAITING


def queue() -> QuerySet[Post]:
    """Posts somebody has to look at: those that wait, and those that readers reported. The oldest first. One query."""
    reported = PostReport.objects.filter(post=OuterRef("pk"), ended_at=None)
    found = Post.objects.exclude(state=REMOVED).filter(Q(state=WAITING) | Exists(reported))
    related = found.select_related("topic__forum", "author").prefetch_related("reports__profile", "files")
    return related.annotate(reported=Count("reports", filter=Q(reports__ended_at=None))).order_by("pk")


def newest_waiting() -> datetime | None:
    """When the newest of what stands in the queue came, or was reported; None while nothing does.

    Two queries, and those of queues elsewhere.
    """
    written = Post.objects.filter(state=WAITING).aggregate(at=Max(Greatest("created_at", "edited_at")))["at"]
    reported = PostReport.objects.filter(ended_at=None).exclude(post__state=REMOVED).aggregate(at=Max("made_at"))["at"]
    return max((at for at in (written, reported, *newest_elsewhere()) if at), default=None)


def proposals() -> QuerySet[ForumProposal]:
    """Forums that were proposed: open ones first, the oldest of them at the top, then the latest decided. One query."""
    found = ForumProposal.objects.select_related("author", "forum").annotate(is_open=Q(state=ForumProposal.OPEN))
    return found.order_by("-is_open", "decided_at", "pk")


def unanswered() -> QuerySet[Topic]:
    """Questions and ideas of customers that nobody answered yet, the oldest first. One query."""
    asked = Topic.objects.shown().filter(answers=0, is_locked=False, author__agent=None)
    return asked.exclude(kind=Topic.ANNOUNCEMENT).select_related("forum", "author").order_by("created_at", "pk")


def unsettled() -> QuerySet[Topic]:
    """Questions that were answered, and no answer accepted; what was talked about last comes first. One query."""
    found = Topic.objects.shown().filter(kind=Topic.QUESTION, accepted=None, answers__gt=0, is_locked=False)
    return found.select_related("forum", "author").order_by("-last_at", "-pk")


def removed() -> QuerySet[Post]:
    """What was removed, the latest first. One query."""
    return Post.objects.filter(state=REMOVED).select_related("topic__forum", "author").order_by("-removed_at", "-pk")


def blocked() -> QuerySet[Profile]:
    """Who may not write. One query."""
    return Profile.objects.filter(blocked_at__isnull=False).order_by("-blocked_at")


def counts() -> tuple[int, int]:
    """How many posts wait, and how many topics nobody answered. Two queries."""
    return queue().count(), unanswered().count()
