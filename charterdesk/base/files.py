"""Files kept by content: a file is named by the SHA-256 of its bytes, so the same bytes are kept once.

`store` returns only when the bytes would survive a crash. Where they lie is a setting: a folder, or a bucket.
Whoever deletes must know that no row names the file any more; nothing here looks into the database.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

CHUNK = 256 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The stream went past the limit; nothing was kept."""


class Readable(Protocol):
    """What `store` reads from: open files, uploads, `io.BytesIO`."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class StoredFile:
    """What to remember of a stored file; `size` in bytes, `sha256` in lower-case hex."""

    sha256: str
    size: int


class FileStore(Protocol):
    """A place that keeps files by their SHA-256."""

    def store(self, stream: Readable, *, limit: int | None = None) -> StoredFile: ...

    def open(self, sha256: str) -> IO[bytes]: ...

    def exists(self, sha256: str) -> bool: ...

    def delete(self, sha256: str) -> None: ...

    def delete_older(self, sha256: str, *, than: float) -> bool: ...

    def names(self) -> Iterator[str]: ...


@cache
def file_store() -> FileStore:
    """The store the settings choose (`FILE_STORE`), made once per process."""
    made: FileStore = import_string(settings.FILE_STORE)()
    return made


def store(stream: Readable, *, limit: int | None = None) -> StoredFile:
    """Keep the bytes of `stream` and return their name; read in pieces, safe on disk when this returns.

    Raises `TooLarge` past `limit` bytes, and `OSError` where the store can't be written.
    """
    return file_store().store(stream, limit=limit)


def open_stored(sha256: str) -> IO[bytes]:
    """Open a stored file for reading in pieces; the caller closes it. Raises `FileNotFoundError`."""
    return file_store().open(sha256)


def delete(sha256: str) -> None:
    """Forget a file for good; fine if it is gone already. The caller knows that no row names it."""
    file_store().delete(sha256)


def delete_older(sha256: str, *, than: float) -> bool:
    """Forget a file for good if it was last stored more than `than` seconds ago; False for a younger one, which stays.

    Whoever stores the same bytes meanwhile keeps them. True, too, when it is gone already.
    """
    return file_store().delete_older(sha256, than=than)


def copy_hashed(stream: Readable, target: IO[bytes], limit: int | None = None) -> StoredFile:
    """Copy `stream` into `target` in pieces, hashing on the way. Raises `TooLarge` past `limit` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge(f"more than {limit} bytes")
        digest.update(chunk)
        target.write(chunk)
    return StoredFile(digest.hexdigest(), size)


def checked(sha256: str) -> str:
    """Return `sha256` if it is one: a name from outside must not become a path. Raises `ValueError`."""
    if not DIGEST.fullmatch(sha256):
        raise ValueError("not the SHA-256 of a file")
    return sha256


class DiskStore:
    """Files in a folder, spread over 256 folders by the first two digits of their name."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or settings.MEDIA_ROOT)

    def path(self, sha256: str) -> Path:
        """Where a file lies, whether or not it is there. Raises `ValueError` for what is no SHA-256."""
        return self.folder / checked(sha256)[:2] / sha256

    def store(self, stream: Readable, *, limit: int | None = None) -> StoredFile:
        """Write beside, fsync, rename, fsync the folders: after a crash the file is whole or absent."""
        incoming = self.folder / "incoming"
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(descriptor, "wb") as target:
                stored = copy_hashed(stream, target, limit)
                target.flush()
                os.fsync(target.fileno())
            self._put(Path(name), self.path(stored.sha256))
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return stored

    def _put(self, incoming: Path, path: Path) -> None:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(self.folder)
        os.replace(incoming, path)
        _sync_folder(path.parent)

    def open(self, sha256: str) -> IO[bytes]:
        """Open a file for reading. Raises `FileNotFoundError`."""
        return self.path(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        """Whether the file is there. One look at the disk."""
        return self.path(sha256).exists()

    def delete(self, sha256: str) -> None:
        """Remove a file; fine if it is gone."""
        self.path(sha256).unlink(missing_ok=True)

    def delete_older(self, sha256: str, *, than: float) -> bool:
        """Remove a file last stored more than `than` seconds ago; False for a younger one."""
        path, aside = self.path(sha256), self.folder / "incoming" / f"{sha256}.going"
        try:
            if path.stat().st_mtime > time.time() - than:
                return False
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.replace(path, aside)
        except FileNotFoundError:
            return True
        if aside.stat().st_mtime > time.time() - than:  # stored again between the look and the move
            os.replace(aside, path)
            return False
        aside.unlink()
        return True

    def names(self) -> Iterator[str]:
        """The names of all files, in no order; reads every folder."""
        return (path.name for path in self.folder.glob("??/*") if DIGEST.fullmatch(path.name))


def _sync_folder(folder: Path) -> None:
    """Make names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
