"""Everything that changes surges and circulars."""

from charterdesk.surges.actions.circulars import send_piece, start_circular, stop_circular
from charterdesk.surges.actions.noticing import notice_surges
from charterdesk.surges.actions.problems import dismiss_surge, join_problem, make_problem

__all__ = [
    "dismiss_surge",
    "join_problem",
    "make_problem",
    "notice_surges",
    "send_piece",
    "start_circular",
    "stop_circular",
]
