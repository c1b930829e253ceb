"""Fetching a picture that a mail names, so that its reader's own machine never meets the sender's server.

The address comes from a stranger. It is followed only to the public internet (see `base.outside`), on the ports of the
web, for so long and so much; and what comes back is handed on only if its bytes are a picture's.
"""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from charterdesk.base.outside import connect, is_public, seconds_until
from charterdesk.base.sniffing import HARMLESS_PICTURES, sniff

MAX_BYTES = 5 * 1024**2
SECONDS, PATIENCE = 6.0, 2.0
"""For one picture in all; to wait for one's turn."""
REDIRECTS = 3
AT_A_TIME = 2
PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._?"
_turns = threading.BoundedSemaphore(AT_A_TIME)


class NoPicture(Exception):
    """There is none, it may not be fetched, or it did not come in time; the text says which, for the log."""


@dataclass(frozen=True)
class Picture:
    """What was fetched; `content_type` is found in the bytes."""

    content_type: str
    data: bytes


def fetch_picture(
    url: str, *, may_reach: Callable[[str], bool] = is_public, ports: dict[str, int] | None = None
) -> Picture:
    """Fetch the picture at `url`; at most `AT_A_TIME` of them in a process. Raises `NoPicture`. Blocks for seconds.

    `ports` are those allowed by scheme; tests have their own server elsewhere.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise NoPicture("too many pictures are being fetched")
    try:
        until = time.monotonic() + SECONDS
        for _hop in range(REDIRECTS + 1):
            answer = _ask(url, until, may_reach, ports or PORTS)
            if isinstance(answer, Picture):
                return answer
            url = urljoin(url, answer)
        raise NoPicture("redirected too often")
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        raise NoPicture(str(error)) from error
    finally:
        _turns.release()


def _ask(url: str, until: float, may_reach: Callable[[str], bool], ports: dict[str, int]) -> Picture | str:
    """The picture, or where it is said to be instead."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in ports or not host or (parts.port or ports[parts.scheme]) != ports[parts.scheme]:
        raise NoPicture("not an address of the web")
    connection = http.client.HTTPConnection(host, ports[parts.scheme], timeout=seconds_until(until))
    connection.sock = connect(host, ports[parts.scheme], tls=parts.scheme == "https", until=until, may_reach=may_reach)
    try:
        connection.request("GET", _target(parts), headers={"Accept": "image/*", "User-Agent": "charterdesk"})
        response = connection.getresponse()
        if location := response.status in (301, 302, 303, 307, 308) and response.headers.get("Location"):
            return str(location)
        if response.status != 200:
            raise NoPicture(f"the other side answered {response.status}")
        return _read(response, connection.sock, until)
    finally:
        connection.close()


def _target(parts: SplitResult) -> str:
    """Path and query, with nothing in them that would end the line they are sent on."""
    query = f"?{parts.query}" if parts.query else ""
    return quote(f"{parts.path or '/'}{query}", safe=_SAFE)


def _read(response: http.client.HTTPResponse, sock: socket.socket | None, until: float) -> Picture:
    """The whole of it, within time and size."""
    data = bytearray()
    while True:
        if sock is not None and sock.fileno() >= 0:
            sock.settimeout(seconds_until(until))
        piece = response.read1(65536)
        if not piece:
            break
        data += piece
        if len(data) > MAX_BYTES:
            raise NoPicture("it is too large")
    return Picture(_type_of(bytes(data)), bytes(data))


def _type_of(data: bytes) -> str:
    """The type the bytes show. Raises `NoPicture` for all but harmless pictures."""
    content_type = sniff(data[:512])
    if content_type not in HARMLESS_PICTURES:
        raise NoPicture("it is no picture")
    return content_type
