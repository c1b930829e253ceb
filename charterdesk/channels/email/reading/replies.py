"""What somebody wrote themselves: a mail's text without the mails it quotes and without the signature.

Works on lines. Each line is given a kind; the kinds, read as one string, tell where the quote begins and whether the
writer answered above it, below it or in between. Answers given in between keep the quotes around them, because
without these they say nothing. A forwarded mail is what its sender wanted to say, so it stays.
"""

import re
from dataclasses import dataclass

from charterdesk.channels.email.reading.attributions import (
    ATTRIBUTION,
    EMPTY,
    FORWARD,
    HEADERS,
    MOBILE_LINE,
    ORIGINAL_MARK,
    QUOTE,
    QUOTE_MARK,
    RULE,
    SIGNATURE,
    TEXT,
    mark_attributions,
    on_lines_of_their_own,
)
from charterdesk.channels.email.reading.reply_words import (
    ABOVE_THIS_LINE,
    ADDRESS,
    DASHED_WROTE,
    FORWARD_SUBJECT,
    FORWARDED,
    GROUPWARE,
    HAS_DATE,
    HEADER,
    MOBILE,
    ORIGINAL,
    ORIGINAL_BARE,
)

MAX_LINES = 5_000  # lines looked at: what is below is a quote, or nobody's own writing
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\xad]")
_DELIMITER = re.compile(r"\s*(?:--|—|––|__|- -|-- -|\+\+|==|\*\*)\s*$|\s*-- $")
_DASHED_NAME = re.compile(r"\s{0,3}(?:-|--|—|–)[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}\s*")  # "-Jane Doe"
_RULE = re.compile(r"\s*([-_=*~#─—+])(?:\s?\1){2,}\s*$")
_FOOTER = re.compile(
    r"mailing list|unsubscribe|disclaimer|confidential|this (?:e-?mail|message|mail)\b|virus|sent (?:via|by|"
    r"from|with)|\bavast\b|reply to this|visit topic|diese (?:e-?mail|nachricht)|vertraulich|ce (?:message|"
    r"courriel)|este (?:mensaje|correo|e-?mail)|questa e-?mail|do you yahoo|get your|listinfo",
    re.IGNORECASE,
)
_SHORT_RULE = re.compile(r"\s*[-_*=~]{2,4}\s*$")

_STARTS_QUOTE = ATTRIBUTION + ORIGINAL_MARK + HEADERS


@dataclass(frozen=True, slots=True)
class Reply:
    """What the writer wrote, and whether anything was folded away."""

    text: str
    folded: bool


def read_reply(text: str, *, subject: str | None = None) -> Reply:
    """The writer's own words in the plain `text` of a mail. Never raises."""
    whole = text.strip()
    if not text.isascii():
        text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    lines = text.split("\n", MAX_LINES)[:MAX_LINES]
    lines = on_lines_of_their_own(lines)
    kinds = _kinds(lines)
    kept = _keep(lines, kinds, forwarding=bool(subject and FORWARD_SUBJECT.match(subject)))
    own = "\n".join(line.rstrip() for line in kept).strip("\n ")
    return Reply(_joined(own), folded=own != whole)


def _joined(text: str) -> str:
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


# --- kinds of lines -----------------------------------------------------------------------------------------------
def _kinds(lines: list[str]) -> str:
    kinds = [_kind(line) for line in lines]
    mark_attributions(lines, kinds)
    _mark_headers(lines, kinds)
    return "".join(kinds)


