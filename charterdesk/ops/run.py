"""`charterdesk run`: the whole desk in one terminal."""

import argparse
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import psycopg

from charterdesk import settings_table
from charterdesk.base.first_start import first_start_token
from charterdesk.ops import cli
from charterdesk.ops.database import embedded_cluster
from charterdesk.ops.folder_lock import FolderLock
from charterdesk.ops.forked import Forked
from charterdesk.ops.logs import Printer
from charterdesk.ops.ports import answers, settle
from charterdesk.ops.postgres import Cluster
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import is_current
from charterdesk.ops.supervisor import Part, Supervisor

# What listens where; the worker and the mail room listen nowhere.
LISTENING = {"web": "CHARTERDESK_WEB", "live": "CHARTERDESK_LIVE", "mail": "CHARTERDESK_SMTP"}
# Each part with its command. The worker leaves mail and index to a process of their own: Python uses one core in each.
PARTS = {
    "web": ["web"],
    "live": ["live"],
    "worker": ["worker", "--beside-mailroom"],
    "mailroom": ["mailroom"],
    "mail": ["mail"],
}
RETRY_SECONDS = 5.0
# What is loaded once, before the parts are forked: Django, and the pages with everything they import.
SHARED = ("charterdesk.wsgi", "charterdesk.urls")


def main(argv: Sequence[str]) -> int:
    """Run until Ctrl-C or SIGTERM. Code 2 where something is wrong that an operator can mend."""
    parser = argparse.ArgumentParser(prog="charterdesk run", description=__doc__)
    parser.add_argument("--json", action="store_true", help="logs as one JSON object per line")
    parser.add_argument("--data", type=Path, help="the data folder (the setting CHARTERDESK_DATA)")
    given = parser.parse_args(argv)
    settings_table.load_environment()
    if given.data:
        os.environ["CHARTERDESK_DATA"] = str(given.data.absolute())
    if given.json:
        os.environ["CHARTERDESK_LOG"] = "json"
    if Desk().run():
        os.execv(sys.executable, [sys.executable, "-m", "charterdesk", "run", *argv])
    return 0


