"""Who does what with calls."""

from charterdesk.calls.models import Call
from charterdesk.people.permissions import WORK_ON_TICKETS
from charterdesk.people.viewer import Viewer


def may_file(viewer: Viewer, call: Call) -> bool:
    """Whether `viewer` may say who called and on which ticket the call belongs."""
    return viewer.is_staff and viewer.may(WORK_ON_TICKETS, call.team_id)


def may_report(viewer: Viewer, team_id: int) -> bool:
    """Whether `viewer` may report calls of a team: whoever works on its tickets, so a program with such a role."""
    return viewer.is_staff and viewer.may(WORK_ON_TICKETS, team_id)
