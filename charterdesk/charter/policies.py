"""Who may write the charter, approve it, and decide on remedies."""

from charterdesk.people.permissions import APPROVE_CHARTER, DECIDE_REMEDIES, READ_REPORTS, WRITE_CHARTER
from charterdesk.people.viewer import Viewer


def may_write(viewer: Viewer) -> bool:
    """Whether `viewer` may draft the charter, publish it once it is approved, and declare exclusions."""
    return viewer.is_staff and viewer.may(WRITE_CHARTER)


def may_approve(viewer: Viewer) -> bool:
    """Whether `viewer` may approve what others drafted."""
    return viewer.is_staff and viewer.may(APPROVE_CHARTER)


def may_see_drafts(viewer: Viewer) -> bool:
    """Whether `viewer` may read what is not published yet."""
    return may_write(viewer) or may_approve(viewer)


def may_decide_remedies(viewer: Viewer) -> bool:
    """Whether `viewer` may approve and refuse remedies, and see what they cost."""
    return viewer.is_staff and viewer.may(DECIDE_REMEDIES)


def may_see_figures(viewer: Viewer) -> bool:
    """Whether `viewer` may see how the charter is kept, team by team and case by case."""
    return viewer.is_staff and (viewer.may(READ_REPORTS) or viewer.may_in_some_team(READ_REPORTS))
