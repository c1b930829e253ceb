"""What was asked: phrases, names to be found exactly, words with their counts, and what may have been meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from django.db import connection

from charterdesk.base.clock import now
from charterdesk.search.audience import Reader, kind_tag
from charterdesk.search.counting import FREQUENT
from charterdesk.search.plan import BUDGET, STEPS, TYPING_BUDGET, Term

LONGEST_QUESTION = 2_000  # characters
MOST_WORDS = 16  # the rarest of a whole letter pasted into the box
LANGUAGES = ("en", "de", "es", "fr", "ar", "simple")
COMPLETIONS = 12
SHORTEST_PREFIX = 3
SHORTEST_TYPO = 4
LEAST_MEASURED = 200  # documents of a kind before their own length counts, not what was thought usual
SHORTEST_NORM, USUAL_NORM = 0.3, 1.2  # BM25's K of a document of no words and of the usual length
GUESSES, MOST_GUESSED = 3, 60  # for a word, for all words of other letters
UNSURE = 0.6  # what a word counts that was guessed

_PHRASE = re.compile(r'["„“”«»]([^"„“”«»]+)["„“”«»]')
_REFERENCE = re.compile(r"(?<![\w-])#?([A-Za-z]{0,8}-?\d[\d-]*)(?![\w-])")


_Row = tuple[str, dict[str, str], list[str], list[int], tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A text as the index understands it. `documents` is the size of the index, `share` the reader's part of it.

    `language` is the reader's; `day`, since 1970, is that of the asking, from which age counts on every page. `lengths`
    says of each kind how long its documents are, as part of the `usual_words` it was indexed with. `meaning` is what
    `meanings` made of the whole, empty where only words count. At most so many `places` are there in the ranking.
    `unknown` are words that nothing has and others were guessed for.
    """

    terms: tuple[Term, ...]
    phrases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    documents: int = 1
    share: float = 1.0
    language: str = ""
    day: int = 0
    lengths: dict[str, float] = field(default_factory=dict)
    meaning: bytes = b""
    places: int = BUDGET


def understand(
    text: str,
    *,
    reader: Reader,
    kinds: Sequence[str] = (),
    language: str = "",
    is_typing: bool = False,
    meaning: bytes = b"",
) -> Question:
    """Look `text` up in the counts, and have the transaction use the index. One statement.

    One more while typing, one more when a word is unknown, one more when several words mean the same as one asked for.
    """
    text = " ".join(text.replace("\x00", " ")[:LONGEST_QUESTION].split())
    rows, documents, share, lengths = _look_up(text, reader, kinds, language)
    terms = _with_rows(_terms(rows, language))
    if is_typing and terms and text[-1:].isalnum() and len(terms[-1].word) >= SHORTEST_PREFIX:
        terms[-1] = _completed(terms[-1])
    unknown = [term for term in terms if _may_be_a_typo(term)]
    corrected = _corrections(unknown) if unknown and documents else {}
    terms = [_with_guesses(term, corrected[term.word]) if term.word in corrected else term for term in terms]
    terms.sort(key=lambda term: term.documents[0])
    return Question(
        terms=tuple(terms[:MOST_WORDS]),
        phrases=tuple(phrase.strip() for phrase in _PHRASE.findall(text) if len(phrase.split()) > 1),
        references=tuple(dict.fromkeys(f"#{re.sub('-', '', name).lower()}" for name in _REFERENCE.findall(text))),
        unknown=tuple(corrected),
        documents=max(documents, 1),
        share=share,
        language=language,
        day=int(now().timestamp() // 86_400),
        lengths=lengths,
        meaning=meaning,
        places=TYPING_BUDGET if is_typing else BUDGET,
    )


def _terms(rows: Sequence[_Row], language: str) -> list[Term]:
    """In the order in which they were said; two forms of a word ("card", "cards") are one, where the last stands."""
    terms: dict[str, Term] = {}
    for simple, lexemes, akin, counts, seen in rows:
        form = lexemes.get(language, simple)
        before = terms.pop(form, None)
        alike = dict.fromkeys([*(before.akin if before else ()), *akin])
        terms[form] = Term(simple, lexemes, tuple(counts), seen=seen, akin=tuple(alike))
    return list(terms.values())


def _with_rows(terms: list[Term]) -> list[Term]:
    """Count what means the same and is several words: as often as the rarest of them. One statement, or none."""
    rows = sorted({akin for term in terms for akin in term.akin if " " in akin})
    if not rows:
        return terms
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ROWS, [rows])
        counts = dict(cursor.fetchall())
    return [_with_counts(term, [counts[akin] for akin in term.akin if akin in counts]) for term in terms]


