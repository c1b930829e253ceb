"""The status machine: new → open ⇄ pending/on_hold → solved → closed, and back by reopening."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.tickets.actions.collisions import refuse_overtaken
from charterdesk.tickets.actions.fields import refuse_unfilled
from charterdesk.tickets.actions.locking import lock, lock_open, refuse_merged
from charterdesk.tickets.events import (
    ClosingUndone,
    TicketClosed,
    TicketPaused,
    TicketReopened,
    TicketResumed,
    TicketSolved,
)
from charterdesk.tickets.guarding import SOLVE, ask_guards
from charterdesk.tickets.models import Message, Ticket

REFUSED = "refused"
"""The reason of a ticket that management refused."""


@operation("tickets.pause", sets="status")
@transaction.atomic
def pause_ticket(ticket: Ticket, *, by: Actor, status: str, reason: str = "") -> Skipped | None:
    """Let `ticket` wait: `status` is `pending` (for the customer) or `on_hold` (for others)."""
    if status not in (Ticket.PENDING, Ticket.ON_HOLD):
        raise ValueError(f"a ticket does not wait in status {status}")
    lock_open(ticket)
    if ticket.status == status:
        return SO_ALREADY
    former = ticket.status
    ticket.status, ticket.status_reason = status, reason[:200]
    ticket.save(update_fields=["status", "status_reason"])
    publish(
        TicketPaused(ticket_id=ticket.pk, team_id=ticket.team_id, status=status, former=former),
        on=ticket,
        by=by,
    )
    return None


@operation("tickets.resume", sets="status")
@transaction.atomic
def resume_ticket(ticket: Ticket, *, by: Actor) -> Skipped | None:
    """Take `ticket` up: it is our turn. Nothing happens when it is open already."""
    lock_open(ticket)
    if ticket.status == Ticket.OPEN:
        return SO_ALREADY
    former = ticket.status
    ticket.status, ticket.status_reason = Ticket.OPEN, ""
    ticket.save(update_fields=["status", "status_reason"])
    publish(TicketResumed(ticket_id=ticket.pk, team_id=ticket.team_id, former=former), on=ticket, by=by)
    return None


@operation("tickets.solve", sets="status")
@transaction.atomic
def solve_ticket(
    ticket: Ticket, *, by: Actor, solution: str, seen_id: int | None = None, told_with: int | None = None
) -> None:
    """Solve `ticket`, saying what was done; the closing mail carries it.

    `seen_id` is the last message its writer saw; `told_with` the ticket whose closing mail tells the same customer of
    this one as well. Raises `Refused`: `tickets.already_solved`, `tickets.merged`, `tickets.no_solution`,
    `tickets.overtaken`.
    """
    lock(ticket)
    refuse_merged(ticket)
    refuse_overtaken(ticket, seen_id=seen_id)
    if not ticket.is_open:
        raise Refused("tickets.already_solved", _("This ticket is already solved."))
    if not solution.strip():
        raise Refused("tickets.no_solution", _("Say what was done: the customer gets it as the solution."))
    refuse_unfilled(ticket)
    ask_guards(ticket, SOLVE)
    ticket.status, ticket.status_reason = Ticket.SOLVED, ""
    ticket.solved_at, ticket.solution = now(), solution.strip()
    ticket.save(update_fields=["status", "status_reason", "solved_at", "solution"])
    publish(
        TicketSolved(ticket_id=ticket.pk, team_id=ticket.team_id, assignee_id=ticket.assignee_id, told_with=told_with),
        on=ticket,
        by=by,
    )


@operation("tickets.reopen", sets="status")
@transaction.atomic
def reopen_ticket(ticket: Ticket, *, by: Actor) -> None:
    """Open a solved or closed `ticket` again; its last solution stays readable in the history of messages.

    Raises `Refused`: `tickets.merged`, `tickets.not_solved`.
    """
    lock(ticket)
    refuse_merged(ticket)
    if ticket.is_open:
        raise Refused("tickets.not_solved", _("This ticket is open already."))
    former = ticket.status
    ticket.status, ticket.status_reason = Ticket.OPEN, ""
    ticket.solved_at = ticket.closed_at = None
    ticket.save(update_fields=["status", "status_reason", "solved_at", "closed_at"])
    publish(TicketReopened(ticket_id=ticket.pk, team_id=ticket.team_id, former=former), on=ticket, by=by)


@transaction.atomic
def undo_closing(ticket: Ticket, *, by: Actor) -> None:
    """Bring a `ticket` that was closed after its solution back to being solved; its customer is told nothing.

    Raises `Refused("tickets.not_closed_solved")` where it is not closed, or ended without a solution.
    """
    lock(ticket)
    if ticket.status != Ticket.CLOSED or ticket.solved_at is None or ticket.status_reason in (REFUSED, "merged"):
        raise Refused("tickets.not_closed_solved", _("This ticket was not closed after a solution."))
    ticket.status, ticket.status_reason, ticket.closed_at = Ticket.SOLVED, "", None
    ticket.save(update_fields=["status", "status_reason", "closed_at"])
    publish(ClosingUndone(ticket_id=ticket.pk, team_id=ticket.team_id), on=ticket, by=by)


@operation("tickets.close", sets="status")
@transaction.atomic
def close_ticket(ticket: Ticket, *, by: Actor, reason: str = "") -> Skipped | None:
    """End `ticket`. Nothing happens when it is closed already.

    `reason` is a code: `customer` (they said so themselves), `silent` (solved, and nothing was heard), `junk`,
    `merged`. An unsolved ticket closes only by its customer's own word, as junk, or merged; none is closed as refused
    here: that takes `refuse_request`. Junk is what nobody here has answered, from somebody who is no customer we know.
    Raises `Refused`: `tickets.no_junk`, `tickets.not_solved`, `tickets.not_their_word`, `tickets.refuse_it`.
    """
    lock(ticket)
    if ticket.status == Ticket.CLOSED:
        return SO_ALREADY
    if reason == REFUSED:
        raise Refused(
            "tickets.refuse_it", _("A request is refused by management, with an explanation to its customer.")
        )
    if reason == "customer" and key_of(by) != f"contact:{ticket.contact_id}":
        raise Refused("tickets.not_their_word", _("Only the customer whose request it is can do this."))
    if ticket.is_open and reason == "junk":
        _refuse_real(ticket)
    if ticket.is_open and not (reason in ("customer", "junk") or (reason == "merged" and ticket.is_merged)):
        raise Refused(
            "tickets.not_solved",
            _("Solve this ticket before it is closed: no request ends without an answer."),
        )
    _end(ticket, by=by, reason=reason)
    return None


def end_by_customer(ticket: Ticket, *, by: Actor) -> None:
    """Close `ticket`, which the caller holds, for its customer said it is settled; `by` may be who recorded that."""
    if ticket.status != Ticket.CLOSED:
        _end(ticket, by=by, reason="customer")


def end_refused(ticket: Ticket, *, by: Actor) -> None:
    """Close `ticket`, which the caller holds, as refused; only `refuse_request` may. It may be closed already."""
    if ticket.status != Ticket.CLOSED:
        _end(ticket, by=by, reason=REFUSED)
        return
    ticket.status_reason = REFUSED
    ticket.save(update_fields=["status_reason"])


def _refuse_real(ticket: Ticket) -> None:
    """Nobody sets a real request aside as junk: what somebody here answered, or who signs in here, asked for help.

    One statement, two for a ticket nobody answered.
    """
    answered = ticket.messages.filter(direction=Message.OUT, agent__isnull=False).exists()
    if answered or ticket.contact.login_id is not None:
        raise Refused(
            "tickets.no_junk",
            _("This is a request of a customer, no junk. Solve it, or have management refuse it with reasons."),
        )


def _end(ticket: Ticket, *, by: Actor, reason: str) -> None:
    ticket.status, ticket.status_reason, ticket.closed_at = Ticket.CLOSED, reason, now()
    ticket.save(update_fields=["status", "status_reason", "closed_at"])
    publish(TicketClosed(ticket_id=ticket.pk, team_id=ticket.team_id, reason=reason), on=ticket, by=by)
