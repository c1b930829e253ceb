"""Header fields to text: encoded words, parameters, dates and message ids, tolerant of what mailers really write."""

import calendar
import quopri
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from charterdesk.channels.email.reading.charsets import decode, loose_base64

_WORD = re.compile(r"=\?\s*([^?\s]{1,60}?)(?:\*[^?]*)?\s*\?\s*([bBqQ])\s*\?([^?]*(?:\?(?!=)[^?]*)*?)\?=", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def raw_text(raw: bytes, label: str = "") -> str:
    """A field's bytes as text, before encoded words are read. Never raises."""
    return raw.decode("ascii") if raw.isascii() and b"\x1b" not in raw else decode(raw, label)


def unstructured(raw: bytes | None, label: str = "") -> str | None:
    """A free text field such as Subject, decoded, on one line; None where the field is absent."""
    if raw is None:
        return None
    return one_line(encoded_words(raw_text(raw, label)))


def one_line(text: str) -> str:
    """`text` without control characters, on one line."""
    return _CONTROL.sub("", _SPACES.sub(" ", text) if ("\n" in text or "\r" in text or "\t" in text) else text).strip()


def encoded_words(text: str) -> str:
    """Undo RFC 2047 encoded words wherever they stand. Never raises; what cannot be decoded stays as it is.

    Neighbouring words of one charset are joined before decoding, because mailers split characters in the middle.
    """
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting: list[tuple[str, str]] = []
    charset = ""
    place = 0
    for match in _WORD.finditer(text):
        between = text[place : match.start()]
        place = match.end()
        apart = bool(between.strip()) or not (waiting or out)
        if waiting and (apart or match[1].lower() != charset.lower()):
            out.append(decode(_words_bytes(waiting), charset))
            waiting = []
        if apart and between:
            out.append(_single_spaced(between))
        charset = match[1]
        waiting.append((match[2].lower(), match[3]))
    if waiting:
        out.append(decode(_words_bytes(waiting), charset))
    out.append(text[place:])
    return "".join(out)


def _words_bytes(words: list[tuple[str, str]]) -> bytes:
    """Neighbouring words as one run of bytes; base64 that was cut within its groups of four is joined first."""
    data = b""
    held = ""
    for position, (kind, content) in enumerate(words):
        content = held + content
        held = ""
        follows = position + 1 < len(words) and words[position + 1][0] == "b"
        if kind == "b" and follows and len(content) % 4 and not content.endswith("="):
            held = content
            continue
        data += _word_bytes(kind, content)
    return data


def _single_spaced(between: str) -> str:
    return _SPACES.sub(" ", between)


def _word_bytes(kind: str, content: str) -> bytes:
    data = content.encode("utf-8", "surrogateescape") if not content.isascii() else content.encode("ascii")
    if kind == "b":
        return loose_base64(data)
    return quopri.decodestring(data.replace(b"\r", b"").replace(b"\n", b""), header=True)


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A structured field's value and its parameters, with RFC 2231 continuations and charsets undone.

    Reads what mailers get wrong: unquoted values with blanks, encoded words within quotes, missing quotes and
    semicolons. Names are in lower case. Never raises.
    """
    text = raw_text(raw)
    value, _, rest = text.partition(";")
    if "=" in value and ("boundary=" in value.lower() or "name=" in value.lower() or "charset=" in value.lower()):
        head, _, tail = value.strip().partition(" ")
        if "=" not in head:
            value, rest = head, tail + ";" + rest
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, content in _pairs(rest):
        base, number, extended = _split_name(name)
        if number is None and not extended:
            found.setdefault(name, content)
        else:
            pieces.setdefault(base, {}).setdefault(number or 0, (content, extended))
    for base, numbered in pieces.items():
        found[base] = _joined([numbered[number] for number in sorted(numbered)])
    return _without_comments(value), {
        name: encoded_words(content) if "=?" in content else content for name, content in found.items()
    }


_PAIR = re.compile(
    r"""[;\s]*([\w!#$%&'*+.^`|~-]+)\s*=\s*
        (?:"((?:[^"\\]|\\.)*)(?:"|$)|'([^';]*)'(?=\s*(?:;|$))|([^;]*))""",
    re.VERBOSE | re.DOTALL,
)


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    place = 0
    while place < len(text) and len(pairs) < 200:
        match = _PAIR.match(text, place)
        if not match:
            following = text.find(";", place)
            if following < 0:
                break
            place = following + 1
            continue
        place = match.end()
        name = match[1].lower()
        if match[2] is not None:
            pairs.append((name, _unescape(match[2])))
        elif match[3] is not None and "*" not in name:
            pairs.append((name, match[3]))
        else:
            content, place = _unquoted(match, text)
            pairs.append((name, content))
    return pairs


def _unquoted(match: re.Match[str], text: str) -> tuple[str, int]:
    content = match[4] if match[4] is not None else match[0].partition("=")[2]
    following = re.search(r"\s+[\w*-]+\s*=\s*[\"\w]", content)
    if following and not content.lstrip().startswith("=?"):  # a semicolon was forgotten between two parameters
        return content[: following.start()].strip(), match.end() - len(content) + following.start()
    return content.strip().rstrip('"'), match.end()


def _unescape(text: str) -> str:
    """Backslash quoting undone, but not for Windows paths, which some mailers put there as they are."""
    if re.match(r"[A-Za-z]:\\(?!\\)|\\\\\w", text):
        return text
    return re.sub(r'\\(["\\])', r"\1", text) if "\\" in text else text


def _split_name(name: str) -> tuple[str, int | None, bool]:
    match = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
    if not match:
        return name.replace("*", ""), None, False
    return match[1], int(match[2]) if match[2] is not None else None, bool(match[3])


def _joined(pieces: list[tuple[str, bool]]) -> str:
    if not any(extended for _, extended in pieces):
        return "".join(content for content, _ in pieces)
    charset = ""
    data = b""
    for position, (content, extended) in enumerate(pieces):
        text = content
        if extended and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        encoded = text.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(encoded) if extended else encoded
    return decode(data, charset)


def _without_comments(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text).strip() if "(" in text else text.strip()


_ID = re.compile(r"<\s*([^<>\s][^<>]*?)\s*>")


def message_ids(raw: bytes | None) -> list[str]:
    """The message ids in a References, In-Reply-To or Message-ID field, without angle brackets, in order."""
    if not raw:
        return []
    text = encoded_words(raw_text(raw))
    if "(" in text:
        text = re.sub(r"\([^()]*\)", "", text)
    found = [re.sub(r"\s+", "", match) for match in _ID.findall(text)]
    if not found:
        found = [word.strip("<>,;\"'") for word in text.split() if "@" in word]
    if not found and (bare := text.strip("<> \t")) and " " not in bare:
        found = [bare]
    return list(dict.fromkeys(found))


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Months as programs write them that were translated where they must not be.
_FOREIGN = {
    "jän": 1, "janv": 1, "ene": 1, "gen": 1, "févr": 2, "fév": 2, "fevr": 2, "mär": 3, "märz": 3, "mrz": 3, "mrt": 3,
    "mars": 3, "avr": 4, "abr": 4, "mai": 5, "maj": 5, "mei": 5, "mag": 5, "juin": 6, "giu": 6, "juil": 7, "lug": 7,
    "août": 8, "ago": 8, "aout": 8, "sept": 9, "set": 9, "okt": 10, "out": 10, "ott": 10, "dez": 12, "déc": 12,
    "dic": 12, "des": 12,
}  # fmt: skip
_FOREIGN_MONTH = re.compile(rf"(?<![^\W\d_])({'|'.join(_FOREIGN)})\.?(?![^\W\d_])", re.IGNORECASE)
_ODD_ZONE = re.compile(r"\s*(?:GMT|UTC)?\s*([+-]\d{2}):?(\d{2})(?=\s*(?:\(.*\))?\s*$)")
_DOTTED_DATE = re.compile(
    r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?\s*([+-]\d{2}:?\d{2})?"
)
_LOOSE_DATE = re.compile(
    r"(\d{1,2})[ \-./]+([A-Za-z]{3})[A-Za-z]*\.?[ \-./,]+(\d{2,4})"
    r"(?:[ ,T]+(?:at )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?)?"
    r"\s*([AaPp]\.?[Mm]\.?)?\s*([+-]\d{1,2}:?\d{2}|[A-Z]{1,5})?"
)
_AMERICAN_DATE = re.compile(
    r"([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([AaPp][Mm])?"
    r"\s*([+-]\d{2}:?\d{2}|[A-Z]{3,5})?"
)
_ISO_DATE = re.compile(
    r"(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MET": 60, "CEST": 120,
    "MEST": 120, "MESZ": 120, "MEZ": 60, "EET": 120, "EEST": 180, "MSK": 180, "IST": 330, "HKT": 480, "JST": 540,
    "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "HST": -600, "AST": -240, "ADT": -180,
}  # fmt: skip


def date(raw: bytes | None) -> datetime | None:
    """A Date field as an aware time with the sender's offset; None where absent or not a date. Never raises."""
    if not raw:
        return None
    text = one_line(raw_text(raw[:200]))
    text = _ODD_ZONE.sub(r" \1\2", _FOREIGN_MONTH.sub(lambda month: _MONTHS[_FOREIGN[month[1].lower()] - 1], text))
    for reader in (_standard_date, _loose_date, _american_date, _iso_date, _dotted_date):
        try:
            if (found := reader(text)) is not None:
                return found
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _standard_date(text: str) -> datetime | None:
    tidy = re.sub(r"\([^()]*\)", " ", text).strip()
    if not re.search(r"\d{1,2}:\d{2}", tidy) or re.search(r"(?<!\d:)(?<!\d)\d{1,2}:\d{2}:\d{2}\s*[AaPp][Mm]\b", tidy):
        return None
    fields = parsedate_tz(tidy)
    if fields is None:
        return None
    year, month, day, hour, minute, second = fields[:6]
    zone = timezone(_offset(fields[9] // 60 if fields[9] else 0)) if not _named_zone(tidy) else _zone(tidy.split()[-1])
    return _moment((year, month, day), (hour, minute, second), zone)


def _named_zone(text: str) -> bool:
    last = text.split()[-1].upper() if text.split() else ""
    return last in _ZONES


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int], zone: timezone) -> datetime | None:
    year, month, date_ = day
    year = year + 2000 if year < 50 else year + 1900 if year < 1000 else year
    if not 1 <= month <= 12 or not 1 <= date_ <= calendar.monthrange(year, month)[1]:
        return None
    hour, minute, second = clock
    return datetime(year, month, date_, hour, minute, min(second, 59), tzinfo=zone)


def _offset(minutes: int) -> timedelta:
    return timedelta(minutes=minutes) if abs(minutes) < 24 * 60 else timedelta(0)


def _zone(text: str | None) -> timezone:
    if not text:
        return UTC
    if text.upper() in _ZONES:
        minutes = _ZONES[text.upper()]
        return timezone(_offset(minutes)) if minutes else UTC
    match = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})", text)
    if not match:
        return UTC
    minutes = int(match[2]) * 60 + int(match[3])
    return timezone(_offset(-minutes if match[1] == "-" else minutes)) if minutes else UTC


