"""What a page may hear of, signed: the live stream knows no rights, it believes this signature.

A topic is the key of what changes: `ticket:1042`, `team:3`, `agent:7`, `contact:5`. The page that signs has asked
`visible_to` before. Needs no database, so that the live stream can read it.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.conf import settings

LIFE_S = 24 * 3600
STAFF = "agent:"
CALL = "call:"
"""Who rings is told at once, by a topic of its own (`calls:3`): what else goes on in a team may wait."""
_TOPIC_OF = {
    "team_id": "team",
    "former_team_id": "team",
    "agent_id": "agent",
    "assignee_id": "agent",
    "contact_id": "contact",
}


class BadToken(ValueError):
    """The token is not ours, was changed, or is too old: the page has to be loaded again."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token says: who may hear of what, until when (seconds since 1970)."""

    topics: tuple[str, ...]
    viewer: str
    name: str
    until: int

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of the desk: they alone see who else looks or types."""
        return self.viewer.startswith(STAFF)


def sign_topics(topics: Iterable[str], viewer_key: str, name: str, *, seconds: int = LIFE_S) -> str:
    """A token for the live stream: `viewer_key`, shown to colleagues as `name`, may hear of `topics` for `seconds`.

    Only sign what the viewer may see.
    """
    content = [sorted(set(topics)), viewer_key, name, int(time.time()) + seconds]
    body = _text(msgspec.json.encode(content))
    return f"{body}.{_signature(body)}"


def read_token(token: str) -> Pass:
    """What a token says. Raises `BadToken`."""
    body, _, signature = token.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(body).encode()):
        raise BadToken("this token is not ours")
    topics, viewer, name, until = msgspec.json.decode(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if until < time.time():
        raise BadToken("this token is too old")
    return Pass(tuple(topics), viewer, name, until)


def topics_of(subject: str, data: Mapping[str, Any]) -> set[str]:
    """Who has to hear of an event: its subject, and the teams, agents and contacts it names."""
    named = {f"{kind}:{data[field]}" for field, kind in _TOPIC_OF.items() if data.get(field) is not None}
    if subject.startswith(CALL) and "team_id" in data:
        named.add(f"calls:{data['team_id']}")
    return {subject, *named}


def _signature(body: str) -> str:
    key = hashlib.sha256(b"charterdesk live topics" + settings.SECRET_KEY.encode()).digest()
    return _text(hmac.digest(key, body.encode(), "sha256"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
