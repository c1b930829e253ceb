"""One mail, read: everything the desk makes of raw bytes, with no network, no database and no exceptions."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeVar

from charterdesk.base.html import clean_html
from charterdesk.channels.email.reading import auto, feedback, junk
from charterdesk.channels.email.reading.addresses import Address, read_addresses, read_senders
from charterdesk.channels.email.reading.attachments import Attachment
from charterdesk.channels.email.reading.bodies import Bodies, sort_out
from charterdesk.channels.email.reading.bounces import Bounce, read_bounce
from charterdesk.channels.email.reading.headers import date, message_ids, raw_text, unstructured
from charterdesk.channels.email.reading.html_replies import reply_of_html
from charterdesk.channels.email.reading.mime import Part, parse
from charterdesk.channels.email.reading.plaintext import without_armour
from charterdesk.channels.email.reading.replies import read_reply

log = logging.getLogger(__name__)
Verdict = Literal["message", "auto_reply", "bounce", "feedback_report", "junk", "quarantine"]
T = TypeVar("T")


@dataclass(slots=True)
class _Guard:
    """Runs each step of reading so that a fault in one never loses the others, nor the mail."""

    faults: list[str] = field(default_factory=list)

    def __call__(self, step: Callable[[], T], otherwise: T) -> T:
        try:
            return step()
        except Exception as fault:
            self.faults.append(f"{type(fault).__name__}: {fault}"[:200])
            log.warning("reading a mail: a step failed", exc_info=True)
            return otherwise


@dataclass
class ReadMail:
    """A mail as the desk reads it. What is absent is None (or empty, for lists)."""

    raw_size: int
    root: Part
    sender: Address | None
    reply_to: Address | None
    to: list[Address]
    cc: list[Address]
    subject: str | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    date: datetime | None
    body_text: str | None
    body_html: str | None
    reply_text: str | None
    attachments: list[Attachment]
    auto_reply: bool
    automatic: bool  # a program sent it: never answer it automatically
    list_mail: bool
    bounce: Bounce | None
    feedback: dict[str, str] | None
    junk: bool
    verdict: Verdict
    faults: list[str]  # steps that failed, for the operator; the rest of the mail was read all the same

    def header(self, name: str) -> str | None:
        """The first header field of that name as text (decoded), None where absent."""
        return unstructured(self.root.get(name.lower()))

    def headers(self, name: str) -> list[str]:
        """Every header field of that name as text, top first."""
        return [unstructured(raw) or "" for raw in self.root.get_all(name.lower())]

    @property
    def envelope_sender(self) -> str | None:
        """The address in Return-Path; "" for the null path of a bounce; None where there is no such header."""
        raw = self.root.get("return-path")
        if raw is None:
            return None
        match = re.search(r"<([^<>]*)>", raw_text(raw))
        return match[1].strip() if match else raw_text(raw).strip()

    @property
    def authentication_results(self) -> list[str]:
        """What servers on the way wrote of SPF, DKIM and DMARC; top first; trust is for the caller."""
        return self.headers("authentication-results")

    @cached_property
    def forwarded(self) -> list["ReadMail"]:
        """Mails attached whole, read in their turn."""
        return [read_mail(part.content()) for part in self.root.walk() if part.content_type == "message/rfc822"]

    def as_json(self) -> dict[str, object]:
        """What `charterdesk mail explain` prints."""
        return {
            "from": self.sender.as_json() if self.sender else None,
            "reply_to": self.reply_to.as_json() if self.reply_to else None,
            "to": [address.as_json() for address in self.to],
            "cc": [address.as_json() for address in self.cc],
            "subject": self.subject,
            "message_id": self.message_id,
            "in_reply_to": self.in_reply_to,
            "references": self.references,
            "date": self.date.isoformat() if self.date else None,
            "body_text": self.body_text,
            "body_html": self.body_html,
            "reply_text": self.reply_text,
            "attachments": [attachment.as_json() for attachment in self.attachments],
            "auto_reply": self.auto_reply,
            "bounce": self.bounce.as_json() if self.bounce else None,
            "verdict": self.verdict,
        }


def read_mail(raw: bytes) -> ReadMail:
    """Read `raw`, a mail as it came over the wire or out of a file. Never raises, whatever the bytes.

    Takes about a millisecond for an ordinary mail. Attachments are decoded when asked for.
    """
    guard = _Guard()
    root = guard(lambda: parse(raw), Part([], raw))
    label = root.type_parameters.get("charset", "")
    bodies = guard(lambda: sort_out(root), Bodies())
    sender = _first(guard(lambda: read_senders(root.get_all("from"), label), list[Address]()))
    subject = guard(lambda: unstructured(root.get("subject"), label), None)
    text = guard(bodies.text, None)
    html = guard(bodies.html, None)
    in_reply_to = message_ids(root.get("in-reply-to"))
    attachments = guard(bodies.attachments, list[Attachment]())
    called = f"{sender.name or ''} <{sender.address or ''}>" if sender else ""
    kind = _Kind(root, called, subject or "", text, guard)
    return ReadMail(
        raw_size=len(raw),
        root=root,
        sender=sender,
        reply_to=_first(guard(lambda: read_addresses(root.get_all("reply-to"), label), list[Address]())),
        to=guard(lambda: read_addresses(root.get_all("to"), label), []),
        cc=guard(lambda: read_addresses(root.get_all("cc"), label), []),
        subject=subject,
        message_id=_first(message_ids(root.get("message-id"))),
        in_reply_to=_first(in_reply_to),
        references=message_ids(b" ".join(root.get_all("references"))),
        date=date(root.get("date")),
        body_text=text,
        body_html=guard(lambda: clean_html(html), None) if html is not None else None,
        reply_text=guard(lambda: _reply(bodies, text, html, subject), text),
        attachments=attachments,
        auto_reply=kind.auto_reply,
        automatic=kind.automatic,
        list_mail=auto.is_list_mail(root),
        bounce=kind.bounce,
        feedback=kind.feedback,
        junk=kind.junk,
        verdict=kind.verdict(readable=bool(sender or subject or attachments or _is_readable(text, raw))),
        faults=guard.faults,
    )


def _first(found: "list[T]") -> T | None:
    return found[0] if found else None


@dataclass
class _Kind:
    """What sort of mail it is, each sign looked for once."""

    root: Part
    sender: str
    subject: str
    text: str | None
    guard: _Guard

    def __post_init__(self) -> None:
        self.feedback: dict[str, str] | None = None
        self.bounce: Bounce | None = None
        if self.guard(lambda: feedback.is_feedback_report(self.root, sender=self.sender, subject=self.subject), False):
            self.feedback = self.guard(lambda: feedback.feedback_facts(self.root), dict[str, str]())
        else:
            self.bounce = self.guard(self._bounce, None)
        self.auto_reply = self.bounce is None and self.feedback is None and self.guard(self._auto_reply, False)
        self.automatic = (
            self.auto_reply
            or bool(self.bounce)
            or self.feedback is not None
            or self.guard(lambda: auto.is_automatic(self.root, sender=self.sender), False)
        )
        self.junk = self.guard(lambda: junk.is_junk(self.root), False)

    def _bounce(self) -> Bounce | None:
        is_reply = bool(re.match(r"\s*(?:re|aw|sv|antw|fwd?|wg|tr|rv)\s*:", self.subject, re.IGNORECASE))
        return read_bounce(
            self.root, self.text, sender=self.sender.strip(" <>"), subject=self.subject, is_reply=is_reply
        )

    def _auto_reply(self) -> bool:
        return auto.is_auto_reply(self.root, subject=self.subject, sender=self.sender, text=self.text)

    def verdict(self, *, readable: bool) -> Verdict:
        """The first that applies."""
        if self.feedback is not None:
            return "feedback_report"
        if self.bounce is not None:
            return "bounce"
        if self.auto_reply:
            return "auto_reply"
        if self.junk:
            return "junk"
        return "message" if readable else "quarantine"


def _is_readable(text: str | None, raw: bytes) -> bool:
    """Whether there are words in it, rather than the remains of something binary."""
    sample = (text or "")[:4000]
    letters = sum(1 for character in sample if character.isalnum())
    odd = sum(1 for character in sample if character == "\ufffd" or (character < " " and character not in "\n\t\r"))
    return letters > 0 and odd * 20 < len(sample) and raw[:4000].count(0) * 50 < len(raw[:4000])


def _reply(bodies: Bodies, text: str | None, html: str | None, subject: str | None) -> str | None:
    if text is None:
        return None
    text = without_armour(text)
    if bodies.has_text or html is None:
        reply = read_reply(text, subject=subject)
        if reply.folded or html is None:
            return reply.text
        from_html = reply_of_html(html, subject=subject, as_text="")
        return from_html.text if from_html.folded and from_html.text else reply.text
    return reply_of_html(html, subject=subject, as_text=text).text
