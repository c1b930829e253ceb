"""Mails as they leave: text and HTML, the thread they belong to, the history quoted, files attached."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import linebreaks, urlize
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.files import open_stored
from charterdesk.channels.email.addresses import SIDE_THREAD, TICKET, desk_id, make_message_id, tagged
from charterdesk.channels.email.writing import POLICY, Header, written
from charterdesk.channels.models import MailReference
from charterdesk.people.branding import sender_of
from charterdesk.people.models import Team
from charterdesk.tickets.models import Attachment, Message, Ticket

QUOTED_MESSAGES = 10
"""So many earlier messages are quoted below an answer."""
REFERENCES = 12
"""So many Message-IDs are named in References: the first, and the latest."""


@dataclass(frozen=True)
class Built:
    """A mail ready to go: who gets it, its Message-ID without brackets, and its bytes."""

    recipients: list[str]
    header: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """A mail of a thread: the message it is, in or out, and its Message-ID."""

    message_id: int
    direction: str
    header: str


def build_mails(messages: Sequence[Message]) -> list[Built]:
    """Build the mails that carry `messages`, whose attachments are prefetched.

    One query; one more for each that quotes the talk so far, and one read per attached file.
    """
    threads = _known_threads(messages)
    return [_build_mail(message, threads[_thread_of(message)]) for message in messages]


def _build_mail(message: Message, known: Sequence[Known]) -> Built:
    """Build one mail, `known` being the mails of its thread."""
    ticket, thread = message.ticket, message.side_thread
    header = make_message_id(TICKET, ticket.number, message.pk)
    if message.resent:
        header = f"r{message.resent}.{header}"  # a mail of its own: the first one may lie in the mailbox already
    with translation.override(ticket.language):
        text, html = _bodies(message)
    reply_to = (SIDE_THREAD, thread.pk) if thread else (TICKET, ticket.number)
    headers: list[Header] = [
        ("Subject", _subject(message)),
        ("From", _from(message)),
        ("To", ", ".join(message.to)),
        *([("Cc", ", ".join(message.cc))] if message.cc else ()),
        ("Reply-To", tagged(ticket.team.address, *reply_to)),
        *_common(header, is_automatic=message.is_automatic),
        *_thread(message, known),
    ]
    files = [one for one in message.attachments.all() if one.redacted_at is None]
    return Built([*message.to, *message.cc], header, _with_files(written(headers, text=text, html=html), files))


def build_plain(
    *,
    team: Team,
    to: str,
    subject: str,
    text: str,
    header: str,
    reply_to: str = "",
    files: Sequence[tuple[str, str, bytes]] = (),
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Built:
    """Build an automatic mail that belongs to no ticket's talk with its customer: a notice, a sign-in code.

    `files` are attached: name, kind (below application/) and content of each. `headers` (in ASCII, none of which is
    folded) stand before our own.
    """
    said: list[Header] = [
        ("Subject", " ".join(subject.split())),
        ("From", Address(sender_of(team), addr_spec=team.address)),
        ("To", to),
        *([("Reply-To", reply_to)] if reply_to else ()),
        *_common(header, is_automatic=True),
    ]
    raw = written(said, text=text, html=_document(linebreaks(urlize(text, autoescape=True))))
    if files:
        mail = _read(raw)
        for name, kind, content in files:
            mail.add_attachment(content, maintype="application", subtype=kind, filename=name)
        raw = mail.as_bytes()
    # Written as they are: the library would put a long address into encoded words, which no program follows.
    beside = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Built([to], header, beside.encode("ascii") + raw)


def _common(header: str, *, is_automatic: bool) -> list[Header]:
    """What every mail of ours says of itself (RFC 3834: automatic mail says so, and asks for no automatic answer)."""
    said: list[Header] = [
        ("Message-ID", f"<{header}>"),
        ("Date", format_datetime(now())),
        ("X-Charterdesk", desk_id()),
    ]
    if is_automatic:
        said += [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    return said


def _from(message: Message) -> Address:
    """The team's address, with the name of whoever wrote it."""
    team = message.ticket.team
    name = sender_of(team)
    if message.agent:
        name = f"{message.agent.name} ({name})"
    return Address(name, addr_spec=team.address)


def _subject(message: Message) -> str:
    """The subject with the reference, by which an answer is known even when all else is lost."""
    subject = message.subject or message.ticket.subject
    reference = f"[#{message.ticket.number}]"
    if reference in subject:
        return subject
    answer = "" if message.side_thread_id or subject.lower().startswith("re:") else "Re: "
    return f"{answer}{subject} {reference}"