def _kind(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        return EMPTY
    if (
        len(stripped) < 300
        and (stripped.startswith(">>> ") or "--" in stripped)
        and (GROUPWARE.fullmatch(stripped) or DASHED_WROTE.fullmatch(stripped))
    ):
        return ORIGINAL_MARK
    if line[0] == ">" or QUOTE_MARK.match(line):
        return TEXT if line.startswith(">From ") else QUOTE  # a mailbox file marks such lines, too
    if not stripped[0].isalnum():
        if _DELIMITER.match(line):
            return SIGNATURE
        if _RULE.match(line):
            return RULE
    return _kind_by_words(stripped) if len(stripped) < 200 else TEXT


def _kind_by_words(line: str) -> str:
    if FORWARDED.match(line):
        return FORWARD
    if ORIGINAL.match(line) or ABOVE_THIS_LINE.fullmatch(line):
        return ORIGINAL_MARK
    return MOBILE_LINE if len(line) < 120 and MOBILE.fullmatch(line) else TEXT


def _mark_headers(lines: list[str], kinds: list[str]) -> None:
    """Find the block of From, Sent, To, Subject that Outlook puts above the mail it quotes."""
    place = 0
    while place < len(lines):
        match = HEADER.match(lines[place]) if kinds[place] == TEXT and len(lines[place]) < 400 else None
        if match and (end := _block_end(lines, kinds, place)):
            kinds[place:end] = [HEADERS] * (end - place)
            if place and kinds[place - 1] == TEXT and ORIGINAL_BARE.fullmatch(lines[place - 1]):
                kinds[place - 1] = ORIGINAL_MARK
            place = end
        else:
            place += 1


def _block_end(lines: list[str], kinds: list[str], start: int) -> int | None:
    seen: set[str] = set()
    place = last = start
    gap = 0
    while place < min(len(lines), start + 25):
        match = HEADER.match(lines[place]) if kinds[place] == TEXT else None
        if match:
            name = str(match.lastgroup if match.lastgroup != "value" else _group(match))
            if name in seen and name in {"from", "subject"}:
                break
            seen.add(name)
            last, gap = place, 0
        else:
            gap += 1
            if (gap > (1 if kinds[place] == EMPTY else 2) and gap > 2) or kinds[place] not in TEXT + EMPTY:
                break
        place += 1
    strong = (len(seen) >= 2 and ("from" in seen or _is_dated(lines[start], seen))) or {"sent", "to", "subject"} <= seen
    return last + 1 if strong and _looks_like_headers(lines[start : last + 1], seen) else None


def _is_dated(first: str, seen: set[str]) -> bool:
    """A block that begins with a full date and names whom the mail was to."""
    return "sent" in seen and "to" in seen and bool(re.search(r"\d{1,2}:\d{2}", first))


def _group(match: re.Match[str]) -> str:
    return next(name for name in ("from", "sent", "to", "subject", "other") if match[name])


def _looks_like_headers(block: list[str], seen: set[str]) -> bool:
    """Headers rather than somebody's own list of from, to and date, which has neither subject nor address."""
    joined = " ".join(block)
    if ADDRESS.search(joined) or ("subject" in seen and len(seen) >= 3):
        return True
    return bool(HAS_DATE.search(joined)) and not {"from", "to"} <= seen


# --- what stays ---------------------------------------------------------------------------------------------------
def _keep(lines: list[str], kinds: str, *, forwarding: bool) -> list[str]:
    own_before_forward = re.match(r"[^bohq]*?f", kinds)
    if own_before_forward or (forwarding and not re.search(r"[bq]", kinds)):
        return lines
    lines, kinds = _without_signature(lines, kinds)
    lines, kinds = _without_quotes(lines, kinds)
    return _without_mobile_lines(lines, kinds)


def _without_signature(lines: list[str], kinds: str) -> tuple[list[str], str]:
    for match in re.finditer(r"[dr]", kinds):
        place = match.start()
        if sum(1 for line in lines[:place] if line.lstrip().startswith("```")) % 2:
            continue  # within a piece of code
        if TEXT not in kinds[:place] or not _begins_signature(lines, kinds, place):
            continue
        if (
            re.search(r"b[ebr]*q", kinds[place:])
            and re.search(r"q[eq]*t", kinds[place:])
            and QUOTE not in kinds[:place]
        ):
            continue  # the answer stands below or between quotes further down
        return lines[:place], kinds[:place]
    return lines, kinds


def _begins_signature(lines: list[str], kinds: str, place: int) -> bool:
    if kinds[place] == SIGNATURE:
        return True
    rest = kinds[place + 1 :]
    if re.match(r"e*[ohb]", rest):
        return True
    below = [line for line in lines[place + 1 :] if line.strip()]
    if _SHORT_RULE.match(lines[place]) and len(below) <= 4 and not any(_RULE.match(line) for line in lines[:place]):
        return True
    if 0 < len(below) <= 2 and lines[place].strip()[0] == "_":
        return True
    return 0 < len(below) <= 15 and bool(_FOOTER.search("\n".join(below)))


def _without_quotes(lines: list[str], kinds: str) -> tuple[list[str], str]:
    kinds = _wrapped_quotes(lines, kinds)
    start = re.search(f"[{_STARTS_QUOTE}]", kinds)
    if start is None:
        return _without_trailing_quotes(lines, kinds)
    before, after = kinds[: start.start()], kinds[start.start() :]
    if not re.match(r"[bohr]+[ebohr]*q", after):
        return _unmarked_quote(lines, kinds, start.start())
    if TEXT not in re.sub(r"^.*?q", "", after, count=1).replace("s", "e"):
        return _cut(lines, kinds, start.start()) if TEXT in before else (lines, kinds)
    if re.search(r"t[e]*[bohe]*q+[eq]*t[te]*[bohe]*q", kinds) or re.search(r"q[eb]*t[tesb]*q", kinds):
        return _without_trailing_quotes(*_dropped(lines, kinds, _STARTS_QUOTE))
    return _dropped(lines, kinds, _STARTS_QUOTE + QUOTE)


def _unmarked_quote(lines: list[str], kinds: str, place: int) -> tuple[list[str], str]:
    """A quote without marks goes on to the end of the mail, unless nothing at all stands above it."""
    if TEXT in kinds[:place]:
        return _cut(lines, kinds, place)
    if kinds[place] == ATTRIBUTION:
        return _dropped(lines, kinds, ATTRIBUTION)
    return lines, kinds


def _cut(lines: list[str], kinds: str, place: int) -> tuple[list[str], str]:
    kinds = (
        re.sub(r"[erq]+$", "", kinds[:place])
        if not re.search(r"q[et]*t", kinds[:place])
        else kinds[:place].rstrip("er")
    )
    return lines[: len(kinds)], kinds


def _dropped(lines: list[str], kinds: str, unwanted: str) -> tuple[list[str], str]:
    kept: list[int] = []
    for place, kind in enumerate(kinds):
        after_gap = bool(kept) and kept[-1] != place - 1 and kinds[kept[-1]] == EMPTY
        if kind not in unwanted and not (kind == EMPTY and after_gap):
            kept.append(place)
    return [lines[place] for place in kept], "".join(kinds[place] for place in kept)


def _without_trailing_quotes(lines: list[str], kinds: str) -> tuple[list[str], str]:
    if TEXT not in kinds:
        return lines, kinds
    kinds = re.sub(r"[eq]+(?=[es]*$)", "", kinds) if re.search(r"q[eqs]*$", kinds) else kinds
    return lines[: len(kinds)], kinds


_REST_OF_LINK = re.compile(r"\s*[(<\[]?https?://\S+[)>\]]?\s*>?\s*|[\w/?&=%.+~-]*[=/%&_?][\w/?&=%.+~-]*[)>\]]\s*")


def _wrapped_quotes(lines: list[str], kinds: str) -> str:
    """The rest of a quoted line that a program broke without marking it is quote too."""
    for match in re.finditer(r"(?<=q)t(?=q)", kinds):
        place = match.start()
        if _REST_OF_LINK.fullmatch(lines[place]):
            kinds = kinds[:place] + QUOTE + kinds[place + 1 :]
        if len(lines[place - 1]) >= 60 and len(lines[place]) < 35 and not lines[place].rstrip().endswith(("?", "!")):
            kinds = kinds[:place] + QUOTE + kinds[place + 1 :]
    return kinds


def _without_mobile_lines(lines: list[str], kinds: str) -> list[str]:
    kinds = kinds.rstrip("er")
    while kinds.endswith(MOBILE_LINE) or (kinds.count(TEXT) > 1 and _DASHED_NAME.fullmatch(lines[len(kinds) - 1])):
        kinds = kinds[:-1].rstrip("erd")
    return lines[: len(kinds)]
