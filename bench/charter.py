"""The public charter page: milliseconds at p50 and p95 and SQL statements, with a million tickets' worth of figures.

    python bench/charter.py [--tickets 1000000] [--objectives 4] [--times 200] [--json FILE]

The page reads what is kept day by day (objective, version, day), not tickets: so many days of figures are written as
two years of that many tickets leave behind, and that many decided cases beside them, which no public page may read.
The limits in the same run: an empty page behind the same middleware, the same figures counted from the cases by one
statement, and the page's own statement alone.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desk import Figures, arguments, machine, on_a_desk, report

on_a_desk(__file__)

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from charterdesk import urls  # noqa: E402
from charterdesk.base.clock import now  # noqa: E402
from charterdesk.calendars.actions import default_calendar, ensure_version  # noqa: E402
from charterdesk.charter.content import Charter, Objective  # noqa: E402
from charterdesk.charter.models import CharterVersion  # noqa: E402
from charterdesk.charter.queries.figures import measured  # noqa: E402
from charterdesk.charter.testing import answer_within, publish_for_test  # noqa: E402

DAYS = 730
_FIGURES = """
    INSERT INTO charter_figure (day, objective, version_id, kept, broken, excluded)
    SELECT current_date - day, objective, %(version)s, %(each)s * 95 / 100, %(each)s * 5 / 100, 1
      FROM generate_series(0, %(days)s - 1) AS day, unnest(%(objectives)s::text[]) AS objective
"""
_CASES = """
    CREATE TABLE bench_case AS
    SELECT n AS ticket_id, objective, %(version)s AS version_id,
           current_date - (n %% %(days)s)::int AS day, CASE WHEN n %% 20 = 0 THEN 'broken' ELSE 'kept' END AS state
      FROM generate_series(1, %(tickets)s) AS n, unnest(%(objectives)s::text[]) AS objective
"""
_COUNT = "SELECT objective, state, count(*) FROM bench_case WHERE day > current_date - 90 GROUP BY 1, 2"


def empty(_request: HttpRequest) -> HttpResponse:
    """A page with nothing on it."""
    return HttpResponse("")


empty.login_required = False  # type: ignore[attr-defined]
urls.urlpatterns.insert(0, path("bench/empty", empty))


def world(tickets: int, objectives: int) -> None:
    """A charter in force for two years, with the figures that so many tickets leave."""
    promised: list[Objective] = [answer_within(4, code=f"promise-{number}") for number in range(objectives)]
    version = publish_for_test(Charter(title={"en": "Our charter"}, objectives=promised))
    CharterVersion.objects.filter(pk=version.pk).update(effective_at=now() - timedelta(days=DAYS))
    ensure_version(default_calendar())
    given: dict[str, Any] = {
        "version": version.pk, "days": DAYS, "each": max(20, tickets // DAYS), "tickets": tickets,
        "objectives": [each.code for each in promised],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, given)
        cursor.execute(_CASES, given)
        cursor.execute("CREATE INDEX ON bench_case (day)")
        cursor.execute("ANALYZE")


def milliseconds(work: Callable[[], object], times: int) -> tuple[float, float]:
    """p50 and p95 of doing `work`."""
    took = []
    for _each in range(times):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def counted() -> None:
    """What the page would have to do if its figures were not kept."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        cursor.fetchall()


def main() -> None:
    """Measure and report."""

    def extend(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, default=1_000_000)
        parser.add_argument("--objectives", type=int, default=4)
        parser.add_argument("--times", type=int, default=200)

    given = arguments(__doc__, extend)
    settings.ALLOWED_HOSTS = ["*"]
    started = machine()
    world(given.tickets, given.objectives)
    client = Client()
    answer = client.get("/charter/")
    assert answer.status_code == 200, answer.status_code
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        client.get("/charter/")
    today = timezone.localdate()
    took = {
        "the page": milliseconds(lambda: client.get("/charter/"), given.times),
        "its figures as JSON": milliseconds(lambda: client.get("/charter/figures.json"), given.times),
        "an empty page": milliseconds(lambda: client.get("/bench/empty"), given.times),
        "the statement alone": milliseconds(lambda: measured(today), given.times),
        "counting the cases instead": milliseconds(counted, max(5, given.times // 40)),
    }
    figures: Figures = {
        "machine": started, "tickets": given.tickets, "objectives": given.objectives, "statements": len(asked),
        "bytes": len(answer.content), "milliseconds": took,
    }  # fmt: skip
    lines = [(name, f"p50 {p50:8.2f} ms   p95 {p95:8.2f} ms") for name, (p50, p95) in took.items()]
    lines.append(("statements of the page", str(len(asked))))
    report(f"The charter's page, {given.tickets:,} tickets' worth of figures", figures, lines, given.json)


if __name__ == "__main__":
    main()
