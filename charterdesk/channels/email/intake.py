"""From a mail as it came to a message on its ticket; or aside, where people can see it and why."""

import logging
from collections.abc import Iterable, Sequence
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.db.utils import Error as DatabaseError
from django.utils.html import escape, linebreaks

from charterdesk.base.keys import SYSTEM
from charterdesk.channels.actions import fingerprint_of, mark_read, note_returned, remember, set_aside
from charterdesk.channels.email.addresses import OUTGOING, RECIPIENT, TICKET, desk_id, read_message_ids, read_tag
from charterdesk.channels.email.comments import comments_named, take_comment
from charterdesk.channels.email.community import follow_named, take_post
from charterdesk.channels.email.junk import is_blocked, junk_score
from charterdesk.channels.email.language import language_of
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.email.reading.addresses import Address
from charterdesk.channels.email.reading.mail import ReadMail, read_mail
from charterdesk.channels.email.threads import Thread, find_thread, has_to_do_with
from charterdesk.channels.email.verdicts import sender_verdicts
from charterdesk.channels.models import RawMail
from charterdesk.people.actions import identify_contact
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    mark_undelivered,
    open_ticket,
    receive_message,
    record_sent,
    release_message,
    send_message,
)
from charterdesk.tickets.models import Message

WANTED = "wanted"
"""The reason on a mail that somebody took out of junk or quarantine: it is not judged again."""
log = logging.getLogger(__name__)
mailboxes = Mailboxes()


def read_arrived(mail_id: int) -> None:
    """Read one mail that waits. What can't be read is quarantined, whole; a database that fails is tried again."""
    try:
        with transaction.atomic():
            mail = RawMail.objects.select_for_update().get(pk=mail_id)
            if mail.state == RawMail.WAITING:
                _take_in(mail)
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("mail %s can't be read", mail_id)
        with transaction.atomic():
            mail = RawMail.objects.select_for_update().get(pk=mail_id)
            set_aside(mail, state=RawMail.QUARANTINED, reason=f"error:{type(error).__name__}")


def _take_in(mail: RawMail) -> None:
    """Decide what the mail is, and make it that."""
    read = read_mail(mail.content)
    sender = sender_of(read)
    mail.subject, mail.from_address = (read.subject or "")[:300], sender[:320]
    mail.fingerprint = fingerprint_of_mail(read)
    wanted = mail.reason == WANTED
    mail.verdicts = {} if wanted else sender_verdicts(mail, read)
    if _came_before(mail):
        set_aside(mail, state=RawMail.DUPLICATE, reason="same Message-ID and content")
    elif read.headers("X-Charterdesk") == [desk_id()] and mail.source == "smtp":
        set_aside(mail, state=RawMail.IGNORED, reason="loop")
    elif read.verdict == "feedback_report":
        set_aside(mail, state=RawMail.IGNORED, reason="feedback_report")
    elif read.verdict == "bounce":
        _bounce(mail, read)
    elif read.verdict == "quarantine" or not sender:
        set_aside(mail, state=RawMail.QUARANTINED, reason="unreadable")
    else:
        _message(mail, read, sender, wanted=wanted)


def _message(mail: RawMail, read: ReadMail, sender: str, *, wanted: bool) -> None:
    """Somebody wrote (or their machine did): find the ticket, or open one; or what they answer on in public."""
    if not mail.source.startswith("sent:") and _is_said_in_public(mail, read, sender):
        return
    thread = find_thread(
        sender=sender, recipients=recipients_of(mail, read), message_ids=_answered(read), subject=read.subject or ""
    )
    if mail.source.startswith("sent:"):
        _sent_elsewhere(mail, read, thread)
        return
    known = thread is not None and has_to_do_with(thread.ticket, sender)
    if not wanted and (reason := _junk(mail, read, sender, known=known)):
        set_aside(mail, state=RawMail.JUNK, reason=reason)
    elif thread and thread.notice:
        _agent_answers(mail, read, sender, thread)
    elif thread:
        _reply(mail, read, sender, thread)
    elif read.auto_reply:
        set_aside(mail, state=RawMail.IGNORED, reason="auto_reply")
    else:
        _request(mail, read, sender)


def _is_said_in_public(mail: RawMail, read: ReadMail, sender: str) -> bool:
    """Whether it answered on a topic, or on a comment below an article; then it was posted there, or set aside."""
    recipients, answered = recipients_of(mail, read), _answered(read)
    if follow := follow_named(recipients, answered):
        take_post(mail, read, sender, follow)
    elif hears := comments_named(recipients, answered):
        take_comment(mail, read, sender, hears)
    else:
        return False
    return True


