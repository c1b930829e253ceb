"""Who may do what by API with comments below articles, and which fields they see."""

from typing import Any

from charterdesk.comments.models import Comment
from tests.test_access import OWNER, SIGNED_IN, STAFF, World

LEADS = {"lead", "manager", "administrator"}

WHO: dict[str, set[str]] = {
    "GET /articles/{text_id}/comments": SIGNED_IN,
    "POST /articles/{text_id}/comments": SIGNED_IN,
    "POST /articles/{text_id}/comments/following": SIGNED_IN,
    "DELETE /articles/{text_id}/comments/following": SIGNED_IN,
    "PUT /articles/{text_id}/comments/closing": STAFF,
    "DELETE /articles/{text_id}/comments/closing": STAFF,
    "PUT /article-categories/{category_id}/comments-closing": LEADS,
    "DELETE /article-categories/{category_id}/comments-closing": LEADS,
    "DELETE /comments/{comment_id}": STAFF | OWNER,
    "POST /comments/{comment_id}/reports": SIGNED_IN,
    "POST /comments/{comment_id}/approval": STAFF,
    "POST /comments/{comment_id}/restoration": STAFF,
    "POST /comments/{comment_id}/endorsement": STAFF,
    "DELETE /comments/{comment_id}/endorsement": STAFF,
    "POST /comments/{comment_id}/correction": STAFF,
    "POST /comments/{comment_id}/vote": SIGNED_IN - OWNER,
    "DELETE /comments/{comment_id}/vote": SIGNED_IN - OWNER,
    "GET /held-comments": STAFF,
    "GET /comment-terms": SIGNED_IN,
    "PUT /comment-terms": LEADS,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "CommentOut": {
        "id", "text_id", "author_id", "author", "is_official", "html", "state", "reason", "votes", "created_at",
    },
    "CommentTermsOut": {"open_to"},
}  # fmt: skip
FOR_STAFF_ONLY: dict[str, set[str]] = {"CommentCorrectionOut": {"correction_id"}}


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what was said in `world`."""
    return {"comment_id": Comment.objects.get().pk}


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    return {
        "POST /articles/{text_id}/comments": {"html": "x", "name": "x"},
        "POST /articles/{text_id}/comments/following": {"name": "x"},
        "POST /comments/{comment_id}/reports": {"reason": "spam", "name": "x"},
        "POST /comments/{comment_id}/vote": {"name": "x"},
        "PUT /comment-terms": {"open_to": "signed-in"},
    }
