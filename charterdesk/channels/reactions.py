"""What channels do when something happened: read what came, send what was queued."""

from charterdesk.billing.events import (
    CreditNoteIssued,
    InvoiceEvent,
    InvoiceIssued,
    InvoiceReminded,
    InvoiceSendingAsked,
)
from charterdesk.channels.actions import forget_originals
from charterdesk.channels.email.inviting import queue_invitation
from charterdesk.channels.email.junk import learn_from_ticket
from charterdesk.channels.email.sending import queue_messages
from charterdesk.channels.email.together import read_arrived_together
from charterdesk.channels.events import MailArrived
from charterdesk.channels.forgetting import forget_in_channels
from charterdesk.channels.jobs import mail_invoice, put_off, put_off_all
from charterdesk.channels.telling import tell_notices
from charterdesk.events.log import Cause, this_entry
from charterdesk.events.reactions import Heard, react, react_together
from charterdesk.people.erasing import erases
from charterdesk.people.events import AgentInvited, AgentNotified
from charterdesk.tickets.events import AttachmentRedacted, MessageQueued, MessageRedacted, TicketClosed, TicketSolved


@react_together(MailArrived)
def read(heard: Heard[MailArrived]) -> None:
    """Mails wait to be read."""
    read_arrived_together({event.mail_id: Cause.of(entry) for event, entry in heard})


@react_together(MessageQueued)
def send(heard: Heard[MessageQueued]) -> None:
    """Messages are to go out."""
    causes = {event.message_id: Cause.of(entry) for event, entry in heard}
    put_off_all([(one.pk, causes[one.message_id]) for one in queue_messages(list(causes)) if one.message_id])


@react_together(AgentNotified)
def mail_notice(heard: Heard[AgentNotified]) -> None:
    """Agents should hear of something."""
    tell_notices({event.notice_id: Cause.of(entry) for event, entry in heard})


@react(AgentInvited)
def invite(event: AgentInvited) -> None:
    """Somebody new should know where the desk is and how to come in."""
    outgoing = queue_invitation(event.invitation_id, event.number)
    if outgoing:
        put_off(outgoing.pk)


@react(TicketClosed)
def learn_junk(event: TicketClosed) -> None:
    """An agent pressed the button."""
    if event.reason == "junk":
        learn_from_ticket(event.ticket_id, is_junk=True)


@react(TicketSolved)
def learn_good(event: TicketSolved) -> None:
    """What was answered and solved was no junk."""
    learn_from_ticket(event.ticket_id, is_junk=False)


@react(MessageRedacted)
def forget_message(event: MessageRedacted) -> None:
    """What was taken out must not live on in the mail it came as."""
    forget_originals(event.message_id)


@react(AttachmentRedacted)
def forget_file(event: AttachmentRedacted) -> None:
    """Nor must a file."""
    forget_originals(event.message_id)


@react(InvoiceIssued, CreditNoteIssued, InvoiceSendingAsked, InvoiceReminded)
def send_invoice(event: InvoiceEvent) -> None:
    """Its customer is to have it. The mail is named by what happened, so that it goes once for each."""
    entry = this_entry()
    assert entry is not None
    reminder = event.number if isinstance(event, InvoiceReminded) else 0
    mail_invoice.defer(invoice_id=event.invoice_id, event_id=entry.id, reminder=reminder)


erases(forget_in_channels)
