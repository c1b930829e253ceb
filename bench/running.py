"""Starting and memory: seconds to the first page, cold and warm, and PSS of every process without PostgreSQL.

    python bench/running.py [--rounds 3] [--json FILE]

Before the first round a desk is started that nobody measures: it leaves the bytecode that pip leaves where it installs.

Cold: a new data folder (cluster made, every migration run). Warm: the same folder again. The limits beside them, in
the same run: the embedded database alone, started cold and warm, and a Python that imports Django and does nothing.
Memory is taken after a hundred requests for the sign-in page, by process, as the kernel divides shared pages (PSS).
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from desk import arguments, machine, report

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from charterdesk.ops.postgres import Cluster  # noqa: E402
from charterdesk.ops.testing import RunningDesk, command_of, descendants  # noqa: E402

PARTS = ("web", "live", "worker", "mailroom", "mail")
DJANGO = "import django; from django.conf import settings; settings.configure(); django.setup()"


def seconds_of(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def page(url: str) -> bool:
    """Whether the page is served."""
    try:
        with urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def started(data: Path) -> tuple[float, float, RunningDesk]:
    """Start a desk: the seconds to its first page, those until every part works, and the desk."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    began = time.perf_counter()
    desk = RunningDesk(data, CHARTERDESK_WEB=address)
    while not page(f"http://{address}/account/login/"):
        time.sleep(0.02)
    first_page = time.perf_counter() - began
    desk.wait_until_ready()
    return first_page, time.perf_counter() - began, desk


def pss_of(pid: int) -> float:
    """A process's proportional share of memory, in MiB. Raises `OSError` when it is gone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def memory(desk: RunningDesk) -> dict[str, Any]:
    """PSS in MiB of each process but the database's, and their sum."""
    url = f"{desk.told('public_url')}/account/login/"
    for _ in range(100):
        page(url)
    database = set(desk.processes("database"))
    found = {"supervisor": pss_of(desk.process.pid)}
    for part in PARTS:
        for number, pid in enumerate(desk.processes(part), start=1):
            found[f"{part} {number}"] = pss_of(pid)
    counted = {desk.process.pid, *database, *(pid for part in PARTS for pid in desk.processes(part))}
    others = [pid for pid in descendants(desk.process.pid) if pid not in counted]
    found |= {command_of(pid)[:40]: pss_of(pid) for pid in others}
    rounded = {name: round(pss, 1) for name, pss in found.items()}
    return {**rounded, "all": round(sum(found.values()), 1)}


def measure(rounds: int) -> dict[str, Any]:
    """Cold and warm starts, their limits, and the memory of the last desk."""
    times: dict[str, list[float]] = {}
    used: dict[str, Any] = {}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="charterdesk-bench-") as folder:
        started(Path(folder) / "data")[2].stop()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="charterdesk-bench-") as folder:
            for how in ("cold", "warm"):
                first_page, all_ready, desk = started(Path(folder) / "data")
                times.setdefault(f"{how} start to first page, s", []).append(first_page)
                times.setdefault(f"{how} start until every part works, s", []).append(all_ready)
                used = memory(desk)
                desk.stop()
            cluster = Cluster(Path(folder) / "alone")
            for how in ("cold", "warm"):
                times.setdefault(f"limit: database alone, {how}, s", []).append(seconds_of(cluster.start))
                cluster.stop()
        empty = seconds_of(lambda: subprocess.run([sys.executable, "-c", DJANGO], check=True))
        times.setdefault("limit: Python with an empty Django, s", []).append(empty)
    return {**{name: round(statistics.median(found), 2) for name, found in times.items()}, "PSS, MiB": used}


def main() -> None:
    """Measure and tell."""

    def add_rounds(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)

    given = arguments(__doc__, add_rounds)
    before = machine()
    figures = measure(given.rounds)
    used = figures["PSS, MiB"]
    lines = [(name, str(value)) for name, value in figures.items() if name != "PSS, MiB"]
    lines += [(f"PSS of {name}, MiB", str(value)) for name, value in used.items()]
    report("starting and memory", {"machine": before, **figures}, lines, given.json)


if __name__ == "__main__":
    main()
