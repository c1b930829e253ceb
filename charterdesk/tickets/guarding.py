"""What packages above know that tickets do not: when one of a type must not be solved, merged away or become another.

They register it by type: tickets of the other types cost nothing.
"""

from collections.abc import Callable
from typing import TypeVar

from charterdesk.tickets.models import Ticket

SOLVE, CLASSIFY, MERGE = "solve", "classify", "merge"
Guard = TypeVar("Guard", bound=Callable[[Ticket, str], None])
_guards: dict[str, list[Callable[[Ticket, str], None]]] = {}


def guards_tickets(type: str) -> Callable[[Guard], Guard]:
    """Have a function asked before a ticket of `type` is solved, merged or classified; it raises `Refused`.

    It is called with the ticket, whose row is held, and one of `SOLVE`, `CLASSIFY`, `MERGE`.
    """

    def register(guard: Guard) -> Guard:
        _guards.setdefault(type, []).append(guard)
        return guard

    return register


def ask_guards(ticket: Ticket, deed: str) -> None:
    """Raises what the guards of the ticket's type refuse. No statement for a type without."""
    for guard in _guards.get(ticket.type, ()):
        guard(ticket, deed)
