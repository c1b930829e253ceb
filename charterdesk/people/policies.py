"""Who may do what with what is kept of people. Their tickets are another matter: these are shown by team."""

from charterdesk.people.permissions import MERGE, SET_EVERYTHING, WORK_ON_TICKETS
from charterdesk.people.viewer import Viewer


def may_see_contacts(viewer: Viewer) -> bool:
    """Whether `viewer` may look customers and organisations up: everybody of the desk, as anybody may call them."""
    return viewer.is_staff


def may_change_contacts(viewer: Viewer) -> bool:
    """Whether `viewer` may change what we know of customers and organisations, and note things about them."""
    return viewer.is_staff and (viewer.may(WORK_ON_TICKETS) or viewer.may_in_some_team(WORK_ON_TICKETS))


def may_merge_contacts(viewer: Viewer) -> bool:
    """Whether `viewer` may make two customers one, and part them."""
    return may_change_contacts(viewer) and (viewer.may(MERGE) or viewer.may_in_some_team(MERGE))


def may_set_person_fields(viewer: Viewer) -> bool:
    """Whether `viewer` may say which fields the desk keeps of customers."""
    return viewer.is_staff and viewer.may(SET_EVERYTHING)
