"""Whatever is killed, whenever: every broken promise has its remedy, once, and its credit, once."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import psycopg
import pytest

from charterdesk.ops.testing import RunningDesk, running_url, type_command, until

COUNT, KILLS = 40, 8
WORLD = f"""
from datetime import timedelta
from charterdesk.base.clock import now
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.charter.content import Charter, DAY
from charterdesk.charter.models import CharterVersion
from charterdesk.charter.testing import answer_within, credit, publish_for_test
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.testing import make_ticket

team = make_team("Leaks", address="leaks@desk.example")
team.calendar = make_calendar("Always", zone="UTC", hours=ROUND_THE_CLOCK)
team.save()
make_agent("Max", role="manager")
publish_for_test(Charter(objectives=[answer_within(5 / 3600)], remedies=[
    credit("10", approve_above="20"), credit("30", code="more", approve_above="20"),
]))
for number in range({COUNT}):
    make_ticket(team=team, contact=make_contact(f"Customer {{number}}"))
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk with a database of its own, which bears a kill, and requests whose answers are late in seconds."""
    data = tmp_path / "data"
    for words in (["migrate"], ["manage", "shell", "-v", "0", "-c", WORLD]):
        done = type_command(data, *words)
        assert done.returncode == 0, done.stderr
    with RunningDesk(data, CHARTERDESK_CHECK_SENDERS="0") as running:
        yield running.wait_until_ready()


def ask(desk: RunningDesk, statement: str) -> list[tuple[object, ...]]:
    """Rows from the desk's database; waits while it is down."""
    while True:
        with suppress(psycopg.OperationalError), psycopg.connect(running_url(desk.data)) as connection:
            return connection.execute(statement.encode()).fetchall()
        time.sleep(0.1)


def booked(desk: RunningDesk) -> int:
    return int(str(ask(desk, "SELECT count(*) FROM charter_owedremedy")[0][0]))


def said(desk: RunningDesk) -> int:
    return int(str(ask(desk, "SELECT count(*) FROM tickets_message WHERE template = 'remedy'")[0][0]))


@pytest.mark.timeout(600)
def test_kills_of_worker_and_database_lose_no_remedy_and_double_none(desk: RunningDesk):
    choose = Random(5)
    kills = 0
    while kills < KILLS:
        assert desk.process.poll() is None, f"the desk ended: {desk.lines[-40:]}"
        for pid in desk.processes(choose.choice(("worker", "worker", "database")))[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                kills += 1
        time.sleep(choose.uniform(0.3, 4))
    assert until(lambda: booked(desk) == 2 * COUNT, 300)
    assert until(lambda: said(desk) == COUNT, 60)

    rows = ask(desk, "SELECT code, state, count(*), count(DISTINCT ticket_id) FROM charter_owedremedy GROUP BY 1, 2")
    assert sorted(rows) == [("credit", "done", COUNT, COUNT), ("more", "waiting", COUNT, COUNT)]
    credits = ask(desk, "SELECT count(*), count(DISTINCT cause_key), sum(amount)::int FROM billing_credit")
    assert credits == [(COUNT, COUNT, 10 * COUNT)]
    assert ask(desk, "SELECT sum(kept), sum(broken) FROM charter_figure") == [(0, COUNT)]
    told = ask(desk, "SELECT count(*), count(DISTINCT ticket_id) FROM tickets_message WHERE template = 'remedy'")
    assert told == [(COUNT, COUNT)]
