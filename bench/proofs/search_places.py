"""How near the top ten are to ranking everything when only so many documents are ranked: a large index in a small one.

    python bench/proofs/search_places.py --messages 60000 --places 60 150 600

Of 60,000 messages 60 places are one in a thousand, as 3,000 are of three million. What a plan may read is cut in the
same proportion. Record 62 has the figures.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from search import LENGTHS, TEAMS, Questions, ask, fill, kinds_of_the_bench  # noqa: E402

from charterdesk.search import plan, words  # noqa: E402
from charterdesk.search.audience import Reader, staff  # noqa: E402

SHARES = {name: getattr(plan, name) / plan.BUDGET for name in ("SCAN_BUDGET", "LEAST_FOUND")}


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--messages", type=int, default=60_000)
    parser.add_argument("--places", type=int, nargs="+", default=[60, 150, 600], help="documents that are ranked")
    parser.add_argument("--each", type=int, default=4, help="searches of each length, sort of word and team")


def rank_only(places: int) -> None:
    """Have searches rank so many documents at most."""
    words.BUDGET = places  # type: ignore[attr-defined]
    for name, share in SHARES.items():
        setattr(plan, name, share * places)


def near(rows: Sequence[Figures]) -> str:
    """Overlap, and worth, of some searches."""
    kept = [row for row in rows if row["overlap"] is not None]
    overlap, worth = (statistics.mean(row[name] for row in kept) for name in ("overlap", "worth"))
    return f"{overlap:.3f} ({worth:.3f})"


def main() -> None:
    """Fill, search, print."""
    chosen = arguments(__doc__, options)
    kinds_of_the_bench()
    figures: Figures = {"machine": machine(), "rebuild": fill(chosen.messages)}
    questions, lines = Questions(), []
    asked = [
        (sort, length, name, make(length))
        for sort, make in (("of a message", questions.of_message), ("frequent", questions.of_frequent_words))
        for length in LENGTHS
        for name in TEAMS
        for _ in range(chosen.each)
    ]
    for places in chosen.places:
        rank_only(places)
        rows = [
            {"words": f"{sort}, {length}", "team": name}
            | ask(text, Reader(everything=True) if (teams := TEAMS[name]) is None else staff(teams))
            for sort, length, name, text in asked
        ]
        figures[str(places)] = rows
        lines.append((f"{places} places", near(rows)))
        for by in ("words", "team"):
            for value in dict.fromkeys(row[by] for row in rows):
                lines.append((f"  {value}", near([row for row in rows if row[by] == value])))
    report("overlap of the top ten with ranking everything (and worth)", figures, lines, chosen.json)


if __name__ == "__main__":
    main()
