"""Promises for tests: policies by the hour, and a log whose events happened when the test says."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from charterdesk.events.testing import run_reactions
from charterdesk.people.models import Agent
from charterdesk.sla.models import Policy, PolicyVersion
from charterdesk.tickets.actions import Incoming, receive_message, send_message
from charterdesk.tickets.actions.sending import release_message
from charterdesk.tickets.models import Ticket

MONDAY = datetime(2025, 11, 24, tzinfo=UTC)


def at_hour(hour: float) -> datetime:
    """`hour` hours after Monday 24 November 2025, 00:00 UTC."""
    return MONDAY + timedelta(hours=hour)


def make_policy(
    *,
    first_reply: float | None = None,
    next_reply: float | None = None,
    resolution: float | None = None,
    **fields: Any,
) -> PolicyVersion:
    """A policy in force with targets in hours; `fields` are conditions, position, calendar, warnings."""
    return PolicyVersion.objects.create(
        policy=Policy.objects.create(),
        number=1,
        name=fields.pop("name", "A policy"),
        first_reply=timedelta(hours=first_reply) if first_reply else None,
        next_reply=timedelta(hours=next_reply) if next_reply else None,
        resolution=timedelta(hours=resolution) if resolution else None,
        **fields,
    )


def no_policies() -> None:
    """A desk whose only policy was taken out of force."""
    version = make_policy(first_reply=1)
    version.active_until = version.active_from
    version.save()


def stamp(hour: float) -> None:
    """Let what was published since the last call have happened at `hour` of the test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_event SET at = %s WHERE at > %s", [at_hour(hour), datetime(2026, 1, 1, tzinfo=UTC)]
        )


def happened(hour: float) -> None:
    """Let what was published since the last call have happened at `hour`, and everybody react to it."""
    stamp(hour)
    run_reactions()
    stamp(hour)


def write_again(ticket: Ticket, *, is_automatic: bool = False) -> None:
    """The customer writes once more, or their machine does."""
    contact = ticket.contact
    incoming = Incoming(
        contact=contact,
        channel=ticket.channel,
        subject="",
        text="And one more thing.",
        author_name=str(contact),
        author_address=contact.email,
        is_automatic=is_automatic,
    )
    receive_message(ticket, incoming, by=contact)


def answer(ticket: Ticket, agent: Agent) -> None:
    """Send a reply that nobody calls back."""
    message = send_message(ticket, by=agent, agent=agent, html="<p>We are on it.</p>")
    release_message(message.pk, by=agent)
