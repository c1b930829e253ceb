"""`charterdesk settings export|import`: the set-up as one file that can be kept under version control."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from charterdesk.ops.database import open_database
from charterdesk.ops.problems import Problem

STREAM = "-"


def export_main(argv: Sequence[str]) -> int:
    """Write the set-up as TOML."""
    parser = argparse.ArgumentParser(prog="charterdesk settings export", description=export_main.__doc__)
    parser.add_argument("file", nargs="?", default=STREAM, help="what to write; standard output without one")
    given = parser.parse_args(argv)
    with ExitStack() as stack:
        stack.enter_context(open_database())
        text: str = _set_up().write_settings()
    if given.file == STREAM:
        print(text, end="")
        return 0
    try:
        Path(given.file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(f"The settings could not be written: {error}") from error
    return 0


def import_main(argv: Sequence[str]) -> int:
    """Make the set-up what a file says, all of it or nothing; what the file does not name stays."""
    parser = argparse.ArgumentParser(prog="charterdesk settings import", description=import_main.__doc__)
    parser.add_argument("file", help="what `charterdesk settings export` wrote; - reads standard input")
    parser.add_argument("--dry-run", action="store_true", help="try it and say what would change, change nothing")
    given = parser.parse_args(argv)
    try:
        text = sys.stdin.read() if given.file == STREAM else Path(given.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The settings could not be read: {error}") from error
    with ExitStack() as stack:
        stack.enter_context(open_database())
        set_up = _set_up()
        try:
            plan = set_up.plan_settings(text)
            if given.dry_run:
                set_up.try_settings(plan, by="system")
            else:
                set_up.apply_settings(plan, by="system")
        except set_up.BadSettings as bad:
            raise Problem(f"{given.file}: {bad} Nothing has changed.") from bad
        import_module("charterdesk.events.wake").stop_waking()
    _say(plan, "would change" if given.dry_run else "changed")
    return 0


def _set_up() -> Any:
    django.setup()
    return import_module("charterdesk.records.set_up")


def _say(plan: Any, word: str) -> None:
    for change in plan.changes:
        print(f"{'+' if change.is_new else '~'} {change.section} “{change.key}”")
        for name, (before, after) in change.fields.items():
            print(f"    {name}: {after!r}" if change.is_new else f"    {name}: {before!r} -> {after!r}")
    print(f"{len(plan.changes)} {word}, {plan.same} the same, {len(plan.only_here)} not named by the file")
