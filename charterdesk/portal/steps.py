"""How far a request is, as its customer sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charterdesk.base.clock import now
from charterdesk.tickets.actions.lifecycle import REFUSED
from charterdesk.tickets.models import Ticket
from charterdesk.ui.moments import full_moment


@dataclass(frozen=True)
class Step:
    """One step on the way: `state` is done, skipped, now or ahead; reached `at`, promised `by`."""

    name: str
    state: str
    at: datetime | None = None
    by: datetime | None = None


def steps_of(ticket: Ticket, closes_at: datetime | None = None) -> list[Step]:
    """The way of `ticket` from the first message to closure, with where it is now and what was promised of the rest.

    `closes_at` is when a solved one closes by itself. A step that was not needed (solved with the first answer, closed
    at the customer's own wish) is skipped, not done.
    """
    answer_by = None if ticket.first_replied_at or ticket.due_at == ticket.promised_at else ticket.due_at
    marks = [
        (pgettext("step of a request", "Received"), ticket.opened_at, None),
        (pgettext("step of a request", "Given to somebody"), ticket.assigned_at, None),
        (pgettext("step of a request", "Answered"), ticket.first_replied_at, answer_by),
        (pgettext("step of a request", "Solved"), ticket.solved_at, ticket.promised_at),
        (pgettext("step of a request", "Closed"), ticket.closed_at, closes_at),
    ]
    last = max(index for index, (_name, at, _by) in enumerate(marks) if at)
    steps = []
    for index, (name, at, by) in enumerate(marks):
        state = _state(index, last, at)
        steps.append(Step(name, state, at, by if state == "ahead" else None))
    return steps


def _state(index: int, last: int, at: datetime | None) -> str:
    if index >= last:
        return "now" if index == last else "ahead"
    return "done" if at else "skipped"


def status_word(ticket: Ticket) -> str:
    """The status in the customer's words."""
    if is_refused(ticket):
        return pgettext("request", "refused")
    return {
        Ticket.NEW: pgettext("request", "received"),
        Ticket.OPEN: pgettext("request", "being worked on"),
        Ticket.PENDING: pgettext("request", "waits for you"),
        Ticket.ON_HOLD: pgettext("request", "waits for others"),
        Ticket.SOLVED: pgettext("request", "solved"),
        Ticket.CLOSED: pgettext("request", "closed"),
    }[ticket.status]


def is_refused(ticket: Ticket) -> bool:
    """Whether management refused it."""
    return ticket.status == Ticket.CLOSED and ticket.status_reason == REFUSED


def next_step(ticket: Ticket, closes_at: datetime | None = None) -> str:
    """What happens next, by whom and by when, in one sentence."""
    if ticket.status in Ticket.ACTIVE:
        return _our_step(ticket)
    if is_refused(ticket):
        return _("Management refused this request, and explained why below. You can reopen it at any time.")
    return {
        Ticket.PENDING: _("We need something from you: please answer below."),
        Ticket.ON_HOLD: _("We wait for somebody else, and keep an eye on it."),
        Ticket.SOLVED: _("If this does not settle it, answer or reopen. Otherwise it closes by itself on %(time)s.")
        % {"time": full_moment(closes_at) if closes_at else ""},
        Ticket.CLOSED: _("It is over. You can reopen it at any time."),
    }[ticket.status]


def _our_step(ticket: Ticket) -> str:
    """What we do next on a ticket that is our turn."""
    facts = {"name": ticket.assignee.name if ticket.assignee else ticket.team.name}
    if ticket.due_at and ticket.due_at < now():
        return _("We are late with this, and sorry. It is not forgotten: %(name)s has it.") % facts
    if ticket.due_at is None:
        return _("%(name)s works on it and will write to you.") % facts
    facts["time"] = full_moment(ticket.due_at)
    if ticket.first_replied_at is None:
        return _("%(name)s answers you by %(time)s.") % facts
    return _("%(name)s works on it and solves it by %(time)s.") % facts


def next_state(ticket: Ticket) -> str:
    """In which colour the next step is said: kept (over), late, waiting (for the customer), or "" for on its way."""
    if not ticket.is_open:
        return "kept"
    if ticket.status == Ticket.PENDING:
        return "waiting"
    return "late" if ticket.status in Ticket.ACTIVE and ticket.due_at and ticket.due_at < now() else ""
