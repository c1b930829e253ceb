"""The command line: finds a command's module by a table and loads nothing else.

`charterdesk mail explain` answers in a blink because the commands that need Django import it, not this.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from charterdesk import __version__
from charterdesk.ops.problems import Problem
from charterdesk.settings_table import BadSetting


@dataclass(frozen=True)
class Command:
    """A command: the words that name it, where it lives ("module:function"), and what it does."""

    words: tuple[str, ...]
    target: str
    help: str


# A command of two words wins over the one-word command it begins with (`mail explain` over `mail`).
COMMANDS = (
    Command(("run",), "charterdesk.ops.run:main", "run everything: database, web, live, worker, mail"),
    Command(("web",), "charterdesk.ops.parts.web:main", "run the web server alone"),
    Command(("live",), "charterdesk.ops.parts.live:main", "run the live stream alone"),
    Command(("worker",), "charterdesk.ops.parts.worker:main", "run the worker alone"),
    Command(("mailroom",), "charterdesk.ops.parts.worker:mailroom", "run a second worker for mail and the index"),
    Command(("mail",), "charterdesk.ops.parts.mail:main", "run mail receiver and mailbox readers alone"),
    Command(("mail", "explain"), "charterdesk.channels.email.explain:main", "print how the desk reads a mail"),
    Command(("time",), "charterdesk.calendars.command:main", "reckon with business time"),
    Command(("migrate",), "charterdesk.ops.migrate:main", "bring the database up to this version"),
    Command(("createadmin",), "charterdesk.ops.createadmin:main", "create an administrator"),
    Command(("doctor",), "charterdesk.ops.doctor:main", "say what is wrong here and how to mend it"),
    Command(("backup",), "charterdesk.ops.backup:main", "write database and attachments into one file"),
    Command(("restore",), "charterdesk.ops.restore:main", "put a backup back"),
    Command(("export",), "charterdesk.ops.exporting:main", "write everything as JSON Lines"),
    Command(("import",), "charterdesk.ops.importing:main", "read what export wrote into an empty desk"),
    Command(("upgrade",), "charterdesk.ops.upgrade:main", "move this install to the version now installed"),
    Command(("promises",), "charterdesk.ops.promises:main", "reckon promises again from the log and compare"),
    Command(("measures",), "charterdesk.ops.measures:main", "count the figures of the reports anew"),
    Command(("search", "reindex"), "charterdesk.ops.search:reindex", "make the search index anew"),
    Command(("charter",), "charterdesk.ops.charter:main", "prove the charter's public figures from the log"),
    Command(("settings",), "charterdesk.ops.settings:main", "print the table of all settings"),
    Command(("events",), "charterdesk.ops.events:main", "print the page of all events, for integrators"),
    Command(("away",), "charterdesk.ops.away:main", "print the page to show while the desk does not answer"),
    Command(("settings", "export"), "charterdesk.ops.settings_file:export_main", "write the set-up into one file"),
    Command(("settings", "import"), "charterdesk.ops.settings_file:import_main", "make the set-up what a file says"),
    Command(("demo",), "charterdesk.ops.demo.command:main", "run a desk filled with a demo company"),
    Command(("manage",), "charterdesk.ops.manage:main", "Django's own commands, for developers"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command named by `argv` (the process's own arguments by default) and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    command = find_command(given)
    if command is None:
        parser().parse_args(given)
        parser().print_help()
        return 2
    return run_command(command, given[len(command.words) :])


def find_command(given: Sequence[str]) -> Command | None:
    """The command `given` begins with, the longest first; None when there is none."""
    fitting = [command for command in COMMANDS if tuple(given[: len(command.words)]) == command.words]
    return max(fitting, key=lambda command: len(command.words), default=None)


def run_command(command: Command, arguments: Sequence[str]) -> int:
    """Load the command's module and call its function with the other arguments; 2 for a `Problem`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    module, function = command.target.split(":")
    try:
        result: int | None = getattr(importlib.import_module(module), function)(list(arguments))
    except (Problem, BadSetting) as problem:
        print(f"charterdesk: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return result or 0


def parser() -> argparse.ArgumentParser:
    """What answers --version, --help and words that are no command."""
    width = max(len(" ".join(command.words)) for command in COMMANDS)
    table = "\n".join(f"  {' '.join(command.words):{width}}  {command.help}" for command in COMMANDS)
    made = argparse.ArgumentParser(
        prog="charterdesk",
        description="A customer service desk that keeps its promises.",
        epilog=f"commands:\n{table}\n\ncharterdesk COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="charterdesk [--version] COMMAND ...",
    )
    made.add_argument("--version", action="version", version=f"charterdesk {__version__}")
    names = sorted({command.words[0] for command in COMMANDS})
    made.add_argument("command", nargs="?", choices=names, help=argparse.SUPPRESS)
    return made
