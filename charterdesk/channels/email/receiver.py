"""The desk's own SMTP server: the default way in. It says 250 only when the whole mail is committed."""

import asyncio
import contextlib
import logging
import signal
import ssl
import threading
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import close_old_connections
from django.db.utils import Error as DatabaseError

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email.fetcher import watch_all
from charterdesk.channels.email.mailboxes import Mailboxes

MAX_CONNECTIONS = 200
"""More at a time are asked to come back later."""
AT_ONCE = 8
"""So many mails are written to the database at a time; the others wait, and so do their senders."""
log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line of every talk


class Handler:
    """What aiosmtpd asks: may this recipient be written to, and take this mail."""

    def __init__(self) -> None:
        self.mailboxes = Mailboxes()
        self.writing = asyncio.Semaphore(AT_ONCE)
        self.talks: set[asyncio.BaseProtocol] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for our teams only: what nobody reads is refused, not swallowed."""
        try:
            known = await asyncio.to_thread(self.mailboxes.knows, address)
        except DatabaseError:
            log.exception("can't look up who %s is", address)
            return "451 4.3.0 Try again later"
        if not known:
            return f"550 5.1.1 There is no mailbox {address} here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Commit the mail as it came; only then it is ours. When that fails, its sender keeps it."""
        raw: bytes | str = envelope.content or b""
        peer = session.peer[0] if isinstance(session.peer, tuple) else None
        accept = partial(
            _accept,
            raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape"),
            source="smtp",
            sender=envelope.mail_from or "",
            recipients=list(envelope.rcpt_tos),
            client_ip=peer,
            client_name=str(session.host_name or ""),
        )
        try:
            async with self.writing:
                number = await asyncio.to_thread(accept)
        except Exception:
            log.exception("can't keep a mail from %s", envelope.mail_from)
            return "451 4.3.0 Can't keep the mail now; try again later"
        return f"250 2.0.0 Kept as {number}"


class Talk(SMTP):
    """One connection: aiosmtpd's, for lines of any length, and only so many at a time.

    The standard allows it to refuse lines of more than a thousand characters, but programs write whole HTML mails on
    one line, or end their lines without a carriage return: such mail is read like any other.
    """

    line_length_limit = settings.MAX_MAIL_BYTES

    @property
    def talks(self) -> set[asyncio.BaseProtocol]:
        """All that go on now."""
        talks: set[asyncio.BaseProtocol] = self.event_handler.talks
        return talks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet, or ask to come back later; called a second time when STARTTLS is done."""
        if self not in self.talks and len(self.talks) >= MAX_CONNECTIONS:
            assert isinstance(transport, asyncio.Transport)
            transport.write(b"421 4.3.2 Too many connections; try again later\r\n")
            transport.close()
            return
        self.talks.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for the next."""
        if self in self.talks:
            self.talks.discard(self)
            super().connection_lost(error)


def _accept(raw: bytes, **fields: Any) -> int:
    """Commit one mail and return its number; a connection that broke is replaced before the next."""
    close_old_connections()
    try:
        mail = accept_mail(raw, **fields)
    finally:
        close_old_connections()
    assert mail is not None, "what comes by SMTP has no source id"
    return mail.pk


def _tls() -> ssl.SSLContext | None:
    """STARTTLS with the desk's certificate, where one is set."""
    if not settings.TLS_CERT:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.TLS_CERT, settings.TLS_KEY)
    return context


async def serve(host: str, port: int, *, stop: asyncio.Event) -> None:
    """Receive mail at `host`:`port` until `stop` is set."""
    handler, context = Handler(), _tls()

    def protocol() -> SMTP:
        return Talk(
            handler,
            data_size_limit=settings.MAX_MAIL_BYTES,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_DOMAIN,
            ident="charterdesk",
            tls_context=context,
            timeout=120,
        )

    server = await asyncio.get_running_loop().create_server(protocol, host, port, backlog=MAX_CONNECTIONS)
    log.info("receiving mail at %s:%s", host, server.sockets[0].getsockname()[1])
    async with server:
        await stop.wait()


def main() -> None:
    """Receive mail, and fetch it from the mailboxes set up, until SIGTERM or SIGINT."""
    host, port = settings.SMTP_ADDRESS
    stop_fetching = threading.Event()
    fetching = threading.Thread(target=watch_all, args=[stop_fetching], name="fetching", daemon=True)
    fetching.start()

    async def run() -> None:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(number, stopping.set)
        await serve(host, port, stop=stopping)

    asyncio.run(run())
    stop_fetching.set()
    fetching.join(10)
