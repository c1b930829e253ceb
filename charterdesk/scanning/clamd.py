"""Asking clamd about a stream of bytes (its INSTREAM command), by TCP or by a socket of this machine.

Protocol: clamd(8), "COMMANDS". A dead or busy scanner is never taken for a clean file.
"""

import socket
import struct

from django.conf import settings

from charterdesk.base.files import CHUNK, Readable

SECONDS = 30.0
QUICK = 8.0
"""To wait for each answer: in a job, and while somebody waits at a form."""


class ScannerAway(OSError):
    """Nobody could say whether the file is clean: the scanner is not there, too slow, or answered something else."""


class FileTooLarge(Exception):
    """The scanner looks at no file of this size (its setting StreamMaxLength)."""


def is_set_up() -> bool:
    """Whether the operator named a scanner."""
    return bool(settings.CLAMD)


def scan(stream: Readable, *, seconds: float = SECONDS) -> str:
    """The name of the virus in `stream`, or "" when it is clean. Reads to the end, in pieces; `seconds` for each wait.

    Raises `ScannerAway` and `FileTooLarge`.
    """
    try:
        with _connected(seconds) as connection:
            connection.sendall(b"zINSTREAM\0")
            _send(connection, stream)
            answer = _answer(connection)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    return _verdict(answer)


def _connected(seconds: float) -> socket.socket:
    """A connection to `CHARTERDESK_CLAMD`: host:port, or the path of a socket."""
    where: str = settings.CLAMD
    if where.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        connection.connect(where)
        return connection
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _send(connection: socket.socket, stream: Readable) -> None:
    """All of `stream` in pieces. A scanner that has seen enough hangs up early: its answer says why."""
    try:
        while chunk := stream.read(CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and (piece := connection.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _verdict(answer: str) -> str:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200]
    if "size limit exceeded" in said:
        raise FileTooLarge(said)
    raise ScannerAway(said or "no answer")
