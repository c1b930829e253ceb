"""Bytes to text, whatever the label says: wrong, unknown and missing charsets, and never an error."""

import base64
import binascii
import codecs
import re
from functools import lru_cache

from charterdesk.channels.email.reading.charset_guess import guess_codec

# Labels seen in mail that Python does not know, or knows as something narrower than what is really sent.
_ALIASES = {
    "ansi": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "visual": "iso8859-8",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312_charset": "gb18030",
    "csgb2312": "gb18030",
    "euc-cn": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "korean": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "uhc": "cp949",
    "windows-949": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "cswindows31j": "cp932",
    "x-ms-cp932": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-1": "iso2022_jp_ext",
    "iso-2022-jp-3": "iso2022_jp_2004",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "cp50222": "iso2022_jp_ext",
    "x-euc-jp": "euc_jis_2004",
    "eucjp-ms": "euc_jis_2004",
    "x-euc-tw": "euc_tw",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf": "utf-8",
    "unicode": "utf-8",
    "utf-8mb4": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-2-0": "utf-16",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ce": "mac_latin2",
    "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish",
    "x-mac-japanese": "cp932",
    "x-mac-chinesesimp": "gb18030",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "windows-1251_": "cp1251",
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "x-cp1251": "cp1251",
    "x-cp1250": "cp1250",
    "x-cp1252": "cp1252",
    "ibm-euckr": "cp949",
    "x-ibm-943": "cp932",
    "ibm-943": "cp932",
}
# Labels that say nothing: the bytes themselves are asked.
_UNKNOWN = {
    "", "x-unknown", "unknown", "unknown-8bit", "x-user-defined", "8bit", "default", "default_charset", "none",
    "charset", "binary", "iso", "x-unknown-8bit", "_autodetect", "_autodetect_all", "auto", "null", "user-defined",
    "undefined", "x-roman8", "mime", "0", "other", "ascii", "us-ascii", "usascii", "us_ascii", "ansi_x3.4-1968",
    "us", "7bit", "646", "iso646-us",
}  # fmt: skip
# Codecs Python offers under a charset's name that are no charsets: never let a mail choose one.
_NOT_CHARSETS = {
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "rot_13", "rot13",
    "hex", "hex_codec", "base64", "base64_codec", "bz2", "bz2_codec", "zlib", "zlib_codec", "zip", "uu", "uu_codec",
    "quopri", "quopri_codec", "quopri-codec",
}  # fmt: skip
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_ISO_2022_KR = re.compile(rb"\x1b\$\)C")
_HZ = re.compile(rb"~\{[!-~]+~\}")


@lru_cache(maxsize=512)
def codec_for(label: str) -> str | None:
    """The Python codec that reads what is sent under `label`; None where the label says nothing."""
    found = _LABEL.search(label.strip().strip("\"'").replace("charset=", "").replace(" ", ""))
    name = found.group().lower() if found else ""
    if name.startswith("cp-"):
        name = "cp" + name[3:]
    if name in _UNKNOWN or name in _NOT_CHARSETS:
        return None
    name = _ALIASES.get(name, name)
    for candidate in (name, name.replace("x-", "", 1), name.replace("_", "-"), re.sub(r"^windows-?", "cp", name)):
        try:
            info = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        if info.name not in _NOT_CHARSETS and info._is_text_encoding:
            return info.name
    return None


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, label: str = "") -> str:
    """`data` as text, by its `label` where that holds, else by what the bytes look like. Never raises.

    A declared charset wins when it decodes cleanly; UTF-8 that was labelled as something single-byte is
    recognised, because mailers get that wrong far more often than a Latin text happens to be valid UTF-8.
    What no database or JSON can hold (NUL, half of a surrogate pair) is left out.
    """
    text = _decode(data, label)
    return _UNSTORABLE.sub("", text) if not text.isascii() or "\x00" in text else text


