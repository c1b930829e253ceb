"""`charterdesk import FOLDER|-`: what `charterdesk export` wrote into an empty desk, all of it or nothing."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import django

from charterdesk import settings_table
from charterdesk.ops.database import open_database
from charterdesk.ops.folder_lock import FolderLock
from charterdesk.ops.migrate import migrate
from charterdesk.ops.problems import Problem
from charterdesk.ops.restore import holds_a_desk

FROM_STREAM = "-"


def main(argv: Sequence[str]) -> int:
    """Import into the desk of the data folder, which must not run meanwhile."""
    parser = argparse.ArgumentParser(prog="charterdesk import", description=__doc__)
    parser.add_argument("source", metavar="FOLDER|-", help="what `charterdesk export` wrote; - reads a stream of lines")
    parser.add_argument("--replace", action="store_true", help="throw away what the desk holds now")
    parser.add_argument(
        "--hold-mail", action="store_true", help="do not send what waits to be sent: put it before the operator"
    )
    given = parser.parse_args(argv)
    with ExitStack() as stack:
        lock = FolderLock(settings_table.data_folder())
        lock.take()
        stack.callback(lock.release)
        url = stack.enter_context(open_database())
        migrate(url)
        if not given.replace and holds_a_desk(url):
            raise Problem("This desk is not empty. Back it up, then import with --replace to discard it.")
        django.setup()
        load = import_module("charterdesk.ops.imported")
        load.load(given.source, is_stream=given.source == FROM_STREAM, stdin=sys.stdin.buffer, path=Path(given.source))
        if given.hold_mail:
            held = import_module("charterdesk.ops.after_restore").hold_what_waited()
            print(f"{held} mails that waited are held; see Operations for whether to send them")
        import_module("charterdesk.events.wake").stop_waking()
    print("imported; start the desk with `charterdesk run`")
    return 0
