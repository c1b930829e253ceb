"""Lines that say who wrote what is quoted below: "On Monday, Jane <jane@example.org> wrote:", in any language."""

import re

from charterdesk.channels.email.reading.reply_words import (
    ADDRESS,
    HAS_DATE,
    INTRO,
    QUOTING,
    STARTS_WITH_DATE,
    WROTE,
)

# The kinds of lines; a mail's kinds, read as one string, tell where the quote begins.
EMPTY, TEXT, QUOTE, ATTRIBUTION, ORIGINAL_MARK, FORWARD, HEADERS, SIGNATURE, MOBILE_LINE, RULE = "etqbofhdsr"
QUOTE_MARK = re.compile(r"[ \t]{0,3}(?:[>»›＞]|\|(?= |$)|&gt;)")

_SHARED = re.compile(
    r"(?P<own>\S.*?)\s*(?:-{2,3}\s*)?(?P<header>On (?:\w{3,9},? )?\w{1,9}[ .,/-].{6,120}\d{4}.{0,120}\swrote:)\s*$"
)


def on_lines_of_their_own(lines: list[str]) -> list[str]:
    """Part `Thanks! On Monday, 4 April 2022, Jane wrote:` where a program put both on one line above its quote."""
    if not any(line.rstrip().endswith("wrote:") and not INTRO.match(line.strip()) for line in lines):
        return lines
    parted: list[str] = []
    for place, line in enumerate(lines):
        shared = len(line) < 2000 and line.rstrip().endswith("wrote:") and not QUOTE_MARK.match(line)
        match = _SHARED.fullmatch(line) if shared else None
        if (
            match
            and not INTRO.match(line.strip())
            and any(QUOTE_MARK.match(below) for below in lines[place + 1 : place + 3])
        ):
            parted += [match["own"], match["header"]]
        else:
            parted.append(line)
    return parted


_ENDS = re.compile(
    r"(?:[:：]|>|wrote|writes|écrit|escribió|escreveu|scritto|napisał\(?a?\)?|-{2,})[\s*_.>-]*$", re.IGNORECASE
)
# "On Monday Jane <jane@example.org> wrote: Hello", the quote going on in the same line.
_RUNS_ON = re.compile(rf"(?:On|Le|El|Il|Em|Am|Op)\s.{{5,160}}[<(]\S+@\S+[>)]\s*{WROTE.pattern}\s?:\s+\S", re.IGNORECASE)
MAX_ATTRIBUTION_LINES = 4


def mark_attributions(lines: list[str], kinds: list[str]) -> None:
    """Find "On Monday, Jane <jane@example.org> wrote:", which programs break over up to four lines."""
    for end, line in enumerate(lines):
        if kinds[end] == QUOTE and line.startswith("> ") and (start := _broken_mark(lines, kinds, end)) is not None:
            kinds[start : end + 1] = [ATTRIBUTION] * (end + 1 - start)
        if kinds[end] != TEXT:
            continue
        if not _ENDS.search(line.rstrip()[-40:]):
            if _RUNS_ON.match(line) and HAS_DATE.search(line[:200]):
                kinds[end] = ATTRIBUTION
            continue
        if (start := _attribution_start(lines, kinds, end)) is not None:
            kinds[start : end + 1] = [ATTRIBUTION] * (end + 1 - start)
        elif _introduces_quote(lines, kinds, end):
            kinds[end] = ATTRIBUTION


_BROKEN_WROTE = re.compile(rf"> (?:{WROTE.pattern})\s?:\s*", re.IGNORECASE)


def _broken_mark(lines: list[str], kinds: list[str], end: int) -> int | None:
    """`> wrote:` that is no quote but the end of `On Monday Jane <`, its link broken out onto lines of its own."""
    if len(lines[end]) > 40 or not _BROKEN_WROTE.fullmatch(lines[end]):
        return None
    for start in range(end - 1, max(end - 7, -1), -1):
        if INTRO.match(lines[start].strip()) and HAS_DATE.search(lines[start]):
            return start
        if kinds[start] not in TEXT + EMPTY:
            return None
    return None


