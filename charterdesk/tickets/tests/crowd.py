"""Desks with many rules and several workers at once, for tests: what all of it came to, so that two can be compared.

Each desk is a copy of the test database; workers are processes of their own, as an operator starts them.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import psycopg
from django.db import connection

from charterdesk.events.reactions import LANES
from charterdesk.events.tests.pumps import database_url
from charterdesk.events.wake import stop_waking

# Opens tickets one after the other, each in a transaction of its own that stays open for a moment.
OPEN_TICKETS = """
import random, sys, time
import django
django.setup()
from django.db import transaction
from charterdesk.people.models import Team
from charterdesk.people.testing import make_contact
from charterdesk.tickets.testing import make_ticket

name, count, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
team = Team.objects.get(name="Leaks")
for number in range(count):
    with transaction.atomic():
        contact = make_contact(email=f"{name}{number}@home.example")
        make_ticket(team=team, contact=contact, subject=f"{name} {number}", text="A pipe burst.")
        time.sleep(random.uniform(0, seconds))
"""
_ACTED = """
    SELECT t.subject, e.code, rule.name, r.matched, r.held, r.error,
           (SELECT array_agg(step ->> 'operation') FROM jsonb_array_elements(r.done) AS step)
      FROM events_rulerun r JOIN events_ruleversion v ON v.id = r.version_id
      JOIN events_rule rule ON rule.id = v.rule_id
      JOIN events_event e ON e.id = r.event_id JOIN tickets_ticket t ON r.subject = 'ticket:' || t.id ORDER BY r.id
"""
_HAPPENED = """
    SELECT t.subject, e.code, split_part(e.actor, ':', 1), e.depth
      FROM events_event e JOIN tickets_ticket t ON e.subject = 'ticket:' || t.id ORDER BY e.id
"""
_STANDS = "SELECT subject, status, priority, type, tags FROM tickets_ticket ORDER BY subject"
_WRITTEN = """
    SELECT t.subject, m.direction, regexp_replace(m.template, '^rule.*', 'rule'),
           CASE m.direction WHEN 'note' THEN m.body_text ELSE regexp_replace(m.subject, '#[0-9]+', '#') END
      FROM tickets_message m JOIN tickets_ticket t ON t.id = m.ticket_id ORDER BY m.id
"""
_LISTED = """
    SELECT t.subject, i.text FROM tickets_checklistitem i JOIN tickets_ticket t ON t.id = i.ticket_id ORDER BY i.id
"""
_MAILED = """
    SELECT t.subject, regexp_replace(m.template, '^rule.*', 'rule'), o.recipients
      FROM channels_outgoing o JOIN tickets_message m ON m.id = o.message_id
      JOIN tickets_ticket t ON t.id = m.ticket_id ORDER BY o.id
"""
_READING = """
    SELECT split_part(name, ':', 2) FROM events_heartbeat
     WHERE state ->> %s = 'active' AND EXISTS (SELECT FROM events_rulerun) ORDER BY at DESC
"""
_UNREAD = """
    SELECT (SELECT count(*) FROM events_event) = 0 OR EXISTS (SELECT FROM events_delivery WHERE state = 'waiting')
        OR (SELECT count(*) FROM events_reader r WHERE r.name = ANY(%s)
             AND r.target = '' AND r.seen_id >= (SELECT max(id) FROM events_event)) < %s
"""


@contextmanager
def copies(count: int) -> Iterator[list[str]]:
    """So many copies of the test database as it is, as URLs; gone afterwards. Nobody is connected to it meanwhile."""
    name, url = connection.settings_dict["NAME"], database_url()
    stop_waking()
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # the copy needs nobody connected
    names = [f"{name}_{number}" for number in range(count)]
    with psycopg.connect(url.replace(f"/{name}?", "/postgres?"), autocommit=True) as own, ExitStack() as stack:
        for each in names:
            own.execute(f'CREATE DATABASE "{each}" TEMPLATE "{name}"')
            stack.callback(own.execute, f'DROP DATABASE "{each}" WITH (FORCE)')
        yield [url.replace(f"/{name}?", f"/{each}?") for each in names]


class Crowd:
    """Processes on one desk: workers by their part ("worker", "mailroom"), and people who write."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.kills: Counter[str] = Counter()
        self.workers: list[tuple[str, subprocess.Popen[bytes]]] = []
        self.writers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        folder.mkdir()
        self._environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "charterdesk.settings",
            "CHARTERDESK_DATA": str(folder),
            "CHARTERDESK_RELAY": "smtp://127.0.0.1:1",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for process in [*self.writers, *(process for _part, process in self.workers)]:
            process.kill()
            process.wait()

    def hire(self, part: str) -> None:
        """Start a worker."""
        self.workers.append((part, self._start("-m", "charterdesk", part)))

    def write(self, names: Sequence[str], count: int, seconds: float) -> None:
        """Have each of `names` open `count` tickets at the same time, each transaction open for up to `seconds`."""
        self.writers += [self._start("-c", OPEN_TICKETS, name, str(count), str(seconds)) for name in names]

    def kill_whoever_reads(self, lane: str) -> None:
        """Kill the worker whose turn a lane of the log is, once rules have acted."""
        while True:
            reading = self.ask(_READING, [lane])
            pids = [process.pid for _part, process in self.workers]
            if found := [pids.index(int(pid)) for (pid,) in reading if int(pid) in pids]:
                return self._kill(found[0])
            time.sleep(0.1)

    def kill_one(self, chance: random.Random) -> None:
        """Kill any worker, in the midst of what it does."""
        self._kill(chance.randrange(len(self.workers)))

    def _kill(self, number: int) -> None:
        """Kill a worker and start another in its place."""
        part, process = self.workers.pop(number)
        process.kill()
        process.wait()
        self.kills[part] += 1
        self.hire(part)

    def is_at_rest(self) -> bool:
        """Whether everybody who writes is done, and every lane has read all of the log."""
        if any(process.poll() is None for process in self.writers):
            return False
        return not self.ask(_UNREAD, [[*LANES], len(LANES)])[0][0]

    def wait(self, seconds: float) -> bool:
        """Wait until it is at rest; whether it came to that in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.is_at_rest():
                return True
            time.sleep(0.1)
        return False

    def ask(self, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        """Ask the desk's database."""
        with psycopg.connect(self.url, autocommit=True) as own:
            return own.execute(sql, params or None).fetchall()

    def outcome(self) -> dict[str, dict[str, list[Any]]]:
        """What it all came to: by what was asked, by ticket (its subject), in order."""
        found: dict[str, dict[str, list[Any]]] = {}
        asked = {"acted": _ACTED, "happened": _HAPPENED, "stands": _STANDS, "written": _WRITTEN, "listed": _LISTED}
        for name, sql in {**asked, "mailed": _MAILED}.items():
            for subject, *said in self.ask(sql):
                found.setdefault(name, {}).setdefault(subject, []).append(said)
        return found

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self._folder / "said").open("ab")
        with log:
            return subprocess.Popen([sys.executable, *words], env=self._environment, stdout=log, stderr=log)
