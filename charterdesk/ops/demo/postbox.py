"""Where all mail of the demo goes: an SMTP server that keeps it in a Maildir, so that nothing leaves the machine."""

import argparse
import mailbox
import signal
import threading
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from charterdesk import settings_table

FOLDER = "outbox"


def folder() -> Path:
    """The Maildir of this demo."""
    return settings_table.data_folder() / FOLDER


def main(argv: Sequence[str]) -> int:
    """Take mail until a signal says stop."""
    parser = argparse.ArgumentParser(prog="charterdesk demo postbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args(argv)
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    controller = Controller(Keeper(folder()), hostname="127.0.0.1", port=given.port)
    controller.start()
    done.wait()
    controller.stop()
    return 0


class Keeper:
    """Keeps each mail, with the envelope's addresses in its first lines, as delivery agents do."""

    def __init__(self, path: Path) -> None:
        self.box = mailbox.Maildir(path)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail, then say so."""
        head = f"Return-Path: <{envelope.mail_from or ''}>\r\nDelivered-To: {', '.join(envelope.rcpt_tos)}\r\n"
        content = envelope.original_content or b""
        self.box.add(head.encode("utf-8", "surrogateescape") + content)
        return "250 kept, and goes no further"


def letters(path: Path) -> list[EmailMessage]:
    """The mails kept in `path`, the oldest first. Reads them all."""
    if not path.is_dir():
        return []
    box = mailbox.Maildir(path, create=False)
    return sorted((_read(box.get_bytes(key)) for key in box.keys()), key=_sent_at)  # noqa: SIM118 (a mailbox is no dict)


def _read(raw: bytes) -> EmailMessage:
    letter = message_from_bytes(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def _sent_at(letter: EmailMessage) -> float:
    try:
        return parsedate_to_datetime(str(letter["Date"])).timestamp()
    except (TypeError, ValueError):
        return 0.0


def text_of(letter: EmailMessage) -> str:
    """What a person reads of it."""
    body = letter.get_body(("plain", "html"))
    return str(body.get_content()) if body else ""
