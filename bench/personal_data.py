"""How much of what is personal is found, and how much of what is removed is personal: `python bench/personal_data.py`.

Two hundred texts in five languages (`charterdesk/cleaning/tests/examples`), what is personal in them marked by hand
before the finder was written; and fifty more (`held_out`) that were written after it and that it was not changed for.
Recall is the share of what is marked that is removed whole; precision the share of what is removed that is all marked.
"""

import json
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
django.setup()

from charterdesk.cleaning.finding import find  # noqa: E402
from charterdesk.cleaning.testing import HELD_OUT, LANGUAGES, WRITTEN, Tally, examples  # noqa: E402

ROUNDS = 5


def main() -> None:
    """Print recall and precision by language and kind, the misses with --misses, and the time a text takes."""
    figures = {which: _judge(which) for which in (WRITTEN, HELD_OUT)}
    took = _milliseconds()
    print(f"{took:.2f} ms a text (median)")
    print(json.dumps({"personal_data": figures, "ms_a_text": round(took, 3)}))


def _judge(which: str) -> dict[str, dict[str, float]]:
    languages: dict[str, Tally] = {}
    kinds: dict[str, Tally] = {}
    total = Tally()
    for language in LANGUAGES:
        for example in examples(language, which):
            tally = example.judge(find(example.text, language=language))
            languages.setdefault(language, Tally()).add(tally)
            total.add(tally)
            for kind, part in tally.by_kind.items():
                kinds.setdefault(kind, Tally()).add(part)
            if "--misses" in sys.argv and (tally.missed or tally.wrong):
                print(f"{language}  {example.text!r}\n    missed {tally.missed}  wrong {tally.wrong}")
    return _table(which, {**languages, **dict(sorted(kinds.items())), "all": total})


def _table(which: str, rows: dict[str, Tally]) -> dict[str, dict[str, float]]:
    print(f"{which:12}{'marked':>8}{'recall':>8}{'removed':>9}{'precision':>11}")
    for name, tally in rows.items():
        print(f"{name:12}{tally.marked:8}{tally.recall:8.3f}{tally.removed:9}{tally.precision:11.3f}")
    return {
        name: {"recall": round(tally.recall, 4), "precision": round(tally.precision, 4)} for name, tally in rows.items()
    }


def _milliseconds() -> float:
    took = []
    for _round in range(ROUNDS):
        for language in LANGUAGES:
            for example in examples(language):
                began = time.perf_counter()
                find(example.text, language=language)
                took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    main()
