"""What channels do when something happened: read what came, send what was queued."""

from datetime import timedelta

from charterdesk.base.clock import now
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
from charterdesk.channels.email.sending import messages_to_go, queue_mails_of
from charterdesk.channels.email.together import read_arrived_together
from charterdesk.channels.events import (
    MailArrived,
    MailNotCommented,
    MailNotPosted,
    MailSettled,
    SmsArrived,
    SmsSettled,
)
from charterdesk.channels.forgetting import forget_in_channels
from charterdesk.channels.jobs import (
    mail_comment,
    mail_decision,
    mail_invoice,
    mail_not_commented,
    mail_not_posted,
    mail_post,
    put_off,
    put_off_all,
    put_off_text,
    read_text,
)
from charterdesk.channels.models import SmsOut
from charterdesk.channels.sms.sending import queue_texts
from charterdesk.channels.telling import tell_notices
from charterdesk.comments.events import CommentShown
from charterdesk.community.events import ForumProposalAccepted, ForumProposalDeclined, ForumProposalEvent, PostShown
from charterdesk.events.log import Cause, caused_by, this_entry
from charterdesk.events.reactions import MAIL, Heard, react, react_together
from charterdesk.people.erasing import erases
from charterdesk.people.events import AgentInvited, AgentNotified
from charterdesk.tickets.events import AttachmentRedacted, MessageQueued, MessageRedacted, TicketClosed, TicketSolved

PARTS_WAIT = timedelta(minutes=5)
"""So long the parts of a long text wait for each other."""


@react_together(MailArrived, lane=MAIL)
def read(heard: Heard[MailArrived]) -> None:
    """Mails wait to be read."""
    read_arrived_together({event.mail_id: Cause.of(entry) for event, entry in heard})


@react_together(MessageQueued, lane=MAIL)
def send(heard: Heard[MessageQueued]) -> None:
    """Messages are to go out."""
    causes = {event.message_id: Cause.of(entry) for event, entry in heard}
    messages = messages_to_go(list(causes))
    for out in queue_texts(messages):
        with caused_by(causes[out.message_id or 0]):
            put_off_text(out)
    put_off_all([(one.pk, causes[one.message_id]) for one in queue_mails_of(messages) if one.message_id])


@react(SmsArrived)
def read_one_text(event: SmsArrived) -> None:
    """A text waits to be read; a part of a longer one does so until the rest is there, but not for long."""
    later = None if event.is_whole else now() + PARTS_WAIT
    read_text.defer_with(at=later, lock=f"sms-in:{event.sms_id}", sms_id=event.sms_id)


@react(MailSettled)
def send_settled(event: MailSettled) -> None:
    """An operator says that a mail did not arrive, and is to go (again)."""
    if not event.arrived:
        put_off(event.outgoing_id)


@react(SmsSettled)
def send_settled_text(event: SmsSettled) -> None:
    """An operator says that a text did not arrive, and is to go (again)."""
    if event.arrived:
        return
    if out := SmsOut.objects.select_related("number").filter(pk=event.out_id).first():
        put_off_text(out)


@react_together(AgentNotified, lane=MAIL)
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


@react(PostShown)
def tell_of_post(event: PostShown) -> None:
    """Who follows the topic, or is named, hears of it."""
    mail_post.defer(post_id=event.post_id)


@react(CommentShown)
def tell_of_comment(event: CommentShown) -> None:
    """Who follows or wrote below the article hears of it."""
    mail_comment.defer(comment_id=event.comment_id)


@react(ForumProposalAccepted, ForumProposalDeclined)
def tell_who_proposed(event: ForumProposalEvent) -> None:
    """They should know what became of it."""
    mail_decision.defer(proposal_id=event.proposal_id)


@react(MailNotPosted)
def tell_who_mailed(event: MailNotPosted) -> None:
    """They should not believe that others read it."""
    mail_not_posted.defer(mail_id=event.mail_id, follow_id=event.follow_id, reason=event.reason)


@react(MailNotCommented)
def tell_who_commented(event: MailNotCommented) -> None:
    """Likewise below an article."""
    mail_not_commented.defer(mail_id=event.mail_id, follow_id=event.follow_id, reason=event.reason)


erases(forget_in_channels)
