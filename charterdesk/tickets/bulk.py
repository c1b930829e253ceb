"""One thing done to many tickets, thousands of them: in pieces, each a transaction that also writes down what it did.

A worker that is killed leaves whole pieces behind; whoever takes the run up goes on with what still waits. So each
ticket is changed once, and none is forgotten. Undoing goes the same way back.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.jobs import job
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent, Team
from charterdesk.people.permissions import BULK
from charterdesk.people.viewer import Viewer, viewer_of_agent
from charterdesk.tickets.actions import (
    assign_ticket,
    classify_ticket,
    close_ticket,
    move_ticket,
    pause_ticket,
    prioritise_ticket,
    release_ticket,
    reopen_ticket,
    resume_ticket,
    tag_ticket,
    undo_closing,
)
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.actions.macros import apply_macro
from charterdesk.tickets.events import BulkChangeFinished, BulkChangeStarted
from charterdesk.tickets.fields import values_of
from charterdesk.tickets.macros import fits
from charterdesk.tickets.models import BulkItem, BulkRun, Macro, Ticket
from charterdesk.tickets.policies import may_assign, may_close, may_discard, may_use_macro, may_work_on

MACRO = "macro"
"""The deed that can't be taken back."""
MOST = 50_000
PIECE = 25
AT_A_TIME_S = 10.0
"""A job works so long on a run, then puts itself off anew: others get their turn between."""


@dataclass(frozen=True)
class Deed:
    """What can be done to a ticket: `do(ticket, value, by)` returns what it was before, `undo` brings that back."""

    do: Callable[[Ticket, str, Actor], Any]
    undo: Callable[[Ticket, Any, Actor], None]
    may: Callable[[Viewer, Ticket], bool] = may_work_on


def _assign(ticket: Ticket, value: str, by: Actor) -> int | None:
    before = ticket.assignee_id
    _assign_back(ticket, number_in(value) or None, by)
    return before


def _assign_back(ticket: Ticket, before: int | None, by: Actor) -> None:
    if before is None:
        release_ticket(ticket, by=by)
        return
    agent = Agent.objects.filter(pk=before, is_active=True).first()
    if agent is None:
        raise Refused("tickets.no_such_agent", _("There is no such agent."))
    assign_ticket(ticket, agent=agent, by=by)


def _move(ticket: Ticket, value: str, by: Actor) -> list[int | None]:
    before = [ticket.team_id, ticket.assignee_id]
    _to_team(ticket, number_in(value), by)
    return before


def _move_back(ticket: Ticket, before: list[int | None], by: Actor) -> None:
    _to_team(ticket, before[0] or 0, by)
    if before[1]:
        _assign_back(ticket, before[1], by)


def _to_team(ticket: Ticket, team_id: int, by: Actor) -> None:
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise Refused("tickets.no_such_team", _("There is no such team."))
    move_ticket(ticket, team=team, by=by)


def _prioritise(ticket: Ticket, value: str, by: Actor) -> int:
    before = ticket.priority
    prioritise_ticket(ticket, by=by, priority=number_in(value))
    return before


def _prioritise_back(ticket: Ticket, before: int, by: Actor) -> None:
    prioritise_ticket(ticket, by=by, priority=before)


def _classify(ticket: Ticket, value: str, by: Actor) -> str:
    before = ticket.type
    classify_ticket(ticket, by=by, type=value)
    return before


def _classify_back(ticket: Ticket, before: str, by: Actor) -> None:
    classify_ticket(ticket, by=by, type=before)


def _set_status(ticket: Ticket, value: str, by: Actor) -> str:
    before = ticket.status
    if value == Ticket.OPEN:
        resume_ticket(ticket, by=by) if ticket.is_open else reopen_ticket(ticket, by=by)
    elif value == Ticket.CLOSED:
        close_ticket(ticket, by=by)
    elif value in (Ticket.PENDING, Ticket.ON_HOLD):
        pause_ticket(ticket, by=by, status=value)
    else:
        raise Refused("tickets.no_such_status", _("There is no such status."))
    return before


def _set_status_back(ticket: Ticket, before: str, by: Actor) -> None:
    """A new ticket can't be new again: it is open; what was solved and then opened stays open."""
    if ticket.status == before:
        return
    if (before, ticket.status) == (Ticket.SOLVED, Ticket.CLOSED):
        return undo_closing(ticket, by=by)
    _set_status(ticket, Ticket.OPEN if before in (Ticket.NEW, Ticket.SOLVED) else before, by)


