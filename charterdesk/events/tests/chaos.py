"""Proof of the log's reader: writers that commit late, one that never seems to end, and everybody killed on the way.

Writers lock the row of a subject, publish, wait, and commit; each commit is acknowledged in a file. A reader delivers
to a handler that notes what it heard, in the order it heard it. All of them are processes and are killed with SIGKILL
at random. At the end every acknowledged event must be in the log, every event of the log heard exactly once, and those
of one subject in their order. Run by `test_chaos.py` (seconds) and `bench/proofs/log_reader.py` (minutes).

"""

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg

SUBJECTS = 40
TABLES = """
    CREATE TABLE IF NOT EXISTS chaos_subject (id int PRIMARY KEY, written int NOT NULL DEFAULT 0);
    CREATE TABLE IF NOT EXISTS chaos_heard (
        place bigint GENERATED ALWAYS AS IDENTITY, event_id bigint, subject text, written int,
        at timestamptz DEFAULT clock_timestamp()
    );
    TRUNCATE chaos_subject, chaos_heard;
"""


@dataclass
class Outcome:
    """What was written and heard, and what was wrong with it."""

    events: int = 0
    acknowledged: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    delay_p50_ms: float = 0.0
    delay_p99_ms: float = 0.0
    delay_max_ms: float = 0.0

    @property
    def faults(self) -> list[object]:
        """Everything that must not be."""
        return [*self.lost, *self.skipped, *self.doubled, *self.disordered]


def run(url: str, folder: Path, *, seconds: float, pause_s: float, sleeper_s: float, writers: int = 10) -> Outcome:
    """Let writers (waiting up to `pause_s` before each commit), a reader and a sleeper loose for `seconds`."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(TABLES)
        own.execute("INSERT INTO chaos_subject (id) SELECT generate_series(0, %s)", (SUBJECTS,))
    environment = {**os.environ, "DATABASE_URL": url}
    chance = random.Random(seconds)
    parts = [("sleeper", sleeper_s), ("reader", 0.0), *[("writer", pause_s)] * writers]
    with Nursery(folder, environment) as nursery:
        running = [nursery.start(kind, wait) for kind, wait in parts]
        outcome = Outcome(kills={"writer": 0, "reader": 0})
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.2, 0.8))
            victim = 1 if chance.random() < 0.5 else chance.randrange(2, len(running))
            os.kill(running[victim], signal.SIGKILL)
            outcome.kills[parts[victim][0]] += 1
            running[victim] = nursery.start(*parts[victim])
        for number in running[2:]:
            os.kill(number, signal.SIGKILL)
        _wait_for_the_end_of(running[0], sleeper_s + 60)
        _wait_until_all_is_heard(url)
        os.kill(running[1], signal.SIGKILL)
    return _judge(url, folder, outcome)


class Nursery:
    """A process with Django set up that forks the others at once; they can be killed by their numbers."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "charterdesk.events.tests.chaos_part", str(folder)]
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()

    def start(self, kind: str, wait: float) -> int:
        """The number of a new process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{kind} {wait}\n".encode())
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _wait_for_the_end_of(number: int, patience_s: float) -> None:
    until = time.monotonic() + patience_s
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.kill(number, 0)
            time.sleep(0.05)


_UNHEARD = "SELECT count(*) FROM events_event e WHERE code = 'chaos.written' AND NOT EXISTS "
_UNHEARD += "(SELECT 1 FROM chaos_heard h WHERE h.event_id = e.id)"


def _wait_until_all_is_heard(url: str, patience_s: float = 60) -> None:
    """Give the reader time to come to the end; what it has not heard then counts as skipped."""
    until = time.monotonic() + patience_s
    with psycopg.connect(url, autocommit=True) as own:
        while time.monotonic() < until and own.execute(_UNHEARD).fetchone() != (0,):
            time.sleep(0.2)


def _judge(url: str, folder: Path, outcome: Outcome) -> Outcome:
    acknowledged = _acknowledged(folder)
    with psycopg.connect(url, autocommit=True) as own:
        events = own.execute("SELECT id, subject FROM events_event WHERE code = 'chaos.written' ORDER BY id").fetchall()
        heard = own.execute(
            "SELECT event_id, subject, written, extract(epoch FROM at)::float8 FROM chaos_heard ORDER BY place"
        ).fetchall()
    numbers, heard_numbers = {number for number, _ in events}, [row[0] for row in heard]
    outcome.events, outcome.acknowledged = len(events), len(acknowledged)
    outcome.lost = sorted(acknowledged.keys() - numbers)
    outcome.skipped = sorted(numbers - set(heard_numbers))
    outcome.doubled = sorted(n for n in set(heard_numbers) if heard_numbers.count(n) > 1)
    for subject in {row[1] for row in heard}:
        its = [(number, written) for number, whose, written, _at in heard if whose == subject]
        if its != sorted(its) or [w for _, w in its] != list(range(1, len(its) + 1)):
            outcome.disordered.append(subject)
    delays = [(at - acknowledged[n]) * 1000 for n, _subject, _written, at in heard if n in acknowledged]
    if len(delays) > 1:
        parts = statistics.quantiles(delays, n=100)
        outcome.delay_p50_ms, outcome.delay_p99_ms, outcome.delay_max_ms = parts[49], parts[98], max(delays)
    return outcome


def _acknowledged(folder: Path) -> dict[int, float]:
    """Number and time of all commits that came back to their writer; a line cut off by a kill does not count."""
    found: dict[int, float] = {}
    for file in folder.glob("*.acknowledged"):
        for line in file.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                number, at = line.split()
                found[int(number)] = float(at)
    return found
