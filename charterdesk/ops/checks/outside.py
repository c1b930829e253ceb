"""What others see: the public address through whatever stands in front, and the servers mail goes to."""

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from charterdesk import settings_table
from charterdesk.ops.checks.finding import Finding, bad, good, note
from charterdesk.ops.checks.machine import is_running

SECONDS = 5
RELAY_PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}


def check_public_address() -> Iterator[Finding]:
    """While the desk runs, `PUBLIC_URL` leads to it, and it knows then that the caller came by TLS."""
    if not is_running():
        return
    public = settings_table.public_url()
    try:
        seen = _fetch(f"{public}/healthz")
    except (URLError, OSError, ValueError) as error:
        yield note(
            "PUBLIC_URL", f"{public} does not lead here, seen from here: {error}.", "Check DNS, proxy, firewall."
        )
        return
    if "version" not in seen:
        yield bad("PUBLIC_URL", f"something else answers at {public}.", "Point the reverse proxy at CHARTERDESK_WEB.")
    elif public.startswith("https") and not seen.get("secure"):
        yield bad(
            "PUBLIC_URL",
            "the reverse proxy does not tell the desk that callers come by TLS: forms will be refused.",
            "Have it set X-Forwarded-Proto and X-Forwarded-For (docs/operators/reverse-proxy.md), and set "
            "CHARTERDESK_PROXIES to the number of proxies.",
        )
    else:
        yield good("PUBLIC_URL", f"{public} leads here")


def _fetch(url: str) -> dict[str, Any]:
    """A JSON object from `url`, by no proxy of the environment. Raises `URLError`, `OSError`, `ValueError`."""
    with build_opener(ProxyHandler({})).open(url, timeout=SECONDS) as answer:
        found = json.loads(answer.read(10_000))
    return found if isinstance(found, dict) else {}


def check_relay() -> Iterator[Finding]:
    """The server for outgoing mail takes a connection."""
    relay = settings_table.url("CHARTERDESK_RELAY")
    if not relay:
        yield note("outgoing mail", "no relay is set.", "Set CHARTERDESK_RELAY, or give each mail account its server.")
        return
    parts = urlsplit(relay)
    if parts.scheme not in RELAY_PORTS:
        yield bad("outgoing mail", f"{parts.scheme}:// is no way to send.", "Use smtps, smtp+starttls or smtp.")
        return
    host, port = parts.hostname or "localhost", parts.port or RELAY_PORTS[parts.scheme]
    try:
        with socket.create_connection((host, port), timeout=SECONDS):
            yield good("outgoing mail", f"{host}:{port} answers")
    except OSError as error:
        yield bad("outgoing mail", f"{host}:{port} does not answer: {error}.", "Check CHARTERDESK_RELAY and firewall.")


def check_dkim() -> Iterator[Finding]:
    """The DKIM key, where one is set, can be read."""
    path = settings_table.path("CHARTERDESK_DKIM_KEY")
    if path and not path.is_file():
        yield bad("DKIM", f"{path} is no file.", "Correct CHARTERDESK_DKIM_KEY.")
    elif path and path.stat().st_mode & 0o077:
        yield note("DKIM", f"others on this machine may read {path}.", f"chmod 600 {path}")
