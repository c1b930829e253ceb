"""A whole desk out as JSON Lines and in again, beside COPY of the same tables, in the same run.

    python bench/export.py [--tickets 10000] [--data FOLDER] [--json FILE]

The limit of the way out is PostgreSQL's own COPY of each table in binary form; of the way in, COPY of the same bytes
into the emptied tables, with the same indexes, triggers and constraints. Search is not made again here.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk import arguments, machine, on_a_world, report

on_a_world(__file__)

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from charterdesk.base.files import file_store  # noqa: E402
from charterdesk.records.reading import read_export  # noqa: E402
from charterdesk.records.sources import FolderSource  # noqa: E402
from charterdesk.records.tables import Table, listed, tables  # noqa: E402
from charterdesk.records.targets import Folder  # noqa: E402
from charterdesk.records.writing import write_export  # noqa: E402


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def copy_out(url: str, found: list[Table], kept: dict[str, bytes]) -> None:
    """Every table by COPY, in PostgreSQL's binary form; the bytes are kept."""
    with psycopg.connect(url) as raw:
        for table in found:
            out = io.BytesIO()
            rows = f"SELECT {listed(table.columns)} FROM {table.name}"
            with raw.cursor().copy(f"COPY ({rows}) TO STDOUT (FORMAT binary)") as blocks:
                for block in blocks:
                    out.write(block)
            kept[table.name] = out.getvalue()


def copy_in(url: str, found: list[Table], kept: dict[str, bytes]) -> None:
    """Every table by COPY into itself, emptied, in one transaction."""
    with psycopg.connect(url) as raw:
        raw.execute(f"TRUNCATE {', '.join(table.name for table in found)} CASCADE")
        for table in found:
            with raw.cursor().copy(f"COPY {table.name} ({listed(table.columns)}) FROM STDIN (FORMAT binary)") as writer:
                writer.write(kept[table.name])


def options(parser: argparse.ArgumentParser) -> None:
    """What the world is made of."""
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--data", type=Path)


def main() -> None:
    """Measure, and print the table."""
    given = arguments(__doc__, options)
    about, parts = machine(), settings.DATABASES["default"]
    url = f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT']}"
    with psycopg.connect(url) as raw:
        found = [table for table in tables(raw) if not table.part.query]
    with tempfile.TemporaryDirectory(prefix="charterdesk-bench-") as folder:
        target, kept = Path(folder) / "export", dict[str, bytes]()
        out = timed(lambda: write_export(url, Folder(target), file_store(), stamp="", say=lambda _line: None))
        rows = sum(len(path.read_bytes().splitlines()) for path in target.glob("*.jsonl"))
        out_limit = timed(lambda: copy_out(url, found, kept))
        in_limit = timed(lambda: copy_in(url, found, kept))
        back = timed(lambda: load(target))
    figures = {
        "machine": about,
        "rows": rows,
        "out_s": out,
        "out_limit_s": out_limit,
        "in_s": back,
        "in_limit_s": in_limit,
    }
    lines = [
        ("rows", f"{rows:,}"),
        (
            "out, with files",
            f"{out:.1f} s, {rows / out:,.0f} rows/s; COPY {out_limit:.1f} s: {out / out_limit:.1f} times",
        ),
        (
            "in, with files",
            f"{back:.1f} s, {rows / back:,.0f} rows/s; COPY {in_limit:.1f} s: {back / in_limit:.1f} times",
        ),
    ]
    report("Export and import", figures, lines, given.json)


def load(folder: Path) -> None:
    """Import the export that was made before."""
    with transaction.atomic():
        connection.ensure_connection()
        read_export(connection.connection, FolderSource(folder), file_store(), say=lambda _line: None)


main()
