"""Who may write articles, approve them, and give them back to readers."""

from charterdesk.knowledge.models import Article
from charterdesk.people.permissions import APPROVE_KNOWLEDGE, APPROVE_SOLUTIONS, WRITE_KNOWLEDGE
from charterdesk.people.viewer import Viewer


def may_write(viewer: Viewer) -> bool:
    """Whether `viewer` may draft articles, translate them, and hand them in."""
    return viewer.is_staff and viewer.may(WRITE_KNOWLEDGE)


def may_approve(viewer: Viewer) -> bool:
    """Whether `viewer` may approve, publish and withdraw articles, and order the categories."""
    return viewer.is_staff and viewer.may(APPROVE_KNOWLEDGE)


def may_approve_solutions(viewer: Viewer) -> bool:
    """Whether `viewer` may let customers find what solved a request, once nothing personal is left in it."""
    return viewer.is_staff and viewer.may(APPROVE_SOLUTIONS)


def may_decide(viewer: Viewer, article: Article) -> bool:
    """Whether `viewer` may approve, publish and withdraw `article`, which may be a solution."""
    return may_approve_solutions(viewer) if article.kind == Article.SOLUTION else may_approve(viewer)


def may_see_knowledge(viewer: Viewer) -> bool:
    """Whether the workspace's help centre is for `viewer`: all staff read it."""
    return viewer.is_staff
