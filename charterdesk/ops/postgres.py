"""Embedded PostgreSQL: one cluster in one folder, run as a child of ours.

The server is our direct child and is told by the kernel when we die; a lock on the folder keeps a second
starter out; it is ready when `postmaster.pid` holds *its* number and says so. Call `start`, `restart` and
`stop` from one thread that lives as long as the server should (see `processes.die_with_parent`).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

from charterdesk.ops.binaries import Binaries, find_binaries
from charterdesk.ops.folder_lock import AlreadyRunning, FolderLock
from charterdesk.ops.machine import memory_bytes
from charterdesk.ops.postgres_state import (
    NAME,
    PORT,
    STOP_SECONDS,
    DatabaseDown,
    end_servers_in,
    explain,
    locale_options,
    pid_file_says_ready,
    server_environment,
    socket_folder_of,
    url_of,
    version_of,
)
from charterdesk.ops.processes import (
    Preparation,
    become,
    die_with_parent,
    enter_user_namespace,
    lesser_user,
    user_namespaces_work,
)

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "fuzzystrmatch", "vector", "pg_stat_statements")
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes, and `/.s.PGSQL.5432.lock` comes on top
LEAST_FREE_BYTES = 256 * 2**20
LARGEST_LOG = 10 * 2**20
START_SECONDS = 60.0
TRIES = 30  # after a crash the old children take a moment to let go of the shared memory
__all__ = ["AlreadyRunning", "Cluster", "DatabaseDown"]

# The database's own share of the memory, where the kernel's cache does not drop what a large desk works with.
SHARE_OF_MEMORY = 1 / 12
LEAST_BUFFERS, MOST_BUFFERS = 128, 2048  # MiB
# One small machine carries the desk and its database; parallel plans and JIT cost more than they give there.
TUNING = {
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "80",
    "max_wal_size": "1GB",
    "min_wal_size": "80MB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "huge_pages": "off",
    "default_text_search_config": "pg_catalog.simple",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "",
    "idle_in_transaction_session_timeout": "10min",
}
# After a start the database reads again what it held before the stop, beside its work.
WARMING = {"shared_preload_libraries": "pg_prewarm", "pg_prewarm.autoprewarm": "on"}
# For throw-away clusters of tests: a crash of the machine may lose them whole.
FORGETFUL = {
    "shared_buffers": f"{LEAST_BUFFERS}MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def lasting(binaries: Binaries, memory: int) -> dict[str, str]:
    """Settings of a database that stays, on a machine with `memory` bytes: its buffers, and how they are warm again."""
    buffers = min(max(int(memory * SHARE_OF_MEMORY / 2**20), LEAST_BUFFERS), MOST_BUFFERS)
    return {"shared_buffers": f"{buffers}MB", **(WARMING if binaries.has_library("pg_prewarm") else {})}


class Cluster:
    """The database in `data_dir`, which nobody else uses. A context manager; `start` returns its URL."""

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        binaries: Binaries | None = None,
        run_as: str | None = None,
        settings: Mapping[str, str] | None = None,
        namespaces: bool = True,
    ) -> None:
        self.folder = Path(data_dir).resolve()
        self.durable = durable
        self.binaries = binaries or find_binaries()
        self.run_as = run_as
        self.namespaces = namespaces
        kept = lasting(self.binaries, memory_bytes()) if durable else FORGETFUL
        self.settings = {**TUNING, **kept, **(settings or {})}
        self.pgdata = self.folder / "pgdata"
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = FolderLock(self.folder)
        self._socket_folder: Path | None = None
        self._temporary_socket_folder: Path | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The `DATABASE_URL` of the running server: a socket only we can reach, so no password is needed."""
        return url_of(self._socket_folder or socket_folder_of(self.pgdata) or self.folder / "run")

    @property
    def running(self) -> bool:
        """Whether our child lives. Asks the kernel, not the server."""
        return self.process is not None and self.process.poll() is None

    def start(self, *, meanwhile: Callable[[], object] | None = None) -> str:
        """Make the cluster if need be, start it, and return its URL once it takes connections.

        `meanwhile` is done, once, while the server comes up; the URL is known by then, nobody answers yet. Raises
        `AlreadyRunning` for a second starter and `DatabaseDown` with the reason otherwise.
        """
        self._lock.take()
        try:
            self._check_space()
            self._clear_what_a_crash_left()
            if not self.pgdata.exists():
                self._initialise()
            self._check_version()
            self._launch(meanwhile)
            self._create_database()
        except BaseException:
            self.stop()
            raise
        return self.url

    def restart(self) -> str:
        """Start again after the server died under us; keeps the lock and the URL. Raises `DatabaseDown`."""
        self._kill_rest()
        self._check_space()
        self._clear_what_a_crash_left()
        self._launch()
        return self.url

    def stop(self) -> None:
        """Stop the server (a clean checkpoint where `durable`), and let go of the folder. Never raises."""
        try:
            if self.process is not None:
                self._stop_process(self.process)
        finally:
            self.process = None
            if self._temporary_socket_folder:
                shutil.rmtree(self._temporary_socket_folder, ignore_errors=True)
                self._temporary_socket_folder = None
            self._lock.release()

    # What follows is in the order of a start.

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if self.durable and free < LEAST_FREE_BYTES:
            raise DatabaseDown(
                f"Only {free // 2**20} MiB are free where {self.folder} lies; the database needs at least "
                f"{LEAST_FREE_BYTES // 2**20} MiB to start. Free some space and start again: no data is lost."
            )

    def _clear_what_a_crash_left(self) -> None:
        """Wait for, then end, a server of an earlier life; remove a pid file that names a stranger."""
        pid_file = self.pgdata / "postmaster.pid"
        if not pid_file.exists() or not Path("/proc/self/cwd").exists():
            return
        end_servers_in(self.pgdata)
        # We hold the lock and nobody works in the folder: whatever process the file names is a stranger.
        pid_file.unlink(missing_ok=True)

    def _initialise(self) -> None:
        """Run initdb into a folder beside, then rename: a crash half-way leaves no half cluster."""
        making = self.folder / "pgdata.new"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        self._hand_over(self.folder, making)
        command = [
            self.binaries.program("initdb"),
            *("-D", str(making), "-U", NAME, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *locale_options(self.binaries.major),
            *([] if self.durable else ["--no-sync"]),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=server_environment(),
            cwd="/",
            preexec_fn=self._preparation(),
        )
        if done.returncode != 0:
            shutil.rmtree(making, ignore_errors=True)
            raise DatabaseDown(f"The database could not be made: {explain(done.stderr, self.folder)}")
        making.rename(self.pgdata)

    def _check_version(self) -> None:
        made_by = version_of(self.pgdata)
        if made_by != self.binaries.major:
            raise DatabaseDown(
                f"The database in {self.folder} was made by PostgreSQL {made_by}, and PostgreSQL "
                f"{self.binaries.major} is about to run it. Run `charterdesk upgrade` to move it over."
            )

    def _launch(self, meanwhile: Callable[[], object] | None = None) -> None:
        """Start the server and wait until it is ready; tries again while an earlier one's children die."""
        self._socket_folder = self._socket_folder or self._make_socket_folder()
        for attempt in range(TRIES):
            if self._log_size() > LARGEST_LOG:
                self.log.unlink()
            before = self._log_size()
            self._spawn()
            if meanwhile and attempt == 0:
                meanwhile()
            if self._becomes_ready():
                return
            said = self._log_since(before)
            if "still in use" not in said and "lock file" not in said:
                raise DatabaseDown(f"The database does not start: {explain(said, self.folder)}")
            time.sleep(min(0.05 * 2**attempt, 1.0))
        raise DatabaseDown(f"An earlier database server still holds {self.pgdata}; end it and start again.")

    def _spawn(self) -> None:
        assert self._socket_folder is not None
        settings = {
            **self.settings,
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket_folder),
            "unix_socket_permissions": "0700",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries.program("postgres"), "-D", str(self.pgdata), "-p", str(PORT), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=server_environment(),
                start_new_session=True,  # Ctrl-C is ours: we stop the server last
                preexec_fn=self._preparation(),
            )

    def _becomes_ready(self) -> bool:
        """Wait for `ready` in our own pid file; False if the server ended instead. Raises `DatabaseDown`."""
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                return False
            if pid_file_says_ready(self.pgdata, self.process.pid):
                return True
            time.sleep(0.01)
        raise DatabaseDown(f"The database did not become ready in {START_SECONDS:.0f} s; see {self.log}.")

    def _create_database(self) -> None:
        """Create our database and its extensions, once. Two statements when there is nothing to do."""
        with psycopg.connect(url_of(self._folder_of_socket(), "template1"), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone():
                return
            # In the template first, so that test databases have them as well.
            available = connection.execute(
                "select name from pg_available_extensions where name = any(%s)", [list(EXTENSIONS)]
            ).fetchall()
            for (name,) in available:
                connection.execute(sql.SQL("create extension if not exists {}").format(sql.Identifier(name)))
            connection.execute("checkpoint")
        with psycopg.connect(url_of(self._folder_of_socket(), "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))

    def _folder_of_socket(self) -> Path:
        assert self._socket_folder is not None
        return self._socket_folder

    def _make_socket_folder(self) -> Path:
        """A folder only the database may enter: ours, or one in /tmp where that path is too long."""
        folder = self.folder / "run"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
            folder = self._temporary_socket_folder = Path(tempfile.mkdtemp(prefix="charterdesk-", dir="/tmp"))
        folder.mkdir(mode=0o700, exist_ok=True)
        self._hand_over(folder)
        return folder

    # Who the server runs as.

    def _preparation(self) -> Preparation:
        """What the child does between fork and exec; everything is looked up before."""
        parent = os.getpid()
        leave_root = self._way_out_of_root()

        def prepare() -> None:
            os.umask(0o077)
            if leave_root:
                leave_root()
            # A fast, clean shutdown. After leaving root, which would clear it.
            die_with_parent(signal.SIGINT, parent)

        return prepare

    def _way_out_of_root(self) -> Callable[[], None] | None:
        if os.geteuid() != 0:
            return None
        if self._uses_namespace():
            return enter_user_namespace
        user = lesser_user(self.run_as)
        return lambda: become(user.pw_uid, user.pw_gid)

    def _uses_namespace(self) -> bool:
        return self.namespaces and not self.run_as and user_namespaces_work()

    def _hand_over(self, *folders: Path) -> None:
        """Give `folders` to the lesser user, where there is one."""
        if os.geteuid() == 0 and not self._uses_namespace():
            user = lesser_user(self.run_as)
            for folder in folders:
                os.chown(folder, user.pw_uid, user.pw_gid)

    # How it ends.

    def _stop_process(self, process: subprocess.Popen[bytes]) -> None:
        gentle = signal.SIGINT if self.durable else signal.SIGQUIT
        for number, patience in ((gentle, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if process.poll() is not None:
                return
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)

    def _kill_rest(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _log_since(self, offset: int) -> str:
        with self.log.open("rb") as log:
            log.seek(offset)
            return log.read()[-20_000:].decode(errors="replace")
