"""Searching: one ranking over all kinds, each reader seeing only what they may.

The best documents come ranked (BM25 with the title counted thrice); after them, however many there are, whatever
else has any of the words, newest first. Paging goes on to the last one.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from charterdesk.search.audience import Reader
from charterdesk.search.cursors import Place, read_cursor, write_cursor
from charterdesk.search.findable import kind_of
from charterdesk.search.findable import kinds as all_kinds
from charterdesk.search.plan import BUDGET, Plan, make_plan
from charterdesk.search.statements import (
    START,
    STOP,
    Sql,
    best_parents,
    candidates,
    may_find,
    ranked_page,
    remaining_page,
)
from charterdesk.search.words import Question, understand, use_the_index

HIGHEST_ID = 2**62
MOST_HITS = 100
_MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document found. `title` and `extract` are safe HTML with `<mark>` around what matched.

    `score` is None for what comes after the ranked ones. `why` are the words of the question that it has, and
    references (`#1042`), each with what it added to the score, most first.
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

    @property
    def id(self) -> int:
        """The primary key of the source."""
        return int(self.source.partition(":")[2])


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page. It may hold fewer hits than asked for; only `after` None means that there are no more.

    `corrected` are words that nothing has, with the word that was looked for as well.
    """

    hits: tuple[Hit, ...] = ()
    after: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()


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
    if not reader.may_see_something:
        return Results()
    with transaction.atomic():
        place = read_cursor(cursor) if cursor else None
        if place:
            use_the_index()
        question = (
            place.question
            if place
            else understand(text, reader=reader, kinds=kinds, language=language, is_typing=is_typing)
        )
        if not question.terms and not question.references:
            return Results()
        rows = _Pages(question, reader, kinds).read(place, min(max(limit, 1), MOST_HITS) + 1)
        return _results(question, rows, min(max(limit, 1), MOST_HITS), reader)


def parents_with(text: str, *, reader: Reader, language: str = "", limit: int = MOST_HITS) -> list[str]:
    """Keys of what the best `limit` hits for `text` belong to, in no order, for lists that are narrowed by words.

    The index hears of changes a moment later: whoever shows them asks once more who may see them. Two statements.
    """
    if not reader.may_see_something:
        return []
    with transaction.atomic():
        question = understand(text, reader=reader, language=language)
        if not question.terms and not question.references:
            return []
        sql = best_parents(question, _Pages(question, reader, ()).found, size=limit)
        return [key for (key,) in _execute(sql.text, sql.params)]


@dataclass(frozen=True)
class _Row:
    score: float | None
    id: int
    source: str
    parent: str
    language: str
    created_at: datetime
    title: str
    extract: str
    parts: list[float]


class _Pages:
    """The hits of a question in order: the ranked ones, then the rest."""

    def __init__(self, question: Question, reader: Reader, kinds: Sequence[str]) -> None:
        self.question = question
        self.plan: Plan = make_plan(question.terms, total=question.documents, share=question.share)
        if question.phrases:  # every hit has all words of one: looking for them branch by branch finds the same again
            self.plan = Plan((), is_complete=True)
        self.allowed = may_find(question, reader, kinds)
        self.found = candidates(question, self.plan, reader, kinds)

    def read(self, place: Place | None, size: int) -> list[_Row]:
        """At most `size` rows after `place`."""
        if place and place.score is None:
            return self._rest(place.id, size)
        after = (place.score, place.id) if place and place.score is not None else None
        looked_at, rows = self._read(ranked_page(self.question, self.found, after=after, size=size))
        if len(rows) == size or (self.plan.is_complete and looked_at < BUDGET):
            return rows
        return rows + self._rest(HIGHEST_ID, size - len(rows))

    def _rest(self, before: int, size: int) -> list[_Row]:
        before = min(before, _newest() + 1)
        return self._read(remaining_page(self.question, self.found, self.allowed, before=before, size=size))[1]

    def _read(self, sql: Sql) -> tuple[int, list[_Row]]:
        rows = _execute(sql.text, sql.params)
        return (rows[0][0] if rows else 0), [_Row(*row[1:]) for row in rows if row[2] is not None]


def _newest() -> int:
    return _execute("SELECT coalesce(max(id), 0) FROM search_document", [])[0][0] or 0


def _execute(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _results(question: Question, rows: list[_Row], limit: int, reader: Reader) -> Results:
    shown, more = rows[:limit], len(rows) > limit
    visible = _still_visible([row.source for row in shown], reader)
    last = shown[-1] if shown else None
    return Results(
        hits=tuple(_hit(question, row) for row in shown if row.source in visible),
        after=write_cursor(Place(last.score, last.id, question)) if last and more else None,
        corrected=question.corrected,
    )


def _still_visible(sources: Sequence[str], reader: Reader) -> set[str]:
    """What each kind says may be seen now: the index hears of changes a moment later. A statement a kind."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for source in sources:
        kind, _, number = source.partition(":")
        by_kind[kind].append(int(number))
    known = set(all_kinds())
    visible: set[str] = set()
    for kind, ids in by_kind.items():
        seen = kind_of(kind).visible(reader.viewer, ids) if kind in known else ids
        visible.update(f"{kind}:{pk}" for pk in seen)
    return visible


def _hit(question: Question, row: _Row) -> Hit:
    names = [*question.references, *(term.word for term in question.terms)]
    why = [(name, part) for name, part in zip(names, row.parts, strict=True) if part > 0]
    return Hit(
        source=row.source,
        kind=row.source.partition(":")[0],
        parent=row.parent,
        language=row.language,
        title=_safe(row.title),
        extract=_safe(row.extract),
        created_at=row.created_at,
        score=row.score,
        why=tuple(sorted(why, key=lambda pair: -pair[1])),
    )


def _safe(headline: str) -> SafeString:
    """A headline of the database as HTML: escaped, then what matched is marked."""
    marked = _MARKED.sub(r"<mark>\1</mark>", escape(headline))
    return mark_safe(marked.replace(START, "").replace(STOP, ""))  # escaped above
