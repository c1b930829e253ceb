"""Searching: one ranking over all kinds, each reader seeing only what they may.

The best documents come ranked (BM25 with the title counted thrice, a little more for what is new, served others or is
in the reader's language); after them, however many there are, whatever else has any of the words, newest first. Paging
goes on to the last one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import exp, inf
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from charterdesk.search.audience import Reader
from charterdesk.search.cursors import Place, read_cursor, write_cursor
from charterdesk.search.findable import kind_of
from charterdesk.search.findable import kinds as all_kinds
from charterdesk.search.meanings import meaning_of
from charterdesk.search.narrowing import EVERYTHING, Narrowing
from charterdesk.search.plan import Plan, inverse_frequency, make_plan
from charterdesk.search.proposing import proposed
from charterdesk.search.statements import (
    FADING,
    OWN_LANGUAGE,
    QUALITY,
    RECENCY,
    START,
    STOP,
    best_parents,
    candidates,
    may_find,
    ranked_page,
    remaining_page,
)
from charterdesk.search.words import Question, has_phrases, understand, use_the_index

HIGHEST_ID = 2**62
MOST_HITS = 100
MOST_ROUNDS = 3  # looks for more hits where some of a page were kept back at the last moment
CLEARLY = 0.7  # the part of what was asked that an answer must have to be lifted
SENTENCE_ENDS = ".!?…:)”»。！？؟"
_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)
_MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document found. `title` and `extract` are safe HTML with `<mark>` around what matched.

    `score` is None for what comes after the ranked ones. `why` are the words of the question that it has, and
    references (`#1042`), each with what it added to the score, most first; `lifts` what the sum was raised by, as
    parts of it. `covers` is the part (0 to 1, by rarity) of what was asked that it has. `quality` (0 to 1) is how well
    it served others. `several` documents of the same thing were found; this is the best of them. Where meaning counts
    as well, `by_words` and `by_meaning` are its places in either ranking, None where it is in one alone, and `score` is
    the sum of one divided by sixty more than each place.
    """

    source: str
    kind: str
    parent: str
    language: str
    title: SafeString
    extract: SafeString
    created_at: datetime
    score: float | None
    why: tuple[tuple[str, float], ...]
    lifts: Mapping[str, float] = field(default_factory=dict)
    covers: float = 0.0
    quality: float = 0.0
    several: int = 1
    by_words: int | None = None
    by_meaning: int | None = None

    @property
    def id(self) -> int:
        """The primary key of the source."""
        return int(self.source.partition(":")[2])


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many things were found: by the first part of their keys, and by language."""

    families: Mapping[str, int]
    languages: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page. It may hold fewer hits than asked for; only `after` None means that there are no more.

    `corrected` are words that nothing has, each with a word of the hits that was found in its place, as it is written
    there. `best` is an answer that clearly fits, taken out of the hits. `counts` are there on a first page where all
    that was found was looked at, so that they are exact as far as the index knows; else None.
    """

    hits: tuple[Hit, ...] = ()
    after: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()
    best: Hit | None = None
    counts: Counts | None = None


LastWord = Callable[[Sequence[Hit]], Collection[str]]
"""Answers which of some hits may be shown now, by their sources."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How results are wanted.

    `language` is the reader's. `limit` hits (at most 100) come after `cursor`. While typing, the last word may be
    unfinished. Grouped, what belongs to the same thing takes one place. `answers` are kinds among which a best answer
    is looked for, each with the least quality that makes one of it an answer. `last_word` is asked in place of each
    kind's `visible`.
    """

    language: str = ""
    limit: int = 20
    cursor: str = ""
    is_typing: bool = False
    is_grouped: bool = False
    answers: Mapping[str, float] = field(default_factory=dict)
    last_word: LastWord | None = None


def search(
    text: str,
    *,
    reader: Reader,
    kinds: Sequence[str] = (),
    language: str = "",
    limit: int = 20,
    cursor: str = "",
    is_typing: bool = False,
) -> Results:
    """What `reader` may see that has the words of `text`, best first, `limit` (at most 100) after `cursor`.

    Words are OR-ed, rare ones weigh more; "in quotes" they must follow each other; numbers of tickets are found
    exactly and come first; accents do not matter; unknown words are guessed at; while typing, the last word may be
    unfinished. `language` is the reader's. Raises `Refused` for a cursor that is none. Two statements, one more
    for each kind found, while typing and for unknown words.
    """
    manner = Manner(language=language, limit=limit, cursor=cursor, is_typing=is_typing)
    return find(text, reader=reader, within=Narrowing(kinds=tuple(kinds)), manner=manner)


