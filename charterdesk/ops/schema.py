"""All tables of this version in one file, so that a new desk need not run every migration there ever was.

    python -m charterdesk.ops.schema > charterdesk/ops/schema.sql     (after a migration was added)

The file is a dump of what the migrations make of an empty database; a test holds it against them. It serves where the
server is of the version, and has the extensions, that it was made with. Anywhere else the migrations run as they always
did, and they do after it for whatever has come since.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from charterdesk.ops.binaries import find_binaries
from charterdesk.ops.dump import client_environment
from charterdesk.ops.postgres import EXTENSIONS, Cluster
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import TABLE

FILE = Path(__file__).with_name("schema.sql")
_OPTIONS = ("--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500")
# What belongs to the program that dumped, or to the server it stood on, and not to the tables.
_ALIEN = re.compile(
    r"^(\\.*|--.*|SET .*|SELECT pg_catalog\.set_config\(.*|CREATE EXTENSION .*|COMMENT ON EXTENSION .*"
    r"|SELECT pg_catalog\.setval\(.*, 1, false\);|CREATE SCHEMA public;|COMMENT ON SCHEMA public .*"
    r"|ALTER TABLE ONLY .* SET \(pg_attver=\d+\);)\n",
    re.MULTILINE,
)
_MOMENT = re.compile(r"'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+00'")


def fits(connection: psycopg.Connection) -> bool:
    """Whether the file can be loaded: into a database without our tables, of its server's version and extensions."""
    is_new = connection.execute("SELECT to_regclass(%s) IS NULL", [TABLE]).fetchone() == (True,)
    return is_new and FILE.read_text().partition("\n")[0] == made_for(connection)


def load(connection: psycopg.Connection) -> None:
    """Make all tables in one transaction. `connection` is of no other use afterwards: its search path is empty."""
    with connection.transaction():
        connection.execute("SET LOCAL check_function_bodies = false")
        connection.execute("SELECT set_config('search_path', '', false)")
        connection.execute(FILE.read_bytes())


def made_for(connection: psycopg.Connection) -> str:
    """The first line of a file for the server of `connection`."""
    found = connection.execute(
        "SELECT extname FROM pg_extension WHERE extname = any(%s) ORDER BY extname", [list(EXTENSIONS)]
    )
    extensions = " ".join(name for (name,) in found)
    return f"-- PostgreSQL {connection.info.server_version // 10000} with {extensions}"


def draw() -> str:
    """What the file is to hold: every migration run on a database of its own, and dumped. Takes half a minute."""
    with tempfile.TemporaryDirectory(prefix="charterdesk-schema-") as folder:
        with Cluster(Path(folder) / "database", durable=False) as cluster:
            settings = {"DATABASE_URL": cluster.url, "CHARTERDESK_DATA": folder}
            command = [sys.executable, "-m", "charterdesk", "migrate", "--one-by-one"]
            subprocess.run(command, env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)
            with psycopg.connect(cluster.url) as connection:
                head = made_for(connection)
            return f"{head}\n{dumped(cluster.url)}"


def dumped(url: str) -> str:
    """The tables and rows of a database as the file has them. Raises `Problem`."""
    command = [find_binaries().program("pg_dump"), *_OPTIONS]
    done = subprocess.run(command, env=client_environment(url), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Problem(f"The tables could not be dumped: {done.stderr.strip()}")
    plain = re.sub(r"\n{2,}", "\n", _ALIEN.sub("", done.stdout)).lstrip()
    return _MOMENT.sub("now()", plain)


if __name__ == "__main__":
    sys.stdout.write(draw())
