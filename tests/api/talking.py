"""Who may do what by API in the community, and which fields they see."""

from typing import Any

from charterdesk.community.models import Forum, Post, Topic
from charterdesk.knowledge.models import Category
from tests.test_access import OWNER, SIGNED_IN, STAFF, World

LEADS = {"lead", "manager", "administrator"}

WHO: dict[str, set[str]] = {
    "GET /forums": SIGNED_IN,
    "POST /forums": LEADS,
    "PATCH /forums/{forum_id}": LEADS,
    "GET /topics": SIGNED_IN,
    "POST /topics": SIGNED_IN,
    "GET /topics/{topic_id}": SIGNED_IN,
    "PATCH /topics/{topic_id}": STAFF,
    "GET /topics/{topic_id}/posts": SIGNED_IN,
    "POST /topics/{topic_id}/posts": SIGNED_IN,
    "POST /topics/{topic_id}/following": SIGNED_IN,
    "DELETE /topics/{topic_id}/following": SIGNED_IN,
    "DELETE /topics/{topic_id}/acceptance": STAFF | OWNER,
    "POST /topics/{topic_id}/merge": STAFF,
    "POST /topics/{topic_id}/ticket": STAFF,
    "POST /topics/{topic_id}/article": STAFF,
    "PATCH /posts/{post_id}": STAFF,
    "DELETE /posts/{post_id}": STAFF,
    "POST /posts/{post_id}/vote": SIGNED_IN,
    "DELETE /posts/{post_id}/vote": SIGNED_IN,
    "POST /posts/{post_id}/acceptance": STAFF | OWNER,
    "POST /posts/{post_id}/reports": SIGNED_IN,
    "POST /posts/{post_id}/approval": STAFF,
    "POST /posts/{post_id}/restoration": STAFF,
    "POST /posts/{post_id}/endorsement": STAFF,
    "DELETE /posts/{post_id}/endorsement": STAFF,
    "GET /held-posts": STAFF,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "ForumOut": {"id", "slug", "names", "intros", "audience", "is_open", "position"},
    "TopicOut": {
        "id", "forum_id", "kind", "title", "language", "author_id", "author", "tags", "state", "is_locked", "is_pinned",
        "accepted_id", "answers", "votes", "created_at", "last_at", "url",
    },
    "PostOut": {
        "id", "topic_id", "author_id", "author", "is_first", "is_official", "html", "state", "reason", "votes",
        "created_at", "edited_at",
    },
}  # fmt: skip
FOR_STAFF_ONLY: dict[str, set[str]] = {"TopicTicketOut": {"number"}, "TopicArticleOut": {"text_id"}}


def named_by(world: World) -> dict[str, Any]:
    """How addresses name the topic of `world`, and what was answered on it by somebody else."""
    return {
        "forum_id": Forum.objects.get().pk,
        "topic_id": Topic.objects.get().pk,
        "post_id": Post.objects.get(is_first=False).pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    forum, topic = Forum.objects.get(), Topic.objects.get()
    return {
        "POST /forums": {"names": {"en": "x"}},
        "PATCH /forums/{forum_id}": {"is_open": True},
        "POST /topics": {"forum_id": forum.pk, "title": "x", "html": "x", "name": "x"},
        "PATCH /topics/{topic_id}": {"is_pinned": True},
        "POST /topics/{topic_id}/posts": {"html": "x", "name": "x"},
        "POST /topics/{topic_id}/following": {"name": "x"},
        "POST /topics/{topic_id}/merge": {"into_id": topic.pk},
        "POST /topics/{topic_id}/ticket": {"team_id": world.team.pk},
        "POST /topics/{topic_id}/article": {"category_id": Category.objects.latest("pk").pk},
        "PATCH /posts/{post_id}": {"html": "x"},
        "POST /posts/{post_id}/vote": {"name": "x"},
        "POST /posts/{post_id}/reports": {"reason": "spam", "name": "x"},
    }