def _decode(data: bytes, label: str) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    codec = codec_for(label) if label else None
    if codec is None or (codec.startswith(("utf-16", "utf-32")) and b"\x00" not in data):
        return guess(data)
    if codec.startswith(("cp125", "iso8859", "koi8", "mac")) and (text := _as_utf8(data)) is not None:
        return text
    text = _strict(data, codec)
    if text is None and codec.startswith("iso2022_jp"):
        text = _broken_iso_2022_jp(data)
    if text is None and codec != "utf-8" and (text := _as_utf8(data)) is None:
        return _best_of(data, codec)
    if text is None:
        return _mostly_utf8(data) or guess(data)
    return text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _as_utf8(data: bytes) -> str | None:
    """`data` as UTF-8 if it is that beyond ASCII, else None."""
    if data.isascii():
        return None
    return _strict(data, "utf-8")


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes (a cut character, a stray Latin-1 byte): kept as UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if ord(character) > 127) - broken
    return text if sound > 2 * broken else None


def _broken_iso_2022_jp(data: bytes) -> str | None:
    """ISO-2022-JP with vendor characters, half-width katakana or raw Shift_JIS/UTF-8 in between."""
    if not _ISO_2022_JP.search(data):
        return _strict(data, "cp932")
    for codec in ("iso2022_jp_2004", "iso2022_jp_3"):
        if (text := _strict(data, codec)) is not None:
            return text
    return _jis_by_rows(data)


def _jis_by_rows(data: bytes) -> str:
    """ISO-2022-JP by hand: each two-byte run is read as CP932, which has the vendors' rows (circled digits...)."""
    pieces: list[str] = []
    for run in re.split(rb"(?=\x1b\$[@B]|\x1b\([BJI])", data):
        if run[:3] in (b"\x1b$B", b"\x1b$@"):
            pieces.append(_jis_pairs(run[3:]))
        elif run[:3] == b"\x1b(I":
            pieces.append(bytes(byte | 0x80 for byte in run[3:]).decode("cp932", "replace"))
        else:
            pieces.append((run[3:] if run[:1] == b"\x1b" else run).decode("cp932", "replace"))
    return "".join(pieces)


def _jis_pairs(run: bytes) -> str:
    shifted = bytearray()
    rest = b""
    for place in range(0, len(run), 2):
        high, low = run[place], run[place + 1] if place + 1 < len(run) else 0
        if not (0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E):
            rest = run[place:]
            break
        shifted.append((high + 1) // 2 + (0x70 if high < 0x5F else 0xB0))
        shifted.append(low + (0x1F if low < 0x60 else 0x20) if high % 2 else low + 0x7E)
    return bytes(shifted).decode("cp932", "replace") + rest.decode("ascii", "replace")


def _best_of(data: bytes, codec: str) -> str:
    """A multi-byte charset with broken bytes: a small loss is borne, a large one means the label lied."""
    text = data.decode(codec, "replace")
    if text.count("\ufffd") * 20 <= max(len(text), 20):
        return text
    return guess(data)


def guess(data: bytes) -> str:
    """`data` as text with no label to go by. Never raises; milliseconds for text that is not UTF-8."""
    if data.isascii() and not (_ISO_2022_JP.search(data) or _ISO_2022_KR.search(data) or _HZ.search(data)):
        return data.decode("ascii")
    if _ISO_2022_JP.search(data):
        return _strict(data, "iso2022_jp_ext") or _broken_iso_2022_jp(data) or data.decode("ascii", "replace")
    if _ISO_2022_KR.search(data) and (text := _strict(data, "iso2022_kr")) is not None:
        return text
    if _HZ.search(data) and data.isascii() and (text := _strict(data, "hz")) is not None:
        return text
    if (text := _as_utf8(data)) is not None:
        return text
    if (text := _mostly_utf8(data)) is not None:
        return text
    return _by_statistics(data)


def _by_statistics(data: bytes) -> str:
    return data.decode(guess_codec(data), "replace")


def loose_base64(data: bytes) -> bytes:
    """Base64 with anything a mail may have done to it: stray characters, missing or inner padding. Never raises."""
    try:
        return binascii.a2b_base64(data.translate(None, b"\r\n\t "), strict_mode=True)
    except binascii.Error:
        pass
    kept = data.translate(None, _NOT_BASE64)
    if b"=" not in kept.rstrip(b"="):
        return _unpadded(kept.rstrip(b"="))
    return b"".join(_unpadded(chunk) for chunk in re.split(rb"=+", kept))


_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))


def _unpadded(chunk: bytes) -> bytes:
    if len(chunk) % 4 == 1:
        chunk = chunk[:-1]
    return base64.b64decode(chunk + b"=" * (-len(chunk) % 4))
