"""What an agent is writing, kept."""

from collections.abc import Iterable

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.html import clean_html
from charterdesk.people.models import Agent
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, Draft, Ticket


@transaction.atomic
def save_draft(
    ticket: Ticket, *, agent: Agent, kind: str, body_html: str, cc: Iterable[str] = (), seen_id: int | None = None
) -> Draft:
    """Keep what `agent` has written so far on `ticket`; there is one draft per agent and ticket.

    `seen_id` is the last message there was when they began.
    """
    draft, _created = Draft.objects.update_or_create(
        ticket=ticket,
        agent=agent,
        defaults={
            "kind": kind if kind == Draft.NOTE else Draft.REPLY,
            "body_html": clean_html(body_html),
            "cc": [address for address in cc if address],
            "saved_at": now(),
            "seen_id": seen_id,
        },
    )
    return draft


@transaction.atomic
def discard_draft(ticket: Ticket, *, agent: Agent) -> None:
    """Throw the draft and its files away, if there is one."""
    files = list(Attachment.objects.filter(draft__ticket=ticket, draft__agent=agent).values_list("sha256", flat=True))
    Draft.objects.filter(ticket=ticket, agent=agent).delete()
    let_go(files)
