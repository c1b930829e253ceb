"""Handing a sealed message to a push service. The browser named its address, so it is looked at before."""

import http.client
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from charterdesk.base.outside import connect, is_public, may_reach
from charterdesk.channels.push.sealing import authorization

SECONDS = 15.0
LIFE_S = 24 * 3600
"""A browser that stays shut longer need not hear: the page and the mail say it."""
PORTS = {"https": 443, "http": 80}


class NotTaken(Exception):
    """The push service did not take it now; it may later."""


def hand_push(endpoint: str, sealed: bytes, *, topic: str) -> bool:
    """Give `sealed` to the push service at `endpoint`; False when that browser wants nothing any more.

    A push of the same `topic` that was not delivered yet is replaced by this one. Raises `NotTaken`. Blocks for
    seconds.
    """
    parts = urlsplit(endpoint)
    port = parts.port or PORTS.get(parts.scheme, 0)
    headers = {
        "Authorization": authorization(endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(LIFE_S),
        "Topic": topic,
        "Urgency": "normal",
    }
    try:
        connection = http.client.HTTPConnection(parts.hostname or "", port, timeout=SECONDS)
        connection.sock = connect(
            parts.hostname or "",
            port,
            tls=parts.scheme == "https",
            until=time.monotonic() + SECONDS,
            may_reach=_reachable(parts.scheme),
        )
        try:
            target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("POST", target, body=sealed, headers=headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotTaken(str(error)) from error
    if status in (404, 410):
        return False
    if status >= 300:
        raise NotTaken(f"the push service answered {status}")
    return True


def _reachable(scheme: str) -> Callable[[str], bool]:
    """Which machines may be spoken to: by https any public one; in the open only in networks the operator opened."""
    return may_reach if scheme == "https" else lambda address: may_reach(address) and not is_public(address)
