"""Who may do what with a ticket. Seeing it is decided by `visible_to`; these say what comes on top.

Each asks what the viewer's roles allow, in the ticket's team where it is about a ticket; none makes a query.
"""

from charterdesk.people import permissions as named
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Macro, Message, SavedView, Ticket
from charterdesk.tickets.taken_up import TakenUp


def may_see(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `ticket` is among those `visible_to(viewer)`; no query."""
    if viewer.is_staff:
        is_theirs = viewer.sees_every_team or ticket.team_id in viewer.team_ids
        return is_theirs and ticket.key not in viewer.kept_from
    return is_their_own(viewer, ticket) or is_of_their_organisation(viewer, ticket)


def is_their_own(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` is the customer whose request it is."""
    return viewer.contact_id is not None and ticket.contact_id == viewer.contact_id


def is_of_their_organisation(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` is a customer who sees it because somebody of their organisation asked."""
    return viewer.organisation_id is not None and ticket.organisation_id == viewer.organisation_id


def may_work_on(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may write notes, classify, tag, pause and rename it: staff who see it and may work there.

    What goes further asks `may_answer`, `may_assign`, `may_solve`, `may_merge` or `may_discard` as well.
    """
    return _may(viewer, ticket, named.WORK_ON_TICKETS)


def may_answer(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may write to its customer and to third parties."""
    return may_work_on(viewer, ticket) and viewer.may(named.ANSWER, ticket.team_id)


def may_assign(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may give it to an agent, take it back, and move it to another team."""
    return may_work_on(viewer, ticket) and viewer.may(named.ASSIGN, ticket.team_id)


def may_solve(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may call it solved."""
    return may_work_on(viewer, ticket) and viewer.may(named.SOLVE, ticket.team_id)


def may_merge(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may merge it, split it, and link it."""
    return may_work_on(viewer, ticket) and viewer.may(named.MERGE, ticket.team_id)


def may_discard(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may set it aside as junk, and take it back."""
    return may_work_on(viewer, ticket) and viewer.may(named.JUNK, ticket.team_id)


def may_refuse(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may refuse it: management. The action asks this itself, and what else it takes."""
    return may_work_on(viewer, ticket) and viewer.may(named.REFUSE, ticket.team_id)


def may_read_refusals(viewer: Viewer) -> bool:
    """Whether `viewer` may read who wanted to refuse what: who may refuse."""
    return _may_in(viewer, named.REFUSE, None)


def may_grade(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may say how it went, and agree that it ends: the customer whose request it is."""
    return is_their_own(viewer, ticket)


def may_reopen(viewer: Viewer, ticket: Ticket) -> bool:
    """Its customer and its team may always come back to it; others of the customer's organisation only look on."""
    return is_their_own(viewer, ticket) or may_work_on(viewer, ticket)


def may_close(viewer: Viewer, ticket: Ticket) -> bool:
    """Its customer and its team may end it."""
    return is_their_own(viewer, ticket) or may_solve(viewer, ticket)


def may_redact(viewer: Viewer, message: Message) -> bool:
    """Leads and management may take content out for good; an agent what they wrote themselves."""
    if not may_work_on(viewer, message.ticket):
        return False
    wrote_it = viewer.agent_id is not None and message.agent_id == viewer.agent_id
    return wrote_it or viewer.may(named.REDACT, message.ticket.team_id)


def may_read_notes(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may read what is written on it inside the house."""
    return _may(viewer, ticket, named.READ_NOTES)


def may_change_many(viewer: Viewer) -> bool:
    """Whether `viewer` may change many tickets at once, those on which they may do it one by one."""
    return viewer.may(named.BULK) or viewer.may_in_some_team(named.BULK)


def may_export(viewer: Viewer, *, team_id: int | None = None) -> bool:
    """Whether `viewer` may take lists of tickets out as a file: of one team, or at all."""
    return _may_in(viewer, named.EXPORT, team_id)


def may_manage_views(viewer: Viewer, *, team_id: int | None = None) -> bool:
    """Whether `viewer` may change the views of a team; without one, those of some team."""
    return _may_in(viewer, named.TEAM_VIEWS, team_id)


def may_share_view(viewer: Viewer, *, team_id: int | None) -> bool:
    """Whether `viewer` may give a view to a team, or (None) to the whole desk."""
    if team_id is None:
        return viewer.is_staff and viewer.sees_every_team and viewer.may(named.TEAM_VIEWS)
    return team_id in viewer.team_ids and may_manage_views(viewer, team_id=team_id)


def may_change_view(viewer: Viewer, view: SavedView) -> bool:
    """Whether `viewer` may change or remove it: their own, or one they might have shared."""
    if view.sharing == SavedView.MINE:
        return viewer.is_staff and view.owner_id == viewer.agent_id
    return may_share_view(viewer, team_id=view.team_id)


def may_manage_macros(viewer: Viewer, *, team_id: int | None = None) -> bool:
    """Whether `viewer` may change the macros of a team; without one, those of some team."""
    return _may_in(viewer, named.TEAM_MACROS, team_id)


def may_change_macro(viewer: Viewer, macro: Macro) -> bool:
    """Whether `viewer` may change or remove `macro`: their own, a team's if they may there, shared ones by right."""
    if not viewer.is_staff:
        return False
    if macro.agent_id is not None:
        return macro.agent_id == viewer.agent_id
    if macro.team_id is not None:
        return may_manage_macros(viewer, team_id=macro.team_id)
    return may_administer(viewer, named.SET_TEXTS)


def may_perform(viewer: Viewer, ticket: Ticket, operation: str) -> bool:
    """Whether `viewer` may do to `ticket` what an operation of a macro does."""
    if operation in ("tickets.assign", "tickets.release", "tickets.move"):
        return may_assign(viewer, ticket)
    return may_solve(viewer, ticket) if operation == "tickets.solve" else may_work_on(viewer, ticket)


def may_use_macro(viewer: Viewer, ticket: Ticket, macro: Macro) -> bool:
    """Whether `viewer` may do all that `macro` does to `ticket`, and send its text."""
    may_do = all(may_perform(viewer, ticket, step["operation"]) for step in macro.steps)
    return may_do and (not macro.says_something or macro.kind == Macro.NOTE or may_answer(viewer, ticket))


def steps_beyond(viewer: Viewer, ticket: Ticket, taken_up: TakenUp) -> list[int]:
    """The places of what is to be done of a macro that was taken up and `viewer` may not do, by now or at all."""
    return [number for number, step in taken_up.wanted if not may_perform(viewer, ticket, str(step["operation"]))]


def may_read_reports(viewer: Viewer, *, team_id: int | None = None) -> bool:
    """Whether `viewer` may read the figures of a team; without one, those of some team."""
    return _may_in(viewer, named.READ_REPORTS, team_id)


def may_administer(viewer: Viewer, settings: str = named.SET_EVERYTHING) -> bool:
    """Whether `viewer` may change how the desk is set up: `settings` is the permission of a group of them."""
    return viewer.is_staff and viewer.may(settings)


def may_operate(viewer: Viewer) -> bool:
    """Whether `viewer` may see and mend what got stuck: parked failures, mail in doubt, quarantine."""
    return viewer.is_staff and viewer.may(named.OPERATE)


def may_grant(viewer: Viewer, permissions: frozenset[str]) -> bool:
    """Whether `viewer` may give somebody these permissions, or take them: nobody gives more than they have."""
    return may_administer(viewer, named.SET_PEOPLE) and permissions <= viewer.permissions


def _may(viewer: Viewer, ticket: Ticket, permission: str) -> bool:
    return viewer.is_staff and may_see(viewer, ticket) and viewer.may(permission, ticket.team_id)


def _may_in(viewer: Viewer, permission: str, team_id: int | None) -> bool:
    if not viewer.is_staff:
        return False
    if team_id is None:
        return viewer.may(permission) or viewer.may_in_some_team(permission)
    return viewer.may(permission, team_id)


def may_track_time(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may note time spent on it, and say which order it is about."""
    return may_work_on(viewer, ticket)


def may_accept_price(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may accept what it costs: its customer, or who writes to them and was told so."""
    return is_their_own(viewer, ticket) or may_answer(viewer, ticket)


def may_decline_price(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may say no to what it costs, and so end it: its customer, while nothing else ended it."""
    return ticket.is_open and is_their_own(viewer, ticket)


def may_contest(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may say that what it costs is wrong: its customer."""
    return is_their_own(viewer, ticket)


def may_decide_verdict(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether `viewer` may call it free, and decide what its customer contests."""
    return may_work_on(viewer, ticket) and viewer.may(named.DECIDE_VERDICTS, ticket.team_id)
