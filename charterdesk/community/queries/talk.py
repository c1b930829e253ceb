"""What readers browse: forums with how much is there, topics in lists, one topic with its posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from charterdesk.community.models import Follow, Forum, ForumFollow, Post, Profile, Topic, Vote
from charterdesk.community.models.talk import SHOWN
from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer

LATEST, ACTIVE, VOTED, OPEN = "latest", "active", "votes", "open"
ORDERS = (ACTIVE, LATEST, VOTED, OPEN)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which topics a list shows, and how; "" means any. `order` is active, latest, votes, or open (no answer yet)."""

    kind: str = ""
    tag: str = ""
    order: str = ACTIVE


def forums_for(viewer: Viewer, brand: Brand | None) -> QuerySet[Forum]:
    """The forums `viewer` may read on the pages of `brand`, in order, each with its topics and when somebody wrote
    last. One query."""
    stands = Q(topics__state=SHOWN, topics__merged_into=None)
    found = Forum.objects.visible_to(viewer).shown_on(brand, viewer).order_by("position", "pk")
    return found.annotate(count=Count("topics", filter=stands), latest=Max("topics__last_at", filter=stands))


def topics_for(viewer: Viewer, asked: Asked, brand: Brand | None, forum: Forum | None = None) -> QuerySet[Topic]:
    """The topics that were asked for on the pages of `brand`, pinned ones first within their forum. One query, without
    the posts."""
    found = Topic.objects.visible_to(viewer).shown_on(brand, viewer).shown().select_related("author", "forum")
    if forum is not None:
        found = found.filter(forum=forum)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.tag:
        found = found.filter(tags__contains=[asked.tag])
    if asked.order == OPEN:
        found = found.filter(kind=Topic.QUESTION, accepted=None, is_locked=False)
    places = {LATEST: ["-created_at"], VOTED: ["-votes", "-last_at"]}.get(asked.order, ["-last_at"])
    pinned = ["-is_pinned"] if forum is not None and asked.order != OPEN else []
    return found.order_by(*pinned, *places, "-pk")


def with_extract(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Each with the text of its first post as `extract`."""
    first = Post.objects.filter(topic=OuterRef("pk"), is_first=True)
    return topics.annotate(extract=Subquery(first.values("text")[:1]))


def first_of(topic: Topic, viewer: Viewer) -> Post | None:
    """The post that opens `topic`. Two queries."""
    return posts_of(topic, viewer).filter(is_first=True).first()


def posts_of(topic: Topic, viewer: Viewer) -> QuerySet[Post]:
    """The posts of `topic` for `viewer`: the first, then the accepted answer, official ones, and the others in order.

    Two queries: posts with their writers, and their files.
    """
    found = Post.objects.visible_to(viewer).filter(topic=topic).select_related("author").prefetch_related("files")
    return found.annotate(accepted_first=Q(pk=topic.accepted_id or 0)).order_by(
        "-is_first", F("accepted_first").desc(), "-is_official", "pk"
    )


def voted_by(profile: Profile | None, posts: Sequence[Post]) -> set[int]:
    """Which of `posts` somebody found good. One query, none for nobody."""
    if profile is None:
        return set()
    return set(Vote.objects.filter(profile=profile, post__in=posts).values_list("post_id", flat=True))


def follows(profile: Profile | None, topic: Topic) -> bool:
    """Whether somebody hears of `topic`. One query, none for nobody."""
    return profile is not None and Follow.objects.filter(profile=profile, topic=topic, is_on=True).exists()


def follows_forum(profile: Profile | None, forum: Forum) -> bool:
    """Whether somebody hears of every new topic of `forum`. One query, none for nobody."""
    return profile is not None and ForumFollow.objects.filter(profile=profile, forum=forum).exists()


def said_by(profile: Profile, viewer: Viewer, brand: Brand | None) -> QuerySet[Post]:
    """What somebody said that `viewer` may read on the pages of `brand`, the newest first. One query."""
    found = (
        Post.objects.visible_to(viewer)
        .shown_on(brand, viewer)
        .filter(author=profile, state=SHOWN, topic__merged_into=None)
    )
    return found.select_related("topic__forum").order_by("-pk")


def tags_of(viewer: Viewer, brand: Brand | None, forum: Forum | None = None, *, limit: int = 20) -> list[str]:
    """The tags used most among the latest topics. One query."""
    topics = topics_for(viewer, Asked(), brand, forum)[:200]
    counted: dict[str, int] = {}
    for tags in topics.values_list("tags", flat=True):
        for tag in tags:
            counted[tag] = counted.get(tag, 0) + 1
    return sorted(counted, key=lambda tag: (-counted[tag], tag))[:limit]
