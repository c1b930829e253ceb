"""The SQL of a search: branches to candidates, candidates to scores, scores to a page.

What a reader may not see is left out inside every branch, by the same index that finds the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.conf import settings

from charterdesk.search.audience import Reader
from charterdesk.search.findable import UNSHOWN
from charterdesk.search.meanings import literal
from charterdesk.search.narrowing import EVERYTHING, Narrowing
from charterdesk.search.plan import Branch, Plan, Term, inverse_frequency
from charterdesk.search.words import LANGUAGES, SHORTEST_NORM, Question

REFERENCE_BONUS = 100.0
QUALITY, RECENCY, OWN_LANGUAGE = 0.1, 0.05, 0.1  # how much of its score a document gains at most: mild, words decide
FADING = 365.0  # days after which a third of what recency gives is left
AKIN = 0.8  # of a word that means the same, each counts as so much of the word asked for
OWN_TEXT = 1.5  # how much better another language's text of the same must fit to stand for it
NEIGHBOURS = 50  # that may be found by what they mean
FUSION = 60  # of reciprocal rank fusion, as published (Cormack, Clarke, Buettcher 2009): how little first places tell
FEW = 10_000  # so many documents are all looked at for what they mean; of more, those that an index finds near
WIDE = 0.2  # the part of the index from which a reader's tags are looked at in the rows found
START, STOP = "\x02", "\x03"  # around what matched; they become <mark> after everything else was escaped
_HEADLINE = f'StartSel={START}, StopSel={STOP}, MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter=" … "'
_TITLE = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"


@dataclass
class Sql:
    """A piece of a statement and its parameters, in order."""

    text: str
    params: list[Any] = field(default_factory=list)


def quoted(lexeme: str) -> str:
    """A lexeme as a tsquery writes it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(lexemes: Sequence[str], step: int = 0) -> str:
    """A tsquery that one of `lexemes` satisfies, or where it is strong as `step` says; each may be several in a row."""
    return "|".join(_in_a_row(lexeme, step) for lexeme in lexemes)


def _in_a_row(lexeme: str, step: int) -> str:
    """A tsquery of a word, or of several that follow each other. A strong form has no place: words have both."""
    words = [(place, word) for place, word in enumerate(lexeme.split(" ")) if word]
    strong = [quoted(f"^{step}{word}") for _place, word in words] if step else []
    if len(words) == 1:
        return strong[0] if strong else quoted(words[0][1])
    row = quoted(words[0][1])
    for (before, _word), (place, word) in pairwise(words):
        row += f"<{place - before}>{quoted(word)}"
    return f"({'&'.join([*strong, row])})"


def everything_asked(question: Question) -> str:
    """A tsquery that any word or reference of the question satisfies."""
    return any_of([lexeme for term in question.terms for lexeme in term.lexemes] + list(question.references))


def branch_query(branch: Branch, question: Question, plan: Plan) -> str:
    """The tsquery of a branch of `plan`; of a single word without what the branch of its next step found before."""
    asked = "&".join(f"({any_of(question.terms[number].lexemes, step)})" for number, step in branch)
    ((number, step), *others) = branch
    if step and not others and ((number, step + 1),) in plan.branches[: plan.branches.index(branch)]:
        asked += f"&!({any_of(question.terms[number].lexemes, step + 1)})"
    return asked


def may_find(question: Question, reader: Reader, within: Narrowing = EVERYTHING, *, share: float | None = None) -> Sql:
    """What holds for every hit: the reader may see it, it is of what was asked for, it has the phrases.

    A reader of a few is filtered by the index; one of many by the rows found, which are few: going through a long list
    of what they may see, for each branch again, takes longer. `share` is that of a branch, by default the reader's.
    """
    sql = Sql("")
    if not reader.everything:
        few = (question.share if share is None else share) < WIDE
        sql.text += " AND tags && %s::text[]" if few else " AND (tags || '{}'::text[]) && %s::text[]"
        sql.params.append(sorted(reader.tags))
    for condition, value in within.conditions():
        sql.text += f" AND {condition}"
        sql.params.append(value)
    for phrase in question.phrases:
        parts = ["phraseto_tsquery(%s::regconfig, search_clean(%s))"] * len(LANGUAGES)
        sql.text += f" AND vector @@ ({' || '.join(parts)})"
        sql.params += [value for code in LANGUAGES for value in (f"search_{code}", phrase)]
    return sql


def share_of(branch: Branch, question: Question) -> float:
    """The part of what a branch finds that the reader may see: that of its word which is theirs least."""
    terms = [(question.terms[number], step) for number, step in branch]
    return min(term.visible(step, question.share) / max(term.documents[step], 1) for term, step in terms)


