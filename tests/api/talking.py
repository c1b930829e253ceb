"""Who may do what by API in the community, and which fields they see."""

from typing import Any

from charterdesk.community.models import Forum, ForumProposal, Post, PostFile, Topic
from charterdesk.knowledge.models import Category
from tests.test_access import OWNER, SIGNED_IN, STAFF, TEAM, World

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
    "GET /removed-posts": STAFF,
    "GET /posts/{post_id}/reports": STAFF,
    "GET /posts/{post_id}/files": SIGNED_IN,
    "POST /posts/{post_id}/files": STAFF,
    "GET /post-files/{file_id}": SIGNED_IN,
    "DELETE /post-files/{file_id}": STAFF,
    "GET /forum-members/me": OWNER,
    "PATCH /forum-members/me": SIGNED_IN,
    "GET /forum-members/{member_id}": SIGNED_IN,
    "GET /blocked-forum-members": STAFF,
    "PUT /forum-members/{member_id}/block": LEADS,
    "DELETE /forum-members/{member_id}/block": LEADS,
    "POST /forums/{forum_id}/following": SIGNED_IN,
    "DELETE /forums/{forum_id}/following": SIGNED_IN,
    "DELETE /forums/{forum_id}": LEADS,
    "PUT /forum-order": LEADS,
    "GET /forum-terms": LEADS,
    "PATCH /forum-terms": LEADS,
    "GET /forum-proposals": SIGNED_IN,
    "POST /forum-proposals": SIGNED_IN,
    "DELETE /forum-proposals/{proposal_id}": OWNER,
    "POST /forum-proposals/{proposal_id}/forum": LEADS,
    "POST /forum-proposals/{proposal_id}/refusal": LEADS,
    "GET /tickets/{number}/topic-draft": TEAM,
    "POST /tickets/{number}/topic": TEAM,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "ForumOut": {"id", "slug", "names", "intros", "audience", "brand_id", "is_open", "position"},
    "TopicOut": {
        "id", "forum_id", "kind", "title", "language", "author_id", "author", "tags", "state", "is_locked", "is_pinned",
        "accepted_id", "answers", "votes", "created_at", "last_at", "url",
    },
    "PostFileOut": {"file_id", "filename", "content_type", "size"},
    "ForumMemberOut": {"id", "name", "trust", "points", "since"},
    "ForumSelfOut": {"id", "name", "trust", "points", "since", "mails", "after_erasure", "is_blocked"},
    "ForumProposalOut": {
        "proposal_id", "author_id", "author", "name", "purpose", "language", "state", "forum_id", "answer",
        "created_at", "decided_at",
    },
    "PostOut": {
        "id", "topic_id", "author_id", "author", "is_first", "is_official", "html", "state", "reason", "votes",
        "created_at", "edited_at",
    },
}  # fmt: skip
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "TopicTicketOut": {"number"},
    "TopicArticleOut": {"text_id"},
    "PublicDraftOut": {"title", "question", "answer", "taken_out"},
    "PostReportOut": {"report_id", "reporter_id", "why", "words", "made_at", "settled_at"},
    "BlockedMemberOut": {"id", "name", "trust", "points", "since", "blocked_at", "blocked_why", "blocked_by"},
    "ForumTermsOut": {
        "known_after", "regular_after", "holds_new", "holds_links", "posts_per_hour", "reports_hide", "takes_proposals",
    },
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name the topic of `world`, and what was answered on it by somebody else."""
    return {
        "forum_id": Forum.objects.get().pk,
        "topic_id": Topic.objects.get().pk,
        "post_id": Post.objects.get(is_first=False).pk,
        "file_id": PostFile.objects.get().pk,
        "member_id": Post.objects.get(is_first=False).author_id,
        "proposal_id": ForumProposal.objects.get().pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    forum, topic = Forum.objects.get(), Topic.objects.get()
    return {
        "POST /forums": {"names": {"en": "x"}},
        "PATCH /forums/{forum_id}": {"is_open": True},
        "POST /posts/{post_id}/files": {"attachments": ["x"]},
        "PATCH /forum-members/me": {"name": "x"},
        "PUT /forum-members/{member_id}/block": {"why": "x"},
        "POST /forums/{forum_id}/following": {"name": "x"},
        "PUT /forum-order": {"forum_ids": [forum.pk]},
        "PATCH /forum-terms": {"known_after": 4},
        "POST /forum-proposals": {"title": "x", "purpose": "x", "name": "x"},
        "POST /forum-proposals/{proposal_id}/forum": {},
        "POST /forum-proposals/{proposal_id}/refusal": {"reason": "x"},
        "POST /tickets/{number}/topic": {
            "forum_id": forum.pk,
            "title": "x",
            "question_html": "x",
            "is_clean": True,
        },
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
