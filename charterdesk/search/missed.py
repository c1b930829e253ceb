"""Searches that found nothing, or little: counted by month, their words kept only when several people asked the same.

What somebody writes into a search field may be a name, a number or an address. So words with digits or an @ are never
kept, others only from the third person on; until then a row holds digests made with the desk's secret, which tell the
same words and the same person apart within a month and say nothing else.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from django.db import connection
from django.utils.crypto import salted_hmac

from charterdesk.base.clock import now
from charterdesk.search.models import Missed

LEAST_ASKERS = 3
LITTLE = 0.5
"""A search whose best hit has a smaller part of what was asked found little."""
KEPT = timedelta(days=396)
MOST_LINES = 500
_PERSONAL = re.compile(r"[\d@]")
_COUNT = f"""
    INSERT INTO search_missed AS kept (month, side, digest, language, words, outcome, times, askers)
    VALUES (%(month)s, %(side)s, %(digest)s, %(language)s, '', %(outcome)s, 1, ARRAY[%(asker)s])
    ON CONFLICT (month, side, digest) DO UPDATE SET times = kept.times + 1, outcome = excluded.outcome,
        askers = CASE WHEN excluded.askers <@ kept.askers OR cardinality(kept.askers) >= {LEAST_ASKERS}
                      THEN kept.askers ELSE kept.askers || excluded.askers END,
        words = CASE WHEN cardinality(kept.askers) >= {LEAST_ASKERS} OR (cardinality(kept.askers) = {LEAST_ASKERS - 1}
                      AND NOT excluded.askers <@ kept.askers) THEN %(words)s ELSE '' END
"""


def note_missed(words: str, *, fits: float, side: str, language: str, asker: str) -> None:
    """Count a search for `words` where it found too little. `asker` tells people apart. One statement, or none.

    `fits` is the part (0 to 1) of what was asked that the best hit has; 0 says that there was no hit.
    """
    said = " ".join(re.findall(r"[^\W_@]+(?:@\S+)?", words.casefold()))[:200]
    if fits >= LITTLE or not said:
        return
    kept = "" if _PERSONAL.search(words) else said
    month = now().date().replace(day=1)
    digest = _digest(f"{month}:{kept}")
    given: dict[str, str | date] = {
        "month": month,
        "side": side,
        "digest": digest,
        "language": language[:5],
        "words": kept,
        "outcome": Missed.LITTLE if fits else Missed.NOTHING,
        "asker": _digest(f"{digest}:{asker}"),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)


def _digest(text: str) -> str:
    return salted_hmac("search.missed", text, algorithm="sha256").hexdigest()


def forget_missed() -> None:
    """Delete what is older than some thirteen months."""
    Missed.objects.filter(month__lt=now().date() - KEPT).delete()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was not found since a day: words with how often, most first; and how many searches stay unnamed."""

    since: date
    lines: Sequence[Missed]
    times: int
    unnamed: int


def missed_since(since: date, *, side: str = "") -> Report:
    """The searches without result of the months from that of `since` on. One statement."""
    rows = Missed.objects.filter(month__gte=since.replace(day=1))
    if side:
        rows = rows.filter(side=side)
    together: dict[tuple[str, str, str], Missed] = {}
    times = unnamed = 0
    for row in rows.order_by("month"):
        times += row.times
        if not row.words:
            unnamed += row.times
            continue
        known = together.setdefault((row.words, row.side, row.language), row)
        if known is not row:
            known.times, known.outcome = known.times + row.times, row.outcome
    lines = sorted(together.values(), key=lambda row: (-row.times, row.words))[:MOST_LINES]
    return Report(since=since, lines=lines, times=times, unnamed=unnamed)


def as_csv(report: Report) -> str:
    """The report as CSV, a row for each words; none begins like a formula, for words have letters only."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["words", "side", "language", "found", "times"])
    for row in report.lines:
        writer.writerow([row.words, row.side, row.language, row.outcome, row.times])
    writer.writerow(["", "", "", "", report.unnamed])
    return out.getvalue()
