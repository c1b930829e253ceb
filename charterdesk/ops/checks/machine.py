"""The machine: data folder, disk, ports, clock, front end, file storage."""

import ctypes
import io
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from charterdesk import settings_table
from charterdesk.base.files import file_store
from charterdesk.ops.checks.finding import Finding, bad, good, note
from charterdesk.ops.folder_lock import AlreadyRunning, FolderLock
from charterdesk.ops.ports import answers, taken
from charterdesk.ops.problems import Problem

PACKAGE = Path(__file__).resolve().parents[2]
LISTENING = {"web server": "CHARTERDESK_WEB", "live stream": "CHARTERDESK_LIVE", "mail receiver": "CHARTERDESK_SMTP"}
LITTLE_SPACE, TOO_LITTLE_SPACE = 2 * 2**30, 512 * 2**20
TIME_ERROR = 5  # of adjtimex(2): the clock is not synchronised
BUILT = ("ui/static/ui/ui.css", "ui/static/ui/page.js", "ui/static/ui/icons.svg")


def check_data_folder() -> Iterator[Finding]:
    """It is there, ours, closed to others, and has room."""
    folder = settings_table.data_folder()
    if not folder.exists():
        yield note("data folder", f"{folder} is not there yet.", "The first start makes it.")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield bad("data folder", f"we may not write to {folder}.", f"chown -R {os.geteuid()} {folder}")
        return
    if folder.stat().st_mode & 0o077:
        yield note("data folder", f"others on this machine may enter {folder}.", f"chmod 700 {folder}")
    yield _space(folder)


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{free // 2**20} MiB are free where {folder} lies"
    if free < TOO_LITTLE_SPACE:
        return bad("disk", f"only {text}.", "Free some space: at 256 MiB the embedded database does not start.")
    return note("disk", f"only {text}.", "Free some space.") if free < LITTLE_SPACE else good("disk", text)


def is_running() -> bool:
    """Whether a desk runs on our data folder."""
    lock = FolderLock(settings_table.data_folder())
    if not lock.folder.exists():
        return False
    try:
        lock.take()
    except AlreadyRunning:
        return True
    lock.release()
    return False


def check_ports() -> Iterator[Finding]:
    """While a desk runs its ports answer; else nobody else has them."""
    running = is_running()
    for name, setting in LISTENING.items():
        host, port = settings_table.address(setting)
        try:
            yield _answering(name, host, port) if running else _free(name, setting, host, port)
        except Problem as problem:
            yield bad(name, str(problem), f"Change {setting}.")


def _answering(name: str, host: str, port: int) -> Finding:
    if answers(host, port):
        return good(name, f"answers on {host}:{port}")
    return bad(name, f"does not answer on {host}:{port}.", "The output of `charterdesk run` says why it ends.")


def _free(name: str, setting: str, host: str, port: int) -> Finding:
    if taken(host, port):
        return bad(name, f"port {port} of {host} is in use.", f"Stop what listens there, or change {setting}.")
    return good(name, f"{host}:{port} is free")


def check_clock() -> Iterator[Finding]:
    """The kernel says whether something keeps the clock right: promised times are only as good."""
    if sys.platform != "linux":
        return
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))  # all zero: only asks
    if state == TIME_ERROR:
        yield note("clock", "nothing keeps this machine's clock right.", "Run an NTP client, such as chrony.")
    elif state >= 0:
        yield good("clock", "is synchronised")


def check_front_end() -> Iterator[Finding]:
    """The built scripts and styles are there: a checkout has to build them, a wheel brings them."""
    missing = [name for name in BUILT if not (PACKAGE / name).exists()]
    if missing:
        yield bad("front end", f"{missing[0]} is missing: pages have no style.", "In a checkout, run bin/setup.")
    else:
        yield good("front end", "is built")


def check_file_storage() -> Iterator[Finding]:
    """A file can be written, read back and deleted, where attachments are kept."""
    where = settings_table.text("CHARTERDESK_S3_BUCKET") or str(settings_table.data_folder() / "attachments")
    content = b"charterdesk doctor " + secrets.token_bytes(16)
    try:
        store = file_store()
        stored = store.store(io.BytesIO(content))
        with store.open(stored.sha256) as opened:
            same = opened.read() == content
        store.delete(stored.sha256)
    except (OSError, ValueError) as error:
        yield bad("attachments", f"{where} can't be used: {error}.", "Check the CHARTERDESK_S3_ settings or rights.")
        return
    if same:
        yield good("attachments", f"{where} takes, gives and deletes files")
    else:
        yield bad("attachments", f"{where} gives back other bytes than it took.", "Do not use this storage.")
