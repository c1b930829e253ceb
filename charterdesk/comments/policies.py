"""Who may comment, and who keeps order below articles."""

from charterdesk.comments.models import Closed, Comment, CommentTerms
from charterdesk.community.models.talk import REMOVED, SHOWN
from charterdesk.community.policies import is_own, may_moderate, may_take_part
from charterdesk.knowledge.models import Article
from charterdesk.people.viewer import Viewer


def open_to() -> str:
    """Who may comment at this desk: nobody (but staff), signed-in or everybody. One query."""
    found = CommentTerms.objects.order_by("pk").values_list("open_to", flat=True).first()
    return found or CommentTerms.SIGNED_IN


def is_closed(article: Article) -> bool:
    """Whether nobody comments below `article` any more; its category has to be loaded. One query."""
    shelves = [article.category_id, article.category.parent_id or 0]
    here = Closed.objects.filter(article=article) | Closed.objects.filter(category_id__in=shelves)
    return here.exists()


def may_comment(viewer: Viewer, allowed: str) -> bool:
    """Whether `viewer` may comment where comments are open to `allowed`. No query."""
    if viewer.is_staff or allowed == CommentTerms.EVERYBODY:
        return True
    return allowed == CommentTerms.SIGNED_IN and viewer.contact_id is not None


def may_keep(viewer: Viewer, article: Article) -> bool:
    """Whether `viewer` decides about comments below `article`: a moderator, or who looks after it. No query."""
    if may_moderate(viewer):
        return True
    return viewer.is_staff and viewer.agent_id is not None and article.owner_id == viewer.agent_id


def may_vote(viewer: Viewer, comment: Comment) -> bool:
    """Whether `viewer` may find `comment` helpful: anybody who takes part, but not their own words. Author loaded."""
    is_theirs = comment.author is not None and is_own(viewer, comment.author)
    return may_take_part(viewer) and comment.state == SHOWN and not is_theirs


def may_take_back(viewer: Viewer, comment: Comment) -> bool:
    """Whether `viewer` may take `comment` away: its writer, or who keeps order. Author, article loaded."""
    if comment.state == REMOVED:
        return False
    is_theirs = comment.author is not None and is_own(viewer, comment.author)
    return is_theirs or may_keep(viewer, comment.text.article)
