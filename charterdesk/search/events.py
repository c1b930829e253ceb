"""What search makes known: who changed how it understands words."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class SynonymsEvent(Event):
    """A fact about a group of words that mean the same."""

    synonyms_id: int


@dataclass(frozen=True, kw_only=True)
class SynonymsDefined(SynonymsEvent):
    """Words mean the same from now on."""


@dataclass(frozen=True, kw_only=True)
class SynonymsRemoved(SynonymsEvent):
    """Words are only themselves again."""
