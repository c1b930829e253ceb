"""What every part does before it loads anything large."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from charterdesk import settings_table
from charterdesk.ops.postgres_state import servers_in, socket_folder_of, url_of
from charterdesk.ops.problems import Problem


def prepare(
    name: str, description: str, argv: Sequence[str], extend: Callable[[argparse.ArgumentParser], None] = lambda _: None
) -> argparse.Namespace:
    """Answer --help, read `.env`, find the database; return the options, which `extend` adds. Raises `Problem` where
    there is no database.
    """
    parser = argparse.ArgumentParser(prog=f"charterdesk {name}", description=description)
    extend(parser)
    given = parser.parse_args(argv)
    settings_table.load_environment()
    settings_table.make_secret_key()
    os.environ["DATABASE_URL"] = database_url()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    return given


def embedded_pgdata() -> Path:
    """Where the embedded database of our data folder lies, whether or not it is there."""
    return settings_table.data_folder() / "database" / "pgdata"


def running_database_url() -> str:
    """The URL of the embedded database of our data folder; empty where it does not run. Reads one file."""
    pgdata = embedded_pgdata()
    folder = socket_folder_of(pgdata) if servers_in(pgdata.resolve()) else None
    return url_of(folder) if folder else ""


def database_url() -> str:
    """The server that is set, or the embedded one if it runs in our data folder. Raises `Problem`."""
    if url := settings_table.text("DATABASE_URL") or running_database_url():
        return url
    raise Problem(
        "There is no database to talk to: DATABASE_URL is not set, and no embedded one runs in "
        f"{settings_table.data_folder()}. Set DATABASE_URL, or start everything with `charterdesk run`."
    )
