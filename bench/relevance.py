"""Relevance of search, beside PostgreSQL's own words and BM25 by a library, on the same texts.

    python bench/relevance.py --json figures.json
    python bench/relevance.py --queries 300 --limit 3000      # a quick look
    python bench/relevance.py --vectors                       # and with the extra `vectors`

Two sets. Messages of a bank (banking77, train split, from ../shared/data): a message is the question, others of its
category are right, itself is left out. And the demo's help centre with the questions of bench/questions.toml, each with
the articles that answer it, by language. The figure is MRR@10, the mean of one divided by the place of the first right
answer among ten; intervals are of 95 %, by bootstrap over the questions. Nothing is tuned to either set.
"""

import argparse
import csv
import logging
import random
import sys
import time
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bm25s
import Stemmer
from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from charterdesk.knowledge.bodies import body_text  # noqa: E402
from charterdesk.knowledge.search import TEXTS  # noqa: E402
from charterdesk.ops.demo.knowledge import texts_by_key  # noqa: E402
from charterdesk.search.audience import Reader  # noqa: E402
from charterdesk.search.counting import count_words  # noqa: E402
from charterdesk.search.embedders import LOCAL  # noqa: E402
from charterdesk.search.index import Document, put  # noqa: E402
from charterdesk.search.meanings import keep_meanings  # noqa: E402
from charterdesk.search.queries import search  # noqa: E402
from charterdesk.tickets.search import MESSAGES  # noqa: E402

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells of every index it makes
HERE = Path(__file__).parent
BANKING = HERE.parent.parent / "shared/data/banking77/train.csv"
QUESTIONS = HERE / "questions.toml"
AT = datetime(2026, 1, 1, tzinfo=UTC)
EVERYTHING = Reader(everything=True)
PLACES = 10
A_DAY = 86_400.0  # seconds
ROUNDS = 1000  # of the bootstrap
SNOWBALL = {"en": "english", "de": "german", "es": "spanish", "fr": "french", "ar": "arabic"}
Ranks = Callable[["Question"], Sequence[str]]


@dataclass
class Question:
    """What is asked, in which language, what answers it, and what may not be found (the question itself)."""

    text: str
    right: Collection[str]
    language: str = "en"
    itself: str = ""


@dataclass
class Set:
    """Documents by source, each a title, a text and a language, with questions to them.

    `usual_words` is what the product takes for the length of such a document before it knows better.
    """

    name: str
    documents: dict[str, tuple[str, str, str]]
    usual_words: int
    questions: list[Question] = field(default_factory=list)


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--queries", type=int, default=2000, help="messages of the bank that are asked")
    parser.add_argument("--bank", type=Path, default=BANKING, help="the messages of the bank: text, category")
    parser.add_argument("--vectors", action="store_true", help="by words and meaning as well; needs the extra vectors")
    parser.add_argument("--limit", type=int, default=0, help="only so many messages of the bank; 0 for all")


