"""A provider of SMS by HTTP for tests: it keeps what it is given, and says what it is told to say."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

from django.conf import settings
from django.test import Client

from charterdesk.channels.models import SmsNumber
from charterdesk.channels.sms.http import hook_url, signature
from charterdesk.people.models import Team

OURS, THEIRS = "+4930123456", "+4915112345678"
SECRET = "a-token-of-the-provider"


@dataclass
class Provider:
    """What it was given (`kept`), what it answers next (`answers`: status and JSON), and its pictures by path."""

    port: int = 0
    kept: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, object]]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    logins: list[str] = field(default_factory=list)
    hangs_up: bool = False

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider on a port of its own."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Take a text, or do what the test wants."""
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.logins.append(self.headers.get("Authorization", ""))
            status, said = provider.answers.pop(0) if provider.answers else (201, {})
            if status == 201:
                provider.kept.append(dict(parse_qsl(body)))
                said = {"sid": f"SM{len(provider.kept)}", **said}
            if provider.hangs_up:
                self.connection.close()
                return
            self._say(status, json.dumps(said).encode(), "application/json")

        def do_GET(self) -> None:
            """A picture, or the account."""
            picture = provider.pictures.get(self.path)
            if picture is not None:
                self._say(200, picture, "image/png")
            else:
                self._say(200 if "Accounts" in self.path else 404, b"{}", "application/json")

        def _say(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_port
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def make_number(team: Team, provider: Provider | None = None, **fields: object) -> SmsNumber:
    """A number of `team` at `provider`."""
    given: dict[str, object] = {"name": "Texts", "number": OURS, "team": team, "user": "AC1"}
    number = SmsNumber(**{**given, "url": provider.url if provider else "https://sms.example", **fields})
    number.seal(SECRET)
    number.save()
    return number


def call_in(client: Client, number: SmsNumber, **fields: str) -> int:
    """Call as the provider does when a text came; return the status."""
    given = {"MessageSid": "SMin1", "From": THEIRS, "To": number.number, "Body": "No water", **fields}
    return _call(client, hook_url(number, "in"), given)


def call_status(client: Client, number: SmsNumber, out_pk: int, status: str, sid: str = "SM1") -> int:
    """Call as the provider does when it knows what became of a text; return the status."""
    return _call(client, f"{hook_url(number, 'status')}?text={out_pk}", {"MessageSid": sid, "MessageStatus": status})


def _call(client: Client, url: str, fields: dict[str, str]) -> int:
    path = url.removeprefix(settings.PUBLIC_URL)
    response = client.post(path, fields, headers={"X-Twilio-Signature": signature(SECRET, url, fields)})
    return response.status_code
