"""Where an import comes from: the folder of an export, or its stream. Every line says where it stands."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from charterdesk.base.files import Readable
from charterdesk.records.targets import FORMAT, MANIFEST


class BadExport(Exception):
    """The export can't be read; the text says what is wrong, and where. Nothing was changed."""


class Head(msgspec.Struct):
    """What an export says of itself."""

    format: int
    version: str
    schema: str = ""
    tables: dict[str, list[str]] = {}
    sequences: dict[str, tuple[int, bool]] = {}
    since: str = ""


class Ends(msgspec.Struct):
    """What there is of it: rows by table, and files."""

    rows: dict[str, int]
    files: int


class _Manifest(Head):
    rows: dict[str, int] = {}
    files: int = 0


class _Line(msgspec.Struct):
    table: str = ""
    row: msgspec.Raw = msgspec.Raw()
    file: str = ""
    data: str = ""
    end: Ends | None = None


class _First(msgspec.Struct):
    charterdesk_export: Head


@dataclass(frozen=True, slots=True)
class Line:
    """One row as JSON, of which table, and where it stands: "people_team.jsonl, line 3"."""

    table: str
    row: bytes
    place: str


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file to be stored under `sha256`, or it is not what was saved."""

    sha256: str
    content: Readable


class Source(Protocol):
    """An export to be read once, in its order."""

    head: Head

    def items(self) -> Iterator[Line | Bytes | Ends]: ...


class FolderSource:
    """The folder `Folder` wrote. Raises `BadExport` where it is none, or not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._manifest = msgspec.json.decode((path / MANIFEST).read_bytes(), type=_Manifest)
        except OSError as error:
            raise BadExport(f"{path} is no whole export: {MANIFEST} is missing, which is written last.") from error
        except msgspec.DecodeError as error:
            raise BadExport(f"{MANIFEST}: {error}") from error
        self.head: Head = checked(self._manifest)

    def items(self) -> Iterator[Line | Bytes | Ends]:
        """Files first, as nothing names them yet; then rows in the order of the tables."""
        for path in sorted((self.path / "files").glob("??/*")):
            with path.open("rb") as opened:
                yield Bytes(path.name, opened)
        for table in self.head.tables:
            yield from self._lines(table)
        yield Ends(self._manifest.rows, self._manifest.files)

    def _lines(self, table: str) -> Iterator[Line]:
        name = f"{table}.jsonl"
        try:
            with (self.path / name).open("rb") as opened:
                for number, line in enumerate(opened, 1):
                    yield Line(table, line.rstrip(b"\r\n"), f"{name}, line {number}")
        except FileNotFoundError as error:
            raise BadExport(f"{name} is missing.") from error


class StreamSource:
    """What `Stream` wrote. Raises `BadExport` where it is something else."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._lines = enumerate(opened, 1)
        _number, first = next(self._lines, (0, b""))
        try:
            self.head: Head = checked(msgspec.json.decode(first, type=_First).charterdesk_export)
        except msgspec.DecodeError as error:
            raise BadExport(f"line 1 is no beginning of an export: {error}") from error

    def items(self) -> Iterator[Line | Bytes | Ends]:
        """In the order of the stream. Raises `BadExport` when it ends early."""
        decoder = msgspec.json.Decoder(_Line)
        pending: list[tuple[int, _Line]] = []
        while True:
            number, line = pending.pop() if pending else self._next(decoder)
            if line.end:
                yield line.end
                return
            if line.file:
                pieces = _Pieces(lambda: self._next(decoder), line, number)
                yield Bytes(line.file, pieces)
                pending.append(pieces.rest())
            else:
                yield Line(line.table, bytes(line.row), f"line {number}")

    def _next(self, decoder: "msgspec.json.Decoder[_Line]") -> tuple[int, _Line]:
        number, text = next(self._lines, (0, b""))
        if not text:
            raise BadExport("The stream ended before its end line: it was cut off.")
        try:
            return number, decoder.decode(text)
        except msgspec.DecodeError as error:
            raise BadExport(f"line {number}: {error}") from error


class _Pieces:
    """The pieces of one file in a stream, read like an open file; what follows them is kept in `following`."""

    def __init__(self, next_line: Any, first: _Line, number: int) -> None:
        self._next, self._sha256 = next_line, first.file
        self._buffer = _decoded(first, number)
        self._following: tuple[int, _Line] | None = None

    def read(self, size: int = -1, /) -> bytes:
        """The next piece, as long as it came: at most some more than `size`."""
        if self._buffer:
            piece, self._buffer = self._buffer, b""
            return piece
        if self._following is None:
            number, line = self._next()
            if line.file == self._sha256:
                return _decoded(line, number)
            self._following = number, line
        return b""

    def rest(self) -> tuple[int, _Line]:
        """The first line after the file."""
        while self._following is None:
            self.read()
        return self._following


def _decoded(line: _Line, number: int) -> bytes:
    try:
        return base64.b64decode(line.data, validate=True)
    except binascii.Error as error:
        raise BadExport(f"line {number}: the data of file {line.file[:12]} is no base64") from error


def checked(head: Head) -> Head:
    """`head` if this version can read what follows. Raises `BadExport`."""
    if head.format > FORMAT:
        raise BadExport(f"This was exported by charterdesk {head.version}; install that version or a later one.")
    if head.since:
        raise BadExport("This holds only what changed since a cursor; an import needs a whole export.")
    return head
