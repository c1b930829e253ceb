"""A ticket as two lines of a list: who and when, about what and what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from charterdesk.people.models import Notice
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.ui.promise import Promise


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row shows. `is_unread`: nobody has answered yet, or there is news for the viewer."""

    ticket: Ticket
    promise: Promise
    is_unread: bool


def rows_of(tickets: Sequence[Ticket], viewer: Viewer) -> list[Row]:
    """Rows for `tickets`, which came with contact, assignee and team. One statement."""
    news = set(
        Notice.objects.filter(
            agent_id=viewer.agent_id or 0, read_at=None, about__in=[ticket.key for ticket in tickets]
        ).values_list("about", flat=True)
    )
    return [
        Row(ticket=ticket, promise=promise_of(ticket), is_unread=_awaits_answer(ticket) or ticket.key in news)
        for ticket in tickets
    ]


def _awaits_answer(ticket: Ticket) -> bool:
    return ticket.is_open and ticket.first_replied_at is None


def promise_of(ticket: Ticket) -> Promise:
    """The promise a list shows: the next one to keep; once solved, whether the promised solution was kept."""
    if not ticket.is_open:
        return Promise(
            started_at=ticket.opened_at, due_at=ticket.promised_at, met_at=ticket.solved_at, kind="resolution"
        )
    is_reply = ticket.first_replied_at is None
    return Promise(started_at=ticket.opened_at, due_at=ticket.due_at, kind="reply" if is_reply else "resolution")
