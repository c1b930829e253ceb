"""What a check of a mail account found out, step by step: a state, a plain sentence, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

GOOD, LOOK, BAD, SKIPPED = "good", "look", "bad", "skipped"


@dataclass(frozen=True, kw_only=True)
class Record:
    """A DNS record to add or change, as it is copied into the form of whoever keeps the domain."""

    name: str
    type: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a check. `state` is good, look (works, could be better), bad, or skipped; `todo` says what to do."""

    name: str
    state: str
    said: str
    todo: str = ""
    records: Sequence[Record] = ()
