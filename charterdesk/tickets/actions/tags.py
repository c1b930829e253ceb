"""Tags as a whole: kept from their first use, described, renamed, made one with another, done away with."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.tickets.events import TagChanged, TagRemoved, TicketTagged
from charterdesk.tickets.models import Tag, Ticket

CHUNK = 200
"""So many tickets are changed over in one transaction."""


def tag_word(text: str) -> str:
    """A tag as it is kept: lower case, single spaces, at most 50 characters."""
    return " ".join(text.lower().split())[:50]


def keep_tags(names: Iterable[str]) -> None:
    """Know these tags from now on. One statement."""
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(set(names))], ignore_conflicts=True)


def keep_tags_in_use() -> None:
    """Know every tag that a ticket has; for tickets that were loaded without events. Reads all tickets once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_tag (name, description, created_at) "
            "SELECT DISTINCT unnest(tags), '', now() FROM tickets_ticket ON CONFLICT (name) DO NOTHING"
        )


@transaction.atomic
def describe_tag(tag: Tag, *, by: Actor, description: str) -> None:
    """Say what `tag` is for. Nothing happens where that is what it says."""
    tag.refresh_from_db(from_queryset=Tag.objects.select_for_update())
    if tag.description == description.strip():
        return
    tag.description = description.strip()[:300]
    tag.save(update_fields=["description"])
    publish(TagChanged(tag_id=tag.pk, fields=["description"]), on=tag, by=by)


@transaction.atomic
def turn_tag(tag: Tag, *, into: str, by: Actor) -> None:
    """Let every ticket that has `tag` have `into` instead, or nothing for "". The tickets follow in the background.

    Into a tag that exists makes them one. Raises `Refused`: `tickets.tag_changing`, `tickets.same_tag`.
    """
    tag.refresh_from_db(from_queryset=Tag.objects.select_for_update())
    wanted = tag_word(into)
    if tag.is_changing:
        raise Refused("tickets.tag_changing", _("The tickets with this tag are being changed over already."))
    if wanted == tag.name:
        raise Refused("tickets.same_tag", _("That is its name."))
    if wanted:
        target, is_new = Tag.objects.get_or_create(name=wanted, defaults={"description": tag.description})
        if target.is_changing:
            raise Refused("tickets.tag_changing", _("The other tag is itself being changed over."))
        publish(TagChanged(tag_id=tag.pk, fields=["name"], into_id=target.pk, is_merge=not is_new), on=tag, by=by)
    else:
        publish(TagRemoved(tag_id=tag.pk), on=tag, by=by)
    tag.becoming = wanted
    tag.save(update_fields=["becoming"])


@transaction.atomic
def turn_some(tag: Tag, *, by: Actor) -> int:
    """Change over the next tickets that have `tag`; return how many. With none left, the tag is gone."""
    tickets = list(Ticket.objects.select_for_update().filter(tags__contains=[tag.name]).order_by("pk")[:CHUNK])
    for ticket in tickets:
        before = set(ticket.tags)
        after = (before | {tag.becoming or ""}) - {tag.name, ""}
        ticket.tags = sorted(after)
        ticket.save(update_fields=["tags"])
        event = TicketTagged(
            ticket_id=ticket.pk, team_id=ticket.team_id, added=tuple(sorted(after - before)), removed=(tag.name,)
        )
        publish(event, on=ticket, by=by)
    if not tickets:
        tag.delete()
    return len(tickets)
