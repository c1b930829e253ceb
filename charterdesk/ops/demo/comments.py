"""What the utility's customers say below articles: in five languages, some without an account, one to look at."""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.comments.actions.moderating import approve
from charterdesk.comments.actions.terms import set_terms
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment, CommentTerms
from charterdesk.community.models import Profile
from charterdesk.knowledge.models import ArticleText
from charterdesk.ops.demo.knowledge import texts_by_key

CONTENT = Path(__file__).parent / "content" / "comments.toml"
STAFF = "staff"


def make_comments(say: Callable[[str], object]) -> None:
    """Write comments as they came over a month; who takes part is known from the community. A tenth of a second."""
    say("letting readers comment")
    people = {each.name: each for each in Profile.objects.filter(agent=None)}
    agent = Profile.objects.exclude(agent=None).order_by("pk").first()
    if agent is None:
        return
    said = texts_by_key()
    with transaction.atomic():
        set_terms(open_to=CommentTerms.EVERYBODY, by=SYSTEM)
        for each in tomllib.loads(CONTENT.read_text(encoding="utf-8"))["comment"]:
            title = said[each["article"]][each["language"]].title
            text = ArticleText.objects.filter(language=each["language"], title=title, is_live=True).first()
            if text is not None:
                _comment(text, each, agent if each.get("who") == STAFF else people.get(each.get("who", "")))


def _comment(text: ArticleText, told: dict[str, Any], author: Profile | None) -> None:
    new = NewComment(
        body=told["body"],
        author=author,
        name=told.get("guest", ""),
        is_official=author is not None and author.is_staff,
    )
    comment = write_comment(text, new, by=author or SYSTEM)
    if told.get("shown"):
        approve(comment, by=SYSTEM)
    at = now() - timedelta(days=told["days"], hours=2)
    Comment.objects.filter(pk=comment.pk).update(created_at=at, shown_at=at if comment.shown_at else None)
