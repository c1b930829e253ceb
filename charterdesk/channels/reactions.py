"""What channels do when something happened: read what came, send what was queued."""

from charterdesk.channels.actions import forget_originals
from charterdesk.channels.email.intake import read_arrived
from charterdesk.channels.email.inviting import queue_invitation
from charterdesk.channels.email.junk import learn_from_ticket
from charterdesk.channels.email.sending import queue_message, queue_notice
from charterdesk.channels.events import MailArrived
from charterdesk.channels.jobs import put_off
from charterdesk.events.reactions import react
from charterdesk.people.events import AgentAdded, AgentNotified
from charterdesk.tickets.events import AttachmentRedacted, MessageQueued, MessageRedacted, TicketClosed, TicketSolved


@react(MailArrived)
def read(event: MailArrived) -> None:
    """A mail waits to be read."""
    read_arrived(event.mail_id)


@react(MessageQueued)
def send(event: MessageQueued) -> None:
    """A message is to go out."""
    outgoing = queue_message(event.message_id)
    if outgoing:
        put_off(outgoing.pk)


@react(AgentNotified)
def mail_notice(event: AgentNotified) -> None:
    """An agent should hear of something."""
    outgoing = queue_notice(event.notice_id)
    if outgoing:
        put_off(outgoing.pk)


@react(AgentAdded)
def invite(event: AgentAdded) -> None:
    """Somebody new should know where the desk is and how to sign in."""
    outgoing = queue_invitation(event.agent_id) if event.is_invited else None
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