def _hours(hour: str | None, half: str | None) -> int:
    found = int(hour or 0)
    if half and half[0] in "pP" and found < 12:
        return found + 12
    return 0 if half and half[0] in "aA" and found == 12 else found


def _loose_date(text: str) -> datetime | None:
    match = _LOOSE_DATE.search(text)
    if not match or match[2].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(match[2].lower()) + 1
    clock = (_hours(match[4], match[7]), int(match[5] or 0), int(match[6] or 0))
    return _moment((int(match[3]), month, int(match[1])), clock, _zone(match[8]))


def _american_date(text: str) -> datetime | None:
    match = _AMERICAN_DATE.search(text)
    if not match or match[1].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(match[1].lower()) + 1
    clock = (_hours(match[4], match[7]), int(match[5] or 0), int(match[6] or 0))
    return _moment((int(match[3]), month, int(match[2])), clock, _zone(match[8]))


def _iso_date(text: str) -> datetime | None:
    match = _ISO_DATE.search(text)
    if not match:
        return None
    day = (int(match[1]), int(match[2]), int(match[3]))
    return _moment(day, (int(match[4]), int(match[5]), int(match[6] or 0)), _zone(match[7]))


def _dotted_date(text: str) -> datetime | None:
    """`03.05.2021 10:20`: with dots between the numbers, the day comes first everywhere."""
    match = _DOTTED_DATE.search(text)
    if not match:
        return None
    clock = (int(match[4] or 0), int(match[5] or 0), int(match[6] or 0))
    return _moment((int(match[3]), int(match[2]), int(match[1])), clock, _zone(match[7]))
