"""Address lists as mailers write them: groups, comments, unquoted commas, encoded words in odd places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from charterdesk.channels.email.reading.headers import encoded_words, one_line, raw_text

MAX_ADDRESSES = 5_000  # of one field: what is over is not read
MAX_FIELD = 300_000  # characters of one field that are looked at


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: what its owner is called, and where mail reaches them. Either may be unknown."""

    name: str | None
    address: str | None

    def as_json(self) -> dict[str, str | None]:
        """The form `mail explain` prints."""
        return {"name": self.name, "address": self.address}


def read_addresses(fields: Iterable[bytes], label: str = "") -> list[Address]:
    """Every mailbox named in `fields` (raw values of one header), in order. Never raises."""
    found: list[Address] = []
    for raw in fields:
        text = raw_text(raw, label)[:MAX_FIELD]
        mailboxes = _mailboxes(text)
        if "=?" in text and not any(mailbox.address and "@" in mailbox.address for mailbox in mailboxes):
            mailboxes = _mailboxes(encoded_words(text)) or mailboxes  # the whole list was encoded as one word
        found.extend(mailboxes)
    return found[:MAX_ADDRESSES]


def read_senders(fields: Iterable[bytes], label: str = "") -> list[Address]:
    """Like `read_addresses`, but a name without an address is kept: a sender is worth knowing by name alone."""
    values = list(fields)
    if found := read_addresses(values, label):
        return found
    names = [one_line(encoded_words(raw_text(raw, label))).strip("\"'<> ") for raw in values]
    return [Address(name, None) for name in names if name and not _NOBODY.match(name)]


_MAILTO = re.compile(r"[\[<](?:mailto|smtp):([^\]>\s\[<@]{1,200}@[^\]>\s\[<]{1,250})[\]>]", re.IGNORECASE)


def _mailboxes(text: str) -> list[Address]:
    text = _MAILTO.sub(r"<\1>", text) if ":" in text else text
    chunks = _split(text)
    found: list[Address] = []
    held = ""
    for position, chunk in enumerate(chunks):
        whole = f"{held}, {chunk}" if held else chunk
        if "@" not in whole and "<" not in whole and _name_goes_on(chunks, position):
            held = whole
            continue
        held = ""
        if (mailbox := _mailbox(whole)) is not None and not _NOBODY.match(mailbox.address or ""):
            found.append(mailbox)
    return found


def _name_goes_on(chunks: list[str], position: int) -> bool:
    """Whether a chunk without an address is the first half of `Doe, Jane <jane@example.org>`."""
    following = chunks[position + 1] if position + 1 < len(chunks) else ""
    before, angle, _ = following.partition("<")
    return bool(angle and before.strip() and "@" not in before)


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)|<[^<>]*>|[,;:@]', re.DOTALL)
_RUNS_ON = re.compile(r"@[\w.-]+>\s*[,;]")


def _split(text: str) -> list[str]:
    """Cut a list at its commas and semicolons, not at those in quotes, comments or angle brackets."""
    chunks: list[str] = []
    start = place = 0
    with_address = False
    while match := _TOKEN.search(text, place):
        mark, place = match.group(), match.end()
        if mark[0] == '"' and _RUNS_ON.search(mark):
            place = match.start() + 1  # an odd quote is just a character
        elif mark == "@":
            with_address = True
        elif mark == ":":
            if not with_address and not text.startswith("//", place):
                start = place  # what stood before named a group
        elif mark in ",;":
            chunks.append(text[start : match.start()])
            start, with_address = place, False
    chunks.append(text[start:])
    return [stripped for chunk in chunks if (stripped := chunk.strip())]


_SPACED = re.compile(r"[\w.+-]+\s*@\s*[\w-]+(?:\s*\.\s*[\w-]+)+")
_NOBODY = re.compile(r"undisclosed|recipient list not shown|unlisted-recipients", re.IGNORECASE)


def _mailbox(chunk: str) -> Address | None:
    chunk = _unwrapped(chunk)
    if "<" in chunk:
        return _with_angle(chunk)
    bare, comments = _without_comments(chunk)
    if _SPACED.fullmatch(bare):
        bare = re.sub(r"\s+", "", bare)
    words = bare.split()
    at = next((word for word in words if "@" in word), None)
    if at is not None:
        return _with_bare_address(bare, at, words, comments)
    if len(words) == 1 and re.fullmatch(r"[\w.+=&/-]+", words[0]) and not words[0].startswith("=?"):
        return Address(_name(" ".join(comments)), words[0])
    return None


