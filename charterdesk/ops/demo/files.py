"""What people attach: photos of meters and streets, bills, tables; small, drawn here, the same each time."""

import io
import struct
import zlib
from dataclasses import dataclass
from random import Random

from charterdesk.base.files import store

_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abdeg", "3": "abcdg", "4": "bcfg", "5": "acdfg", "6": "acdefg", "7": "abc",
    "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip
_BARS = {
    "a": (2, 0, 12, 3), "b": (13, 2, 3, 12), "c": (13, 16, 3, 12), "d": (2, 27, 12, 3), "e": (0, 16, 3, 12),
    "f": (0, 2, 3, 12), "g": (2, 13, 12, 3),
}  # fmt: skip
Colour = tuple[int, int, int]
_GROUNDS: dict[str, Colour] = {
    "meter": (205, 203, 196), "street": (126, 128, 130), "damage": (141, 122, 101), "glass": (228, 231, 232),
    "garden": (112, 141, 92), "screen": (246, 247, 249), "scan": (250, 249, 244),
}  # fmt: skip


@dataclass(frozen=True)
class MadeFile:
    """A file that is in the store."""

    filename: str
    content_type: str
    size: int
    sha256: str


class Picture:
    """A small picture to draw rectangles on."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width, self.height = width, height
        self.rows = [bytearray(bytes(ground) * width) for _ in range(height)]

    def box(self, x: int, y: int, width: int, height: int, colour: Colour) -> None:
        """Fill a rectangle, cut at the edges."""
        left, right = max(0, x), min(self.width, x + width)
        for row in self.rows[max(0, y) : max(0, y + height)]:
            row[3 * left : 3 * right] = bytes(colour) * max(0, right - left)

    def digits(self, x: int, y: int, text: str, colour: Colour) -> None:
        """Write digits as a meter shows them."""
        for at, digit in enumerate(text):
            for segment in _SEGMENTS[digit]:
                left, top, width, height = _BARS[segment]
                self.box(x + 24 * at + left, y + top, width, height, colour)

    def noise(self, dice: Random, amount: int) -> None:
        """Speckle it, as a cheap camera in a cellar does."""
        for _ in range(amount):
            shade = dice.randrange(60, 200)
            self.box(dice.randrange(self.width), dice.randrange(self.height), 2, 1, (shade, shade, shade))

    def png(self) -> bytes:
        """The picture as PNG."""
        raw = b"".join(b"\x00" + bytes(row) for row in self.rows)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            _chunk(name, data) for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
        )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def meter_photo(reading: int, dice: Random) -> bytes:
    """A water meter with its reading: five digits, and the litres in red."""
    picture = Picture(240, 160, _GROUNDS["meter"])
    picture.noise(dice, 900)
    picture.box(20, 30, 200, 100, (62, 74, 88))
    picture.box(30, 40, 180, 50, (238, 238, 232))
    picture.digits(38, 50, f"{reading:05d}", (24, 24, 26))
    picture.digits(162, 50, f"{dice.randrange(100):02d}", (176, 34, 30))
    picture.box(30, 104, 120, 6, (200, 204, 208))
    return picture.png()


def snapshot(kind: str, dice: Random) -> bytes:
    """A picture of something: enough to be looked at, not enough to be mistaken for a photograph."""
    picture = Picture(240, 160, _GROUNDS[kind])
    picture.noise(dice, 60 if kind in ("screen", "scan") else 1500)
    if kind in ("screen", "scan"):
        for row in range(9):
            picture.box(24, 20 + 14 * row, dice.randrange(70, 190), 4, (96, 104, 116))
    elif kind == "glass":
        picture.box(85, 30, 70, 110, (206, 213, 216))
        picture.box(89, 55, 62, 82, (168, dice.randrange(96, 130), 62))
    else:
        picture.box(0, 100, 240, 60, (86, 90, 94))
        picture.box(dice.randrange(40, 120), 104, dice.randrange(50, 110), 26, (122, 156, 178))
    return picture.png()


def pdf(title: str, lines: list[str]) -> bytes:
    """A page of text as PDF 1.4, in a font every reader has."""
    shown = [f"BT /F1 16 Tf 56 780 Td ({_escaped(title)}) Tj ET"]
    shown += [f"BT /F1 10 Tf 56 {750 - 16 * at} Td ({_escaped(text)}) Tj ET" for at, text in enumerate(lines)]
    content = "\n".join(shown).encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(
        out
    ) + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def make_files(seed: int) -> dict[str, list[MadeFile]]:
    """Draw and store everything that is attached in the demo world, by kind; a few dozen files of a few kB."""
    dice = Random(seed)
    made = {kind: [_picture(kind, number, dice) for number in range(5)] for kind in _GROUNDS if kind != "meter"}
    made["meter"] = [
        _stored(f"meter-{number + 1}.png", "image/png", meter_photo(dice.randrange(300, 9000), dice))
        for number in range(16)
    ]
    for kind, (title, lines) in _PAPERS.items():
        made[kind] = [_paper(kind, title, lines, number, dice) for number in range(4)]
    for kind in ("list", "table"):
        made[kind] = [_table(kind, number, dice) for number in range(3)]
    made["letter"] = [_stored("suspicious-mail.txt", "text/plain", _FRAUD.encode())]
    return made


def _picture(kind: str, number: int, dice: Random) -> MadeFile:
    return _stored(f"{kind}-{number + 1}.png", "image/png", snapshot(kind, dice))


def _paper(kind: str, title: str, lines: list[str], number: int, dice: Random) -> MadeFile:
    values = {"number": dice.randrange(100_000, 999_999), "amount": dice.randrange(90, 900)}
    filled = [text.format_map(values) for text in lines]
    return _stored(f"{kind}-{number + 1}.pdf", "application/pdf", pdf(title.format_map(values), filled))


def _table(kind: str, number: int, dice: Random) -> MadeFile:
    rows = [
        f"M-{20400000 + dice.randrange(9999)};{dice.randrange(300, 9000)};{dice.randrange(1, 400)}" for _ in range(24)
    ]
    return _stored(f"{kind}-{number + 1}.csv", "text/csv", "\n".join(["meter;reading;m3", *rows, ""]).encode())


def _stored(filename: str, content_type: str, content: bytes) -> MadeFile:
    kept = store(io.BytesIO(content))
    return MadeFile(filename, content_type, kept.size, kept.sha256)


_PAPERS: dict[str, tuple[str, list[str]]] = {
    "bill": ("Aldermouth Water: bill R-2026-{number}", ["Water and sewage, 31 m3", "To be paid: {amount}.40 EUR"]),
    "statement": ("Bank statement (extract)", ["ALDERMOUTH WATER", "- {amount}.40 EUR", "- {amount}.40 EUR"]),
    "record": ("Handover record", ["Meter M-{number}", "Reading at handover: {amount}", "Signed by both parties"]),
    "plan": ("Site plan 1:500", ["Plot {number}", "Entry point: north-east corner", "Main: DN 150"]),
    "offer": ("Aldermouth Water: offer {number}", ["Total: {amount}0.00 EUR", "Valid for three months"]),
    "analysis": ("Aldermouth Water: analysis", ["Sample {number}", "Nitrate 11 mg/l, limit 50", "Lead < 1 ug/l"]),
    "notice": ("Aldermouth Water: notice", ["Reference {number}", "Please post this where everybody can see it."]),
}  # fmt: skip
_FRAUD = (
    "From: Aldermouth Water Service <pay@aldermouth-billing.example.com>\nSubject: Final notice\n\n"
    "Your water is cut off TODAY. Confirm your card number at http://pay.example.com to avoid this.\n"
)
