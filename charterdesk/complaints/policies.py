"""Who may do what with complaints; whom one is about sees nothing of it, so is asked nothing here. No query."""

from charterdesk.people.permissions import COMPLAINTS, SET_PROMISES
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import is_their_own, may_work_on


def may_complain_about(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may tell a manager about `ticket`: the customer whose request it is."""
    return is_their_own(viewer, ticket)


def may_handle(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may see what a complaint is about, name who is concerned, and take it to the next level."""
    return may_work_on(viewer, ticket)


def may_decide(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may decide a complaint, and let somebody back who was kept out."""
    return may_work_on(viewer, ticket) and viewer.may(COMPLAINTS, ticket.team_id)


def may_read_register(viewer: Viewer) -> bool:
    """Whether `viewer` may read the register of complaints, of the teams they see."""
    return viewer.is_staff and (viewer.may(COMPLAINTS) or viewer.may_in_some_team(COMPLAINTS))


def may_set_levels(viewer: Viewer) -> bool:
    """Whether `viewer` may say who decides complaints."""
    return viewer.is_staff and viewer.may(SET_PROMISES)
