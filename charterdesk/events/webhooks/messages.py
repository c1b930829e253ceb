"""What a webhook is sent, and how it is signed.

Source: the Standard Webhooks specification 1.0 (standardwebhooks.com): the headers `webhook-id`, `webhook-timestamp`
and `webhook-signature`, the last an HMAC-SHA256 over `id.timestamp.body` by each of the keys that are valid.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.events.evidence import ERASED_FACTS
from charterdesk.events.log import Entry

PREFIX = "whsec_"
KEY_BYTES = 32
SHORTEST_KEY, LONGEST_KEY = 24, 64  # bytes, as the specification has it


def new_key() -> str:
    """A key as both sides keep it: `whsec_` and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_key(key: str) -> bytes:
    """The bytes of a key. Raises `Refused("events.webhook_key")`."""
    try:
        found = base64.b64decode(key.strip().removeprefix(PREFIX), validate=True)
    except ValueError:
        found = b""
    if not SHORTEST_KEY <= len(found) <= LONGEST_KEY:
        raise Refused("events.webhook_key", _("A key is whsec_ and 24 to 64 bytes in base64."))
    return found


def message_id(entry: Entry) -> str:
    """The same for every try and every webhook, so that a receiver can tell what it has heard before."""
    return f"evt_{entry.id}"


def body(entry: Entry) -> bytes:
    """What happened, as JSON: the event's own fields, and its subject's as they were then; the same at every try.

    {"type": "ticket.solved", "timestamp": "2026-11-22T09:30:00.123456+00:00",
     "data": {"id": 4711, "subject": "ticket:1042", "actor": "agent:3", "cause": null, "event": {"ticket_id": 1042},
              "snapshot": {"number": 20417, "status": "solved", ...}}}

    `snapshot` is null where nothing is kept of the subject or it was erased.
    """
    facts = None if entry.facts == ERASED_FACTS else entry.facts
    told: dict[str, Any] = {
        "type": entry.code,
        "timestamp": entry.at.isoformat(),
        "data": {
            "id": entry.id,
            "subject": entry.subject,
            "actor": entry.actor,
            "cause": entry.cause_id,
            "event": entry.data,
            "snapshot": facts,
        },
    }
    return msgspec.json.encode(told)


def signature(content: bytes, *, number: str, timestamp: int, keys: list[str]) -> str:
    """The header `webhook-signature`: one signature by each key, so that a receiver may change its own in between."""
    signed = f"{number}.{timestamp}.".encode() + content
    return " ".join(
        "v1," + base64.b64encode(hmac.digest(read_key(key), signed, hashlib.sha256)).decode() for key in keys
    )
