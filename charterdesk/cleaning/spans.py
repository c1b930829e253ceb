"""What was found in a text: where, and of which kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from re import Pattern, compile

NAME, ADDRESS, EMAIL, PHONE = "name", "address", "email", "phone"
NUMBER, BANK, SECRET, BIRTH, ORGANISATION = "number", "bank", "secret", "birth", "organisation"
KINDS = (NAME, ADDRESS, EMAIL, PHONE, NUMBER, BANK, SECRET, BIRTH, ORGANISATION)


@dataclass(frozen=True, order=True)
class Span:
    """`text[start:end]` is personal, and why: one of `KINDS`."""

    start: int
    end: int
    kind: str


class Found:
    """Spans that do not overlap: what is found first is kept."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def add(self, spans: Iterable[Span]) -> None:
        """Keep those that touch nothing found before."""
        for span in spans:
            if span.start < span.end and all(span.end <= one.start or one.end <= span.start for one in self._spans):
                self._spans.append(span)

    def in_order(self) -> list[Span]:
        """All that was kept, as they stand in the text."""
        return sorted(self._spans)


@cache
def compiled(pattern: str, flags: int = 0) -> Pattern[str]:
    """`pattern`, compiled when it is first used: a start of the desk need not pay for it."""
    return compile(pattern, flags)


def any_of(words: str) -> str:
    """A pattern for any of `words`, which are separated by `|`, longest first. A space stands for any white space."""
    alternatives = sorted((word.strip() for word in words.split("|") if word.strip()), key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", r"\s+") for word in alternatives) + ")"
