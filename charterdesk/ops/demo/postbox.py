"""Where mail and texts of the demo go: servers that keep them in a Maildir, so that nothing leaves the machine."""

import argparse
import json
import mailbox
import signal
import threading
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from charterdesk import settings_table

FOLDER = "outbox"


def folder() -> Path:
    """The Maildir of this demo."""
    return settings_table.data_folder() / FOLDER


def main(argv: Sequence[str]) -> int:
    """Take mail and texts until a signal says stop."""
    parser = argparse.ArgumentParser(prog="charterdesk demo postbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="of the SMTP server")
    parser.add_argument("--texts", type=int, required=True, help="of the provider of SMS")
    given = parser.parse_args(argv)
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    controller = Controller(Keeper(folder()), hostname="127.0.0.1", port=given.port)
    provider = ThreadingHTTPServer(("127.0.0.1", given.texts), Provider)
    controller.start()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    done.wait()
    provider.shutdown()
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


class Provider(BaseHTTPRequestHandler):
    """Takes texts as Twilio does, and keeps each beside the mails."""

    def do_POST(self) -> None:
        """Keep the text, then say so."""
        given = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
        letter = EmailMessage()
        letter["Date"], letter["Subject"] = formatdate(), "SMS"
        letter["From"], letter["To"] = (f"{given.get(name, '').lstrip('+')}@sms.example" for name in ("From", "To"))
        letter.set_content(given.get("Body", ""))
        self._say(201, {"sid": f"SM{mailbox.Maildir(folder()).add(letter.as_bytes())}"})

    def do_GET(self) -> None:
        """Whoever asks is let in."""
        self._say(200, {})

    def _say(self, status: int, what: dict[str, str]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


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
