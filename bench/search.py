"""Search: how fast, how near to ranking everything, how soon new text is found, how fast the index is made.

    python bench/search.py --messages 100000 --json figures.json
    python bench/search.py --on postgresql:///...      # an index made before

Beside each search stand, in the same run, on the same table: the exact ranking (BM25 of every document with any of
the words), and PostgreSQL's own (`ts_rank` of every match), which is what most desks do.
"""

import argparse
import dataclasses
import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from desk import INSIDE, Figures, arguments, computed, machine, on_a_desk, report
from proofs.search_corpus import FILLERS, HEADS, messages

if "--on" in sys.argv:
    os.environ |= {
        INSIDE: "1",
        "DATABASE_URL": sys.argv[sys.argv.index("--on") + 1],
        "DJANGO_SETTINGS_MODULE": "charterdesk.settings",
    }
on_a_desk(__file__)

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from charterdesk.search import findable  # noqa: E402
from charterdesk.search.audience import Reader, staff  # noqa: E402
from charterdesk.search.index import refresh  # noqa: E402
from charterdesk.search.plan import Plan  # noqa: E402
from charterdesk.search.queries import search  # noqa: E402
from charterdesk.search.rebuild import rebuild_all  # noqa: E402
from charterdesk.search.statements import candidates, everything_asked, may_find, ranked_page  # noqa: E402
from charterdesk.search.words import understand  # noqa: E402

LENGTHS = (1, 2, 3, 5, 8)
FRESH = 2_000  # messages written while the clock runs
TEAMS = {"a fiftieth": (9,), "a tenth": (4,), "a third": (1,), "three teams": (3, 5, 7), "everything": None}
EVERY_TEAM = tuple(range(1, 13))
KEYSTROKES = 50  # a second
SCORE = 2  # which column of `ranked_page` is the score
TYPISTS = 4  # connections that answer them, as many as threads of one worker of the web server
SELECT = """
    SELECT id, 'ticket:' || ticket AS parent, ARRAY['t:' || team] AS audience, language, '' AS title, body,
           ARRAY[]::text[] AS reference, timestamptz '2024-01-01' + at * interval '1 minute' AS created_at
      FROM bench_message
"""


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=2, help="searches of each length, sort of word and team")
    parser.add_argument("--on", metavar="URL", help="a desk's database, with what its index holds")


