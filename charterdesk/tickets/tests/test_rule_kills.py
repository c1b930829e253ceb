"""A rule that follows a date acts once for each ticket, at whatever statement its worker is killed."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.events.models import LoggedEvent, RuleRun, Timer
from charterdesk.events.reader import read_batches
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.tests.pumps import database_url
from charterdesk.people.testing import make_team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

# A worker for each number that is read: it kills itself before it makes so many statements and one.
WORKERS = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from charterdesk.events.reader import read_batches
from charterdesk.events.timers import fire_due

def work(left):
    def count(execute, *rest):
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)

    with connection.execute_wrapper(count):
        while fire_due() + read_batches():
            pass

for line in sys.stdin:
    worker = os.fork()
    if not worker:
        work(int(line))
        os._exit(0)
    print(os.waitpid(worker, 0)[1], flush=True)
"""


@contextmanager
def workers() -> Iterator[Callable[[int], bool]]:
    """What lets a worker make so many statements, and says whether it was killed."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "charterdesk.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", WORKERS], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        asked, said = process.stdin, process.stdout
        assert asked and said

        def let_work(statements: int) -> bool:
            asked.write(f"{statements}\n")
            asked.flush()
            return int(said.readline()) != 0

        yield let_work
        asked.close()


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_date_comes_once_for_each_ticket_at_whatever_statement_the_worker_is_killed():
    team = make_team("Leaks")
    tickets = [make_ticket(team=team) for _n in range(3)]
    tag = {"operation": "tickets.tag", "args": {"add": ["seen"]}}
    around = {"around": {"date": "ticket.opened_at", "hours": 1}}
    version = save_draft(name="An hour after", body={"when": [], "then": [tag], **around}, by="agent:1")
    activate(version, by="agent:1")
    while read_batches():
        pass
    an_hour_ago = now() - timedelta(hours=1, seconds=1)
    Ticket.objects.update(opened_at=an_hour_ago)
    Timer.objects.filter(name=f"rule:{version.rule_id}:next").update(
        due_at=now(), try_at=now(), args={"rule_id": version.rule_id, "since": (an_hour_ago - timedelta(5)).isoformat()}
    )

    def done() -> tuple[int, int]:
        runs = RuleRun.objects.filter(version=version, matched=True)
        return LoggedEvent.objects.count(), runs.count()

    kills, statements, before = 0, 0, done()
    with workers() as let_work:
        for _turn in range(500):
            was_killed = let_work(statements)
            kills += was_killed
            after = done()
            if not was_killed and after[1] >= len(tickets):
                break
            statements = 0 if after != before else statements + was_killed  # from the first statement of each step on
            before = after

    acted = Counter(RuleRun.objects.filter(version=version).values_list("subject", flat=True))
    tagged = Counter(LoggedEvent.objects.filter(code="ticket.tagged").values_list("subject", flat=True))
    assert acted == tagged == Counter(ticket.key for ticket in tickets)
    assert kills > 20
