"""Proof c: where the team belongs in a full-text index, and what keeping it up costs.

    python bench/proofs/search.py --messages 200000 --json figures.json

Four designs hold the same messages: words alone, the team looked at in each row found; team and words as two columns
of one index; the team as one more word; and every word once more with its team before it. The figures are milliseconds
of processor in the database (the machine may be busy with other things), median of five. How near the best come to
the exact ranking, and what three million messages take, shows `bench/search.py`.
"""

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.db import connection  # noqa: E402
from proofs.search_corpus import LANGUAGES, messages  # noqa: E402

TEAMS = {"a five hundredth": 12, "a fiftieth": 9, "a third": 1}
QUERIES = {
    "one frequent word": "water",
    "three frequent words, all": "water & bill & meter",
    "three frequent words, any": "water | bill | meter",
    "eight frequent words, any": "water | bill | meter | invoic | payment | pleas | thank | account",
}
ADDED = 2_000
# Name -> (the indexed expression's columns, how a search for words of a team is written).
DESIGNS = {
    "words": ("vector", "vector @@ '{query}' AND team = {team}"),
    "team and words": ("tags, vector", "tags && '{{t{team}}}' AND vector @@ '{query}'"),
    "team as a word": ("as_word", "as_word @@ '@t{team} & ({query})'"),
    "team before words": ("prefixed", "prefixed @@ '{prefixed}'"),
}


def execute(sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def computed() -> float:
    """Milliseconds that the database's process for this connection has computed."""
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def fill(count: int) -> None:
    """A table with all that the designs need; the columns a design does not use are in the others' way alike."""
    execute("CREATE TABLE raw (id bigint, team integer, language text, body text)")
    with connection.cursor() as cursor, cursor.copy("COPY raw FROM STDIN") as copy:
        for one in messages(0, count + 2 * len(DESIGNS) * ADDED):
            copy.write_row((one.id, one.team, one.language, one.body))
    execute(
        "CREATE TABLE shelf AS SELECT *, vector || array_to_tsvector(ARRAY['@t' || team]) AS as_word, "
        "vector || array_to_tsvector((SELECT array_agg('t' || team || ':' || word) "
        "FROM unnest(tsvector_to_array(vector)) AS word)) AS prefixed "
        "FROM (SELECT id, team, ARRAY['t' || team] AS tags, search_vector(language, '', body) AS vector FROM raw) AS it"
    )
    execute("CREATE TABLE message AS SELECT * FROM shelf WHERE id <= %s", [count])
    execute("ANALYZE message")


def condition(design: str, query: str, team: int) -> str:
    """The WHERE of a search in a design."""
    prefixed = " ".join(word if word in "&|" else f"''t{team}:{word}''" for word in query.split())
    return DESIGNS[design][1].format(query=query, team=team, prefixed=prefixed)


def searches(design: str) -> Figures:
    """Milliseconds for each query and team: all matches are found and counted, none is ranked."""
    figures: Figures = {}
    for name, query in QUERIES.items():
        for team, number in TEAMS.items():
            sql = f"SELECT count(*) FROM message WHERE {condition(design, query, number)}"
            took = []
            for _ in range(5):
                before = computed()
                execute(sql)
                took.append(computed() - before)
            figures[f"{name}, {team}"] = round(statistics.median(took), 2)
    return figures


def additions(first: int, fast: bool) -> Figures:
    """Milliseconds a message when batches of 200 are added and what is pending is cleaned up; and when one moves."""
    execute(f"ALTER INDEX shown SET (fastupdate = {'on' if fast else 'off'})")
    before = computed()
    for start in range(first, first + ADDED, 200):
        execute("INSERT INTO message SELECT * FROM shelf WHERE id > %s AND id <= %s", [start, start + 200])
        execute("SELECT gin_clean_pending_list('shown')")
    added = computed() - before
    before = computed()
    execute("UPDATE message SET team = 2, tags = '{t2}', as_word = vector || '''@t2'''::tsvector WHERE id <= 200")
    execute("SELECT gin_clean_pending_list('shown')")
    return {"added": round(added / ADDED, 3), "moved": round((computed() - before) / 200, 3)}


def try_design(design: str, next_id: int) -> Figures:
    """Build the index, search, add, move, drop it."""
    before = computed()
    execute(f"CREATE INDEX shown ON message USING gin ({DESIGNS[design][0]})")
    built = computed() - before
    ((size,),) = execute("SELECT pg_relation_size('shown') / 1048576.0")
    figures = {"mib": round(float(size), 1), "built_s": round(built / 1000, 1), "searches": searches(design)}
    figures["fastupdate on"] = additions(next_id, fast=True)
    figures["fastupdate off"] = additions(next_id + ADDED, fast=False)
    execute("DROP INDEX shown")
    return figures


def main() -> None:
    """Fill, try, print."""

    def options(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--messages", type=int, default=200_000)

    chosen = arguments(__doc__, options)
    fill(chosen.messages)
    execute("SET enable_seqscan = off; SET jit = off; SET max_parallel_maintenance_workers = 0; SET work_mem = '64MB'")
    figures: Figures = {"machine": machine(), "messages": chosen.messages, "languages": len(LANGUAGES)}
    figures["designs"] = {
        design: try_design(design, chosen.messages + 2 * at * ADDED) for at, design in enumerate(DESIGNS)
    }
    lines = [
        (f"{design}: {name}", str(value))
        for design, found in figures["designs"].items()
        for name, value in ({**found, **found["searches"]} | {"searches": ""}).items()
        if value != ""
    ]
    report(f"team filters over {chosen.messages} messages; ms of processor", figures, lines, chosen.json)


if __name__ == "__main__":
    main()
