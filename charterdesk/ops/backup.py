"""`charterdesk backup FILE`: database and attachments into one file, while the desk runs."""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from charterdesk import __version__, settings_table
from charterdesk.base.files import FileStore, file_store
from charterdesk.ops.archive import Contents, sha256_of, write_archive
from charterdesk.ops.database import open_database
from charterdesk.ops.dump import dump_database
from charterdesk.ops.problems import Problem
from charterdesk.ops.schema_stamp import stamp_of


def main(argv: Sequence[str]) -> int:
    """Back up the desk of the data folder, running or not; an embedded database is started if need be."""
    parser = argparse.ArgumentParser(prog="charterdesk backup", description=__doc__)
    parser.add_argument("file", type=Path, help="what to write; it must not exist")
    target: Path = parser.parse_args(argv).file.absolute()
    with ExitStack() as stack:
        url = stack.enter_context(open_database())
        contents = back_up(url, target, file_store())
    print(f"{target}: database and {len(contents.attachments)} attachments, {target.stat().st_size} bytes")
    return 0


def back_up(url: str, target: Path, store: FileStore) -> Contents:
    """Write a backup of the database behind `url` and of `store`. Raises `Problem`.

    The database comes first: an attachment is stored before the row that names it, so none of them is missing.
    """
    if target.exists():
        raise Problem(f"{target} exists already; a backup never overwrites another.")
    try:
        with tempfile.TemporaryDirectory(prefix="charterdesk-", dir=target.parent) as folder:
            dump = Path(folder) / "database.dump"
            dump_database(url, dump)
            contents = _contents(url, dump)
            key = settings_table.data_folder() / settings_table.NAME_OF_KEY_FILE
            write_archive(target, dump=dump, contents=contents, store=store, key=key if contents.has_key else None)
    except OSError as error:
        raise Problem(f"The backup could not be written: {error}") from error
    return contents


def _contents(url: str, dump: Path) -> Contents:
    with psycopg.connect(url) as connection, dump.open("rb") as opened:
        return Contents(
            version=__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            stamp=stamp_of(connection) or "",
            dump_sha256=sha256_of(opened),
            has_key=(settings_table.data_folder() / settings_table.NAME_OF_KEY_FILE).exists(),
        )