def _with_counts(term: Term, more: Sequence[Sequence[int]]) -> Term:
    """`term` in as many documents more; nobody counted those for the reader."""
    return term._replace(documents=tuple(map(sum, zip(term.documents, *more, strict=True))), seen=()) if more else term


def has_phrases(text: str) -> bool:
    """Whether `text` wants words exactly as they stand."""
    return _PHRASE.search(text) is not None


# Never read the whole table, whatever the planner thinks of frequent words; compiling costs more than it saves. Among
# neighbours go on until enough are found that the reader may see, but not for ever.
_USE_THE_INDEX = """set_config('enable_seqscan', 'off', true) || set_config('jit', 'off', true)
    || set_config('hnsw.iterative_scan', 'strict_order', true) || set_config('hnsw.max_scan_tuples', '5000', true)
    || set_config('hnsw.ef_search', '60', true)"""


def use_the_index() -> None:
    """Have this transaction read as searches do. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_USE_THE_INDEX}")


# Every language cuts words the same way, so the place of a word joins its lexemes. What the reader's own language
# passes over (the, and) is passed over, unless nothing else was asked. What is given as meaning the same may be several
# words: it was said where all of them stand in a row, and each of these then has what else the group gives.
_LOOK_UP = f"""
    WITH said AS (
        SELECT code, lexeme, place
          FROM unnest(%s::text[]) AS code
         CROSS JOIN LATERAL unnest(to_tsvector(search_config(code), search_clean(%s))) AS found
         CROSS JOIN LATERAL unnest(found.positions) AS place
    ), words AS (
        SELECT min(place) AS place, array_agg(place) AS places, simple, by_language, bool_or(is_own) AS is_own FROM (
            SELECT place, max(lexeme) FILTER (WHERE code = 'simple') AS simple,
                   jsonb_object_agg(code, lexeme) AS by_language, bool_or(code = %s) AS is_own
              FROM said GROUP BY place) AS places
         GROUP BY simple, by_language
    ), alike AS MATERIALIZED (
        SELECT lexemes, given, array_agg(said.place) AS places
          FROM search_synonyms AS known CROSS JOIN unnest(lexemes) AS given
         CROSS JOIN LATERAL unnest(string_to_array(given, ' ')) WITH ORDINALITY AS part (lexeme, number)
          JOIN said ON said.lexeme = part.lexeme AND code = coalesce(nullif(language, ''), 'simple')
         WHERE string_to_array(array_to_string(lexemes, ' '), ' ') && array(SELECT lexeme FROM said)
         GROUP BY known.id, given, said.place - number
        HAVING count(*) = cardinality(array_remove(string_to_array(given, ' '), ''))
    ), meant AS MATERIALIZED (
        SELECT words.*, array(SELECT DISTINCT lexeme FROM jsonb_each_text(by_language) AS each (code, lexeme)) AS own,
               array(SELECT DISTINCT akin FROM alike, unnest(alike.lexemes) AS akin
                      WHERE alike.places && words.places AND akin <> given
                        AND akin NOT IN (SELECT lexeme FROM jsonb_each_text(by_language) AS each (code, lexeme))
                      ORDER BY akin) AS akin
          FROM words
    )
    SELECT words.simple, words.by_language::text, words.akin, (
               SELECT array_agg((
                   SELECT coalesce(sum(documents), 0)::bigint FROM search_word WHERE word = ANY(
                       SELECT CASE WHEN step = 0 THEN lexeme ELSE '^' || step || lexeme END
                         FROM unnest(own || akin) AS lexeme)
               ) ORDER BY step) FROM generate_series(0, {STEPS - 1}) AS step),
           CASE WHEN %s THEN (
               SELECT array_agg((
                   SELECT coalesce(sum(documents), 0)::bigint FROM search_tagword WHERE tag = ANY(%s) AND word = ANY(
                       SELECT CASE WHEN step = 0 THEN lexeme ELSE '^' || step || lexeme END
                         FROM unnest(own || akin) AS lexeme)
               ) ORDER BY step) FROM generate_series(0, {STEPS - 1}) AS step) END,
           {_USE_THE_INDEX},
           (SELECT by_tag_id >= document_id * 0.9 FROM search_counted),
           (SELECT documents FROM search_counted),
           (SELECT sum(documents)::bigint FROM search_word WHERE word = ANY(%s)),
           (SELECT sum(documents)::bigint FROM search_word WHERE word = ANY(%s)),
           (SELECT jsonb_object_agg(word, documents)::text FROM search_word
             WHERE word >= '@normed:' AND word < '@norms;')
      FROM (SELECT) AS always LEFT JOIN meant AS words ON is_own OR NOT EXISTS (SELECT FROM words WHERE is_own)
     ORDER BY words.place