class Desk:
    """One running desk: data folder, database and parts.

    `fill` is a charterdesk command to run once the database is there, before the parts start (the demo's),
    and `welcome` gives further lines to print when the desk is ready.
    """

    def __init__(self, *, fill: Sequence[str] = (), welcome: Callable[[], Sequence[str]] = tuple) -> None:
        self.started_at = time.monotonic()
        self.folder = settings_table.data_folder()
        self.fill = fill
        self.welcome = welcome
        self.printer = Printer(as_json=settings_table.text("CHARTERDESK_LOG") == "json")
        self.cluster = None if settings_table.text("DATABASE_URL") else embedded_cluster()
        self.retry_at = 0.0
        self.log_read = 0

    def run(self) -> bool:
        """Start everything, keep it running, stop it in order. Raises `Problem` where it can't start.

        True when it was asked (SIGHUP) to start again as the version that is installed now.
        """
        signal.signal(signal.SIGTERM, _end)  # until the supervisor takes over
        lock = FolderLock(self.folder)
        lock.take()
        try:
            settings_table.make_secret_key()
            for setting in LISTENING.values():
                settle(setting)
            self._load()
            self._prepare_database()
            return self._supervise()
        finally:
            if self.cluster:
                self.cluster.stop()
                os.environ.pop("DATABASE_URL", None)
            lock.release()
            self.printer.line("desk", "stopped")

    def _load(self) -> None:
        """Start the database, where it is ours, and load the application while it comes up."""
        if self.cluster is None:
            load_what_is_shared()
            return
        self.cluster.start(meanwhile=partial(_load_for, self.cluster))
        self.log_read = self._log_size()

    def _prepare_database(self) -> None:
        """Migrate if need be, and fill; each in a child that then is gone, memory and all."""
        if not is_current(os.environ["DATABASE_URL"]):
            self.printer.line("desk", "bringing the database up to this version")
            self._run_to_its_end("migrate")
        if self.fill:
            self._run_to_its_end(*self.fill)

    def _run_to_its_end(self, *words: str) -> None:
        child = Forked(words[0], partial(cli.main, words))
        for line in child.output:
            self.printer.line(words[0], line.decode(errors="replace").rstrip())
        if child.wait() != 0:
            raise Problem(f"`charterdesk {' '.join(words)}` failed; the lines above say why.")

    def _supervise(self) -> bool:
        first, *others = [Part(name, partial(cli.main, words), _readiness(name)) for name, words in PARTS.items()]
        for part in others:
            part.after = first
        return Supervisor(
            [first, *others], printer=self.printer, on_ready=self._tell_ready, on_tick=self._look_after_database
        ).run()

    def _tell_ready(self) -> None:
        seconds = round(time.monotonic() - self.started_at, 1)
        say = self.printer.line
        host, port = settings_table.address("CHARTERDESK_SMTP")
        say("desk", f"ready after {seconds} s", ready_seconds=seconds)
        say("desk", f"pages         {settings_table.public_url()}", public_url=settings_table.public_url())
        say("desk", f"live stream   {settings_table.live_url()}", live_url=settings_table.live_url())
        say("desk", f"mail receiver {host}:{port}", smtp=f"{host}:{port}")
        say("desk", f"data folder   {self.folder}", data=str(self.folder))
        if link := first_start_link(os.environ["DATABASE_URL"]):
            say("desk", f"begin here    {link}", first_start=link)
        for line in self.welcome():
            say("desk", line)

    def _look_after_database(self) -> None:
        """Pass on what the embedded server says; start it again when it died."""
        if self.cluster is None:
            return
        self._pass_on_database_log(self.cluster.log)
        if self.cluster.running or time.monotonic() < self.retry_at:
            return
        self.printer.line("desk", "the database died; starting it again", died="database")
        try:
            self.cluster.restart()
        except Problem as problem:
            self.retry_at = time.monotonic() + RETRY_SECONDS
            self.printer.line("desk", f"{problem} Trying again in {RETRY_SECONDS:.0f} s.")

    def _pass_on_database_log(self, log: Path) -> None:
        size = self._log_size()
        self.log_read = min(self.log_read, size)
        if size > self.log_read:
            with log.open("rb") as file:
                file.seek(self.log_read)
                said = file.read(65536)
            self.log_read += len(said)
            for line in said.decode(errors="replace").splitlines():
                self.printer.line("database", line)

    def _log_size(self) -> int:
        return self.cluster.log.stat().st_size if self.cluster and self.cluster.log.exists() else 0


def first_start_link(database_url: str) -> str:
    """Where a desk that nobody administers is begun; "" once somebody does, or while the database does not answer: it
    may die in this very moment, and that ends no desk. One query.
    """
    statement = "SELECT 1 FROM people_agent WHERE role = 'administrator' LIMIT 1"
    try:
        with psycopg.connect(database_url) as connection:
            if connection.execute(statement).fetchone():
                return ""
    except psycopg.OperationalError:
        return ""
    token = first_start_token(settings_table.secret_key())
    return f"{settings_table.public_url()}/desk/first/{token}"


def _end(_number: int, _frame: object) -> None:
    sys.exit(143)


def _load_for(cluster: Cluster) -> None:
    os.environ["DATABASE_URL"] = cluster.url
    load_what_is_shared()


def load_what_is_shared() -> None:
    """Load the application, and freeze it: what the children never touch stays one copy for all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    gc.disable()  # nothing of what is being loaded is garbage
    for module in SHARED:
        import_module(module)
    gc.freeze()
    gc.enable()


def _readiness(name: str) -> Callable[[], bool]:
    """How the supervisor sees that a part works: somebody answers where it listens."""
    if name not in LISTENING:
        return lambda: True
    host, port = settings_table.address(LISTENING[name])
    return lambda: answers(host, port)
