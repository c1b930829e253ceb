"""Proof d: embedded PostgreSQL under everything that may happen to it. Needs root; writes JSON and a table.

    .venv/bin/python bench/proofs/embedded_database.py [--kills 50] [--json FILE]

As root with and without user namespaces and as a plain user; kill -9 of server, children, starter and all at once
while four writers insert; a disk that fills up; eight starters at once; dump and restore into another major version
both ways; the system's programs in place of the wheel's. Every acknowledged row is looked for afterwards.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402  # the path comes first: this file also runs under the system's own Python

from charterdesk.ops.binaries import all_binaries  # noqa: E402
from charterdesk.ops.dump import dump_database, load_database  # noqa: E402
from charterdesk.ops.postgres import Cluster, DatabaseDown  # noqa: E402
from charterdesk.ops.postgres_state import servers_in  # noqa: E402

Figures = dict[str, Any]
WRITERS = 4

# What `charterdesk run` does about its database, in a process that can be killed.
KEEPER = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from charterdesk.ops.postgres import Cluster, DatabaseDown
from charterdesk.ops.problems import Problem
try:
    cluster = Cluster(Path({folder!r}))
    print(cluster.start(), flush=True)
except Problem as problem:
    sys.exit(f"refused: {{problem}}")
while sys.stdin.readable():
    if not cluster.running:
        try:
            cluster.restart()
        except DatabaseDown as problem:
            print(problem, file=sys.stderr, flush=True)
    time.sleep(0.02)
"""


def keeper(folder: Path) -> subprocess.Popen[str]:
    """Start a process that keeps the cluster in `folder` running; its first line is the URL."""
    script = KEEPER.format(root=str(ROOT), folder=str(folder))
    return subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def start_and_stop(folder: Path, **how: Any) -> Figures:
    """Seconds of the first start, of a later one and of a stop; and who the server runs as."""
    times = []
    for _ in range(3):
        began = time.monotonic()
        cluster = Cluster(folder, **how)
        url = cluster.start()
        times.append(time.monotonic() - began)
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "select current_setting('server_version'), (select string_agg(extname, ' ' order by extname) "
                "from pg_extension), (select datlocprovider from pg_database where datname = current_database())"
            ).fetchone()
        assert cluster.process
        uid = next(
            line.split()[1]
            for line in Path(f"/proc/{cluster.process.pid}/status").read_text().splitlines()
            if line.startswith("Uid:")
        )
        began = time.monotonic()
        cluster.stop()
        stop = time.monotonic() - began
    assert row
    return {
        "cold_s": round(times[0], 2),
        "warm_s": round(min(times[1:]), 3),
        "stop_s": round(stop, 3),
        "uid": int(uid),
        "version": row[0],
        "extensions": row[1],
        "locale_provider": {"b": "builtin", "c": "libc"}[row[2]],
    }


def as_plain_user(folder: Path) -> Figures:
    """The same as a user who is not root, under a Python that user may run."""
    folder.mkdir()
    shutil.chown(folder, "nobody", "nogroup")
    python = (
        sys.executable
        if os.access(sys.executable, os.X_OK) and "/root/" not in os.path.realpath(sys.executable)
        else "/usr/bin/python3"
    )
    done = subprocess.run(
        [python, __file__, "--plain", str(folder / "database")],
        user="nobody",
        group="nogroup",
        extra_groups=[],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr[-500:]}


