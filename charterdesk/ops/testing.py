"""For tests: type commands as an operator does, and run a whole desk with real processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from charterdesk import settings_table
from charterdesk.ops.postgres_state import socket_folder_of, url_of

ROOT = Path(__file__).resolve().parents[2]
PORTS = dict.fromkeys(("CHARTERDESK_WEB", "CHARTERDESK_LIVE", "CHARTERDESK_SMTP"), "127.0.0.1:0")


def environment_for(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An operator's environment: no setting but the data folder and `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in settings_table.BY_NAME}
    return {**kept, "CHARTERDESK_DATA": str(data), "PYTHONPATH": str(ROOT), **(more or {})}


def type_command(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `charterdesk` on the desk of `data` to its end; `more` are settings."""
    return subprocess.run(
        [sys.executable, "-m", "charterdesk", *words],
        cwd=data.parent,
        env=environment_for(data, more),
        capture_output=True,
        text=True,
        check=False,
    )


def until(holds: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something holds; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


class RunningDesk:
    """`charterdesk run` in a process of its own, on free ports. A context manager."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.lines: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "charterdesk", "run", "--json"],
            cwd=data.parent,
            env=environment_for(data, {**PORTS, **settings}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            try:
                self.lines.append(json.loads(line))
            except ValueError:
                self.lines.append({"part": "charterdesk", "text": line.rstrip()})

    def told(self, name: str) -> str:
        """What the desk said of itself under `name` ("public_url", "smtp", ...), the last time."""
        return str(next(line[name] for line in reversed(self.lines) if name in line))

    def said(self, part: str) -> str:
        """Everything a part said."""
        return "\n".join(str(line.get("text", "")) for line in list(self.lines) if line["part"] == part)

    def wait_until_ready(self) -> Self:
        """Wait for the desk to say so, for two minutes at most; a loaded machine takes its time."""
        came = until(lambda: self.process.poll() is not None or any("data" in line for line in list(self.lines)), 120)
        everything = "\n".join(str(line) for line in self.lines)
        assert came and self.process.poll() is None, f"the desk did not get ready:\n{everything}"
        return self

    @property
    def smtp(self) -> tuple[str, int]:
        """Where the mail receiver listens."""
        host, _, port = self.told("smtp").rpartition(":")
        return host, int(port)

    def processes(self, part: str) -> list[int]:
        """The processes of a part ("web", "worker", ..., "database"), its main one first."""
        if part == "database":
            return [pid for pid in descendants(self.process.pid) if "postgres" in command_of(pid)]
        mains = [pid for pid in descendants(self.process.pid) if command_of(pid).endswith(f"charterdesk {part}")]
        return [*mains, *(pid for main in mains for pid in descendants(main) if pid not in mains)]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(120)


def command_of(pid: int) -> str:
    """A process's command line; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def descendants(pid: int) -> list[int]:
    """Children, grandchildren and so on; zombies are gone."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (found := _parent_and_state(entry)) and found[1] != "Z":
            children.setdefault(found[0], []).append(int(entry.name))
    found_all, waiting = [], [pid]
    while waiting:
        waiting += (found_here := sorted(children.get(waiting.pop(), [])))
        found_all += found_here
    return found_all


def _parent_and_state(process: Path) -> tuple[int, str] | None:
    try:
        state, parent = (process / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return int(parent), state


def running_url(data: Path) -> str:
    """The URL of the embedded database of `data`. Raises `psycopg.OperationalError` while it does not run."""
    folder = socket_folder_of(data / "database" / "pgdata")
    return url_of(folder or data / "nowhere")