def find(text: str, *, reader: Reader, within: Narrowing = EVERYTHING, manner: Manner) -> Results:
    """What `search` says, of a part and in a manner. One statement more where a best answer is looked for.

    Raises `Refused` for a cursor that is none.
    """
    if not reader.may_see_something:
        return Results()
    place = read_cursor(manner.cursor) if manner.cursor else None
    meaning = b"" if place or manner.is_typing or has_phrases(text) else meaning_of(text)
    with transaction.atomic(savepoint=False):
        if place:
            use_the_index()
            question = place.question
        else:
            question = understand(
                text,
                reader=reader,
                kinds=within.kinds,
                language=manner.language,
                is_typing=manner.is_typing,
                meaning=meaning,
            )
        if not question.terms and not question.references:
            return Results()
        return _Finding(question, reader, within, manner).results(place)


def parents_with(text: str, *, reader: Reader, language: str = "", limit: int = MOST_HITS) -> list[str]:
    """Keys of what the best `limit` hits for `text` belong to, in no order, for lists that are narrowed by words.

    The index hears of changes a moment later: whoever shows them asks once more who may see them. Two statements.
    """
    if not reader.may_see_something:
        return []
    with transaction.atomic(savepoint=False):
        question = understand(text, reader=reader, language=language)
        if not question.terms and not question.references:
            return []
        sql = best_parents(question, _Pages(question, reader, Manner()).found, size=limit)
        return [key for (key,) in _execute(sql.text, sql.params)]


@dataclass(frozen=True)
class _Row:
    score: float | None
    several: int
    by_words: int | None
    by_meaning: int | None
    id: int
    source: str
    parent: str
    language: str
    created_at: datetime
    quality: float
    title: str
    extract: str
    parts: list[float]

    @property
    def kind(self) -> str:
        return self.source.partition(":")[0]


class _Pages:
    """The hits of a question in order: the ranked ones, then the rest. `counts` are those of the first page."""

    def __init__(self, question: Question, reader: Reader, manner: Manner, within: Narrowing = EVERYTHING) -> None:
        self.question, self.is_grouped = question, manner.is_grouped
        self.plan: Plan = make_plan(
            question.terms, total=question.documents, share=question.share, budget=question.places
        )
        if question.phrases:  # every hit has all words of one: looking for them branch by branch finds the same again
            self.plan = Plan((), is_complete=True)
        self.allowed = may_find(question, reader, within)
        self.found = candidates(question, self.plan, reader, within)
        self.counts: Counts | None = None

    def read(self, place: Place | None, size: int) -> list[_Row]:
        """At most `size` rows after `place`."""
        if place and place.score is None:
            return self._rest(place.id, size)
        after = (place.score, place.id) if place and place.score is not None else None
        is_counted = self.plan.is_complete and not place
        sql = ranked_page(
            self.question, self.found, after=after, size=size, is_grouped=self.is_grouped, is_counted=is_counted
        )
        records = _execute(sql.text, sql.params)
        is_everything = self.plan.is_complete and records[0][0] < self.question.places
        if is_everything and is_counted:
            self.counts = _counts(records[0][1])
        rows = _rows(records)
        return rows if len(rows) == size or is_everything else rows + self._rest(HIGHEST_ID, size - len(rows))

    def _rest(self, before: int, size: int) -> list[_Row]:
        grouped = self.is_grouped
        sql = remaining_page(self.question, self.found, self.allowed, before=before, size=size, is_grouped=grouped)
        return _rows(_execute(sql.text, sql.params))


def _rows(records: Sequence[Sequence[Any]]) -> list[_Row]:
    return [_Row(*record[2:]) for record in records if record[6] is not None]


def _counts(rows: str | None) -> Counts:
    counted = msgspec.json.decode(rows) if rows else []
    return Counts(
        families={family: number for family, language, number in counted if language is None},
        languages={language: number for family, language, number in counted if family is None},
    )


