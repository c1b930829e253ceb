"""Where an export goes: a folder with a file for each table, or one stream of lines."""

import base64
from pathlib import Path
from typing import IO, Protocol

import orjson

from charterdesk.base.files import CHUNK

FORMAT = 1
MANIFEST = "charterdesk-export.json"
PIECE = CHUNK // 3 * 3
"""Bytes of a file in one line of a stream: whole groups of three, so that the lines of a file can be joined."""


class Target(Protocol):
    """Takes an export in its order: the head, each table with its lines, each file, the end."""

    def head(self, said: dict[str, object]) -> None: ...

    def table(self, name: str) -> None: ...

    def lines(self, block: bytes) -> None: ...

    def file(self, sha256: str, opened: IO[bytes]) -> None: ...

    def end(self, said: dict[str, object]) -> None: ...


class Folder:
    """`<table>.jsonl` for each table, `files/ab/<sha256>`, and last the manifest: with it the export is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._said: dict[str, object] = {}
        self._open: IO[bytes] | None = None

    def head(self, said: dict[str, object]) -> None:
        """Make the folder; what the head says goes into the manifest. Raises `FileExistsError`."""
        self.path.mkdir(parents=True, exist_ok=True)
        if any(self.path.iterdir()):
            raise FileExistsError(f"{self.path} is not empty; an export goes into a folder of its own.")
        self._said = said

    def table(self, name: str) -> None:
        """What comes now are rows of this table."""
        self._close()
        self._open = (self.path / f"{name}.jsonl").open("wb")

    def lines(self, block: bytes) -> None:
        """Whole lines, each a row."""
        assert self._open
        self._open.write(block)

    def file(self, sha256: str, opened: IO[bytes]) -> None:
        """Copy a file of the store."""
        self._close()
        folder = self.path / "files" / sha256[:2]
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / sha256).open("wb") as target:
            while piece := opened.read(CHUNK):
                target.write(piece)

    def end(self, said: dict[str, object]) -> None:
        """Write the manifest: everything is there."""
        self._close()
        written = orjson.dumps({**self._said, **said}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        (self.path / MANIFEST).write_bytes(written)

    def _close(self) -> None:
        if self._open:
            self._open.close()
            self._open = None


class Stream:
    """Lines of JSON: the head, `{"table": ..., "row": ...}`, `{"file": ..., "data": base64}`, the end."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._before = b""

    def head(self, said: dict[str, object]) -> None:
        """The first line."""
        self._target.write(orjson.dumps({"charterdesk_export": said}) + b"\n")

    def table(self, name: str) -> None:
        """What comes now are rows of this table."""
        self._before = b'{"table":' + orjson.dumps(name) + b',"row":'

    def lines(self, block: bytes) -> None:
        """Whole lines, each a row, wrapped."""
        before = self._before
        self._target.write(b"".join([before + line + b"}\n" for line in block.splitlines()]))

    def file(self, sha256: str, opened: IO[bytes]) -> None:
        """A file of the store, in pieces; an empty one is one empty piece."""
        piece = opened.read(PIECE)
        while True:
            data = base64.b64encode(piece).decode()
            self._target.write(orjson.dumps({"file": sha256, "data": data}) + b"\n")
            if not (piece := opened.read(PIECE)):
                return

    def end(self, said: dict[str, object]) -> None:
        """The last line: everything is there."""
        self._target.write(orjson.dumps({"end": said}) + b"\n")
        self._target.flush()
