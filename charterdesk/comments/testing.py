"""Comments for tests: shown at once, unless the test is about the queue."""

from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment
from charterdesk.community.models import Profile
from charterdesk.community.testing import make_profile
from charterdesk.knowledge.models import ArticleText


def make_comment(text: ArticleText, body: str = "<p>It helped.</p>", *, author: Profile | None = None) -> Comment:
    """A comment below `text`, by somebody who takes part."""
    who = author or make_profile()
    return write_comment(text, NewComment(body=body, author=who), by=who)