def candidates(question: Question, plan: Plan, reader: Reader, within: Narrowing = EVERYTHING) -> Sql:
    """A common table of the documents to rank, each once; the database stops looking when there are enough."""
    wanted = [(quoted(name), question.share) for name in question.references]
    wanted += [(branch_query(branch, question, plan), share_of(branch, question)) for branch in plan.branches]
    if question.phrases:
        shares = [share_of(((number, 0),), question) for number in range(len(question.terms))]
        wanted = [(everything_asked(question), min([question.share, *shares]))]
    texts, params = [], []
    for query, share in wanted:
        allowed = may_find(question, reader, within, share=share)
        texts.append(
            "(SELECT id, source, parent, language, created_at, quality, length_norm, vector FROM search_document"
            f" WHERE vector @@ %s::tsquery{allowed.text})"
        )
        params += [query, *allowed.params]
    norm, near = _norm(question, "first_found"), neighbours(question, reader, within)
    return Sql(
        "candidates AS MATERIALIZED (SELECT DISTINCT ON (id) id, source, parent, language, created_at, quality,"
        f" {norm.text} AS length_norm, vector FROM (SELECT * FROM ("
        f"{' UNION ALL '.join(texts)}) AS found LIMIT {question.places}) AS first_found ORDER BY id){near.text}",
        [*norm.params, *params, *near.params],
    )


def neighbours(question: Question, reader: Reader, within: Narrowing) -> Sql:
    """One more common table, of the documents that mean something like the question; nothing where only words count.

    The same things hold for them as for what is found by words.
    """
    if not question.meaning:
        return Sql("")
    allowed = may_find(question, reader, within, share=0.0 if question.documents * question.share < FEW else 1.0)
    distance = f"means::halfvec({len(question.meaning)}) <=> %s::halfvec"
    return Sql(
        ", near AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY distance, id DESC) AS place FROM ("
        f" SELECT id, source, parent, language, {distance} AS distance"
        " FROM search_meaning JOIN search_document ON id = document_id"
        f" WHERE means IS NOT NULL{allowed.text} ORDER BY {distance} LIMIT {NEIGHBOURS}) AS nearest"
        " WHERE distance <= %s)",
        [literal(question.meaning), *allowed.params, literal(question.meaning), 1 - settings.VECTORS_LEAST / 100],
    )


def contributions(question: Question, table: str) -> list[Sql]:
    """What each reference and word adds to the score of a row of `table` (BM25)."""
    parts = [
        Sql(f"CASE WHEN {table}.vector @@ %s::tsquery THEN {REFERENCE_BONUS} ELSE 0 END", [quoted(name)])
        for name in question.references
    ]
    norm = Sql(f"{table}.length_norm") if table == "candidates" else _norm(question, table)
    for term in question.terms:
        times = _times(term, table)
        weight = term.weight * inverse_frequency(term.documents[0], question.documents)
        parts.append(
            Sql(
                f"%s::float8 * coalesce(2.2 / (1 + {norm.text} / nullif(({times.text})::float8, 0)), 0)",
                [weight, *norm.params, *times.params],
            )
        )
    return parts


def _norm(question: Question, table: str) -> Sql:
    """BM25's K by how long documents of the kind are in fact: they were indexed with what was thought usual."""
    if not question.lengths:
        return Sql(f"{table}.length_norm")
    cases = " ".join(["WHEN %s THEN %s::float8"] * len(question.lengths))
    return Sql(
        f"({SHORTEST_NORM} + ({table}.length_norm - {SHORTEST_NORM})"
        f" / CASE split_part({table}.source, ':', 1) {cases} ELSE 1 END)",
        [value for pair in question.lengths.items() for value in pair],
    )


def _times(term: Term, table: str) -> Sql:
    """How often a document has the word, as its own language forms it; one of the guesses counts once.

    Of many words a document has few: whether it has one in any form is asked first, for that costs a fifth of counting.
    """
    usual = term.by_language.get("simple", term.word)
    others = {code: lexeme for code, lexeme in term.by_language.items() if lexeme != usual}
    lexeme = Sql("%s::tsquery", [quoted(usual)])
    if others:
        cases = " ".join(["WHEN %s THEN %s::tsquery"] * len(others))
        pairs = [value for code, other in others.items() for value in (code, quoted(other))]
        lexeme = Sql(f"CASE {table}.language {cases} ELSE %s::tsquery END", [*pairs, quoted(usual)])
    own = Sql(
        f"CASE WHEN {table}.vector @@ %s::tsquery THEN search_times({table}.vector, {lexeme.text}) ELSE 0 END",
        [any_of(list(dict.fromkeys([usual, *others.values()]))), *lexeme.params],
    )
    for akin in (_times_in_a_row(each, table) for each in term.akin):
        own.text += f" + {AKIN} * {akin.text}"
        own.params += akin.params
    if not term.guesses:
        return own
    guessed = f"CASE WHEN {table}.vector @@ %s::tsquery THEN 1 ELSE 0 END"
    return Sql(f"greatest({own.text}, {guessed})", [*own.params, any_of(term.guesses)])


