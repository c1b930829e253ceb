"""`charterdesk export FOLDER|-`: everything the desk holds as JSON Lines, while it runs."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path

import django
import psycopg

from charterdesk.base.files import file_store
from charterdesk.ops.database import open_database
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import expected_stamp, is_current, stamp_of

TO_STREAM = "-"


def main(argv: Sequence[str]) -> int:
    """Export the desk of the data folder, running or not, or what changed since a cursor."""
    parser = argparse.ArgumentParser(prog="charterdesk export", description=__doc__)
    parser.add_argument("target", metavar="FOLDER|-", help="a new or empty folder; - writes one stream of lines")
    parser.add_argument("--since", metavar="CURSOR", help="only tickets, messages and events changed since (or: start)")
    given = parser.parse_args(argv)
    say = partial(print, file=sys.stderr)
    with ExitStack() as stack:
        url = stack.enter_context(open_database())
        _require_current(url)
        django.setup()
        targets = import_module("charterdesk.records.targets")
        target = targets.Stream(sys.stdout.buffer) if given.target == TO_STREAM else targets.Folder(Path(given.target))
        try:
            if given.since:
                changes = import_module("charterdesk.records.changes").write_changes(url, target, since=given.since)
                say(f"{sum(changes.rows.values())} rows; the next time: --since {changes.cursor}")
                return 0
            _export(url, target, say)
        except (OSError, ValueError) as error:
            raise Problem(f"The export could not be written: {error}") from error
    return 0


def _export(url: str, target: object, say: partial[None]) -> None:
    with psycopg.connect(url) as connection:
        unspoken = import_module("charterdesk.records.tables").unspoken(connection)
        stamp = stamp_of(connection) or ""
    if unspoken:
        say(f"not charterdesk's own, and not exported: {', '.join(unspoken)}")
    written = import_module("charterdesk.records.writing").write_export(
        url, target, file_store(), stamp=stamp, say=lambda text: None
    )
    say(f"exported {sum(written.rows.values())} rows of {len(written.rows)} tables and {written.files} files")


def _require_current(url: str) -> None:
    if not is_current(url):
        raise Problem(
            f"This database is of another version than the one installed ({expected_stamp()[:8]}). "
            "Run `charterdesk migrate` first."
        )
