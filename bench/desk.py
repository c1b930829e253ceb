"""What benches stand on: a throw-away desk on embedded PostgreSQL, a limit beside the figures, JSON and a table."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
import psycopg

from charterdesk.ops.binaries import find_binaries
from charterdesk.ops.database import open_database
from charterdesk.ops.postgres import Cluster
from charterdesk.people import cast

INSIDE = "CHARTERDESK_BENCH"
Figures = dict[str, Any]


def on_a_desk(script: str) -> None:
    """Run `script` again, with its arguments, on a desk made for it, and exit; inside, set Django up and go on.

    The database is durable, as a real one: every commit waits for the disk.
    """
    if os.environ.get(INSIDE):
        django.setup()
        return
    with tempfile.TemporaryDirectory(prefix="charterdesk-bench-") as folder:
        with Cluster(Path(folder)) as cluster:
            environment = {
                **os.environ,
                INSIDE: "1",
                "DATABASE_URL": cluster.url,
                "DJANGO_SETTINGS_MODULE": "charterdesk.settings",
                "CHARTERDESK_DATA": folder,
            }
            quiet = {"stdout": subprocess.DEVNULL}
            subprocess.run([sys.executable, "-m", "charterdesk", "migrate"], env=environment, check=True, **quiet)  # type: ignore[call-overload]
            code = subprocess.run([sys.executable, script, *sys.argv[1:]], env=environment, check=False).returncode
    sys.exit(code)


def on_a_world(script: str, tickets: int = 10_000) -> None:
    """Like `on_a_desk`, with the demo world in it.

    `--data FOLDER` on the command line names a data folder of `charterdesk demo`, kept afterwards; one that is empty,
    or a throw-away one without it, is filled with `--tickets` tickets.
    """
    if os.environ.get(INSIDE):
        django.setup()
        return
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--data", type=Path)
    chosen.add_argument("--tickets", type=int, default=tickets)
    given, _rest = chosen.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="charterdesk-bench-") as throw_away:
        folder = (given.data or Path(throw_away)).absolute()
        folder.mkdir(exist_ok=True)
        os.environ |= {"CHARTERDESK_DATA": str(folder), "CHARTERDESK_MAIL_DOMAIN": cast.DOMAIN, INSIDE: "1"}
        with open_database():
            command = [sys.executable, "-m", "charterdesk"]
            subprocess.run([*command, "migrate"], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([*command, "demo", "fill", "--tickets", str(given.tickets)], check=True, stdout=sys.stderr)
            code = subprocess.run([sys.executable, script, *sys.argv[1:]], check=False).returncode
    sys.exit(code)


def started(*command: str, **environment: str) -> subprocess.Popen[bytes]:
    """A part of the desk as its own process, as `charterdesk run` starts it."""
    return subprocess.Popen([sys.executable, "-m", "charterdesk", *command], env={**os.environ, **environment})


def cpu_of(part: subprocess.Popen[bytes]) -> float:
    """Seconds of processor a process has used so far."""
    with open(f"/proc/{part.pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> Figures:
    """What the figures were measured on, and how busy it was with other things."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def computed(connection: psycopg.Connection[Any]) -> float:
    """Seconds of processor that this process and the whole of the database behind `connection` have used so far.

    Reads /proc of this machine, so the database has to run here.
    """
    server = _times(connection.info.backend_pid)[1]
    running = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    ticks = sum(_times(pid)[0] for pid in (server, *map(int, running)))
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _times(pid: int) -> tuple[int, int]:
    """Ticks of a process and of its children that have ended, and its parent; nothing of one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return sum(map(int, fields[11:15])), int(fields[1])


def rows_written(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows inserted or updated so far, by table; the pieces of a partitioned table count as it."""
    connection.execute("SELECT pg_stat_force_next_flush()")
    found = connection.execute(
        "SELECT coalesce(parent.relname, stat.relname), sum(n_tup_ins + n_tup_upd)::bigint "
        "FROM pg_stat_user_tables stat "
        "LEFT JOIN pg_inherits piece ON piece.inhrelid = stat.relid "
        "LEFT JOIN pg_class parent ON parent.oid = piece.inhparent GROUP BY 1"
    )
    return dict(found.fetchall())


def pgbench_limit(url: str, rows: dict[str, int], *, clients: int = 1, seconds: int = 5) -> float:
    """Transactions a second in which pgbench writes `rows` of each table: the same rows, into copies with the same
    indexes (none of them unique), in one prepared transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        for table in rows:
            _copy_table(connection, table)
    script = ["BEGIN;"]
    script += [f"INSERT INTO limit_{t} SELECT * FROM sample_{t};" for t, count in rows.items() for _ in range(count)]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write("\n".join([*script, "COMMIT;"]))
        file.flush()
        command = [find_binaries().program("pgbench"), "-n", "-M", "prepared", "-T", str(seconds), "-f", file.name]
        done = subprocess.run([*command, "-c", str(clients), url], check=True, capture_output=True, text=True)
    return next(float(line.split()[2]) for line in done.stdout.splitlines() if line.startswith("tps"))


def _copy_table(connection: psycopg.Connection[Any], table: str) -> None:
    """`limit_<table>` with its indexes, `sample_<table>` with one row of it."""
    connection.execute(f"DROP TABLE IF EXISTS limit_{table}, sample_{table}")
    connection.execute(f"CREATE TABLE limit_{table} (LIKE {table} INCLUDING DEFAULTS)")
    connection.execute(f"CREATE TABLE sample_{table} AS SELECT * FROM {table} ORDER BY ctid DESC LIMIT 1")
    found = connection.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table])
    for name, definition in found.fetchall():
        after = definition.split(f"public.{table} ", 1)[1]
        connection.execute(f"CREATE INDEX limit_{name} ON limit_{table} {after}")


def report(title: str, figures: Figures, lines: Sequence[tuple[str, str]], path: str | None) -> None:
    """Print a table; write all figures as JSON where `path` says."""
    print(title)
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        print(f"  {name:<{width}}  {value}")
    if path:
        Path(path).write_text(json.dumps(figures, indent=2, default=str) + "\n", encoding="utf-8")


def arguments(doc: str | None, extend: Callable[[argparse.ArgumentParser], None]) -> argparse.Namespace:
    """The command line of a bench: its own options, and `--json FILE`."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", metavar="FILE", help="write all figures there, too")
    extend(parser)
    return parser.parse_args()
