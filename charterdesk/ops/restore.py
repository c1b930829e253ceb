"""`charterdesk restore FILE`: put a backup back, all of it or nothing."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import django
import psycopg

from charterdesk import settings_table
from charterdesk.base.files import FileStore, file_store
from charterdesk.ops.archive import ATTACHMENTS, DUMP, KEY, Contents, members, read_contents
from charterdesk.ops.database import open_database
from charterdesk.ops.dump import load_database
from charterdesk.ops.folder_lock import FolderLock
from charterdesk.ops.migrate import migrate
from charterdesk.ops.problems import Problem

# Whoever keeps a desk has one of these in it.
PEOPLE = ("people_agent", "people_contact", "people_organisation")


def main(argv: Sequence[str]) -> int:
    """Restore into the desk of the data folder, which must not run meanwhile; then migrate to this version."""
    parser = argparse.ArgumentParser(prog="charterdesk restore", description=__doc__)
    parser.add_argument("file", type=Path, help="what `charterdesk backup` wrote")
    parser.add_argument("--check", action="store_true", help="read and check the backup, change nothing")
    parser.add_argument("--replace", action="store_true", help="throw away what the desk holds now")
    given = parser.parse_args(argv)
    source: Path = given.file.absolute()
    contents = read_contents(source)
    print(f"{source} is whole: made {contents.made_at} by {contents.version}, {len(contents.attachments)} attachments")
    if given.check:
        return 0
    with ExitStack() as stack:
        lock = FolderLock(settings_table.data_folder())
        lock.take()
        stack.callback(lock.release)
        url = stack.enter_context(open_database())
        restore(url, source, contents, file_store(), replace=given.replace)
        hold_mails()
    print("restored; start the desk with `charterdesk run`")
    return 0


def restore(url: str, source: Path, contents: Contents, store: FileStore, *, replace: bool) -> None:
    """Put attachments back, then the database in one transaction, then migrate. Raises `Problem`.

    Attachments first: until the database is in place nothing names them, so a break here has changed nothing.
    """
    if not replace and holds_a_desk(url):
        raise Problem("This database already holds a desk. Back it up, then restore with --replace to discard it.")
    with tempfile.TemporaryDirectory(prefix="charterdesk-", dir=settings_table.data_folder()) as folder:
        dump = Path(folder) / DUMP
        for name, opened in members(source):
            if name.startswith(ATTACHMENTS):
                store.store(opened)
            elif name in (DUMP, KEY):
                with dump.with_name(name).open("wb") as target:
                    shutil.copyfileobj(opened, target)
        load_database(url, dump)
        if contents.has_key:
            _put_key_back(dump.with_name(KEY))
    migrate(url)


def hold_mails() -> None:
    """Hold back what waited to be sent at the time of the backup: see `docs/operators/backup.md`."""
    django.setup()
    if held := import_module("charterdesk.ops.after_restore").hold_what_waited():
        print(f"{held} mails waited to be sent when the backup was made; see Operations for whether to send them")
    import_module("charterdesk.events.wake").stop_waking()


def holds_a_desk(url: str) -> bool:
    """Whether anybody is in it. Two statements per table at most."""
    with psycopg.connect(url) as connection:
        for table in PEOPLE:
            if connection.execute("select to_regclass(%s)", [table]).fetchone() == (None,):
                continue
            if connection.execute(f"select 1 from {table} limit 1").fetchone():  # two names, above
                return True
    return False


def _put_key_back(key: Path) -> None:
    """The key that signed the links in mails already sent; written like a new one, readable by its owner alone."""
    target = settings_table.data_folder() / settings_table.NAME_OF_KEY_FILE
    os.chmod(key, 0o600)
    os.replace(key, target)