def _tag(ticket: Ticket, value: str, by: Actor) -> list[str]:
    before = set(ticket.tags)
    tag_ticket(ticket, by=by, add=_words(value))
    return sorted(set(ticket.tags) - before)


def _tag_back(ticket: Ticket, before: Sequence[str], by: Actor) -> None:
    tag_ticket(ticket, by=by, remove=before)


def _untag(ticket: Ticket, value: str, by: Actor) -> list[str]:
    before = set(ticket.tags)
    tag_ticket(ticket, by=by, remove=_words(value))
    return sorted(before - set(ticket.tags))


def _untag_back(ticket: Ticket, before: Sequence[str], by: Actor) -> None:
    tag_ticket(ticket, by=by, add=before)


def _words(value: str) -> list[str]:
    return [word for word in value.split(",") if word.strip()]


def _set_field(ticket: Ticket, value: str, by: Actor) -> dict[str, Any]:
    """`value` is "code=value"; an empty one empties the field."""
    code, _equals, wanted = value.partition("=")
    before = {code: values_of(ticket).get(code)}
    set_fields(ticket, by=by, values={code: wanted})
    return before


def _set_field_back(ticket: Ticket, before: dict[str, Any], by: Actor) -> None:
    set_fields(ticket, by=by, values=before)


def _junk(ticket: Ticket, value: str, by: Actor) -> str:
    before = ticket.status
    close_ticket(ticket, by=by, reason="junk")
    return before


def _junk_back(ticket: Ticket, before: str, by: Actor) -> None:
    if not ticket.is_open:
        undo_closing(ticket, by=by) if before == Ticket.SOLVED else reopen_ticket(ticket, by=by)


def _use_macro(ticket: Ticket, value: str, by: Actor) -> None:
    """`value` is the id of a macro its user may use still; what it does to one ticket is in its transaction."""
    agent = Agent.objects.get(pk=number_in(key_of(by).partition(":")[2]))
    viewer = viewer_of_agent(agent)
    macro = Macro.objects.visible_to(viewer).filter(pk=number_in(value), is_active=True).first()
    if macro is None:
        raise Refused("tickets.no_such_macro", _("There is no such macro."))
    if not may_use_macro(viewer, ticket, macro):
        raise Refused("tickets.may_not", _("You may not do this to tickets of this team."))
    if not fits(macro, ticket):
        raise Refused("tickets.macro_does_not_fit", _("No macro fits this ticket."))
    apply_macro(ticket, macro=macro, agent=agent, by=by)


def _use_macro_back(ticket: Ticket, before: None, by: Actor) -> None:
    raise Refused("tickets.macro_stays", _("What a macro did can't be taken back: it may have written to customers."))


DEEDS = {
    "assign": Deed(_assign, _assign_back, may_assign),
    "team": Deed(_move, _move_back, may_assign),
    "priority": Deed(_prioritise, _prioritise_back),
    "type": Deed(_classify, _classify_back),
    "status": Deed(_set_status, _set_status_back),
    "close": Deed(lambda ticket, _value, by: _set_status(ticket, Ticket.CLOSED, by), _set_status_back, may_close),
    "tag": Deed(_tag, _tag_back),
    "untag": Deed(_untag, _untag_back),
    "field": Deed(_set_field, _set_field_back),
    "junk": Deed(_junk, _junk_back, may_discard),
    MACRO: Deed(_use_macro, _use_macro_back),
}


