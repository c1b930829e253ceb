"""What a ticket is: subject, type, priority, tags, people, links, and its next due time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.people.models import Agent, Contact
from charterdesk.tickets.actions.locking import lock, refuse_concerned, refuse_merged
from charterdesk.tickets.events import (
    CopiesChanged,
    FollowerAdded,
    FollowerRemoved,
    RequesterChanged,
    TicketClassified,
    TicketLinked,
    TicketPrioritised,
    TicketRenamed,
    TicketTagged,
    TicketUnlinked,
)
from charterdesk.tickets.guarding import CLASSIFY, ask_guards
from charterdesk.tickets.models import Copied, Follower, Link, Ticket


@operation("tickets.prioritise", sets="priority")
@transaction.atomic
def prioritise_ticket(ticket: Ticket, *, by: Actor, priority: int) -> Skipped | None:
    """Set the priority, 1 (urgent) to 4 (low). Raises `Refused("tickets.no_such_priority")`."""
    lock(ticket)
    if priority not in dict(Ticket.PRIORITIES):
        raise Refused("tickets.no_such_priority", _("There is no such priority."))
    if ticket.priority == priority:
        return SO_ALREADY
    former, ticket.priority = ticket.priority, priority
    ticket.save(update_fields=["priority"])
    publish(
        TicketPrioritised(ticket_id=ticket.pk, team_id=ticket.team_id, priority=priority, former=former),
        on=ticket,
        by=by,
    )
    return None


@operation("tickets.classify", sets="type")
@transaction.atomic
def classify_ticket(ticket: Ticket, *, by: Actor, type: str) -> Skipped | None:
    """Set the type. Raises `Refused("tickets.no_such_type")`."""
    lock(ticket)
    if type not in dict(Ticket.TYPES):
        raise Refused("tickets.no_such_type", _("There is no such type of request."))
    if ticket.type == type:
        return SO_ALREADY
    ask_guards(ticket, CLASSIFY)
    former, ticket.type = ticket.type, type
    ticket.save(update_fields=["type"])
    publish(
        TicketClassified(ticket_id=ticket.pk, team_id=ticket.team_id, type=type, former=former),
        on=ticket,
        by=by,
    )
    return None


@operation("tickets.tag")
@transaction.atomic
def tag_ticket(ticket: Ticket, *, by: Actor, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Skipped | None:
    """Put tags on and take tags off; they are kept in lower case, at most 50 characters each."""
    lock(ticket)
    before = set(ticket.tags)
    after = (before | {_tag(tag) for tag in add}) - {_tag(tag) for tag in remove} - {""}
    if after == before:
        return SO_ALREADY
    ticket.tags = sorted(after)
    ticket.save(update_fields=["tags"])
    publish(
        TicketTagged(
            ticket_id=ticket.pk,
            team_id=ticket.team_id,
            added=tuple(sorted(after - before)),
            removed=tuple(sorted(before - after)),
        ),
        on=ticket,
        by=by,
    )
    return None


def _tag(tag: str) -> str:
    """A tag as it is kept."""
    return " ".join(tag.lower().split())[:50]


@transaction.atomic
def rename_ticket(ticket: Ticket, *, by: Actor, subject: str) -> None:
    """Rewrite the subject. Raises `Refused("tickets.no_subject")` for an empty one."""
    lock(ticket)
    subject = " ".join(subject.split())[:300]
    if not subject:
        raise Refused("tickets.no_subject", _("A ticket needs a subject."))
    if ticket.subject == subject:
        return
    ticket.subject = subject
    ticket.save(update_fields=["subject"])
    publish(TicketRenamed(ticket_id=ticket.pk, team_id=ticket.team_id), on=ticket, by=by)


@transaction.atomic
def change_requester(ticket: Ticket, *, by: Actor, contact: Contact) -> None:
    """Make `contact` the one the ticket is for; the former requester stays on copy."""
    lock(ticket)
    refuse_merged(ticket)
    if ticket.contact_id == contact.pk:
        return
    former = ticket.contact
    ticket.contact, ticket.organisation_id = contact, contact.organisation_id
    ticket.save(update_fields=["contact", "organisation"])
    if former.email:
        Copied.objects.get_or_create(ticket=ticket, address=former.email, defaults={"name": former.name})
    Copied.objects.filter(ticket=ticket, address=contact.email).delete()
    publish(
        RequesterChanged(ticket_id=ticket.pk, team_id=ticket.team_id, contact_id=contact.pk, former_id=former.pk),
        on=ticket,
        by=by,
    )


@transaction.atomic
def set_copies(ticket: Ticket, *, by: Actor, addresses: Iterable[str]) -> None:
    """Make exactly `addresses` those on copy. Raises `Refused("tickets.bad_address")`, changing nothing."""
    lock(ticket)
    wanted = {address.strip().lower() for address in addresses if address.strip()}
    for address in wanted:
        check_address(address)
    present = set(ticket.copied.values_list("address", flat=True))
    if wanted == present:
        return
    ticket.copied.exclude(address__in=wanted).delete()
    Copied.objects.bulk_create([Copied(ticket=ticket, address=address) for address in wanted - present])
    publish(CopiesChanged(ticket_id=ticket.pk, team_id=ticket.team_id), on=ticket, by=by)


def check_address(address: str) -> None:
    """Raises `Refused("tickets.bad_address")` for what is no e-mail address."""
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            "tickets.bad_address", _("“%(address)s” is not an e-mail address.") % {"address": address}
        ) from None


def problems_of_address(args: Mapping[str, Any]) -> list[str]:
    """What is wrong with the `address` a rule writes to, in words; one that names fields is known when it acts."""
    address = str(args.get("address", ""))
    try:
        if "{" not in address:
            check_address(address)
    except Refused as refused:
        return [str(refused.message)]
    return []


@operation("tickets.follow")
@transaction.atomic
def follow_ticket(ticket: Ticket, *, by: Actor, agent: Agent) -> Skipped | None:
    """Let `agent` hear of everything on `ticket`. Raises `Refused("tickets.about_them")`."""
    if ticket.key in agent.kept_from:
        refuse_concerned(agent)
    _row, created = Follower.objects.get_or_create(ticket=ticket, agent=agent)
    if not created:
        return SO_ALREADY
    publish(FollowerAdded(ticket_id=ticket.pk, team_id=ticket.team_id, agent_id=agent.pk), on=ticket, by=by)
    return None


@transaction.atomic
def unfollow_ticket(ticket: Ticket, *, by: Actor, agent: Agent) -> None:
    """Let `agent` hear no more of `ticket` than any colleague."""
    deleted, _rows = Follower.objects.filter(ticket=ticket, agent=agent).delete()
    if deleted:
        publish(FollowerRemoved(ticket_id=ticket.pk, team_id=ticket.team_id, agent_id=agent.pk), on=ticket, by=by)


@operation("tickets.link")
@transaction.atomic
def link_tickets(ticket: Ticket, *, by: Actor, other: Ticket, kind: str = Link.RELATED) -> Skipped | None:
    """Say how `ticket` stands to `other`; nothing happens where that is known.

    Raises `Refused("tickets.same_ticket")`.
    """
    if ticket.pk == other.pk:
        raise Refused("tickets.same_ticket", _("A ticket is not linked to itself."))
    if Link.objects.filter(ticket=ticket, other=other, kind=kind).exists():
        return SO_ALREADY
    Link.objects.update_or_create(ticket=ticket, other=other, defaults={"kind": kind})
    publish(
        TicketLinked(ticket_id=ticket.pk, team_id=ticket.team_id, other_id=other.pk, kind=kind),
        on=ticket,
        by=by,
    )
    return None


@transaction.atomic
def unlink_tickets(ticket: Ticket, *, by: Actor, other: Ticket) -> None:
    """Take the link between two tickets off, whichever way it points."""
    deleted, _rows = (
        Link.objects.filter(ticket=ticket, other=other) | Link.objects.filter(ticket=other, other=ticket)
    ).delete()
    if deleted:
        publish(TicketUnlinked(ticket_id=ticket.pk, team_id=ticket.team_id, other_id=other.pk), on=ticket, by=by)


@dataclass(frozen=True, slots=True)
class Due:
    """The next due time of a ticket (of any target), and when its solution is promised."""

    ticket_id: int
    due_at: datetime | None
    promised_at: datetime | None


def set_due(times: Sequence[Due]) -> None:
    """Keep due times beside the tickets, so that lists sort by them.

    One statement, no event: whoever computes promises has published them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tickets_ticket AS ticket SET due_at = due.due_at, promised_at = due.promised_at "
            "FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS due (id, due_at, promised_at) "
            "WHERE ticket.id = due.id",
            [[one.ticket_id for one in times], [one.due_at for one in times], [one.promised_at for one in times]],
        )
