"""DKIM signatures on what we send, when a key is set."""

from functools import cache
from pathlib import Path

from django.conf import settings

from charterdesk.base.later import later

dkim = later("dkim")
SIGNED = [
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references",
    b"list-unsubscribe", b"list-unsubscribe-post",
]  # fmt: skip


def sign_mail(raw: bytes, *, domain: str) -> bytes:
    """Return `raw` with a DKIM-Signature (RFC 6376) of `domain` before it, or as it is where no key is set."""
    if not settings.DKIM_KEY or not domain:
        return raw
    signature: bytes = dkim.sign(
        raw,
        selector=settings.DKIM_SELECTOR.encode(),
        domain=domain.encode("idna"),
        privkey=_key(settings.DKIM_KEY),
        include_headers=SIGNED,
        canonicalize=(b"relaxed", b"relaxed"),
    )
    return signature + raw


@cache
def _key(path: Path) -> bytes:
    """The private key (PEM), read once."""
    return path.read_bytes()
