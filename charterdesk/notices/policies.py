"""Who may do what with announcements and the status page."""

from charterdesk.people.permissions import ANNOUNCE
from charterdesk.people.viewer import Viewer


def may_announce(viewer: Viewer) -> bool:
    """Whether they write announcements, send them, and keep the status page."""
    return viewer.is_staff and viewer.may(ANNOUNCE)