def _request(mail: RawMail, read: ReadMail, sender: str) -> None:
    """A new request: it becomes a ticket of the team it was sent to."""
    recipients = recipients_of(mail, read)
    team_id = mailboxes.team_id(recipients)
    teams = Team.objects.order_by("pk")
    team = (teams.filter(pk=team_id) if team_id else teams).first() or teams.first()
    assert team is not None, "a desk has at least one team"
    language = language_of(read.subject or "", read.reply_text or "") or team.language
    contact = identify_contact(email=sender, name=name_of(read), language=language, by=SYSTEM)
    ticket = open_ticket(
        incoming_of(mail, read, contact_email=sender, contact=contact), team=team, by=SYSTEM, language=language
    )
    message = ticket.messages.get()
    remember(message, read.message_id or "")
    mark_read(mail, message)


def _reply(mail: RawMail, read: ReadMail, sender: str, thread: Thread) -> None:
    """An answer on a ticket, from its customer, somebody on copy, or a third party."""
    contact = identify_contact(email=sender, name=name_of(read), language=thread.ticket.language, by=SYSTEM)
    side = thread.side_thread if thread.side_thread and sender == thread.side_thread.address else None
    message = receive_message(
        thread.ticket, incoming_of(mail, read, contact_email=sender, contact=contact), by=SYSTEM, side_thread=side
    )
    remember(message, read.message_id or "")
    mark_read(mail, message)


def _agent_answers(mail: RawMail, read: ReadMail, sender: str, thread: Thread) -> None:
    """An agent answers a notice from their own mail program: it goes to the customer, as if written at the desk."""
    agent: Agent = thread.notice.agent  # type: ignore[union-attr]
    if sender != agent.email or mail.verdicts.get("dmarc") == "fail" or read.auto_reply:
        set_aside(mail, state=RawMail.QUARANTINED, reason="not the agent the notice went to")
        return
    message = send_message(thread.ticket, by=agent, agent=agent, html=linebreaks(escape(read.reply_text or "")))
    release_message(message.pk, by=agent)
    remember(message, read.message_id or "")
    mark_read(mail, message)


def _sent_elsewhere(mail: RawMail, read: ReadMail, thread: Thread | None) -> None:
    """Staff wrote to a customer from a mail program: the ticket shows it. What belongs to no ticket is theirs."""
    if thread is None or read.headers("X-Charterdesk"):
        set_aside(mail, state=RawMail.IGNORED, reason="sent mail of no ticket" if thread is None else "our own")
        return
    agent = Agent.objects.filter(login__email=sender_of(read)).first()
    message = record_sent(
        thread.ticket,
        by=agent or SYSTEM,
        agent=agent,
        author_name=name_of(read),
        to=_addresses(read.to),
        text=read.reply_text or "",
        html=read.body_html or "",
        files=_files(read),
        once=f"mail:{mail.pk}",
    )
    remember(message, read.message_id or "")
    mark_read(mail, message)


def _bounce(mail: RawMail, read: ReadMail) -> None:
    """A message of ours did not arrive, or is late: mark the very message, by what only we can have made."""
    message = _bounced_message(mail, read)
    reports = read.bounce.recipients if read.bounce else ()
    failed = [report for report in reports if report.action != "delayed"]
    if message is None:
        recipient = _bounced_recipient(mail, read)
        if recipient and (failed or not reports):
            note_returned(recipient)
        reason = "bounce of an announcement" if recipient else "bounce of a mail we do not know"
        set_aside(mail, state=RawMail.IGNORED, reason=reason)
        return
    if failed or not reports:
        note = "; ".join(f"{r.address}: {r.status or ''} {r.reason or ''}".strip() for r in failed) or "returned"
        mark_undelivered(message, by=SYSTEM, note=note)
    set_aside(mail, state=RawMail.IGNORED, reason="bounce" if failed else "delayed")


def _bounced_message(mail: RawMail, read: ReadMail) -> Message | None:
    """By the return path we gave it, else by the Message-ID that the report quotes."""
    tags = [tag for tag in map(read_tag, recipients_of(mail, read)) if tag and tag.kind == OUTGOING]
    numbers = [tag.number for tag in tags]
    numbers += [serial for tag, serial in read_message_ids(mail.content.decode("latin-1")) if tag.kind == TICKET]
    found = Message.objects.filter(pk__in=numbers, direction=Message.OUT).in_bulk()
    return next((found[number] for number in numbers if number in found), None)