def execute(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def write_messages(first: int, last: int) -> None:
    """COPY believable messages into the bench's own table."""
    execute(
        "CREATE TABLE IF NOT EXISTS bench_message (id bigint PRIMARY KEY, ticket bigint, team integer, "
        "language text, at integer, body text)"
    )
    with connection.cursor() as cursor, cursor.copy("COPY bench_message FROM STDIN") as copy:
        for one in messages(first, last):
            copy.write_row((one.id, one.ticket, one.team, one.language, one.at, one.body))


def fill(count: int) -> Figures:
    """Index `count` messages from nothing."""
    write_messages(0, count)
    began, worked = time.perf_counter(), computed(connection.connection)
    rebuild_all()
    seconds, spent = time.perf_counter() - began, computed(connection.connection) - worked
    return {
        "documents": count,
        "seconds": round(seconds, 1),
        "documents_per_second": round(count / seconds),
        "documents_per_second_of_processor": round(count / spent),
    }


def freshness(count: int) -> Figures:
    """Index new messages in batches of 200, as the worker does, and look for each batch's last number at once."""
    write_messages(count, count + FRESH)
    batches = []
    for first in range(count + 1, count + FRESH + 1, 200):
        word = f"fresh{first}q"
        execute("UPDATE bench_message SET body = body || %s WHERE id = %s", [f" {word}", first])
        began = time.perf_counter()
        refresh("message", range(first, first + 200))
        execute("SELECT gin_clean_pending_list('search_document_words')")
        indexed = time.perf_counter()
        hits = search(word, reader=Reader(everything=True)).hits
        assert [hit.id for hit in hits] == [first], "new text is not found"
        batches.append((indexed - began, time.perf_counter() - began))
    return {
        "documents_per_second": round(FRESH / sum(wrote for wrote, _found in batches)),
        "found_after_ms": round(1000 * max(found for _wrote, found in batches), 1),
    }


class Questions:
    """Searches as people make them: words of one message, or only the most frequent words of a language."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        ((self.highest,),) = execute("SELECT max(id) FROM search_document")

    def of_message(self, length: int) -> str:
        """Some words of a message, fillers left out."""
        rows = execute("SELECT body FROM search_document WHERE id >= %s LIMIT 1", [self.random.randrange(self.highest)])
        words = sorted(set(rows[0][0].split()) - {filler for words in FILLERS.values() for filler in words})
        return " ".join(self.random.sample(words, min(length, len(words))))

    def of_frequent_words(self, length: int) -> str:
        """Some of what everybody writes."""
        code = self.random.choice(["en", "en", "en", "de", "fr", "es"])
        return " ".join(self.random.sample(HEADS[code].split(), length))


def exactly(text: str, reader: Reader) -> list[float]:
    """The ten best scores when every document with any of the words is ranked."""
    question = understand(text, reader=reader)
    everything = Plan(tuple(((number, 0),) for number in range(len(question.terms))), is_complete=True)
    found = candidates(dataclasses.replace(question, places=10**9), everything, reader)
    page = ranked_page(question, found, after=None, size=10)
    columns = execute(page.text, page.params)
    return [row[SCORE] for row in columns if row[SCORE] is not None]


def plainly(text: str, reader: Reader) -> None:
    """What PostgreSQL offers by itself: every match, `ts_rank`, the ten best."""
    question = understand(text, reader=reader)
    allowed = may_find(question, reader)
    asked = everything_asked(question)
    execute(
        "SELECT id, ts_rank(vector, %s::tsquery) AS rank FROM search_document"
        f" WHERE vector @@ %s::tsquery{allowed.text} ORDER BY rank DESC LIMIT 10",
        [asked, asked, *allowed.params],
    )


def timed(function: Any, *arguments: Any, **named: Any) -> tuple[float, float, Any]:
    """Milliseconds by the clock, milliseconds of processor (ours and the database's), and the result."""
    pid = connection.connection.info.backend_pid if connection.connection else 0
    began, worked = time.perf_counter(), processor(pid)
    result = function(*arguments, **named)
    return 1000 * (time.perf_counter() - began), processor(pid) - worked, result


def processor(pid: int) -> float:
    """Milliseconds that this process and process `pid` have computed: what they take on a machine that is not busy."""
    try:
        theirs = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except OSError:
        theirs = 0
    return time.process_time() * 1000 + theirs / 1e6


def ask(text: str, reader: Reader) -> Figures:
    """One search, twice (the second time counts, for all three), held against the exact ranking."""
    search(text, reader=reader, limit=10)
    ours, ours_cpu, results = timed(search, text, reader=reader, limit=10)
    with transaction.atomic():
        execute("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
        exact, exact_cpu, best = timed(exactly, text, reader)
        plain, plain_cpu, _nothing = timed(plainly, text, reader)
    least = best[-1] - 1e-6 if best else 0.0
    scores = [hit.score for hit in results.hits if hit.score is not None]
    right = sum(1 for score in scores if score >= least)
    return {
        "ours": ours,
        "exact": exact,
        "plain": plain,
        "ours_cpu": ours_cpu,
        "exact_cpu": exact_cpu,
        "plain_cpu": plain_cpu,
        "overlap": right / len(best) if best else None,
        "worth": sum(scores) / sum(best) if best else None,
        "text": text,
    }


def ask_all(each: int) -> list[Figures]:
    """Searches of all sorts."""
    questions = Questions()
    rows = []
    for sort, make in (("of a message", questions.of_message), ("frequent", questions.of_frequent_words)):
        for length in LENGTHS:
            for name, teams in TEAMS.items():
                reader = Reader(everything=True) if teams is None else staff(teams)
                for _ in range(each):
                    rows.append({"words": sort, "length": length, "team": name} | ask(make(length), reader))
    return rows


def summary(rows: Sequence[Figures]) -> Figures:
    """p50 and p95 in ms (by the clock, and of processor), and how near the ten best are, of some searches.

    Overlap is how many of ours score no worse than the tenth when everything is ranked; worth, what our ten score
    together as a part of what those ten do.
    """
    overlaps = [row["overlap"] for row in rows if row["overlap"] is not None]
    figures: Figures = {"searches": len(rows), "overlap_at_10": round(statistics.mean(overlaps), 3)}
    figures["worth_at_10"] = round(statistics.mean(row["worth"] for row in rows if row["worth"] is not None), 3)
    for name in ("ours", "ours_cpu", "exact", "exact_cpu", "plain", "plain_cpu"):
        times = sorted(row[name] for row in rows)
        figures[name] = {"p50": round(times[len(times) // 2], 1), "p95": round(times[int(len(times) * 0.95)], 1)}
    return figures


def keystrokes(count: int) -> list[str]:
    """One key after another of words that people type, from the third on."""
    words = HEADS["en"].split()
    keys = [word[:end] for word in words for end in range(3, len(word) + 1)]
    return list(itertools.islice(itertools.cycle(keys), count))


def typing(count: int = 50) -> Figures:
    """One keystroke after another, each answered before the next."""
    both = [timed(search, key, reader=staff([4]), limit=8, is_typing=True)[:2] for key in keystrokes(count)]
    times, computed = (sorted(column) for column in zip(*both, strict=True))
    return {
        "p50": round(times[len(times) // 2], 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
        "cpu_p50": round(computed[len(times) // 2], 1),
        "cpu_p95": round(computed[int(len(times) * 0.95)], 1),
    }


def typing_at_once(seconds: float = 10) -> Figures:
    """`KEYSTROKES` a second, come what may: from the moment a key is pressed to its answer, waiting included."""
    keys = keystrokes(int(KEYSTROKES * seconds))
    began = time.perf_counter() + 0.1

    def press(number: int) -> float:
        pressed = began + number / KEYSTROKES
        time.sleep(max(0.0, pressed - time.perf_counter()))
        search(keys[number], reader=staff([4]), limit=8, is_typing=True)
        return 1000 * (time.perf_counter() - pressed)

    with ThreadPoolExecutor(TYPISTS) as pool:
        times = sorted(pool.map(press, range(len(keys))))
    return {
        "a_second": KEYSTROKES,
        "keystrokes": len(keys),
        "p50": round(times[len(times) // 2], 1),
        "p95": round(times[int(len(times) * 0.95)], 1),
    }


def filter_cost(count: int) -> Figures:
    """What the filter costs staff of every team, who find what somebody finds who is not filtered: processor."""
    questions = Questions()
    texts = [questions.of_message(1 + number % 3) for number in range(count)]
    readers = {"filtered": staff(EVERY_TEAM), "unfiltered": Reader(everything=True)}
    spent = dict.fromkeys(readers, 0.0)
    for text in texts:
        for name, reader in readers.items():
            search(text, reader=reader, limit=10)
            spent[name] += timed(search, text, reader=reader, limit=10)[1]
    return {
        **{f"{name}_cpu_ms": round(ms / count, 2) for name, ms in spent.items()},
        "cost_percent": round(100 * (spent["filtered"] / spent["unfiltered"] - 1), 1),
        "searches": count,
    }


def statements() -> int:
    """How many statements one search takes."""
    with CaptureQueriesContext(connection) as captured:
        search("water leak", reader=staff([4]))
    return len(captured)


def sizes() -> Figures:
    """MiB of the table, its words' index, and the table of words."""
    row = execute(
        "SELECT pg_table_size('search_document') >> 20, pg_relation_size('search_document_words') >> 20,"
        " pg_total_relation_size('search_word') >> 20"
    )[0]
    return dict(zip(("documents", "index", "words"), row, strict=True))


def line(figures: Figures) -> str:
    """One row of the table."""
    parts = [
        f"{name} {figures[name]['p50']:>7}/{figures[name]['p95']:<8}"
        for name in ("ours", "ours_cpu", "plain_cpu", "exact_cpu")
    ]
    near = f"overlap {figures['overlap_at_10']:.3f}  worth {figures['worth_at_10']:.3f}"
    return f"{'  '.join(parts)} {near}  ({figures['searches']})"


def kinds_of_the_bench() -> None:
    """Nothing but the bench's own messages is findable."""
    for kind in findable.kinds():
        findable.forget(kind)
    findable.register(
        findable.Findable(
            kind="message", select=SELECT, table="bench_message", usual_words=40, visible=lambda _viewer, ids: ids
        )
    )


def kinds_of_a_desk() -> None:
    """All that is indexed may be found: the last word would ask who looks, and nobody does."""
    for kind in findable.kinds():
        known = findable.kind_of(kind)
        findable.forget(kind)
        findable.register(dataclasses.replace(known, visible=lambda _viewer, ids: ids))


def main() -> None:
    """Fill, search, print."""
    chosen = arguments(__doc__, options)
    (kinds_of_a_desk if chosen.on else kinds_of_the_bench)()
    figures: Figures = {"machine": machine()}
    if not chosen.on:
        figures["rebuild"] = fill(chosen.messages)
        figures["new"] = freshness(chosen.messages)
    rows = ask_all(chosen.each)
    figures |= {"typing": typing(), "typing_at_once": typing_at_once(), "filter": filter_cost(30 * chosen.each)}
    figures |= {"statements": statements(), "mib": sizes(), "searches": rows}
    parts = {"all": rows}
    for sort in ("of a message", "frequent"):
        for length in LENGTHS:
            parts[f"{sort}, {length}"] = [row for row in rows if (row["words"], row["length"]) == (sort, length)]
    parts |= {name: [row for row in rows if row["team"] == name] for name in TEAMS}
    figures["summary"] = {name: summary(some) for name, some in parts.items()}
    lines = [(name, line(some)) for name, some in figures["summary"].items()]
    rest = ("typing", "typing_at_once", "filter", "statements", "mib", "rebuild", "new", "machine")
    lines += [(name, str(figures[name])) for name in rest if name in figures]
    report("search, ms at p50/p95; cpu: of processor, whatever else the machine does", figures, lines, chosen.json)


if __name__ == "__main__":
    main()