def _thread_of(message: Message) -> tuple[int, int | None]:
    """A ticket, and one of its side threads or its talk with the customer."""
    return message.ticket_id, message.side_thread_id


def _known_threads(messages: Sequence[Message]) -> defaultdict[tuple[int, int | None], list[Known]]:
    """The Message-IDs of all mails in the threads of `messages`, oldest first. One query."""
    known = MailReference.objects.filter(message__ticket_id__in={message.ticket_id for message in messages})
    columns = ("message__ticket_id", "message__side_thread_id", "message_id", "message__direction", "header")
    threads: defaultdict[tuple[int, int | None], list[Known]] = defaultdict(list)
    for ticket_id, thread_id, *rest in known.order_by("message_id").values_list(*columns):
        threads[ticket_id, thread_id].append(Known(*rest))
    return threads


def _thread(message: Message, known: Sequence[Known]) -> list[Header]:
    """The mails this one answers to, so that every mail program shows one conversation."""
    earlier = [one for one in known if one.message_id < message.pk]
    headers = [one.header for one in earlier]
    incoming = [one.header for one in earlier if one.direction == Message.IN]
    last = incoming[-1] if incoming else headers[-1] if headers else None
    if not last:
        return []
    kept = [*headers[:1], *headers[1:][-REFERENCES:]]
    named = " ".join(f"<{header}>" for header in [*(h for h in kept if h != last), last])
    return [("In-Reply-To", f"<{last}>"), ("References", named)]


def _bodies(message: Message) -> tuple[str, str]:
    """Text and HTML: what was written, the team's signature, and the talk so far."""
    signature = "" if message.is_automatic else message.ticket.team.signature_in(message.ticket.language)
    text, html = message.body_text.rstrip(), message.body_html or linebreaks(escape(message.body_text))
    if signature:
        text += f"\n\n-- \n{signature}"
        html += f'<div class="signature">{linebreaks(escape(signature))}</div>'
    for earlier in _history(message):
        introduction = _wrote(earlier, message.ticket)
        quoted = "\n".join(f"> {line}".rstrip() for line in earlier.body_text.splitlines())
        text += f"\n\n{introduction}\n{quoted}"
        inner = earlier.body_html or linebreaks(escape(earlier.body_text))
        html += f'<p>{escape(introduction)}</p><blockquote type="cite">{inner}</blockquote>'
    return f"{text}\n", _document(html)


def _document(html: str) -> str:
    """A page of `html`, in the direction of the language that is set."""
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    return f'<!doctype html><html><body dir="{direction}">{html}</body></html>'


def _history(message: Message) -> Sequence[Message]:
    """The public messages before this one, latest first; automatic mails and forwards quote nothing."""
    if message.is_automatic or message.side_thread_id:
        return []
    earlier = message.ticket.messages.public().filter(pk__lt=message.pk, redacted_at=None, is_automatic=False)
    return list(earlier.order_by("-pk")[:QUOTED_MESSAGES])


def _wrote(earlier: Message, ticket: Ticket) -> str:
    """ "On 3 May 2026, 14:20, Ada Brook wrote:" in the customer's language and time zone."""
    zone = ZoneInfo(ticket.contact.time_zone or "UTC")
    at = date_format(timezone.localtime(earlier.created_at, zone), "DATETIME_FORMAT")
    return _("On %(time)s, %(name)s wrote:") % {"time": at, "name": earlier.author_name or str(ticket.contact)}


def _with_files(raw: bytes, attachments: Sequence[Attachment]) -> bytes:
    """A mail with files; images that the HTML shows travel beside it."""
    if not attachments:
        return raw
    mail = _read(raw)
    html: Any = mail.get_payload(1)
    for attachment in attachments:
        maintype, _slash, subtype = attachment.content_type.partition("/")
        with open_stored(attachment.sha256) as stored:
            data = stored.read()
        if attachment.is_inline and attachment.content_id:
            html.add_related(data, maintype, subtype, cid=f"<{attachment.content_id}>")
        else:
            mail.add_attachment(data, maintype, subtype or "octet-stream", filename=attachment.filename)
    return mail.as_bytes()


def _read(raw: bytes) -> EmailMessage:
    """A mail that was written as one to which files can be added."""
    mail: Any = message_from_bytes(raw, _class=EmailMessage, policy=POLICY)
    assert isinstance(mail, EmailMessage)
    return mail
