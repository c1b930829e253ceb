"""Who may do what with a ticket. Seeing it is decided by `visible_to`; these say what comes on top."""

from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Message, Ticket


def may_see(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `ticket` is among those `visible_to(viewer)`; no query."""
    if viewer.is_management:
        return True
    if viewer.is_staff:
        return ticket.team_id in viewer.team_ids
    return viewer.contact_id is not None and ticket.contact_id == viewer.contact_id


def may_work_on(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may answer, assign, classify, pause, solve, merge and split it: staff who see it."""
    return viewer.is_staff and may_see(viewer, ticket)


def may_reopen(viewer: Viewer, ticket: Ticket) -> bool:
    """Its customer and its team may always come back to it."""
    return may_see(viewer, ticket)


def may_close(viewer: Viewer, ticket: Ticket) -> bool:
    """Its customer and its team may end it."""
    return may_see(viewer, ticket)


def may_redact(viewer: Viewer, message: Message) -> bool:
    """Leads and management may take content out for good; an agent what they wrote themselves."""
    if not may_work_on(viewer, message.ticket):
        return False
    return viewer.is_lead or (viewer.agent_id is not None and message.agent_id == viewer.agent_id)


def may_administer(viewer: Viewer) -> bool:
    """Whether `viewer` may change how the desk is set up."""
    return viewer.is_staff and viewer.role == "administrator"


def may_operate(viewer: Viewer) -> bool:
    """Whether `viewer` may see and mend what got stuck: parked failures, mail in doubt, quarantine."""
    return viewer.is_lead
