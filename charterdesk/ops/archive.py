"""The file a backup is: a tar with the dump, the attachments by their hash, the secret key, and a list of it all.

The list comes last, so a file that was cut off has none; every member is checked against it before anything of a
running desk is touched.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from charterdesk.base.files import CHUNK, FileStore
from charterdesk.ops.problems import Problem

FORMAT = 1
DUMP, KEY, LIST, ATTACHMENTS = "database.dump", "secret_key", "contents.json", "attachments/"


@dataclass
class Contents:
    """What a backup holds. Times are ISO 8601 in UTC; the stamp tells the schema, the hash is SHA-256 in hex."""

    version: str
    made_at: str
    stamp: str
    dump_sha256: str
    has_key: bool
    attachments: list[str] = field(default_factory=list)
    format: int = FORMAT


def write_archive(target: Path, *, dump: Path, contents: Contents, store: FileStore, key: Path | None) -> None:
    """Write the archive beside, sync, then rename: `target` is a whole backup or not there. Raises `OSError`."""
    making = target.with_name(target.name + ".partial")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                tar.add(dump, DUMP)
                if key:
                    tar.add(key, KEY)
                contents.attachments = list(_add_attachments(tar, store))
                _add_bytes(tar, LIST, json.dumps(asdict(contents)).encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(making, target)
    except BaseException:
        making.unlink(missing_ok=True)
        raise


def read_contents(source: Path) -> Contents:
    """Read the archive to its end and check every byte of it. Raises `Problem` that says what is wrong."""
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as tar:
            found = {member.name: _checked(tar, member) for member in tar if member.isfile()}
    except (OSError, tarfile.TarError) as error:
        raise Problem(f"{source} can't be read as a backup: {error}") from error
    return _compared(source, found)


def members(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The archive's members in their order: name and an open file, to be read before the next is asked for."""
    with source.open("rb") as file, tarfile.open(fileobj=file, mode="r|") as tar:
        for member in tar:
            if opened := tar.extractfile(member):
                yield member.name, opened


def _add_attachments(tar: tarfile.TarFile, store: FileStore) -> Iterator[str]:
    for sha256 in store.names():
        try:
            opened = store.open(sha256)
        except FileNotFoundError:
            continue  # deleted since we listed it, as a redaction does
        with opened:
            _add_file(tar, ATTACHMENTS + sha256, opened)
        yield sha256


def _add_file(tar: tarfile.TarFile, name: str, opened: IO[bytes]) -> None:
    """Add a stream of unknown length: small ones from memory, large ones by way of a temporary file."""
    try:
        size = os.fstat(opened.fileno()).st_size
    except (OSError, AttributeError):
        _add_bytes(tar, name, opened.read())
        return
    info = tarfile.TarInfo(name)
    info.size = size
    tar.addfile(info, opened)


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _checked(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """The content of the list, and of everything else its hash."""
    opened = tar.extractfile(member)
    if opened is None:
        return b""
    return opened.read() if member.name == LIST else sha256_of(opened).encode()


def sha256_of(opened: IO[bytes]) -> str:
    """The SHA-256 of a stream, in hex; reads it in pieces."""
    digest = hashlib.sha256()
    while chunk := opened.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _compared(source: Path, found: dict[str, bytes]) -> Contents:
    if LIST not in found:
        raise Problem(f"{source} is no whole backup: its list of contents is missing, so it was cut off.")
    contents = Contents(**json.loads(found.pop(LIST)))
    if contents.format > FORMAT:
        raise Problem(f"{source} was made by charterdesk {contents.version}; install that version or a later one.")
    expected = {ATTACHMENTS + name: name for name in contents.attachments} | {DUMP: contents.dump_sha256}
    wrong = sorted(name for name, digest in expected.items() if found.get(name, b"").decode() != digest)
    if wrong:
        raise Problem(f"{source} is damaged: {', '.join(wrong[:5])} (of {len(wrong)}) are not what was saved.")
    return contents
