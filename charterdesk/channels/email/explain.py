"""`charterdesk mail explain`: print as JSON how the desk reads a mail."""

import argparse
import base64
import binascii
import json
import sys
from collections.abc import Sequence
from typing import BinaryIO

import orjson

from charterdesk.channels.email.reading import read_mail


def main(argv: Sequence[str] | None = None) -> int:
    """Read a mail from standard input and print what the desk makes of it; returns the exit code.

    With `--lines`, each input line is one mail in base64 and is answered at once with one line of JSON; a line
    that is no base64 is answered with `{"error": ...}`.
    """
    parser = argparse.ArgumentParser(
        prog="charterdesk mail explain", description="Print as JSON how the desk reads a mail given on standard input."
    )
    parser.add_argument("--lines", action="store_true", help="read one base64 mail per line, answer one JSON line each")
    options = parser.parse_args(argv)
    if options.lines:
        return explain_lines(sys.stdin.buffer, sys.stdout.buffer)
    mail = read_mail(sys.stdin.buffer.read())
    sys.stdout.buffer.write(orjson.dumps(mail.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()
    return 0


def explain_lines(lines: BinaryIO, out: BinaryIO) -> int:
    """Answer each line of `lines` on `out`, flushed after every one; blank lines are answered too, as errors."""
    while line := lines.readline():
        out.write(_answer(line.strip()) + b"\n")
        out.flush()
    return 0


def _answer(line: bytes) -> bytes:
    try:
        raw = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as fault:
        return orjson.dumps({"error": f"not base64: {fault}"})
    if not raw:
        return orjson.dumps({"error": "an empty line"})
    found = read_mail(raw).as_json()
    try:
        return orjson.dumps(found)
    except orjson.JSONEncodeError:  # a text no UTF-8 can hold; ASCII escapes can
        return json.dumps(found).encode("ascii", "replace")


if __name__ == "__main__":
    sys.exit(main())
