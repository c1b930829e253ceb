"""A ticket as two lines of a list: who and when, about what and what was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterdesk.base.kept import AnyGiven, Given, Kept
from charterdesk.people.models import Notice
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.ui.promise import Promised
from charterdesk.ui.promises import promises_of
from charterdesk.workspace.columns import Cell


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row shows. `is_unread`: nobody has answered yet, or there is news for the viewer."""

    ticket: Ticket
    promise: Promised
    is_unread: bool
    cells: Sequence[Cell] = ()
    group: str = ""


def rows_of(tickets: Sequence[Ticket], viewer: Viewer) -> list[Row]:
    """Rows for `tickets`, which came with contact, assignee and team. Two statements."""
    keys = [ticket.key for ticket in tickets]
    about = _UNREAD.rows(agent=viewer.agent_id or 0, about=keys) if keys else []
    return _rows(tickets, promises_of(tickets), news=set(about))


_UNREAD = Kept(
    lambda: Notice.objects.filter(agent=Given("agent"), read_at=None, about=AnyGiven("about")).values_list(
        "about", flat=True
    )
)


def plain_rows(tickets: Sequence[Ticket], promises: Mapping[int, Promised] | None = None) -> list[Row]:
    """Like `rows_of`, without news for anybody. One statement, none where their `promises` are known."""
    return _rows(tickets, promises_of(tickets) if promises is None else promises, news=set())


def _rows(tickets: Sequence[Ticket], promises: Mapping[int, Promised], *, news: set[str]) -> list[Row]:
    return [
        Row(
            ticket=ticket,
            promise=promises[ticket.pk],
            is_unread=_awaits_answer(ticket) or ticket.key in news,
        )
        for ticket in tickets
    ]


def _awaits_answer(ticket: Ticket) -> bool:
    return ticket.is_open and ticket.first_replied_at is None
