"""How far a request is, as its customer sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charterdesk.tickets.models import Ticket


@dataclass(frozen=True)
class Step:
    """One step on the way: `state` is done, skipped, now or ahead; `at` when it was reached."""

    name: str
    state: str
    at: datetime | None = None


def steps_of(ticket: Ticket) -> list[Step]:
    """The way of `ticket` from the first message to closure, with where it is now.

    A step that was not needed (solved with the first answer, closed at the customer's own wish) is skipped, not done.
    """
    marks = [
        (pgettext("step of a request", "Received"), ticket.opened_at),
        (pgettext("step of a request", "Given to somebody"), ticket.assigned_at),
        (pgettext("step of a request", "Answered"), ticket.first_replied_at),
        (pgettext("step of a request", "Solved"), ticket.solved_at),
        (pgettext("step of a request", "Closed"), ticket.closed_at),
    ]
    last = max(index for index, (_name, at) in enumerate(marks) if at)
    return [Step(name, _state(index, last, at), at) for index, (name, at) in enumerate(marks)]


def _state(index: int, last: int, at: datetime | None) -> str:
    if index >= last:
        return "now" if index == last else "ahead"
    return "done" if at else "skipped"


def status_word(ticket: Ticket) -> str:
    """The status in the customer's words."""
    return {
        Ticket.NEW: pgettext("request", "received"),
        Ticket.OPEN: pgettext("request", "being worked on"),
        Ticket.PENDING: pgettext("request", "waits for you"),
        Ticket.ON_HOLD: pgettext("request", "waits for others"),
        Ticket.SOLVED: pgettext("request", "solved"),
        Ticket.CLOSED: pgettext("request", "closed"),
    }[ticket.status]


def next_step(ticket: Ticket) -> str:
    """What happens next, in one sentence."""
    return {
        Ticket.NEW: _("Somebody will take it up and answer you."),
        Ticket.OPEN: _("We are working on it and will write to you."),
        Ticket.PENDING: _("We need something from you: please answer below."),
        Ticket.ON_HOLD: _("We wait for somebody else, and keep an eye on it."),
        Ticket.SOLVED: _("If this does not settle it, answer or reopen. Otherwise it closes by itself in a week."),
        Ticket.CLOSED: _("It is over. You can reopen it at any time."),
    }[ticket.status]
