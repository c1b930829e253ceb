"""Words of a text as conditions compare them: without case, accents and width variants."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, read once however many rules ask for some of them."""

    in_order: list[str]
    known: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """The words of `text`."""
        found = words_of(text)
        return cls(found, frozenset(found))

    def found(self, wanted: Sequence[str]) -> list[str]:
        """Which of `wanted` (words, phrases, beginnings such as "cancel*") are there."""
        return [one for one in wanted if self._has(one)]

    def _has(self, wanted: str) -> bool:
        parts, is_beginning = _parts(wanted), wanted.endswith("*")
        if len(parts) <= 1:
            return any(self._has_word(part, is_beginning) for part in parts)
        *first, last = parts
        if parts[0] not in self.known:
            return False
        for start in range(len(self.in_order) - len(parts) + 1):
            *before, end = self.in_order[start : start + len(parts)]
            if before == first and (end == last or (is_beginning and end.startswith(last))):
                return True
        return False

    def _has_word(self, word: str, is_beginning: bool) -> bool:
        return word in self.known or (is_beginning and any(one.startswith(word) for one in self.known))


def words_of(text: str) -> list[str]:
    """The words of `text`, in order."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=2048)
def _parts(wanted: str) -> tuple[str, ...]:
    """The words of what a rule looks for: the same texts again and again."""
    return tuple(words_of(wanted))