def _introduces_quote(lines: list[str], kinds: list[str], place: int) -> bool:
    """Whether a line in a language we do not know says who wrote the marked quote right below it."""
    line = lines[place].strip()
    if not line.endswith((":", "：")) or len(line) > 200 or not HAS_DATE.search(line):
        return False
    below = next((kind for kind in kinds[place + 1 : place + 3] if kind != EMPTY), "")
    dated = re.search(r"\d{1,2}[:.]\d{2}", line) and re.search(r"\b(?:19|20)?\d{2}\b", line)
    return bool(dated) and (below == QUOTE or bool(re.search(r"<\S+@\S+>", line)))


def _attribution_start(lines: list[str], kinds: list[str], end: int) -> int | None:
    """Where the attribution that ends at line `end` begins: at a date or "On", else where it first makes sense."""
    found = None
    for start in range(end, max(end - MAX_ATTRIBUTION_LINES, -1), -1):
        if start < end and (kinds[start] not in TEXT + ATTRIBUTION or _breaks(lines[start], kinds[start])):
            break
        joined = " ".join(piece.strip().lstrip("> ") for piece in lines[start : end + 1]).strip()
        if is_attribution(joined):
            found = start if found is None or HAS_DATE.search(lines[start]) else found
            if INTRO.match(joined) or STARTS_WITH_DATE.match(joined):
                return start
    return found


def _breaks(line: str, kind: str) -> bool:
    return kind == EMPTY or (
        line.rstrip().endswith((".", "!", "?")) and not re.search(r"\b(?:[ap]\.?m|\w{2,4})\.$", line)
    )


# "<jane@example.org>:" as most put it, "10:20 by jane@example.org:" as one does.
_ENDS_IN_ADDRESS = re.compile(r"[>)\]\"]\s*[:：]?$|\d[:.]\d{2}\s(?:by|von|par|por|de|da|door)\s\S+@\S+[:：]$")


def is_attribution(line: str) -> bool:
    """Whether `line` (joined where it was broken) names who wrote what is quoted below it."""
    if len(line) > 500 or len(line) < 6:
        return False
    text = re.sub(r"^[\s*_~-]+|[\s*_~-]+$", "", line)
    if QUOTING.fullmatch(text):
        return True
    address = ADDRESS.search(text)
    dated = HAS_DATE.search(text)
    wrote = WROTE.search(text)
    if wrote and not (address or dated):
        return bool(re.match(r".{2,80} via .{2,60} (?:wrote|schrieb)\s*:?$", text)) or _names_only(text)
    if wrote:
        return _is_dated_attribution(text, wrote, bool(address))
    if not (address and dated):
        return False
    starts = STARTS_WITH_DATE.match(text) or INTRO.match(text)
    return bool(starts and len(text) < 250 and _ENDS_IN_ADDRESS.search(text))


def _is_dated_attribution(text: str, wrote: re.Match[str], with_address: bool) -> bool:
    after = text[wrote.end() :]
    ends = re.search(r"[:：]\s*$", text) or not re.sub(r"[\s.>*_-]", "", after)
    if not ends or len(text) > 400:
        return False
    if INTRO.match(text) or STARTS_WITH_DATE.match(text):
        return True
    return with_address or bool(re.match(r"\S+(?:\s\S+){0,5}\s(?:wrote|schrieb)\s", text))


def _names_only(text: str) -> bool:
    """`Jane Doe wrote:` and nothing else: short, and ending in the verb with its colon."""
    return bool(
        re.fullmatch(
            r"(?:[^\W\d_][\w.'’-]*\s){1,4}(?:wrote|writes|schrieb|skrev|schreef|a écrit|escribió|escreveu|"
            r"ha scritto)\s?:",
            text,
        )
    )