def _execute(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


class _Finding:
    """One page of results, filled up where the last word keeps something back."""

    def __init__(self, question: Question, reader: Reader, within: Narrowing, manner: Manner) -> None:
        self.question, self.reader, self.within, self.manner = question, reader, within, manner
        self.pages = _Pages(question, reader, manner, within)
        self.limit = min(max(manner.limit, 1), MOST_HITS)
        self.hits: list[Hit] = []
        self.best: Hit | None = None

    def results(self, place: Place | None) -> Results:
        """The page after `place`."""
        is_first, more, last = place is None, True, place
        for _round in range(MOST_ROUNDS):
            rows = self.pages.read(last, self.limit - len(self.hits) + 1)
            wanted, more = rows[: self.limit - len(self.hits)], len(rows) > self.limit - len(self.hits)
            self._take(wanted, is_first=is_first and last is None)
            if wanted:
                last = Place(wanted[-1].score, wanted[-1].id, self.question)
            if not more or len(self.hits) + (self.best is not None) >= self.limit:
                break
        return Results(
            hits=tuple(self.hits),
            after=write_cursor(last) if last and more else None,
            corrected=self._corrected(),
            best=self.best,
            counts=self.pages.counts,
        )

    def _corrected(self) -> tuple[tuple[str, str], ...]:
        """For words that nothing has, those found in their place, as they are written there."""
        unknown = self.question.unknown
        known = [term.word for term in self.question.terms if term.word not in unknown]
        shown = [self.best, *self.hits] if self.best else self.hits
        return proposed(unknown, known, [text for hit in shown for text in (hit.title, hit.extract)])

    def _take(self, rows: Sequence[_Row], *, is_first: bool) -> None:
        answers = self._answers(rows) if is_first and self._may_have_a_best() else []
        hits, more = ([_hit(self.question, row) for row in some] for some in (rows, answers))
        last_word = self.manner.last_word or self._still_visible
        visible = last_word([*hits, *more])
        shown = [hit for hit in hits if hit.source in visible]
        if is_first and self._may_have_a_best():
            self.best = self._best([hit for hit in [*shown, *more] if hit.source in visible])
        self.hits += [hit for hit in shown if self.best is None or hit.source != self.best.source]

    def _answers(self, rows: Sequence[_Row]) -> list[_Row]:
        """The best answer where there is none among `rows`. One statement."""
        if not rows or not self.manner.answers or any(row.kind in self.manner.answers for row in rows):
            return []
        within = replace(self.within, kinds=tuple(sorted(self.manner.answers)))
        found = candidates(self.question, self.pages.plan, self.reader, within)
        sql = ranked_page(self.question, found, after=None, size=1, is_grouped=self.manner.is_grouped)
        return _rows(_execute(sql.text, sql.params))

    def _may_have_a_best(self) -> bool:
        """Of a single word nobody knows what is meant, and who names something by its number wants that."""
        return len(self.question.terms) > 1 and not self.question.references

    def _best(self, hits: Sequence[Hit]) -> Hit | None:
        """The first answer, if it has clearly what was asked for."""
        first = next((hit for hit in hits if hit.quality >= self.manner.answers.get(hit.kind, inf)), None)
        return first if first is not None and first.covers >= CLEARLY else None

    def _still_visible(self, hits: Sequence[Hit]) -> set[str]:
        """What each kind says may be seen now: the index hears of changes a moment later. A statement a kind."""
        by_kind: defaultdict[str, list[int]] = defaultdict(list)
        for hit in hits:
            by_kind[hit.kind].append(hit.id)
        known = set(all_kinds())
        visible: set[str] = set()
        for kind, ids in by_kind.items():
            seen = kind_of(kind).visible(self.reader.viewer, ids) if kind in known else ids
            visible.update(f"{kind}:{pk}" for pk in seen)
        return visible


def _hit(question: Question, row: _Row) -> Hit:
    names = [*question.references, *(term.word for term in question.terms)]
    why = [(name, part) for name, part in zip(names, row.parts, strict=True) if part > 0]
    return Hit(
        source=row.source,
        kind=row.kind,
        parent=row.parent,
        language=row.language,
        title=_safe(row.title),
        extract=_safe(_as_cut(row.extract)),
        created_at=row.created_at,
        score=row.score,
        why=tuple(sorted(why, key=lambda pair: -pair[1])),
        lifts=_lifts(question, row),
        covers=_covers(question, row.parts[len(question.references) :]),
        quality=row.quality,
        several=row.several,
        by_words=row.by_words,
        by_meaning=row.by_meaning,
    )


def _lifts(question: Question, row: _Row) -> dict[str, float]:
    """What `statements.lift` adds for each reason."""
    age = max(question.day - row.created_at.timestamp() / 86_400, 0)
    lifts = {
        "quality": QUALITY * row.quality,
        "recency": RECENCY * exp(-age / FADING),
        "language": OWN_LANGUAGE * (row.language == question.language),
    }
    return {name: part for name, part in lifts.items() if part >= 0.005}


def _covers(question: Question, parts: Sequence[float]) -> float:
    """The part of the question, by the rarity of its words, that a document with these `parts` has."""
    rarities = [inverse_frequency(term.documents[0], question.documents) for term in question.terms]
    had = sum(rarity * term.weight for rarity, term, part in zip(rarities, question.terms, parts, strict=True) if part)
    return had / sum(rarities) if rarities else 1.0


def _as_cut(extract: str) -> str:
    """An extract without the signs of quoted lines, with an ellipsis where it begins or ends within a sentence."""
    words = _QUOTED.sub("", extract).strip()
    bare = words.replace(START, "").replace(STOP, "")
    if not bare:
        return ""
    return f"{'… ' if bare[0].islower() else ''}{words}{'' if bare[-1] in SENTENCE_ENDS else ' …'}"


def _safe(headline: str) -> SafeString:
    """A headline of the database as HTML: escaped, then what matched is marked."""
    marked = _MARKED.sub(r"<mark>\1</mark>", escape(headline))
    return mark_safe(marked.replace(START, "").replace(STOP, ""))  # escaped above
