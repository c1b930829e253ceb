"""What an opaquely signed mail (S/MIME, RFC 8551) says: the content within its signature, which nobody checks here."""

from charterdesk.channels.email.reading.mime import Part, parse

TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
MAX_DEPTH = 8  # of the structure: content type, signed data, content, pieces


def signed_content(part: Part) -> Part | None:
    """The mail within a `part` of signed data; None where it is encrypted, broken or something else. Never raises."""
    if part.content_type not in TYPES or "enveloped" in part.type_parameters.get("smime-type", "").lower():
        return None
    data = part.content()
    if _SIGNED_DATA not in data[:64]:
        return None
    start = data.find(_DATA)
    try:
        content = _octets(data, start + len(_DATA), MAX_DEPTH) if start >= 0 else b""
    except (IndexError, RecursionError):
        return None
    return parse(content) if content.strip() else None


def _octets(data: bytes, place: int, depth: int) -> bytes:
    """The bytes of the value at `place`, its pieces joined: an octet string, or what wraps one."""
    tag, begin, end = _header(data, place)
    if tag == 0x04:
        return data[begin:end]
    if not tag & 0x20 or depth == 0:
        return b""
    pieces: list[bytes] = []
    place = begin
    while place < end and data[place : place + 2] != b"\x00\x00":
        pieces.append(_octets(data, place, depth - 1))
        place = _after(data, place, depth - 1)
    return b"".join(pieces)


def _header(data: bytes, place: int) -> tuple[int, int, int]:
    """Tag, begin and end of the value at `place` (BER); one of no stated length ends with the data."""
    tag, length, begin = data[place], data[place + 1], place + 2
    if length == 0x80:
        return tag, begin, len(data)
    if length & 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[begin : begin + size], "big")
        begin += size
    return tag, begin, min(begin + length, len(data))


def _after(data: bytes, place: int, depth: int) -> int:
    """Where the value at `place` ends; past its end mark when it states no length."""
    _tag, begin, end = _header(data, place)
    if data[place + 1] != 0x80 or depth == 0:
        return end
    place = begin
    while place < end and data[place : place + 2] != b"\x00\x00":
        place = _after(data, place, depth - 1)
    return place + 2