def number_in(text: str) -> int:
    """The number in `text`; 0, which names nothing, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@transaction.atomic
def start_run(tickets: QuerySet[Ticket], *, by: Viewer, what: str, value: str, background: bool) -> BulkRun:
    """Write down that `what` ("status:closed" is "close") is to be done to `tickets`, as they are now; at most `MOST`.

    With `background` the worker does it; else the caller calls `finish_run`. Three statements, however many tickets.
    Raises `Refused("tickets.no_such_deed")`.
    """
    if (what, value) == ("status", Ticket.CLOSED):
        what = "close"
    if what not in DEEDS:
        raise Refused("tickets.no_such_deed", _("There is nothing like that to be done to tickets."))
    run = BulkRun.objects.create(agent_id=by.agent_id or 0, what=what, value=value[:500])
    run.total = _write_items(run, tickets)
    run.save(update_fields=["total"])
    publish(BulkChangeStarted(run_id=run.pk, what=what, total=run.total), on=run, by=by)
    if background:
        carry_on.defer(run_id=run.pk)
    return run


def _write_items(run: BulkRun, tickets: QuerySet[Ticket]) -> int:
    """All of them in one statement, without reading one."""
    try:
        text, params = tickets.order_by("pk").values("pk")[:MOST].query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO tickets_bulkitem (run_id, ticket_id, state) "
            f"SELECT %s, wanted.id, %s FROM ({text}) AS wanted (id) ORDER BY wanted.id",
            [run.pk, BulkItem.WAITING, *params],
        )
        return int(cursor.rowcount)


@job()
def carry_on(run_id: int) -> None:
    """Work on a run for some seconds, and put the rest off."""
    until = time.monotonic() + AT_A_TIME_S
    while do_piece(run_id):
        if time.monotonic() > until:
            carry_on.defer(run_id=run_id)
            return


def finish_run(run: BulkRun) -> BulkRun:
    """Do all of a run here and now, and return it as it is then: for the few rows of a screen."""
    while do_piece(run.pk):
        pass
    run.refresh_from_db()
    return run


@transaction.atomic
def do_piece(run_id: int) -> bool:
    """Do, or undo, the next `PIECE` tickets of a run; whether more may be waiting.

    The run's row is held, so that two workers never have the same piece. A few statements for each ticket.
    """
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("agent").filter(pk=run_id).first()
    if run is None or not run.is_at_work:
        return False
    items = list(run.items.filter(state=_wanted(run)).order_by("id")[:PIECE])
    if not items:
        _finish(run)
        return False
    viewer, deed = viewer_of_agent(run.agent), DEEDS[run.what]
    tickets = Ticket.objects.visible_to(viewer).in_bulk([item.ticket_id for item in items])
    for item in items:
        _do_item(run, item, tickets.get(item.ticket_id), deed, viewer)
    BulkItem.objects.bulk_update(items, ["state", "before"])
    run.save(update_fields=["done", "refused", "undone", "said"])
    return True


def _wanted(run: BulkRun) -> str:
    return BulkItem.WAITING if run.state == BulkRun.RUNNING else BulkItem.DONE


def _do_item(run: BulkRun, item: BulkItem, ticket: Ticket | None, deed: Deed, viewer: Viewer) -> None:
    """Do it to one; what it refuses is counted, and leaves the others alone."""
    is_undo = run.state == BulkRun.UNDOING
    try:
        if ticket is None or not deed.may(viewer, ticket) or not viewer.may(BULK, ticket.team_id):
            raise Refused("tickets.may_not", _("You may not do this to tickets of this team."))
        with transaction.atomic():
            if is_undo:
                deed.undo(ticket, item.before, viewer.key)
            else:
                item.before = deed.do(ticket, run.value, viewer.key)
    except Refused as refused:
        item.state = BulkItem.REFUSED
        run.refused += 1
        run.said = run.said or f"#{ticket.number if ticket else '?'}: {refused.message}"[:300]
    else:
        item.state = BulkItem.UNDONE if is_undo else BulkItem.DONE
        run.undone += is_undo
        run.done += not is_undo


def _finish(run: BulkRun) -> None:
    run.state = BulkRun.UNDONE if run.state == BulkRun.UNDOING else BulkRun.DONE
    run.finished_at = now()
    run.save(update_fields=["state", "finished_at"])
    _tell(run)


def _tell(run: BulkRun) -> None:
    done = run.undone if run.state == BulkRun.UNDONE else run.done
    publish(
        BulkChangeFinished(run_id=run.pk, state=run.state, done=done, refused=run.refused),
        on=run,
        by=f"agent:{run.agent_id}",
    )


@transaction.atomic
def stop_run(run: BulkRun) -> None:
    """Do no more of it, once the piece in hand is done; what was done stays, and can be undone."""
    run.refresh_from_db(from_queryset=BulkRun.objects.select_for_update())
    if run.is_at_work:
        run.state, run.finished_at = BulkRun.STOPPED, now()
        run.save(update_fields=["state", "finished_at"])
        _tell(run)


@transaction.atomic
def undo_run(run: BulkRun, *, background: bool) -> None:
    """Take back what a run did; nothing happens when it still runs, is taken back already, or used a macro."""
    run.refresh_from_db(from_queryset=BulkRun.objects.select_for_update())
    if run.what == MACRO or run.state not in (BulkRun.DONE, BulkRun.STOPPED):
        return
    run.state, run.finished_at, run.refused, run.said = BulkRun.UNDOING, None, 0, ""
    run.save(update_fields=["state", "finished_at", "refused", "said"])
    if background:
        carry_on.defer(run_id=run.pk)
