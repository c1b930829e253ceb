"""Who looks after many requests at once."""

from charterdesk.people.permissions import ANSWER, BULK, SET_EVERYTHING
from charterdesk.people.viewer import Viewer
from charterdesk.surges.models import Surge
from charterdesk.tickets.models import Ticket


def may_decide(viewer: Viewer, surge: Surge) -> bool:
    """Whether `viewer` may make a problem of `surge`, let tickets join, or say that it is none."""
    return viewer.is_staff and viewer.may(BULK, surge.team_id)


def may_begin(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may say that others have what `ticket` is about."""
    return viewer.is_staff and viewer.may(BULK, ticket.team_id)


def may_set_terms(viewer: Viewer) -> bool:
    """Whether `viewer` may say from when on similar requests are pointed out."""
    return viewer.is_staff and viewer.may(SET_EVERYTHING)


def may_answer_all(viewer: Viewer, surge: Surge) -> bool:
    """Whether `viewer` may write to all their customers."""
    return may_decide(viewer, surge) and viewer.may(ANSWER, surge.team_id)
