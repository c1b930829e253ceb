"""Calling an address with a message: one POST, no redirect, a bounded time and a bounded answer."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from charterdesk.base.outside import connect, may_reach, seconds_until
from charterdesk.base.refused import Refused

SECONDS = 15.0
MOST_KEPT = 300  # characters of an answer
_SAFE = "/%:@!$&'()*+,;=~-._?"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """How a call ended. `status` is None where there was no answer; `wait` are seconds the other side asked for;
    `content` is what it answered, as far as was asked for, and `said` its beginning.
    """

    status: int | None
    said: str
    ms: int
    wait: int | None = None
    content: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether the message was taken: any 2xx."""
        return self.status is not None and 200 <= self.status < 300


def check_url(url: str) -> None:
    """Raise `Refused("events.webhook_url")` for what is no address to call."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or parts.username or parts.password:
        raise Refused(
            "events.webhook_url", _("Write an address such as https://example.org/hooks, without a password.")
        )


def call(
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    reach: Callable[[str], bool] = may_reach,
    most: int = MOST_KEPT,
) -> Answer:
    """POST `content` to `url`, and read `most` bytes of what it answers. Never raises for what the other side or the
    network does; blocks up to `SECONDS`.
    """
    began = time.monotonic()
    try:
        status, came, wait = _post(url, content, headers, began + SECONDS, reach, most)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:MOST_KEPT], _ms_since(began))
    said = came.decode(errors="replace").replace("\x00", "")[:MOST_KEPT]
    return Answer(status, said, _ms_since(began), wait, came)


def _post(
    url: str, content: bytes, headers: Mapping[str, str], until: float, reach: Callable[[str], bool], most: int
) -> tuple[int, bytes, int | None]:
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=seconds_until(until))
    connection.sock = connect(host, port, tls=parts.scheme == "https", until=until, may_reach=reach)
    try:
        connection.sock.settimeout(seconds_until(until))
        query = f"?{parts.query}" if parts.query else ""
        connection.request(
            "POST", quote(f"{parts.path or '/'}{query}", safe=_SAFE), body=content, headers=dict(headers)
        )
        response = connection.getresponse()
        came = response.read1(MOST_KEPT * 4)
        while 0 < len(came) < most and (piece := response.read1(most - len(came))):
            came += piece
            seconds_until(until)
        return response.status, came, _seconds(response.headers.get("Retry-After"))
    finally:
        connection.close()


def _seconds(header: str | None) -> int | None:
    return min(int(header), 86_400) if header and header.isdecimal() and len(header) < 10 else None


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
