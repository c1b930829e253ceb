"""Mails of text and HTML as bytes: headers that need no folding and both bodies are written as they are.

The standard library's own way parses what it is given, makes an object of every header and writes that out again, which
is ten times the work. What is not short and plain ASCII is still left to it.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterable
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.policy import SMTP
from functools import cache
from secrets import token_hex

LONGEST_LINE = 76
_PLAIN = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
Header = tuple[str, str | Address]


class _Headers(HeaderRegistry):
    """Makes the class of a header's name once, not for every header of every mail: that is half of building one."""

    @cache  # noqa: B019  # there is one registry, for good
    def __getitem__(self, name: str) -> type[BaseHeader]:
        return super().__getitem__(name)


POLICY = SMTP.clone(header_factory=_Headers())


def written(headers: Iterable[Header], *, text: str, html: str) -> bytes:
    """A mail with these `headers` that says the same as text and as HTML.

    Raises `ValueError` for a header of several lines.
    """
    # No quoted-printable text has "=_" in it, so that no body can be taken for the boundary (RFC 2045, 6.7).
    boundary = f"=_{token_hex(12)}"
    head = b"".join(_header(name, value) for name, value in headers)
    parts = [_part("plain", text, boundary), _part("html", html, boundary)]
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'
    return b"".join([head, kind.encode(), *parts, f"\r\n--{boundary}--\r\n".encode()])


def _header(name: str, value: str | Address) -> bytes:
    """One header with the end of its line. Raises `ValueError` where the value has several lines."""
    plain = str(value)
    if len(name) + 2 + len(plain) <= LONGEST_LINE and _PLAIN.fullmatch(plain) and "=?" not in plain:
        return f"{name}: {plain}\r\n".encode("ascii")
    return POLICY.fold_binary(*POLICY.header_store_parse(name, value))


def _part(kind: str, content: str, boundary: str) -> bytes:
    lines = content.encode().splitlines()
    head = (
        f'\r\n--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + b2a_qp(b"\r\n".join([*lines, b""]), istext=True)
