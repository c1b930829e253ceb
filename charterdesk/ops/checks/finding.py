"""One thing a check found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "note", "bad"]


@dataclass(frozen=True)
class Finding:
    """What is so, and where it is not good, how to mend it. `note`: it works, but better look at it."""

    level: Level
    subject: str
    text: str
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def good(subject: str, text: str) -> Finding:
    """All is well."""
    return Finding("good", subject, text)


def note(subject: str, text: str, mend: str) -> Finding:
    """It works, but."""
    return Finding("note", subject, text, mend)


def bad(subject: str, text: str, mend: str) -> Finding:
    """It does not work."""
    return Finding("bad", subject, text, mend)