def _unwrapped(chunk: str) -> str:
    """A bare address in quotes or two pairs of angles, as its mailer meant it."""
    chunk = chunk.replace("<<", "<").replace(">>", ">") if "<<" in chunk else chunk
    match = re.fullmatch(r"""["'\s]*([^"'\s<>()]+@[^"'\s<>()]+)["'\s]*""", chunk)
    return match[1] if match else chunk


def _with_angle(chunk: str) -> Address | None:
    before, _, rest = chunk.rpartition("<")
    inside, _, after = rest.partition(">")
    if "@" not in inside and "@" in before and (again := re.search(r"<([^<>]*@[^<>]*)>", before)):
        inside, before = again[1], before[: again.start()]
    address = _tidy_address(inside)
    name, comments = _without_comments(before.strip().rstrip("<"))
    called = _name(name) or _name(" ".join(comments)) or _name(_without_comments(after)[0])
    if not address or ("@" not in address and " " in address):
        return _nameless(called, address)
    return Address(None if called == address else called, address)


def _nameless(called: str | None, inside: str) -> Address | None:
    """`Somebody <>` or `<not an address>`: kept by an address found in the name, else not a mailbox."""
    if called and (match := re.search(r"[\w.+-]+@[\w.-]+\w", called)):
        return Address(None, match.group())
    return Address(called, inside.replace(" ", "")) if "@" in inside else None


def _with_bare_address(bare: str, at: str, words: list[str], comments: list[str]) -> Address | None:
    others = " ".join(word for word in words if word is not at).strip()
    if at == "@" or at.startswith("@") or at.endswith("@"):  # `user @ example.org`
        joined = re.sub(r"\s*@\s*", "@", bare)
        words = joined.split()
        at = next(word for word in words if "@" in word)
        others = " ".join(word for word in words if word != at)
    if bare.startswith('"') and (quoted := re.match(r'("(?:[^"\\]|\\.)*")\s*@\s*(\S+)', bare)):
        return Address(_name(" ".join(comments)), quoted[1] + "@" + quoted[2])
    address = _tidy_address(at)
    return Address(_name(others) or _name(" ".join(comments)), address) if address else None


def _tidy_address(text: str) -> str:
    text = _without_comments(text)[0] if "(" in text else text
    text = encoded_words(text) if "=?" in text else text
    text = re.sub(r"\s*([@.])\s*", r"\1", one_line(text)).strip(" '\"<>,;") if '"' not in text else one_line(text)
    text = re.sub(r"^(?:mailto|smtp|e-?mail):", "", text, flags=re.IGNORECASE)
    if text.startswith("@") and ":" in text:  # a source route
        text = text.rpartition(":")[2]
    if match := re.fullmatch(r"\[?mailto:([^\]]+)\]?", text, flags=re.IGNORECASE):
        text = match[1]
    return text


def _without_comments(text: str) -> tuple[str, list[str]]:
    """`text` without its parenthesised comments, and those comments; parentheses in quotes stay."""
    if "(" not in text:
        return text.strip(), []
    if '"' in text and re.fullmatch(r'\s*"(?:[^"\\]|\\.)*"\s*', text):
        return text.strip(), []
    kept: list[str] = []
    comments: list[str] = []
    depth = start = 0
    for place, character in enumerate(text):
        if place and text[place - 1] == "\\":
            continue
        if character == "(":
            if depth == 0:
                kept.append(text[start:place])
                start = place + 1
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                comments.append(text[start:place])
                start = place + 1
    if depth == 0:
        kept.append(text[start:])
    else:
        comments.append(text[start:])
    return " ".join(piece.strip() for piece in kept if piece.strip()), comments


def _name(text: str) -> str | None:
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    if quoted:
        text = text[1:-1]
    if "\\" in text:
        text = re.sub(r"\\(.)", r"\1", text)
    text = one_line(encoded_words(text))
    if not quoted or text[:1] == text[-1:] == "'":
        text = _unquoted_inside(text)
    return text or None


def _unquoted_inside(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    if text.count('"') and re.fullmatch(r'"[^"]*"(?:\s+[^"]*)?|[^"]*\s"[^"]*"', text) and not re.search(r'\w"\w', text):
        return text.replace('"', "") if text.startswith('"') else text
    return text.strip('"') if text.count('"') == 1 else text
