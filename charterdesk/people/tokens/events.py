"""What is made known of tokens."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ApiTokenMade(Event):
    """A program was let in as somebody: `login_id`, for these scopes."""

    token_id: int
    login_id: int
    kind: str
    scopes: list[str]


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    """A program is let in no more."""

    token_id: int
    login_id: int


@dataclass(frozen=True, kw_only=True)
class IntegrationAdded(Event):
    """A program works at the desk in its own name."""

    agent_id: int
    role: str
