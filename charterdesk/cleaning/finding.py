"""What is personal in a text, as spans and as the text without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import IGNORECASE, escape

from django.utils import translation
from django.utils.translation import pgettext

from charterdesk.cleaning.marks import emails, marks
from charterdesk.cleaning.names import names
from charterdesk.cleaning.places import places
from charterdesk.cleaning.spans import (
    ADDRESS,
    BANK,
    BIRTH,
    EMAIL,
    NAME,
    NUMBER,
    ORGANISATION,
    PHONE,
    SECRET,
    Found,
    Span,
    compiled,
)
from charterdesk.cleaning.words import NO_NAMES

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LEAST_PART = 3  # letters: what is shorter is a word as often as a name


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the caller knows of the people in a text: full names, organisations, and anything else as it is written."""

    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOBODY = Known()


@dataclass(frozen=True)
class Cleaned:
    """A text with placeholders, and what of the text before they stand for."""

    text: str
    spans: tuple[Span, ...]


def find(text: str, *, language: str = "en", known: Known = NOBODY) -> list[Span]:
    """What is personal in `text`, in order and without overlaps. `language` says whose phone numbers to expect.

    Costs a millisecond or so for a letter of a page; the first call reads lists of names. No statement.
    """
    plain = text.translate(_DIGITS)
    found = Found()
    found.add(emails(plain))
    found.add(_of_known(plain, known))
    found.add(marks(plain, language))
    found.add(places(plain))
    found.add(names(plain))
    return found.in_order()


def clean(text: str, *, language: str = "en", known: Known = NOBODY) -> Cleaned:
    """`text` with a placeholder, in `language`, for everything personal that is found in it; costs as `find`."""
    spans = find(text, language=language, known=known)
    return Cleaned(text=without(text, spans, language=language), spans=tuple(spans))


def without(text: str, spans: list[Span], *, language: str) -> str:
    """`text` with a placeholder in `language` for each of `spans`, which are in order."""
    said = placeholders(language)
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], said[span.kind])
        at = span.end
    return "".join((*parts, text[at:]))


def placeholders(language: str) -> dict[str, str]:
    """What stands for each kind, in brackets and in `language`."""
    with translation.override(language):
        return {
            NAME: pgettext("removed", "[name]"),
            ADDRESS: pgettext("removed", "[address]"),
            EMAIL: pgettext("removed", "[e-mail]"),
            PHONE: pgettext("removed", "[phone number]"),
            NUMBER: pgettext("removed", "[number]"),
            BANK: pgettext("removed", "[account]"),
            SECRET: pgettext("removed", "[secret]"),
            BIRTH: pgettext("removed", "[date of birth]"),
            ORGANISATION: pgettext("removed", "[organisation]"),
        }


def _of_known(text: str, known: Known) -> Iterator[Span]:
    """What the caller knows: whole names however they are written, and each part of one where it has its capital."""
    for kind, wholes in ((ORGANISATION, known.organisations), (NAME, known.names), (NUMBER, known.others)):
        for whole in sorted({each.strip() for each in wholes if each.strip()}, key=len, reverse=True):
            yield from _everywhere(text, whole, kind, IGNORECASE)
    parts = {part for name in known.names for part in name.split()}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _LEAST_PART and part.lower() not in NO_NAMES:
            yield from _everywhere(text, part, NAME, 0)


def _everywhere(text: str, words: str, kind: str, flags: int) -> Iterator[Span]:
    pattern = compiled(r"(?<!\w)" + r"\s+".join(escape(word) for word in words.split()) + r"(?!\w)", flags)
    for match in pattern.finditer(text):
        yield Span(*match.span(), kind)
