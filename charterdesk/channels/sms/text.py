"""What a text takes on the air: the GSM 7-bit alphabet where it suffices, else UCS-2; long ones in parts.

Source: 3GPP TS 23.038 (alphabets) and 23.040 (concatenation).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = {"\f": 10, "^": 20, "{": 40, "}": 41, "\\": 47, "[": 60, "~": 61, "]": 62, "|": 64, "€": 101}
ESCAPE = 27
CODES = {character: bytes([code]) for code, character in enumerate(BASIC) if code != ESCAPE} | {
    character: bytes([ESCAPE, code]) for character, code in EXTENDED.items()
}
FROM_ESCAPED = {code: character for character, code in EXTENDED.items()}
ONE_GSM, PART_GSM = 160, 153
"""Septets in a text that stands alone, and in each part of a long one."""
ONE_UCS2, PART_UCS2 = 140, 134
"""The same in bytes."""
PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
     "\u202f": " ", "•": "-", "\t": " "}
)  # fmt: skip
"""What word processors put in, as a phone types it: one curly quote would double the price."""


@dataclass(frozen=True)
class Encoded:
    """A text as parts of bytes, without headers; `is_gsm` says in which alphabet."""

    parts: list[bytes]
    is_gsm: bool


def plain(text: str) -> str:
    """`text` without what only looks better: quotes, dashes, spaces and empty lines in a row."""
    return re.sub(r"\n{3,}", "\n\n", text.translate(PLAIN).replace("\r\n", "\n")).strip()


def encode(text: str) -> Encoded:
    """`text` as it goes out. No character is torn between two parts."""
    is_gsm = all(character in CODES for character in text)
    pieces = [CODES[c] if is_gsm else c.encode("utf-16-be", "replace") for c in text]
    one, part = (ONE_GSM, PART_GSM) if is_gsm else (ONE_UCS2, PART_UCS2)
    if sum(map(len, pieces)) <= one:
        return Encoded([b"".join(pieces)], is_gsm)
    return Encoded(list(_packed(pieces, part)), is_gsm)


def count_parts(text: str) -> int:
    """In how many parts `text` goes out: what a provider charges for."""
    return len(encode(text).parts)


def _packed(pieces: list[bytes], limit: int) -> Iterator[bytes]:
    part = b""
    for piece in pieces:
        if len(part) + len(piece) > limit:
            yield part
            part = b""
        part += piece
    yield part


def decode(content: bytes, coding: int) -> str:
    """The text of `content` in SMPP's `data_coding`; what can't be read becomes a replacement sign."""
    if coding == 8:
        return content.decode("utf-16-be", "replace")
    if coding == 3:
        return content.decode("latin-1", "replace")
    if coding == 1 and not any(byte < 32 and byte not in b"\n\r\t" for byte in content):
        return content.decode("ascii", "replace")
    return _from_gsm(content)  # also what calls itself ASCII and is not: many servers do


def _from_gsm(content: bytes) -> str:
    found, codes = [], iter(content)
    for code in codes:
        if code == ESCAPE:
            found.append(FROM_ESCAPED.get(next(codes, 0), " "))
        else:
            found.append(BASIC[code] if code < len(BASIC) else "\ufffd")
    return "".join(found)