def _times_in_a_row(lexeme: str, table: str) -> Sql:
    """How often a document has a word, or several in a row: at most as often as the rarest of them."""
    words = [word for word in lexeme.split(" ") if word]
    each = ", ".join([f"search_times({table}.vector, %s::tsquery)"] * len(words))
    if len(words) == 1:
        return Sql(each, [quoted(lexeme)])
    return Sql(
        f"CASE WHEN {table}.vector @@ %s::tsquery THEN least({each}) ELSE 0 END",
        [_in_a_row(lexeme, 0), *map(quoted, words)],
    )


def _joined(parts: Sequence[Sql], between: str) -> Sql:
    return Sql(between.join(part.text for part in parts), [value for part in parts for value in part.params])


def lift(question: Question, table: str) -> Sql:
    """By what a score is multiplied: a little more for what served others, is new, or is in the reader's language."""
    age = f"greatest(%s - date_part('epoch', {table}.created_at) / 86400, 0)"
    return Sql(
        f"(1 + {QUALITY} * {table}.quality + {RECENCY} * exp(-{age} / {FADING})"
        f" + CASE WHEN {table}.language = %s THEN {OWN_LANGUAGE} ELSE 0 END)",
        [question.day, question.language],
    )


def _belongs(table: str, *, is_grouped: bool) -> str:
    """By what hits are told apart: what they belong to, or each by itself."""
    return f"coalesce(nullif({table}.parent, ''), {table}.source)" if is_grouped else f"{table}.source"


def _graded(question: Question, *, is_grouped: bool) -> Sql:
    """A common table of the candidates that have any of the words, with their scores, or of these and neighbours.

    `OFFSET 0` keeps the planner from writing the score into the condition as well: each would be scored twice.
    """
    score, more = _joined(contributions(question, "candidates"), " + "), lift(question, "candidates")
    by_words = Sql(
        f"SELECT * FROM (SELECT id, language, {_belongs('candidates', is_grouped=is_grouped)} AS whole,"
        f" ({score.text}) * {more.text} AS score FROM candidates OFFSET 0) AS each WHERE score > 0",
        [*score.params, *more.params],
    )
    if not question.meaning:
        return Sql(f"graded AS MATERIALIZED (SELECT *, {_NO_PLACES} FROM ({by_words.text}) AS each)", by_words.params)
    return Sql(
        f"graded AS MATERIALIZED (SELECT id, language, whole, {_FUSED} AS score, worded.place AS by_words,"
        " meant.place AS by_meaning FROM ("
        f"SELECT *, row_number() OVER (ORDER BY score DESC, id DESC) AS place FROM ({by_words.text}) AS each"
        f") AS worded FULL JOIN (SELECT id, language, {_belongs('near', is_grouped=is_grouped)} AS whole, place"
        " FROM near) AS meant USING (id, language, whole))",
        by_words.params,
    )


_NO_PLACES = "NULL::bigint AS by_words, NULL::bigint AS by_meaning"
# What is named by its number comes first whatever the rest means.
_FUSED = f"""(coalesce(1.0 / ({FUSION} + worded.place), 0) + coalesce(1.0 / ({FUSION} + meant.place), 0)
    + CASE WHEN worded.score >= {REFERENCE_BONUS} THEN 1 ELSE 0 END)::float8"""
_COUNTS = """(SELECT jsonb_agg(jsonb_build_array(family, language, number)) FROM (
    SELECT split_part(whole, ':', 1) AS family, language, count(DISTINCT whole) AS number
      FROM graded GROUP BY GROUPING SETS ((split_part(whole, ':', 1)), (language))) AS counted)"""


