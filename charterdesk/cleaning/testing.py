"""The written examples, and how a finding is judged by them; for tests and the bench."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from charterdesk.cleaning.spans import Span

LANGUAGES = ("en", "de", "es", "fr", "ar")
WRITTEN, HELD_OUT = "examples", "held_out"
_FOLDER = Path(__file__).parent / "tests"
_MARKED = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass
class Tally:
    """What was marked and what was removed; `missed` and `wrong` say which, as they are written."""

    marked: int = 0
    removed: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    by_kind: dict[str, "Tally"] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count `other` in."""
        self.marked += other.marked
        self.removed += other.removed
        self.missed += other.missed
        self.wrong += other.wrong

    @property
    def recall(self) -> float:
        """The share of what is marked that was removed whole."""
        return 1 - len(self.missed) / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        """The share of what was removed that holds only what is marked."""
        return 1 - len(self.wrong) / self.removed if self.removed else 1.0


@dataclass(frozen=True)
class Example:
    """A text, and what of it is personal."""

    text: str
    spans: tuple[Span, ...]

    def judge(self, found: list[Span]) -> Tally:
        """What of `found` is right; white space and signs at the ends of a span don't count, nor does its kind."""
        marked, removed = self._letters(self.spans), self._letters(found)
        whole = Tally()
        for span in self.spans:
            whole.add(self._count(whole.by_kind, span, is_right=self._letters([span]) <= removed, is_marked=True))
        for span in found:
            whole.add(self._count(whole.by_kind, span, is_right=self._letters([span]) <= marked, is_marked=False))
        return whole

    def _count(self, kinds: dict[str, Tally], span: Span, *, is_right: bool, is_marked: bool) -> Tally:
        told = [] if is_right else [f"{span.kind}: {self.text[span.start : span.end]}"]
        one = Tally(marked=1, missed=told) if is_marked else Tally(removed=1, wrong=told)
        kinds.setdefault(span.kind, Tally()).add(one)
        return one

    def _letters(self, spans: list[Span] | tuple[Span, ...]) -> set[int]:
        return {at for span in spans for at in range(span.start, span.end) if self.text[at].isalnum()}


@cache
def examples(language: str, which: str = WRITTEN) -> tuple[Example, ...]:
    """The texts of a language, forty written before the finder or ten after; a line each, `\\n` for the end of one."""
    lines = (_FOLDER / which / f"{language}.txt").read_text().splitlines()
    return tuple(_read(line.replace("\\n", "\n")) for line in lines)


def _read(line: str) -> Example:
    spans = tuple(_spans(line))
    return Example(text=_MARKED.sub(r"\2", line), spans=spans)


def _spans(line: str) -> Iterator[Span]:
    taken = 0  # letters of the marks themselves, which are not in the text
    for match in _MARKED.finditer(line):
        start = match.start() - taken
        yield Span(start, start + len(match[2]), match[1])
        taken += len(match[0]) - len(match[2])
