"""What has to be done on a ticket, item by item."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import (
    ChecklistItemAdded,
    ChecklistItemChanged,
    ChecklistItemDone,
    ChecklistItemRemoved,
    ChecklistItemReopened,
)
from charterdesk.tickets.mentions import refuse_strangers
from charterdesk.tickets.models import ChecklistItem, Ticket

MOST = 100
"""So many items a ticket may have."""


@transaction.atomic
def add_item(
    ticket: Ticket, *, by: Actor, text: str, assignee: Agent | None = None, due_on: date | None = None
) -> ChecklistItem:
    """Put something on the checklist, for `assignee` to do by `due_on`, and tell them.

    Raises `Refused`: `tickets.empty_item`, `tickets.long_checklist`, `tickets.mention_outside` for an assignee who may
    not see the ticket.
    """
    lock(ticket)
    text = " ".join(text.split())[:300]
    if not text:
        raise Refused("tickets.empty_item", _("Say what is to be done."))
    if ticket.checklist.count() >= MOST:
        raise Refused("tickets.long_checklist", _("A checklist has %(most)d items at most.") % {"most": MOST})
    refuse_strangers(ticket, [assignee.pk] if assignee else [])
    item = ChecklistItem.objects.create(ticket=ticket, text=text, assignee=assignee, due_on=due_on)
    event = ChecklistItemAdded(
        ticket_id=ticket.pk, team_id=ticket.team_id, item_id=item.pk, assignee_id=item.assignee_id
    )
    publish(event, on=ticket, by=by)
    _tell(item, by=by)
    return item


@operation("tickets.add_items")
@transaction.atomic
def add_items(ticket: Ticket, *, by: Actor, items: Iterable[str]) -> Skipped | None:
    """Put a ready-made checklist on `ticket`, without what stands on it already. Raises as `add_item`."""
    lock(ticket)
    before = {text.casefold() for text in ticket.checklist.values_list("text", flat=True)}
    present = set(before)
    for text in items:
        tidy = " ".join(text.split())
        if tidy and tidy.casefold() not in present:
            add_item(ticket, by=by, text=tidy)
            present.add(tidy.casefold())
    return None if present != before else SO_ALREADY


@transaction.atomic
def tick_item(item: ChecklistItem, *, by: Actor, done: bool, agent: Agent | None = None) -> None:
    """Say that `item` is done, or after all is not. Nothing happens when that is known."""
    ticket = _hold(item)
    if (item.done_at is not None) == done:
        return
    item.done_at, item.done_by = (now(), agent) if done else (None, None)
    item.save(update_fields=["done_at", "done_by"])
    what = ChecklistItemDone if done else ChecklistItemReopened
    publish(what(ticket_id=ticket.pk, team_id=ticket.team_id, item_id=item.pk), on=ticket, by=by)


@transaction.atomic
def change_item(
    item: ChecklistItem, *, by: Actor, text: str, assignee: Agent | None = None, due_on: date | None = None
) -> None:
    """Let `item` say something else, be somebody else's or due another day. Raises as `add_item`."""
    ticket = _hold(item)
    text = " ".join(text.split())[:300]
    if not text:
        raise Refused("tickets.empty_item", _("Say what is to be done."))
    wanted = {"text": text, "assignee_id": assignee.pk if assignee else None, "due_on": due_on}
    changed = sorted(name for name, value in wanted.items() if getattr(item, name) != value)
    if not changed:
        return
    refuse_strangers(ticket, [assignee.pk] if assignee else [])
    for name in changed:
        setattr(item, name, wanted[name])
    item.save(update_fields=changed)
    event = ChecklistItemChanged(
        ticket_id=ticket.pk, team_id=ticket.team_id, item_id=item.pk, assignee_id=item.assignee_id
    )
    publish(event, on=ticket, by=by)
    if "assignee_id" in changed:
        _tell(item, by=by)


@transaction.atomic
def remove_item(item: ChecklistItem, *, by: Actor) -> None:
    """Take `item` off the checklist."""
    ticket = _hold(item)
    publish(ChecklistItemRemoved(ticket_id=ticket.pk, team_id=ticket.team_id, item_id=item.pk), on=ticket, by=by)
    item.delete()


def _hold(item: ChecklistItem) -> Ticket:
    """Lock the item's ticket and read the item afresh."""
    ticket = lock(item.ticket)
    item.refresh_from_db(fields=["text", "assignee", "due_on", "done_at"])
    return ticket


def _tell(item: ChecklistItem, *, by: Actor) -> None:
    """Tell whoever is to do it, unless they said so themselves."""
    if item.assignee_id and getattr(by, "key", by) != f"agent:{item.assignee_id}":
        notify([item.assignee_id], code="task.assigned", about=item.ticket.key, by=by, data={"item_id": item.pk})