def ranked_page(
    question: Question,
    found: Sql,
    *,
    after: tuple[float, int] | None,
    size: int,
    is_grouped: bool = False,
    is_counted: bool = False,
) -> Sql:
    """The best `size` candidates after (score, id), with what to show of them; how many there are.

    And of what, where it `is_counted` and there was room for all of them.
    """
    graded = _graded(question, is_grouped=is_grouped)
    beyond = " WHERE (score, id) < (%s, %s)" if after else ""
    counts = f"CASE WHEN (SELECT count(*) FROM candidates) < {question.places} THEN {_COUNTS} END"
    counts, shown = counts if is_counted else "NULL", _shown(question, "document")
    return Sql(
        f"WITH {found.text}, {graded.text}, scored AS MATERIALIZED ("
        " SELECT DISTINCT ON (whole) id, score, count(*) OVER (PARTITION BY whole) AS several, by_words, by_meaning"
        " FROM graded"
        f" ORDER BY whole, score * CASE WHEN language = %s THEN {OWN_TEXT}::float8 ELSE 1 END DESC, id DESC"
        f"), page AS (SELECT * FROM scored{beyond} ORDER BY score DESC, id DESC LIMIT %s)"
        f" SELECT (SELECT count(*) FROM candidates), {counts},"
        f" page.score, page.several, page.by_words, page.by_meaning, {shown.text}"
        " FROM (SELECT) AS always LEFT JOIN page ON true LEFT JOIN search_document AS document USING (id)"
        " ORDER BY page.score DESC, id DESC",
        [*found.params, *graded.params, question.language, *(after or ()), size, *shown.params],
    )


def best_parents(question: Question, found: Sql, *, size: int) -> Sql:
    """What the best `size` candidates belong to (or are, where they belong to nothing), as keys."""
    score = _joined(contributions(question, "candidates"), " + ")
    return Sql(
        f"WITH {found.text}, best AS (SELECT id, score FROM ("
        f"SELECT id, {score.text} AS score FROM candidates OFFSET 0) AS each WHERE score > 0"
        " ORDER BY score DESC, id DESC LIMIT %s)"
        " SELECT DISTINCT coalesce(nullif(parent, ''), source) FROM best JOIN search_document USING (id)",
        [*found.params, *score.params, size],
    )


def remaining_page(
    question: Question, found: Sql, allowed: Sql, *, before: int, size: int, is_grouped: bool = False
) -> Sql:
    """Everything else that has any of the words, newest first, chunk by chunk, from number `before` down.

    The order is not left to the primary key: that would walk over every document of a chunk that has none.
    """
    asked = everything_asked(question)
    graded, shown = _graded(question, is_grouped=is_grouped), _shown(question, "document")
    score, later = (_joined(contributions(question, table), " + ") for table in ("one", "other"))
    whole = _belongs("one", is_grouped=is_grouped)
    same = f"(other.source = {whole} OR other.parent = {whole})" if is_grouped else "other.source = one.source"
    return Sql(
        f"WITH {found.text}, {graded.text}, top AS (SELECT least(%s, (SELECT max(id) + 1 FROM search_document)) AS id)"
        f" SELECT 0, NULL, NULL, 1, NULL, NULL, {shown.text}"
        " FROM top CROSS JOIN generate_series(top.id >> 15, 0, -1) AS chunk"
        " CROSS JOIN LATERAL (SELECT * FROM search_document AS one"
        f" WHERE tags @> ARRAY['n:' || chunk] AND vector @@ %s::tsquery{allowed.text} AND one.id < top.id"
        f" AND NOT EXISTS (SELECT FROM graded WHERE graded.whole = {whole})"
        f" AND NOT EXISTS (SELECT FROM search_document AS other WHERE {same}"
        f" AND other.id > one.id AND other.vector @@ %s::tsquery{allowed.text} AND {later.text} > 0)"
        f" AND {score.text} > 0"
        " ORDER BY one.id + 0 DESC LIMIT %s) AS document LIMIT %s",
        [*found.params, *graded.params, before, *shown.params, asked, *allowed.params,
         asked, *allowed.params, *later.params, *score.params, size, size],
    )  # fmt: skip


def _shown(question: Question, table: str) -> Sql:
    """The columns of a hit."""
    asked = everything_asked(question)
    why = _joined(contributions(question, table), ", ")
    return Sql(
        f"{table}.id, {table}.source, {table}.parent, {table}.language, {table}.created_at, {table}.quality,"
        f" ts_headline(search_config({table}.language), {table}.title, %s::tsquery, %s),"
        f" ts_headline(search_config({table}.language), split_part({table}.body, '{UNSHOWN}', 1), %s::tsquery, %s),"
        f" ARRAY[{why.text}]::float8[]",
        [asked, _TITLE, asked, _HEADLINE, *why.params],
    )