"""
_COUNT_ROWS = f"""
    SELECT given, array_agg(documents ORDER BY step) FROM (
        SELECT given, step, min(coalesce(documents, 0)) AS documents
          FROM unnest(%s::text[]) AS given CROSS JOIN generate_series(0, {STEPS - 1}) AS step
         CROSS JOIN LATERAL unnest(string_to_array(given, ' ')) AS part (lexeme)
          LEFT JOIN search_word ON word = CASE WHEN step = 0 THEN lexeme ELSE '^' || step || lexeme END
         WHERE lexeme <> '' GROUP BY given, step) AS counted
     GROUP BY given
"""


def _look_up(
    text: str, reader: Reader, kinds: Sequence[str], language: str
) -> tuple[list[_Row], int, float, dict[str, float]]:
    own = language if language in LANGUAGES else "simple"
    tags = [f"@{tag}" for tag in reader.counted_tags]
    by_word = _counted_by_word(reader)
    params: list[str | bool | list[str]] = [
        list(LANGUAGES), text, own, bool(by_word), by_word, tags, [f"@{kind_tag(kind)}" for kind in kinds]
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, params)
        rows = cursor.fetchall()
    are_seen_known, counted, of_reader, of_kinds, normed = rows[0][6:]
    documents = counted or 0
    share = of_kind = 1.0
    if documents and not reader.everything:
        share = min(1.0, (of_reader or 0) / documents)
    if documents and kinds:
        of_kind = min(1.0, (of_kinds or 0) / documents)
    words = [
        (
            simple,
            msgspec.json.decode(lexemes),
            akin,
            counts,
            _seen(counts, seen if are_seen_known else None, share, of_kind),
        )
        for simple, lexemes, akin, counts, seen, *_rest in rows
        if simple
    ]
    return words, documents, share * of_kind, _lengths(msgspec.json.decode(normed) if normed else {})


def _lengths(known: dict[str, int]) -> dict[str, float]:
    """How long documents of each kind are, as part of what is usual; of kinds of which there are few, nothing."""
    many = {kind: known.get(f"@normed:{kind}", 0) for kind in {word.partition(":")[2] for word in known}}
    return {
        kind: max((known[f"@norms:{kind}"] / 1000 / count - SHORTEST_NORM) / (USUAL_NORM - SHORTEST_NORM), 0.02)
        for kind, count in many.items()
        if count >= LEAST_MEASURED
    }


def _counted_by_word(reader: Reader) -> list[str]:
    """The tags by which words are counted for `reader`; none where nobody counts, as for a contact."""
    if reader.everything or any(tag.startswith("c:") for tag in reader.tags):
        return []
    return reader.counted_tags


def _seen(counts: Sequence[int], seen: Sequence[int] | None, share: float, of_kind: float) -> tuple[int, ...]:
    """How many of the documents with each step the reader may see; () where that was not counted.

    Of what is not frequent nobody counts that, so it is their `share`. The first documents of a word, which were
    written before it was frequent, are in no tag's count: it may be so many.
    """
    if seen is None:
        return ()
    return tuple(
        round((min(count, mine) if count >= FREQUENT else count * share) * of_kind)
        for count, mine in zip(counts, seen, strict=True)
    )


def _may_be_a_typo(term: Term) -> bool:
    return not term.documents[0] and len(term.word) >= SHORTEST_TYPO and term.word.isalpha()


def _completed(term: Term) -> Term:
    """The word as typed so far, or one that begins like it: the most frequent ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, documents FROM search_word WHERE word >= %s AND word < %s AND is_plain "
            "ORDER BY documents DESC LIMIT %s",
            [term.word, term.word + "\U0010ffff", COMPLETIONS],
        )
        found = [row for row in cursor.fetchall() if row[0] not in term.lexemes]
    if not found:
        return term
    more = sum(documents for _word, documents in found)
    return term._replace(
        documents=tuple(count + more // (step + 1) for step, count in enumerate(term.documents)),
        guesses=tuple(word for word, _documents in found),
        seen=(),  # nobody counted the guesses for the reader
    )


def _corrections(unknown: Sequence[Term]) -> dict[str, list[tuple[str, int]]]:
    """Known words that look like unknown ones, the likeliest first: (word, documents). Needs pg_trgm.

    One statement, and one more where words of other letters than ASCII's are unknown: these by each of their stems,
    as what Arabic puts before a word is a good part of it.
    """
    if not _knows_likeness():
        return {}
    asked: list[tuple[str, list[Any]]] = []
    if plain := [term.word for term in unknown if term.word.isascii()]:
        asked.append((_ALIKE, [plain]))
    if forms := [(term.word, form) for term in unknown if not term.word.isascii() for form in term.lexemes]:
        asked.append((_ALIKE_IN_LETTERS, list(map(list, zip(*forms, strict=True)))))
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        for statement, params in asked:
            cursor.execute(statement, params)
            for word, guess, documents in cursor.fetchall():
                found.setdefault(word, {})[guess] = documents
    return {word: list(guesses.items())[:GUESSES] for word, guesses in found.items()}


@cache
def _knows_likeness() -> bool:
    """Whether pg_trgm is there; asked once by each process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


# What `%` finds alike (0.3 and more) and is as long as what was asked has one letter wrong, or two that changed places,
# in five or six; of other lengths it has to be more alike.
_ALIKE = f"""
    SELECT asked, alike.word, alike.documents FROM unnest(%s::text[]) AS asked CROSS JOIN LATERAL (
        SELECT word, documents FROM search_word
         WHERE word %% asked AND is_plain AND (similarity(word, asked) > 0.35 OR length(word) = length(asked))
         ORDER BY similarity(word, asked) + 0.02 * ln(documents + 1) DESC, word LIMIT {GUESSES}) AS alike
"""
# By what `search_letters` makes of both; only of the same script, for other letters may have the same signs.
_ALIKE_IN_LETTERS = f"""
    SELECT asked, alike.word, alike.documents FROM unnest(%s::text[], %s::text[]) AS said (asked, form)
     CROSS JOIN LATERAL (
        SELECT word, documents, similarity(search_letters(word), search_letters(form)) AS likeness FROM search_word
         WHERE search_letters(word) %% search_letters(form) AND is_plain AND octet_length(word) > length(word)
           AND ascii(word) / 256 = ascii(form) / 256) AS alike
     WHERE likeness > 0.35 OR length(word) = length(form)
     ORDER BY likeness + 0.02 * ln(documents + 1) DESC, alike.word LIMIT {MOST_GUESSED}
"""


def _with_guesses(term: Term, guesses: list[tuple[str, int]]) -> Term:
    count = sum(documents for _word, documents in guesses)
    return term._replace(
        documents=tuple(count // (step + 1) for step in range(STEPS)),
        guesses=tuple(word for word, _documents in guesses),
        weight=UNSURE,
        seen=(),  # nobody counted the guesses for the reader
    )
