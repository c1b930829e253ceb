"""Which documents to rank: the few that can come out on top, found by the index alone.

Ranking every document that holds a frequent word is what costs. So rare words are looked up whole; of frequent ones
only documents where they weigh much (their strong forms `^1leak` ... `^4leak`, see `search_strong`), or several
together. Each such condition is a branch; branches are tried from the most promising on until enough documents are
found. Pure arithmetic: no database.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

BUDGET = 3000  # documents that are ranked: some 5 microseconds each
TYPING_BUDGET = 1000  # while somebody types: a handful is shown, and asked for anew with the next key
SCAN_BUDGET = 200_000  # index entries read to find them: some 0.1 microseconds each
MOST_BRANCHES = 12
MOST_FREQUENT = 6  # frequent words that are combined; further ones only count in the ranking
STEPS = 5  # 0: the word occurs; 1 to 4: its strong forms
TYPICAL = (0.65, 1.03, 1.28, 1.47, 1.6)  # what a word weighs (times its idf) in a document of that step
LEAST_FOUND = 10.0  # a branch of strong forms for fewer is left to the wider one that comes after it
TOO_WIDE = 1.5  # times the documents that are ranked: a branch that brings more is left out
TOGETHER = 3.0  # how much likelier words occur together than chance has it, for each word after the first
ABSENT = -1

# Words in one branch -> steps tried: a document short enough for a high step has no room for many words.
_STEPS_TOGETHER = {1: (4, 3, 2, 1), 2: (4, 3, 2, 1, 0), 3: (3, 2, 1, 0), 4: (2, 1, 0)}

Branch = tuple[tuple[int, int], ...]
"""(number of the word, step) of all words that must be there."""


class Term(NamedTuple):
    """One searched word: its lexeme in each language, and in how many documents each step occurs.

    `seen` are those of them that the reader may see, about; `guesses` other words that may have been meant, in
    whatever language; `akin` what means the same: words, or several that follow each other ("water meter"; an empty one
    stands for a word the index passes over). The counts are of any of them.
    """

    word: str
    by_language: dict[str, str]
    documents: tuple[int, ...]
    guesses: tuple[str, ...] = ()
    weight: float = 1.0
    seen: tuple[int, ...] = ()
    akin: tuple[str, ...] = ()

    def visible(self, step: int, share: float) -> float:
        """In how many documents the step occurs that the reader may see: as counted, else `share` of all."""
        return self.seen[step] if self.seen else self.documents[step] * share

    @property
    def lexemes(self) -> list[str]:
        """What the index is asked for: each once."""
        return list(dict.fromkeys([*self.by_language.values(), *self.akin, *self.guesses]))


@dataclass(frozen=True)
class Plan:
    """Branches, the most promising first; `is_complete` when they find every document with any of the words."""

    branches: tuple[Branch, ...]
    is_complete: bool


def inverse_frequency(documents: int, total: int) -> float:
    """BM25's weight of a word that `documents` of `total` hold; never negative (Robertson and Zaragoza, 2009)."""
    return math.log(1 + (max(total - documents, 0) + 0.5) / (documents + 0.5))


def make_plan(terms: Sequence[Term], *, total: int, share: float, budget: int = BUDGET) -> Plan:
    """Choose branches for `terms` in an index of `total` documents, of which the reader may see `share` (0 to 1)."""
    order = sorted(range(len(terms)), key=lambda number: terms[number].visible(0, share))
    rare, expected = [], 0.0
    for number in order:
        expected += max(terms[number].visible(0, share), 1)
        if expected > budget * 0.7 and terms[number].visible(0, share) > 1:
            break
        rare.append(number)
    branches: list[Branch] = [((number, 0),) for number in rare]
    frequent = order[len(rare) :]
    if frequent:
        room = budget - sum(max(terms[number].visible(0, share), 1) for number in rare)
        branches += _combine(terms, frequent[:MOST_FREQUENT], total=total, share=share, room=room)
    return Plan(tuple(branches), is_complete=not frequent)


def _combine(terms: Sequence[Term], words: Sequence[int], *, total: int, share: float, room: float) -> list[Branch]:
    """Branches of frequent words, by what a document that meets them scores at least, about.

    Of several words a wider branch takes the place of narrower ones, for what is found twice takes room twice. Of one
    word all are kept: each leaves out what the one before it found (`statements`), so the strongest come first.
    """
    weights = [inverse_frequency(terms[w].documents[0], total) * terms[w].weight for w in words]
    mine = max(total * share, 1.0)
    shares = [[max(terms[w].visible(step, share), 1) / mine for step in range(STEPS)] for w in words]
    kept: dict[tuple[int, ...], _Worth] = {}
    for steps in sorted(_candidates(len(words)), key=lambda steps: -_promise(steps, weights)):
        if any(_covers(known, steps) for known in kept):
            continue
        present = [shares[at][step] for at, step in enumerate(steps) if step != ABSENT]
        entries = min(terms[words[at]].documents[step] for at, step in enumerate(steps) if step != ABSENT)
        worth = _Worth(
            found=math.prod(present) * mine * TOGETHER ** min(len(present) - 1, 3), scanned=min(entries, 3 * mine)
        )
        hopeless = worth.found < LEAST_FOUND and len(present) > 1 and 0 not in steps
        chosen = {steps: worth} | {known: each for known, each in kept.items() if not _covers(steps, known)}
        found, scanned = (sum(column) for column in zip(*chosen.values(), strict=True))
        if hopeless or scanned > SCAN_BUDGET or len(chosen) > MOST_BRANCHES:
            continue
        if len(words) > 1 and kept and found > TOO_WIDE * room:
            continue  # would be cut off anywhere; a narrower one further down may still find what is missing
        kept = chosen if len(words) > 1 else {**kept, steps: worth}
        if found > room:
            break
    branches = sorted(kept, key=lambda steps: -_promise(steps, weights))
    branches += [steps for steps in _alone(len(words)) if not any(_covers(known, steps) for known in kept)]
    return [_branch(steps, words) for steps in branches]


class _Worth(NamedTuple):
    found: float  # documents, about
    scanned: float  # entries of the index


def _covers(wide: Sequence[int], narrow: Sequence[int]) -> bool:
    """Whether a branch with the steps `wide` finds all that one with `narrow` finds."""
    return all(one >= other for one, other in zip(narrow, wide, strict=True))


def _alone(count: int) -> list[tuple[int, ...]]:
    """The rarest by themselves where they are strongest: begun only when all that is likelier has found too little."""
    rarest = range(min(count, 3))
    return [tuple(step if at == only else ABSENT for at in range(count)) for step in (4, 3) for only in rarest]


def _candidates(count: int) -> list[tuple[int, ...]]:
    """Every choice of steps for up to three words; for more, the same step for any set."""
    if count <= 3:
        everything = itertools.product(range(ABSENT, STEPS), repeat=count)
        return [steps for steps in everything if any(step != ABSENT for step in steps)]
    return [
        tuple(step if at in chosen else ABSENT for at in range(count))
        for size in range(1, count + 1)
        for chosen in itertools.combinations(range(count), size)
        for step in _STEPS_TOGETHER.get(size, (1, 0))
    ]


def _promise(steps: Sequence[int], weights: Sequence[float]) -> float:
    return sum(weight * TYPICAL[step] for step, weight in zip(steps, weights, strict=True) if step != ABSENT)


def _branch(steps: Sequence[int], words: Sequence[int]) -> Branch:
    return tuple((word, step) for word, step in zip(words, steps, strict=True) if step != ABSENT)
