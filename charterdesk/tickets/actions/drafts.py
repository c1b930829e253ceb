"""What an agent is writing, kept."""

from collections.abc import Iterable

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.html import clean_html
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, Draft, Ticket
from charterdesk.tickets.taken_up import TakenUp


@transaction.atomic
def save_draft(
    ticket: Ticket,
    *,
    agent: Agent,
    kind: str,
    body_html: str,
    cc: Iterable[str] = (),
    seen_id: int | None = None,
    taken_up: TakenUp | None = None,
) -> Draft:
    """Keep what `agent` has written so far on `ticket`; there is one draft per agent and ticket.

    `seen_id` is the last message there was when they began; `taken_up` the macro that is done when it is sent.
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
            "taken_up": taken_up.as_value() if taken_up else {},
        },
    )
    return draft


@transaction.atomic
def was_sent(ticket: Ticket, *, once: str | None) -> bool:
    """Whether the form named `once` was sent before. `ticket` is held, so that it stays so until the transaction ends.

    What came of it then is not done again, and what the page still had to say of its draft comes too late.
    """
    if not once:
        return False
    lock(ticket, with_people=True)
    return ticket.messages.filter(once=once).exists()


@transaction.atomic
def discard_draft(ticket: Ticket, *, agent: Agent) -> None:
    """Throw the draft and its files away, if there is one."""
    files = list(Attachment.objects.filter(draft__ticket=ticket, draft__agent=agent).values_list("sha256", flat=True))
    Draft.objects.filter(ticket=ticket, agent=agent).delete()
    let_go(files)
