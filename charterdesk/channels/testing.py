"""An outside for tests: a real SMTP server that keeps what it is given, and mails as people send them."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Outside:
    """Somebody else's mail server. `answer` decides what DATA is answered with; `kept` is what it said 250 to."""

    port: int = 0
    kept: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    hangs_up: str = ""

    def to(self, address: str) -> list[EmailMessage]:
        """What it kept for `address`."""
        return [mail for mail, whom in zip(self.kept, self.recipients, strict=True) if address in whom]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse whom the test says."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, or answer or die as the test says."""
        if self.hangs_up == "before keeping":
            server.transport.abort()  # type: ignore[union-attr]
            return "451 gone"
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            raw = envelope.original_content or b""
            self.kept.append(message_from_bytes(raw, policy=default))
            self.recipients.append(list(envelope.rcpt_tos))
        if self.hangs_up == "after keeping":
            server.transport.abort()  # type: ignore[union-attr]
        return answer


@contextmanager
def running_outside(tls: SSLContext | None = None) -> Iterator[Outside]:
    """An `Outside` that listens on a free port of this machine while the block runs; with `tls` it offers STARTTLS."""
    outside = Outside()
    loop = asyncio.new_event_loop()
    started = threading.Event()

    async def start() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(outside, hostname="outside", tls_context=tls), "127.0.0.1", 0)

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(start())
        outside.port = server.sockets[0].getsockname()[1]
        started.set()
        loop.run_forever()
        server.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield outside
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def make_mail(
    text: str = "No water since this morning.",
    *,
    sender: str = "Mia Miller <mia@home.example>",
    to: str = "leaks@desk.example",
    subject: str = "No water",
    message_id: str = "<one@home.example>",
    **headers: Any,
) -> bytes:
    """A mail as a person's mail program sends it; `In_Reply_To=` and the like are further headers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = "Sun, 22 Nov 2026 08:00:00 +0100"
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
