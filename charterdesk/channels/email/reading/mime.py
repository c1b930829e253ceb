"""A mail taken apart: header lines, parts and their bytes, however broken the mail is.

Written on bytes rather than on the standard library's parser: the bytes of every part stay exactly as they came
(an attachment's checksum, a forwarded mail), a large mail costs slices rather than line-by-line work, and what is
malformed is read in the way mail programs read it.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from charterdesk.channels.email.reading.charsets import loose_base64
from charterdesk.channels.email.reading.headers import parameters

MAX_DEPTH = 120  # nested parts: deeper than any honest mail, shallower than Python's stack
MAX_PARTS = 2_000  # parts of one mail: more is an attack, and what is over stays in the last part's bytes
_NAME = re.compile(rb"([!-9;-~]{1,120}?)[ \t]*:")
_MEDIA_TYPE = re.compile(r"\s*([\w!#$&^.+-]+)\s*/\s*([\w!#$&^.+-]+)")
_MARK_END = re.compile(rb"(--)?[ \t]*(?:\r?\n|\r|$)")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_FIRST_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:\r\n|\n|\r))*(?:>?From (?![ \t]*:)[^\n\r]*(?:\r\n|\n|\r))?")


@dataclass(slots=True, eq=False)
class Part:
    """One node of a mail: its header fields as raw bytes, its content, and the parts within it."""

    fields: list[tuple[str, bytes]]
    body: bytes
    default_type: str = "text/plain"
    parent: "Part | None" = None
    children: "list[Part]" = field(default_factory=list)
    content_type: str = ""
    type_parameters: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.content_type, self.type_parameters = self._type()

    def get(self, name: str) -> bytes | None:
        """The first field of that name (lower case), unfolded but not decoded; None where absent."""
        for key, value in self.fields:
            if key == name:
                return value
        return None

    def get_all(self, name: str) -> list[bytes]:
        """Every field of that name (lower case), in order."""
        return [value for key, value in self.fields if key == name]

    @property
    def main_type(self) -> str:
        """`text`, `multipart`, `image`..."""
        return self.content_type.partition("/")[0]

    @property
    def encoding(self) -> str:
        """The transfer encoding by its standard name; "" where none applies or none is known."""
        raw = self.get("content-transfer-encoding") or b""
        word = re.sub(rb"[^a-z0-9]", b"", raw.partition(b";")[0].lower())
        if word.startswith(b"quoted"):
            return "quoted-printable"
        if word in (b"base64", b"b64", b"base"):
            return "base64"
        if word in (b"xuuencode", b"uuencode", b"xuue", b"uue"):
            return "uuencode"
        return ""

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """`attachment`, `inline` or "" with its parameters."""
        for raw in self.get_all("content-disposition"):
            value, found = parameters(raw)
            return value.strip().strip("\"'").lower(), found
        return "", {}

    def content(self) -> bytes:
        """The part's bytes with the transfer encoding undone. Never raises; decodes anew on each call."""
        match self.encoding:
            case "base64":
                return loose_base64(self.body)
            case "quoted-printable":
                return _unquote(self.body)
            case "uuencode":
                return decode_uu(self.body) or self.body
            case _:
                return self.body

    def walk(self) -> "Iterator[Part]":
        """This part and all within it, depth first, without recursion; does not enter attached mails."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))

    def _type(self) -> tuple[str, dict[str, str]]:
        for raw in self.get_all("content-type"):
            value, found = parameters(raw)
            if match := _MEDIA_TYPE.match(value):
                return f"{match[1]}/{match[2]}".lower(), found
            return _odd_type(value.strip().lower(), found) or self.default_type, found
        return self.default_type, {}


def _odd_type(value: str, found: dict[str, str]) -> str | None:
    """What is meant by a type without a slash: `text`, `html`, `multipart`."""
    if "boundary" in found or value.startswith("multipart"):
        return "multipart/mixed"
    if "html" in value:
        return "text/html"
    if value in {"text", "plain", "text/"} or not value:
        return "text/plain"
    return "application/octet-stream" if "octet" in value else None


def parse(raw: bytes, *, default_type: str = "text/plain") -> Part:
    """Take `raw` apart into a tree of parts. Never raises, whatever the bytes."""
    found, body = split_headers(raw)
    if default_type == "text/plain" and not any(name == "content-type" for name, _ in found):
        default_type = "multipart/mixed" if _lost_its_type(body) else default_type
    root = Part(found, body, default_type)
    counted = 0
    waiting: list[tuple[Part, int]] = [(root, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part.main_type != "multipart" or depth >= MAX_DEPTH or counted > MAX_PARTS:
            continue
        part.children = _children(part)
        counted += len(part.children)
        waiting.extend((child, depth + 1) for child in part.children)
    return root


def _lost_its_type(body: bytes) -> bool:
    """Whether a mail without a Content-Type has parts all the same: a boundary opens it, above a Content- field."""
    marks = _marks_by_sight(body[:4000])
    return bool(marks) and not body[: marks[0][0]].strip(b"\r\n\t ")


def split_headers(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """The header fields (name in lower case, value unfolded) and what follows the empty line."""
    found: list[tuple[str, bytes]] = []
    start = _FIRST_HEADER.match(raw)
    place = start.end() if start else 0
    size = len(raw)
    while place < size:
        line, after = _line(raw, place)
        if not line.strip():
            if line and found and _continues(raw, after):
                place = after  # a folded header with a line of blanks in it
                continue
            if line and not found:
                return found, raw[place:]
            return found, raw[after:]
        if line[:1] in b" \t" and found:
            name, value = found[-1]
            found[-1] = (name, value + b" " + line.strip() if value else line.strip())
        elif match := _NAME.match(line):
            found.append((match[1].decode("ascii").lower(), line[match.end() :].strip()))
        elif not _header_follows(raw, after, bool(found)):
            return found, raw[place:]
        place = after
    return found, b""


def _line(raw: bytes, place: int) -> tuple[bytes, int]:
    end = raw.find(b"\n", place)
    if end < 0:
        end = len(raw)
    bare = raw.find(b"\r", place, end)
    if bare >= 0 and bare + 1 < end and raw[bare + 1 : bare + 3] != b"\r\n":
        return raw[place:bare], bare + 1  # a lone carriage return, as old Macintosh mail has
    return raw[place:end].rstrip(b"\r"), end + 1


def _continues(raw: bytes, place: int) -> bool:
    """Whether a line of blanks is part of a folded header: what follows is folded on, or another header."""
    line, _ = _line(raw, place)
    return (line[:1] in (b" ", b"\t") and bool(line.strip())) or bool(_NAME.match(line) and b"  " not in line[:40])


def _header_follows(raw: bytes, place: int, inside: bool) -> bool:
    """Whether a line that is no header stands among headers (then it is skipped) or begins the text."""
    if not inside:
        return False
    for _ in range(2):
        line, place = _line(raw, place)
        match = _NAME.match(line)
        if match and (match[1].lower() in _COMMON or match[1].lower().startswith((b"x-", b"content-"))):
            return True
        if not line.strip():
            return False
    return False


_COMMON = {
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"mime-version", b"reply-to", b"sender",
    b"return-path", b"references", b"in-reply-to", b"bcc", b"importance", b"priority", b"organization", b"user-agent",
}  # fmt: skip


def _children(part: Part) -> list[Part]:
    boundary = part.type_parameters.get("boundary", "").strip()
    marks = _marks(part.body, boundary.encode("utf-8", "surrogateescape")) if boundary else []
    if all(closing for _, _, closing in marks):
        marks = _marks_by_sight(part.body)
    if not marks:
        return _single_child(part)
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    children: list[Part] = []
    for (_, begin, closing), (end, _, _) in zip(marks, [*marks[1:], (len(part.body), 0, False)], strict=True):
        if closing:
            continue
        content = part.body[begin:end]
        if content.endswith(b"\r\n"):
            content = content[:-2]
        elif content.endswith((b"\n", b"\r")):
            content = content[:-1]
        children.append(_child(part, content, default))
    if children and children[-1].body == b"" and not children[-1].fields:
        children.pop()
    return children


def _child(part: Part, content: bytes, default: str) -> Part:
    if content[:1] in (b"\n", b"\r"):
        fields: list[tuple[str, bytes]] = []
        body = content[2:] if content[:2] == b"\r\n" else content[1:]
    else:
        fields, body = split_headers(content)
    return Part(fields, body, default, part)


def _marks(body: bytes, boundary: bytes) -> list[tuple[int, int, bool]]:
    """Where boundary lines stand: (start of line, end of line, whether it is the closing one)."""
    wanted = b"--" + boundary
    marks: list[tuple[int, int, bool]] = []
    place = body.find(wanted)
    while place >= 0 and len(marks) <= MAX_PARTS:
        after = place + len(wanted)
        ends = _MARK_END.match(body, after)
        if ends and (place == 0 or body[place - 1] in b"\r\n"):
            marks.append((place, ends.end(), bool(ends[1])))
            if ends[1]:
                break
        place = body.find(wanted, after)
    return marks


def _marks_by_sight(body: bytes) -> list[tuple[int, int, bool]]:
    """Boundaries of a multipart that names none, or a wrong one: `--something` above a Content- field."""
    first = re.search(rb"(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)", body)
    return _marks(body, first[1]) if first else []


def _single_child(part: Part) -> list[Part]:
    """A multipart without any boundary in it: its content is shown as one text."""
    if not part.body.strip():
        return []
    text = part.body
    is_html = bool(re.match(rb"\s*<(?:!doctype|html|body|div|p|table)\b", text[:200], re.IGNORECASE))
    child = Part([("content-type", b"text/html" if is_html else b"text/plain")], text, "text/plain", part)
    if encoding := part.get("content-transfer-encoding"):
        child.fields.append(("content-transfer-encoding", encoding))
    return [child]


def _unquote(body: bytes) -> bytes:
    if b"=" not in body:
        return body
    if b"\r" in body:
        return _unquote_lines(body, b"\r\n")
    return _unquote_lines(body, b"\n")


def _unquote_lines(body: bytes, newline: bytes) -> bytes:
    """Quoted-printable with the mail's own line ends kept (`quopri` would turn CRLF into LF)."""
    decoded = quopri.decodestring(body.replace(b"\r\n", b"\n"))
    if newline == b"\n":
        return decoded
    return re.sub(rb"(?<!\r)\n", b"\r\n", decoded)


_UU_BEGIN = re.compile(rb"(?:^|\n)begin [0-7]{3,4} ([^\r\n]+)\r?\n")


def decode_uu(body: bytes) -> bytes | None:
    """The first uuencoded file in `body`; None where there is none or it is broken beyond reading."""
    start = _UU_BEGIN.search(body)
    if not start:
        return None
    pieces: list[bytes] = []
    for line in _LINE_END.split(body[start.end() :]):
        if line in (b"end", b"`", b"") or line.startswith(b"end"):
            if line.startswith(b"end"):
                return b"".join(pieces)
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                pieces.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                return None
    return b"".join(pieces) if pieces else None
