"""A database into a file and back, by PostgreSQL's own programs; across major versions, all or nothing."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict

from charterdesk.ops.binaries import Binaries, find_binaries
from charterdesk.ops.problems import Problem

NAMES = {"dbname": "PGDATABASE"}  # the others are PG and the name in capitals
PIECE = 256 * 1024
# What one server writes into a dump and another refuses, and with it the whole dump: a setting since 17, and what
# the security releases of November 2026 note at each column, which a pg_dump from before takes for an option.
ALIEN = re.compile(rb"SET transaction_timeout = |ALTER TABLE ONLY .* ALTER COLUMN .* SET \(pg_attver=\d+\);$")


def dump_database(url: str, target: Path, binaries: Binaries | None = None) -> None:
    """Write a consistent picture of the database, compressed, while it is in use. Raises `Problem`."""
    programs = binaries or find_binaries()
    command = [programs.program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
    done = subprocess.run(command, env=client_environment(url), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"The database could not be written to {target}: {done.stderr.strip()}")


def load_database(url: str, source: Path, binaries: Binaries | None = None) -> None:
    """Replace everything in the database by a dump, in one transaction: it is all there, or nothing has changed.

    Ends with `analyze`, which a dump does not carry. Raises `Problem`.
    """
    programs = binaries or find_binaries()
    restore = [programs.program("pg_restore"), "--no-owner", "--no-privileges"]
    entries = _entries(restore, source, _available_extensions(url))
    with tempfile.NamedTemporaryFile("w", suffix=".list") as wanted:
        wanted.write(entries)
        wanted.flush()
        _load([*restore, f"--use-list={wanted.name}", "--file=-", str(source)], url, programs)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("analyze")


def _available_extensions(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute("select name from pg_available_extensions")}


def _entries(restore: list[str], source: Path, available: set[str]) -> str:
    """The dump's table of contents without extensions this server lacks: we create them all, and need few."""
    done = subprocess.run([*restore, "--list", str(source)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"{source} is no dump of a database: {done.stderr.strip()}")
    lines = done.stdout.splitlines(keepends=True)
    return "".join(line for line in lines if (extension_of(line) or "plpgsql") in available)


def extension_of(entry: str) -> str | None:
    """The extension a line of `pg_restore --list` is about; None where it is about something else."""
    found = re.search(r" (?:EXTENSION - |COMMENT - EXTENSION )(\w+) ?$", entry)
    return found[1] if found else None


def _load(restore: list[str], url: str, programs: Binaries) -> None:
    reader = subprocess.Popen(restore, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer = subprocess.Popen(
        [programs.program("psql"), "-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=client_environment(url),
    )
    assert reader.stdout and reader.stderr and writer.stdin and writer.stderr
    whole = _pass_on(reader, writer.stdin)
    said = writer.stderr.read() + reader.stderr.read()
    if writer.wait() != 0 or not whole:
        raise Problem(f"The database could not be restored, and was not changed: {said.decode().strip()}")


def _pass_on(reader: subprocess.Popen[bytes], sink: IO[bytes]) -> bool:
    """Feed psql: first away with what is there, then the dump. False, and nothing committed, if the dump broke."""
    assert reader.stdout
    try:
        sink.write(b"set client_min_messages = warning;\ndrop schema public cascade;\ncreate schema public;\n")
        _pass_on_schema(reader.stdout, sink)
        shutil.copyfileobj(reader.stdout, sink, PIECE)
        whole = reader.wait() == 0
        if not whole:
            sink.write(b"\ndo $$ begin raise exception 'the dump broke off'; end $$;\n")
        sink.close()
    except BrokenPipeError:
        reader.kill()
        reader.wait()
        return False
    return whole


def _pass_on_schema(source: IO[bytes], sink: IO[bytes]) -> None:
    """Everything before the first rows, line by line, without what is alien to other servers."""
    for line in source:
        if not ALIEN.match(line):
            sink.write(line)
        if line.startswith(b"COPY "):
            return


def client_environment(url: str) -> dict[str, str]:
    """What leads PostgreSQL's programs to the database of `url`, keeping the password out of the process list."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given = {NAMES.get(name, f"PG{name.upper()}"): str(value) for name, value in conninfo_to_dict(url).items()}
    return {**kept, **given}
