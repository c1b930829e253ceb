"""Taking out for good what should never have been written or sent."""

from collections.abc import Callable

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.events.log import publish
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.events import AttachmentRedacted, MessageRedacted
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, Message, Ticket

Guard = Callable[[Ticket], None]
_guards: list[Guard] = []


def guards_redaction(guard: Guard) -> Guard:
    """Have `guard` called before anything of a ticket is taken out: it raises `Refused` for what has to be kept."""
    if guard not in _guards:
        _guards.append(guard)
    return guard


def _require_redactable(ticket: Ticket) -> None:
    for guard in _guards:
        guard(ticket)


@transaction.atomic
def redact_message(message: Message, *, by: Actor) -> None:
    """Take out what `message` says, with its files. The entry stays and says so. It can't be undone.

    Raises what a guard refuses, as a legal hold does.
    """
    ticket = lock(message.ticket)
    _require_redactable(ticket)
    for attachment in message.attachments.filter(redacted_at=None):
        redact_attachment(attachment, by=by)
    message.body_text = message.quoted_text = message.body_html = message.subject = ""
    message.redacted_at = now()
    message.save(update_fields=["body_text", "quoted_text", "body_html", "subject", "redacted_at"])
    publish(MessageRedacted(ticket_id=ticket.pk, team_id=ticket.team_id, message_id=message.pk), on=ticket, by=by)


@transaction.atomic
def redact_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Take a file out; its bytes are deleted soon after commit unless the same bytes hang elsewhere, too.

    Raises as `redact_message`.
    """
    message = attachment.message
    assert message is not None, "what hangs on a draft is removed, not redacted"
    ticket = lock(message.ticket)
    _require_redactable(ticket)
    sha256, attachment.sha256 = attachment.sha256, ""
    attachment.filename, attachment.redacted_at = "", now()
    attachment.save(update_fields=["sha256", "filename", "redacted_at"])
    publish(
        AttachmentRedacted(
            ticket_id=ticket.pk, team_id=ticket.team_id, attachment_id=attachment.pk, message_id=message.pk
        ),
        on=ticket,
        by=by,
    )
    let_go([sha256])
