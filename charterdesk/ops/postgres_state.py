"""What a PostgreSQL server leaves on disk and in the process table, and what its complaints mean."""

import contextlib
import os
import signal
import time
from pathlib import Path

from charterdesk.ops.binaries import BUILTIN_LOCALE_MAJOR
from charterdesk.ops.problems import Problem

NAME = "charterdesk"  # of the database and of its owner
PORT = 5432  # only names the socket file: the server does not listen on TCP
STOP_SECONDS = 30.0


class DatabaseDown(Problem):
    """The embedded database could not be made or started; the text says why and what to do."""


def url_of(socket_folder: Path, database: str = NAME) -> str:
    """The URL of a database behind the socket in `socket_folder`."""
    return f"postgresql://{NAME}@/{database}?host={socket_folder}&port={PORT}"


def version_of(pgdata: Path) -> int:
    """The major version that made the cluster in `pgdata`. Raises `DatabaseDown` when it holds none."""
    try:
        return int((pgdata / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise DatabaseDown(f"{pgdata} holds no usable database; restore a backup, or move the folder away.") from None


def socket_folder_of(pgdata: Path) -> Path | None:
    """Where the server that runs `pgdata` listens; None when none is ready. Reads its pid file."""
    lines = _pid_file(pgdata)
    return Path(lines[4]) if len(lines) > 7 and lines[7].strip() == "ready" else None


def _pid_file(pgdata: Path) -> list[str]:
    try:
        return (pgdata / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def pid_file_says_ready(pgdata: Path, pid: int) -> bool:
    lines = _pid_file(pgdata)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def locale_options(major: int) -> list[str]:
    """Sort by code point and know letters in every script, the same on every machine.

    15 and 16 lack the built-in provider: there the C library's C.UTF-8 serves, which upgrades could change.
    """
    if major >= BUILTIN_LOCALE_MAJOR:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def server_environment() -> dict[str, str]:
    """Ours without what would steer the server from outside (PGDATA, PGPORT, LC_...)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def explain(said: str, folder: Path) -> str:
    if "No space left on device" in said:
        return f"the disk of {folder} is full. Free some space and start again: nothing acknowledged is lost."
    if "Permission denied" in said:
        return f"its user has no access. Check the rights of {folder} and of the folders above. {said.strip()}"
    return said.strip() or "it said nothing"


def end_servers_in(pgdata: Path) -> None:
    """Let a server whose parent died finish (it has been told to), then end it."""
    for number, patience in ((None, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        for pid in servers_in(pgdata) if number else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number or 0)
        deadline = time.monotonic() + patience
        while servers_in(pgdata):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return


def servers_in(pgdata: Path) -> list[int]:
    """The processes that work in `pgdata`: a server and its children stand in their folder. Reads /proc."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _serves(entry, pgdata)]


def _serves(process: Path, pgdata: Path) -> bool:
    try:
        return (process / "cwd").readlink() == pgdata and (process / "exe").readlink().name.startswith("postgres")
    except OSError:  # it ended meanwhile, or is another user's
        return False
