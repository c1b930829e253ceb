"""Everything that changes surges and circulars."""

from charterdesk.surges.actions.beginning import add_tickets, begin_surge
from charterdesk.surges.actions.circulars import send_piece, start_circular, stop_circular
from charterdesk.surges.actions.noticing import notice_surges
from charterdesk.surges.actions.problems import dismiss_surge, join_problem, make_problem
from charterdesk.surges.actions.terms import set_terms

__all__ = [
    "add_tickets",
    "begin_surge",
    "dismiss_surge",
    "join_problem",
    "make_problem",
    "notice_surges",
    "send_piece",
    "set_terms",
    "start_circular",
    "stop_circular",
]