def banking(path: Path, limit: int, queries: int) -> Set | None:
    """Messages of a bank; None where they are not there."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chance = random.Random(77)
    if limit:
        rows = chance.sample(rows, limit)
    named = {f"note:{number}": row for number, row in enumerate(rows, start=1)}
    of: dict[str, set[str]] = {}
    for source, row in named.items():
        of.setdefault(row["category"], set()).add(source)
    asked = chance.sample(sorted(named), min(queries, len(named)))
    return Set(
        name=f"bank, {len(rows):,} messages",
        documents={source: ("", row["text"], "en") for source, row in named.items()},
        usual_words=MESSAGES.usual_words,
        questions=[
            Question(named[source]["text"], of[named[source]["category"]] - {source}, itself=source) for source in asked
        ],
    )


def help_centre() -> Set:
    """The articles of the demo, in every language, and the questions written for them."""
    said = {
        (key, language): words for key, by_language in texts_by_key().items() for language, words in by_language.items()
    }
    sources = {both: f"note:{number}" for number, both in enumerate(said, start=1)}
    asked = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return Set(
        name="help centre of the demo",
        documents={
            sources[key, language]: (words.title, f"{words.summary}\n{body_text(words.body)}", language)
            for (key, language), words in said.items()
        },
        usual_words=TEXTS.usual_words,
        questions=[
            Question(each["ask"], {sources[key, language] for key in each["answers"] if (key, language) in sources},
                     language)
            for language, some in asked.items()
            for each in some
        ],
    )  # fmt: skip


def found_by_us(asked: Set) -> Ranks:
    """Index the documents as the product does; ask as the product does, by words alone."""
    settings.VECTORS = ""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE search_document, search_word, search_tagword, search_counted, search_meaning, search_embedded"
            " RESTART IDENTITY"
        )
    given = [
        Document(source=source, title=title, body=body, audience=("public",), language=language, created_at=AT)
        for source, (title, body, language) in asked.documents.items()
    ]
    for first in range(0, len(given), 2000):
        put(given[first : first + 2000], usual_words=asked.usual_words)
        while count_words():
            pass

    return _found


def _found(question: Question) -> Sequence[str]:
    hits = search(question.text, reader=EVERYTHING, language=question.language, limit=PLACES + 1).hits
    return [hit.source for hit in hits]


def found_with_vectors(asked: Set) -> Ranks:
    """Ask the index that `found_by_us` made, with vectors beside the words."""
    settings.VECTORS = LOCAL
    keep_meanings(A_DAY)
    return _found


_PLAIN = """
    SELECT source FROM search_document, {query}(%s::regconfig, %s) AS asked
     WHERE to_tsvector(%s::regconfig, title || ' ' || body) @@ asked
     ORDER BY ts_rank(to_tsvector(%s::regconfig, title || ' ' || body), asked) DESC, id LIMIT 11
"""


def found_by_postgresql(asked: Set) -> Ranks:
    """`plainto_tsquery` (all words must be there) and `ts_rank`, with PostgreSQL's own stems of the language."""

    def ranks(question: Question) -> Sequence[str]:
        name = SNOWBALL[question.language]
        with connection.cursor() as cursor:
            cursor.execute(_PLAIN.format(query="plainto_tsquery"), [name, question.text, name, name])
            return [source for (source,) in cursor.fetchall()]

    return ranks


def found_by_bm25(asked: Set) -> Ranks:
    """BM25 of the library bm25s (its method of Lucene, k1 1.2, b .75), stemmed and without stop words, by language.

    A title is part of the text. Each question is asked of the documents of its own language.
    """
    by_language: dict[str, tuple[list[str], Any, Any]] = {}
    for language in {language for _title, _body, language in asked.documents.values()}:
        sources = [source for source, document in asked.documents.items() if document[2] == language]
        stemmer = Stemmer.Stemmer(SNOWBALL[language])
        texts = [" ".join(asked.documents[source][:2]) for source in sources]
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        index.index(bm25s.tokenize(texts, stopwords=_stop_words(language), stemmer=stemmer, show_progress=False),
                    show_progress=False)  # fmt: skip
        by_language[language] = (sources, index, stemmer)

    def ranks(question: Question) -> Sequence[str]:
        sources, index, stemmer = by_language[question.language]
        words = bm25s.tokenize(
            question.text, stopwords=_stop_words(question.language), stemmer=stemmer, show_progress=False
        )
        found, scores = index.retrieve(words, k=min(PLACES + 1, len(sources)), show_progress=False)
        return [sources[number] for number, score in zip(found[0], scores[0], strict=True) if score > 0]

    return ranks


def _stop_words(language: str) -> Any:
    """The library's own list; it has none for Arabic."""
    return language if language in ("en", "de", "es", "fr") else None


