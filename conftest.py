"""What every test run stands on: one throw-away PostgreSQL, and hypothesis with fixed or wide seeds.

Running every migration takes longer than most tests, so a cluster that has run them is kept (below the folder for
temporary files) and copied by the runs that follow, as long as no migration changes.
"""

import fcntl
import gc
import getpass
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as desk
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict
from whitenoise.middleware import WhiteNoiseMiddleware

from charterdesk.ops.postgres import Cluster
from charterdesk.ops.testing import type_command

pytest_plugins = ["charterdesk.events.testing", "charterdesk.charter.testing"]

settings.register_profile("quick", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wide", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


def pytest_configure() -> None:
    """A test's password guards nothing, so that hashing one need not take a third of a second."""
    desk.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]
    WhiteNoiseMiddleware.add_files_from_finders = found_once


def pytest_collection_finish() -> None:
    """Look for what nothing holds any more a hundred times less often: the looking is a sixth of a run's work."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


FOUND: dict[str, dict[str, Any]] = {}  # by what their addresses begin with
look_for_files = WhiteNoiseMiddleware.add_files_from_finders


def found_once(middleware: WhiteNoiseMiddleware) -> None:
    """Take the files that the run's first test client found: each has a middleware of its own, all the same files."""
    if middleware.static_prefix not in FOUND:
        look_for_files(middleware)
        FOUND[middleware.static_prefix] = dict(middleware.files)
    middleware.files.update(FOUND[middleware.static_prefix])


# what walks every page in one transaction holds the advisory locks of all their actions until it ends
MANY_LOCKS = {"max_locks_per_transaction": "512"}
KEEP = {"django_migrations", "django_content_type", "auth_permission"}  # made with the tables, and never again
TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
"""


@cache
def table_names() -> list[str]:
    """The tables to be empty after a test that commits: all, also those of no model."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return sorted({row[0] for row in cursor.fetchall()} - KEEP)


def empty_tables(case: TransactionTestCase) -> None:
    """Delete what a test committed, after what still writes has ended; only where there is anything.

    Django empties all of our tables anew each time and looks for new models' permissions: most of a second for each of
    some hundred tests. Rows go without the triggers that keep them from people: needs the rights of a superuser.
    """
    quoted = [connection.ops.quote_name(name) for name in table_names()]
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in quoted)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(quoted)} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(filled)
        found = [row[0] for row in cursor.fetchall()]
        deleting = "".join(f"DELETE FROM {name};" for name in found)
        cursor.execute(f"SET LOCAL session_replication_role = replica; {deleting}")


PACKAGE = Path(__file__).parent / "charterdesk"
KEPT = Path(tempfile.gettempdir(), f"charterdesk-tests-{getpass.getuser()}")


def kept_cluster() -> Path:
    """Where a cluster with all of today's migrations is kept, or would be."""
    found = hashlib.sha256(repr([version(name) for name in ("Django", "django-allauth", "procrastinate")]).encode())
    for file in [*sorted(PACKAGE.glob("*/migrations/*.py")), PACKAGE / "ops" / "schema.sql"]:
        found.update(file.name.encode() + file.read_bytes())
    return KEPT / found.hexdigest()[:16]


def copy_cluster(source: Path, target: Path) -> None:
    """Copy the folder of a cluster that does not run, owners and all; whole or not at all."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent))
    subprocess.run(["cp", "-a", source, part / "copy"], check=True)
    try:
        (part / "copy").rename(target)
    except OSError:  # another run was quicker
        shutil.rmtree(part / "copy")
    part.rmdir()


@pytest.fixture(scope="session")
def making() -> Iterator[ExitStack]:
    """Held by the one run that makes the tables; runs beside it wait for them, which is quicker than both making them.

    Free once they are kept, and when the run ends.
    """
    with ExitStack() as held:
        if not kept_cluster().exists():
            KEPT.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = held.enter_context(kept_cluster().with_suffix(".lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        if kept_cluster().exists():
            held.close()
        yield held


@pytest.fixture(scope="session")
def test_cluster(tmp_path_factory: pytest.TempPathFactory, making: ExitStack) -> Iterator[Cluster | None]:
    """The throw-away server of this run, with the tables if some run has made them; None where one is given."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    folder = tmp_path_factory.mktemp("postgres")
    if kept_cluster().exists():
        copy_cluster(kept_cluster(), folder / "pgdata")
    with Cluster(folder, durable=False, settings=MANY_LOCKS) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an empty desk, to be copied; kept as the cluster is, for it takes as long to make."""
    kept = kept_cluster().with_suffix(".desk")
    if not kept.exists():
        folder = tmp_path_factory.mktemp("migrated") / "data"
        done = type_command(folder, "migrate")
        assert done.returncode == 0, done.stderr
        copy_cluster(folder, kept)
    return kept


@pytest.fixture(scope="session")
def database_server(test_cluster: Cluster | None) -> str:
    """The URL of the server all tests of this run share: `DATABASE_URL` when set, else one of our own."""
    return test_cluster.url if test_cluster else os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_keepdb(test_cluster: Cluster | None) -> bool:
    """Whether the tables are there already (pytest-django then looks for migrations and finds none)."""
    return bool(test_cluster and kept_cluster().exists())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, test_cluster: Cluster | None, making: ExitStack) -> None:
    """After the tables were made: keep a copy for the runs to come. Where no test asks for tables, none are made."""
    has_tables = str(connections["default"].settings_dict["NAME"]).startswith("test_")
    if test_cluster and has_tables and not kept_cluster().exists():
        connections.close_all()
        test_cluster.stop()
        folders = [path for path in KEPT.glob("*") if path.is_dir()]
        for old in sorted(folders, key=lambda path: path.stat().st_mtime)[:-8]:  # of several branches
            shutil.rmtree(old, ignore_errors=True)
            old.with_suffix(".lock").unlink(missing_ok=True)
        copy_cluster(test_cluster.pgdata, kept_cluster())
        test_cluster.start()
    making.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_server: str) -> None:
    """Point Django at `database_server`; pytest-django calls this before it makes the test database."""
    info = conninfo_to_dict(database_server)
    chosen = connections["default"].settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    chosen.update({ours: str(info.get(theirs) or "") for ours, theirs in names.items()})