def _bounced_recipient(mail: RawMail, read: ReadMail) -> int:
    """Which of many an announcement went to did not get it, by the return path of their mail; 0 for none."""
    tags = [tag for tag in map(read_tag, recipients_of(mail, read)) if tag and tag.kind == RECIPIENT]
    return tags[0].number if tags else 0


def _junk(mail: RawMail, read: ReadMail, sender: str, *, known: bool) -> str:
    """Why the mail is junk; "" when it is not. Who has to do with the ticket is only ever blocked by hand."""
    if is_blocked(sender):
        return "blocked sender"
    if known:
        return ""
    if read.verdict == "junk":
        return "the site's filter says so"
    if mail.verdicts.get("dmarc") == "fail" and mail.verdicts.get("dmarc_policy") in ("reject", "quarantine"):
        return "not from whom it says (DMARC)"
    score = junk_score(read)
    mail.verdicts["junk"] = round(score, 3)
    return "reads like what agents called junk" if score > settings.JUNK_THRESHOLD else ""


def _came_before(mail: RawMail) -> bool:
    """Whether the very same mail is a message already: same Message-ID and same content, not only one of them."""
    if not mail.fingerprint:
        return False
    return RawMail.objects.filter(fingerprint=mail.fingerprint, state=RawMail.READ).exclude(pk=mail.pk).exists()


def fingerprint_of_mail(read: ReadMail) -> str:
    """What true duplicates share; "" for a mail without a Message-ID, which nobody can tell from a second one."""
    if not read.message_id:
        return ""
    return fingerprint_of(
        read.message_id,
        read.subject or "",
        read.body_text or "",
        *(attachment.sha256 for attachment in read.attachments),
    )


def incoming_of(mail: RawMail, read: ReadMail, *, contact_email: str, contact: Contact) -> Incoming:
    """What was written, as tickets take it."""
    text = read.reply_text if read.reply_text is not None else (read.body_text or "")
    ours = mailboxes
    cc = [
        address for address in _addresses([*read.to, *read.cc]) if address != contact_email and not ours.knows(address)
    ]
    return Incoming(
        contact=contact,
        channel="email",
        subject=read.subject or "",
        text=text,
        quoted=_rest(read.body_text or "", text),
        html=read.body_html or "",
        author_name=name_of(read),
        author_address=contact_email,
        to=_addresses(read.to),
        cc=cc,
        files=_files(read),
        is_automatic=read.automatic,
        once=f"mail:{mail.pk}",
    )


def _rest(whole: str, new: str) -> str:
    """What a mail quotes: the whole without what is new in it; "" when nothing was taken off."""
    if whole.strip() == new.strip():
        return ""
    before, found, after = whole.partition(new.strip())
    return f"{before}{after}".strip() if found and new.strip() else whole


def _files(read: ReadMail) -> Sequence[IncomingFile]:
    """The mail's attachments."""
    return [
        IncomingFile(
            filename=attachment.filename or "",
            stream=BytesIO(attachment.read()),
            content_type=attachment.content_type,
            content_id=attachment.content_id or "",
            is_inline=attachment.inline,
        )
        for attachment in read.attachments
    ]


def sender_of(read: ReadMail) -> str:
    """Whom it is from, in lower case; "" when nobody can tell."""
    candidates = [read.sender, read.reply_to]
    return next((one.address.lower() for one in candidates if one and one.address and "@" in one.address), "")


def name_of(read: ReadMail) -> str:
    """What its sender is called."""
    return (read.sender.name if read.sender else "") or ""


def recipients_of(mail: RawMail, read: ReadMail) -> list[str]:
    """Everybody it was sent to, those of the envelope first."""
    delivered = read.headers("Delivered-To") + read.headers("X-Original-To")
    return [address.lower() for address in [*mail.recipients, *delivered, *_addresses([*read.to, *read.cc])]]


def _addresses(people: Iterable[Address]) -> list[str]:
    """Their addresses, in lower case, those that have one."""
    return [one.address.lower() for one in people if one.address and "@" in one.address]


def _answered(read: ReadMail) -> list[str]:
    """The Message-IDs it answers to, the closest first."""
    first = [read.in_reply_to] if read.in_reply_to else []
    return list(dict.fromkeys([*first, *reversed(read.references)]))
