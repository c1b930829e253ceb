"""Take the pages of both webs as pictures, and bind them into `docs/pages/`.

python -m tests.album                                   the pages that have no pictures yet
python -m tests.album --all                             all of them
python -m tests.album portal:home workspace:ticket      these, by the names of their addresses
python -m tests.album --desk FOLDER --address URL ...   of the demo that runs there, rather than of one of our own
"""

import argparse
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from charterdesk.ops.database import open_database
from tests.album.binding import bind, forget, kept

TICKETS = 2000


def main() -> int:
    """Take what is asked for; code 1 when a page was not to be had."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.album", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="of addresses, as in tests/test_access.py")
    parser.add_argument("--all", action="store_true", help="take every page anew")
    parser.add_argument("--desk", type=Path, help="the data folder of a demo that runs")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where it runs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="charterdesk-album-") as folder:
        if given.desk:
            return take(given.desk, given.address, set(given.names), anew=given.all)
        with demo(Path(folder, "desk")) as address:
            return take(Path(folder, "desk"), address, set(given.names), anew=given.all)


def take(desk: Path, address: str, names: set[str], *, anew: bool) -> int:
    """Take the pictures of the desk in the folder `desk` that answers at `address`."""
    have = kept()

    def chosen(pages: list[Any]) -> list[Any]:
        return [page for page in pages if anew or page.name in names or (not names and page.name not in have)]

    os.environ["CHARTERDESK_DATA"] = str(desk.absolute())
    os.environ.pop("DATABASE_URL", None)
    with open_database():
        django.setup()
        logging.getLogger("django.request").setLevel(logging.CRITICAL)  # what is refused to some is not told
        finding, taking = import_module("tests.album.finding"), import_module("tests.album.taking")
        pages = finding.pages_of_demo(address)
        taking.take(chosen(pages), address)
        known = {page.name for page in pages}
        others = [] if names and names <= known else finding.other_pages(address, known)
        taking.take(chosen(others), address)
    found = {page.name for page in [*pages, *others]}
    if anew:
        forget(kept() - found)
    bind()
    if missing := names - found:
        print(f"not found: {', '.join(sorted(missing))}", file=sys.stderr)
    return 1 if missing else 0


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run a demo of its own in `folder` meanwhile; yields its address."""
    ports = dict.fromkeys(("CHARTERDESK_WEB", "CHARTERDESK_LIVE", "CHARTERDESK_SMTP"), "127.0.0.1:0")
    command = [sys.executable, "-m", "charterdesk", "demo", "--tickets", str(TICKETS), "--data", str(folder)]
    said = folder.with_suffix(".log")  # no pipe: nobody would empty it while pictures are taken
    with said.open("w") as log:
        desk = subprocess.Popen(command, env={**os.environ, **ports}, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield address_of(desk, said)
    finally:
        desk.terminate()
        desk.wait()


def address_of(desk: subprocess.Popen[bytes], said: Path) -> str:
    """Where a starting demo says that its pages are. Raises `RuntimeError` when it ends instead."""
    while desk.poll() is None:
        if found := re.search(r"pages\s+(http://\S+)", said.read_text()):
            return found[1]
        time.sleep(0.5)
    raise RuntimeError(f"the demo ended before it was ready: {said.read_text()[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())