def measure(asked: Set, ranks: Ranks) -> list[float]:
    """One divided by the place of the first right answer, for each question; 0 for none among ten."""
    values = []
    for question in asked.questions:
        found = [source for source in ranks(question) if source != question.itself][:PLACES]
        place = next((place for place, source in enumerate(found, start=1) if source in question.right), 0)
        values.append(1 / place if place else 0.0)
    return values


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of means of samples drawn anew."""
    chance, size = random.Random(95), len(values)
    means = sorted(sum(chance.choices(values, k=size)) / size for _round in range(ROUNDS))
    return round(means[int(ROUNDS * 0.025)], 3), round(means[int(ROUNDS * 0.975)], 3)


def figures_of(values: Sequence[float]) -> Figures:
    """The mean with its interval."""
    return {"mrr_at_10": round(sum(values) / len(values), 3), "interval": interval(values), "questions": len(values)}


RANKINGS = {"ours": found_by_us, "bm25": found_by_bm25, "plainto_tsquery": found_by_postgresql}


def compare(asked: Set, rankings: Mapping[str, Callable[[Set], Ranks]]) -> Figures:
    """Every one of `rankings` on one set; ours less BM25, question by question; and each language by itself."""
    made: Figures = {"set": asked.name, "documents": len(asked.documents)}
    values = {}
    for name, make in rankings.items():
        ranks, began = make(asked), time.perf_counter()
        values[name] = measure(asked, ranks)
        milliseconds = 1000 * (time.perf_counter() - began) / len(asked.questions)
        made[name] = figures_of(values[name]) | {"ms_each": round(milliseconds, 1)}
    if "vectors" in values:
        more = [ours - plain for ours, plain in zip(values["vectors"], values["ours"], strict=True)]
        made["vectors_less_ours"] = figures_of(more)
    less = [ours - theirs for ours, theirs in zip(values["ours"], values["bm25"], strict=True)]
    made["ours_less_bm25"] = figures_of(less)
    languages = sorted({question.language for question in asked.questions})
    if len(languages) > 1:
        made["languages"] = {
            language: {name: figures_of(_of(asked, some, language)) for name, some in values.items()}
            for language in languages
        }
    return made


def _of(asked: Set, values: Sequence[float], language: str) -> list[float]:
    return [value for question, value in zip(asked.questions, values, strict=True) if question.language == language]


def lines_of(figures: Figures) -> list[tuple[str, str]]:
    """Rows of the table."""
    lines = [(figures["set"], f"{figures['documents']:,} documents")]
    for name in (*RANKINGS, "vectors", "ours_less_bm25", "vectors_less_ours"):
        if name in figures:
            lines.append((f"  {name}", _said(figures[name])))
    for language, by_name in figures.get("languages", {}).items():
        lines.append((f"  {language}", "  ".join(f"{name} {each['mrr_at_10']:.3f}" for name, each in by_name.items())))
    return lines


def _said(each: Figures) -> str:
    low, high = each["interval"]
    return f"{each['mrr_at_10']:.3f}  ({low:.3f} to {high:.3f}; {each['questions']} questions)"


def main() -> None:
    """Ask, compare, print."""
    chosen = arguments(__doc__, options)
    sets = [("bank", banking(chosen.bank, chosen.limit, chosen.queries)), ("help centre", help_centre())]
    rankings = {**RANKINGS, "vectors": found_with_vectors} if chosen.vectors else RANKINGS
    figures: Figures = {"machine": machine(), "sets": []}
    lines: list[tuple[str, str]] = []
    for name, asked in sets:
        if asked is None:
            print(f"{name}: its texts are not there, so it is left out", file=sys.stderr)
            continue
        figures["sets"].append(compare(asked, rankings))
        lines += lines_of(figures["sets"][-1])
    report("relevance, MRR@10 with intervals of 95 %", figures, lines or [("nothing", "to ask")], chosen.json)


if __name__ == "__main__":
    main()
