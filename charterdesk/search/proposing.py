"""What somebody may have meant: a word as it stands in what they found.

The index knows stems, of everybody's documents. Neither is to be read: half a word is no word, and one that stands only
where the reader may not look would tell them that it does.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

LEAST = 0.7  # of a word must be as it was typed: "bar" is not what "barrel" meant
_MARKED = re.compile("<mark>([^<]*)</mark>")


def proposed(unknown: Sequence[str], known: Sequence[str], shown: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """For each `unknown` word of a question the likest one marked in `shown` (safe HTML), where one is like it.

    `known` are the other words of the question: what is marked for them is no proposal. Of words equally alike the one
    that is marked most often is taken.
    """
    if not unknown:
        return ()
    marked = Counter(html.unescape(word) for each in shown for word in _MARKED.findall(each))
    asked = [*map(bare, unknown), *map(bare, known)]
    best: dict[str, tuple[float, int, str]] = {}
    for word, times in marked.items():
        alike = [SequenceMatcher(None, bare(word), other).ratio() for other in asked]
        place = alike.index(max(alike))
        if place < len(unknown) and alike[place] >= LEAST:
            best[unknown[place]] = max(best.get(unknown[place], (0.0, 0, "")), (alike[place], times, word))
    return tuple((word, best[word][2]) for word in unknown if word in best)


def bare(word: str) -> str:
    """`word` without capitals and accents, as the index compares words."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