class Writers:
    """Four clients that insert a row per transaction and remember what was acknowledged, whatever happens."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.acknowledged: list[int] = []
        self.errors = 0
        self.stopping = threading.Event()
        self.numbers = iter(range(10**9))
        self.threads = [threading.Thread(target=self.write) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def write(self) -> None:
        while not self.stopping.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True, connect_timeout=2) as connection:
                    while not self.stopping.is_set():
                        number = next(self.numbers)
                        connection.execute("insert into kept values (%s, repeat('x', 500))", [number])
                        self.acknowledged.append(number)
            except psycopg.Error:
                self.errors += 1
                time.sleep(0.02)

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()


def first_row_again(url: str, since: float) -> float:
    """Seconds until a row can be written again."""
    while True:
        with contextlib.suppress(psycopg.Error):
            with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
                connection.execute("insert into probe values (1)")
                return time.monotonic() - since
        time.sleep(0.01)


def kill(kind: str, starter: subprocess.Popen[str], pgdata: Path) -> None:
    servers = servers_in(pgdata)
    postmaster = int((pgdata / "postmaster.pid").read_text().splitlines()[0])
    victims = {
        "server": [postmaster],
        "child": random.sample([pid for pid in servers if pid != postmaster], 1),
        "starter": [starter.pid],
        "all": [starter.pid, *servers],
    }[kind]
    for pid in victims:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def kills(folder: Path, times: int) -> Figures:
    """SIGKILL `times` times, at random moments of a steady load; every acknowledged row must be there."""
    starter = keeper(folder)
    assert starter.stdout
    url = starter.stdout.readline().strip()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table kept (number bigint primary key, filling text)")
        connection.execute("create table probe (number int)")
    writers, back = Writers(url), dict[str, list[float]]()
    for turn in range(times):
        time.sleep(random.uniform(0.1, 0.8))
        kind = ("server", "child", "starter", "all")[turn % 4]
        began = time.monotonic()
        kill(kind, starter, folder / "pgdata")
        if kind in ("starter", "all"):
            starter.wait()
            starter = keeper(folder)
        back.setdefault(kind, []).append(first_row_again(url, began))
    writers.stop()
    with psycopg.connect(url) as connection:
        rows = {number for (number,) in connection.execute("select number from kept")}
    starter.kill()
    starter.wait()
    while servers_in(folder / "pgdata"):
        time.sleep(0.05)
    return {
        "kills": times,
        "acknowledged": len(writers.acknowledged),
        "lost": len(set(writers.acknowledged) - rows),
        "errors_seen_by_writers": writers.errors,
        "back_after_s": {
            kind: {"median": round(sorted(s)[len(s) // 2], 2), "worst": round(max(s), 2)} for kind, s in back.items()
        },
    }


@contextlib.contextmanager
def small_disk(folder: Path, mebibytes: int) -> Iterator[None]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


# Rows that fill the tables, and rows beside which only the write-ahead log grows: the server bears the first
# running, the second stops it.
FILL = {
    "tables": """insert into kept select n, md5(n::text) || repeat(md5(n::text), 9)
        from generate_series(%(a)s::int, %(b)s::int) n""",
    "log": """with filling as materialized (
            select pg_logical_emit_message(true, 'fill', repeat(md5(random()::text), 9000)))
        insert into kept select n, 'x' from filling, generate_series(%(a)s::int, %(b)s::int) n""",
}


def disk_full(folder: Path, what: str) -> Figures:
    """Write until the disk is full, see what is said, free some of it, and look for every row."""
    with small_disk(folder, 600):
        cluster = Cluster(folder / "database", settings={"max_wal_size": "64MB"})
        url = cluster.start()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create table kept (number bigint primary key, filling text)")
        ballast = folder / "ballast"
        spare = 60 if what == "tables" else 6
        ballast.write_bytes(b"\0" * (shutil.disk_usage(folder).free - spare * 2**20))
        acknowledged, error = write_until_refused(url, FILL[what], 1000 if what == "tables" else 10)
        time.sleep(1)
        survived = cluster.running
        cluster.stop()
        said = ""
        try:
            Cluster(folder / "database").start()
        except DatabaseDown as problem:
            said = str(problem)
        ballast.unlink()
        with Cluster(folder / "database") as again, psycopg.connect(again.url) as connection:
            row = connection.execute("select count(*) from kept").fetchone()
        return {
            "client_saw": error,
            "server_survived": survived,
            "start_on_full_disk_says": said.replace(str(folder), "..."),
            "acknowledged": acknowledged,
            "lost": max(acknowledged - (row[0] if row else 0), 0),
        }


def write_until_refused(url: str, statement: str, rows: int) -> tuple[int, str]:
    """Insert `rows` at a time until an error; how many were acknowledged, and the error."""
    acknowledged, error = 0, ""
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
        try:
            while True:
                connection.execute(statement, {"a": acknowledged, "b": acknowledged + rows - 1})
                acknowledged += rows
        except psycopg.Error as problem:
            error = f"{type(problem).__name__}: {str(problem).strip().splitlines()[0]}"
    return acknowledged, error


def starters_at_once(folder: Path, rounds: int, starters: int = 8) -> Figures:
    """Several starters on one new folder in the same moment: one wins, the others are told."""
    won, told = [], 0
    for turn in range(rounds):
        racers = [keeper(folder / str(turn)) for _ in range(starters)]
        lines = [racer.stdout.readline() for racer in racers if racer.stdout]
        won.append(sum(line.startswith("postgresql://") for line in lines))
        losers = [racer for racer, line in zip(racers, lines, strict=True) if not line]
        told += sum("in use by another charterdesk" in (racer.communicate()[1] or "") for racer in losers)
        for racer in racers:
            racer.kill()
            racer.wait()
        while servers_in(folder / str(turn) / "pgdata"):
            time.sleep(0.05)
    return {"rounds": rounds, "starters": starters, "winners_each_round": sorted(set(won)), "told": told}


def across_versions(folder: Path) -> Figures:
    """Dump from each PostgreSQL here into each other, and compare the rows."""
    figures = {}
    found = {binaries.major: binaries for binaries in reversed(all_binaries())}
    for old in found.values():
        for new in (binaries for binaries in found.values() if binaries.major != old.major):
            place = folder / f"{old.major}-{new.major}"
            with Cluster(place / "old", binaries=old) as before, Cluster(place / "new", binaries=new) as after:
                with psycopg.connect(before.url, autocommit=True) as connection:
                    connection.execute("create table words (number bigint generated always as identity, word text)")
                    connection.execute("create index on words using gin (word gin_trgm_ops)")
                    connection.execute(
                        "insert into words (word) select md5(n::text) || 'é' from generate_series(1, 300000) n"
                    )
                began = time.monotonic()
                programs = max(old, new, key=lambda binaries: binaries.major)
                dump_database(before.url, place / "dump", programs)
                load_database(after.url, place / "dump", programs)
                took = time.monotonic() - began
                same = picture(before.url) == picture(after.url)
            figures[f"{old.major} to {new.major}"] = {"rows": 300_000, "same": same, "seconds": round(took, 1)}
    return figures


def picture(url: str) -> tuple[Any, ...] | None:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select count(*), md5(string_agg(number || word, ',' order by number)) from words"
        ).fetchone()


def prove(kill_times: int) -> Figures:
    """Everything, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="proof-d-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        return {
            "root, user namespace": start_and_stop(folder / "namespace"),
            "root, lesser user": start_and_stop(folder / "lesser", namespaces=False),
            "plain user": as_plain_user(folder / "plain"),
            **{
                f"{found.origin}'s {found.major}": start_and_stop(
                    folder / f"{found.origin}{found.major}", binaries=found
                )
                for found in all_binaries()
            },
            "kill -9": kills(folder / "kills", kill_times),
            "disk full, by rows": disk_full(folder / "full-rows", "tables"),
            "disk full, by the log": disk_full(folder / "full-log", "log"),
            "starters at once": starters_at_once(folder / "race", rounds=10),
            "dump and restore": across_versions(folder / "versions"),
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.plain:
        print(json.dumps(start_and_stop(given.plain)))
        return
    figures = prove(given.kills)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2))
    for name, figure in figures.items():
        print(f"{name}: {json.dumps(figure)}")


if __name__ == "__main__":
    main()
