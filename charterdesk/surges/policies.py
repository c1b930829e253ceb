"""Who looks after many requests at once."""

from charterdesk.people.permissions import ANSWER, BULK
from charterdesk.people.viewer import Viewer
from charterdesk.surges.models import Surge


def may_decide(viewer: Viewer, surge: Surge) -> bool:
    """Whether `viewer` may make a problem of `surge`, let tickets join, or say that it is none."""
    return viewer.is_staff and viewer.may(BULK, surge.team_id)


def may_answer_all(viewer: Viewer, surge: Surge) -> bool:
    """Whether `viewer` may write to all their customers."""
    return may_decide(viewer, surge) and viewer.may(ANSWER, surge.team_id)
