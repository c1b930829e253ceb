"""Postal addresses: streets with a house number, with what stands before and behind them, and towns with a code."""

from collections.abc import Iterator
from functools import cache
from re import Pattern

from charterdesk.cleaning import words
from charterdesk.cleaning.spans import ADDRESS, Span, any_of, compiled

_CAPITAL = r"[^\W\d_a-zß-öø-ÿœšž][\w'’.-]{0,40}"
_NO = r"\d{1,4}\s?(?:[a-zA-Z](?!\w))?(?:\s?[-/]\s?\d{1,4}[a-zA-Z]?)?(?!\w)"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)"  # British
_NAMED = r"[^\W\d_a-zß-öø-ÿœšž][^\W\d_]*(?:['’.][^\W\d_]+)*(?!\w)"  # no digits: a British code is no part of a town
_ARABIC = r"[ء-ي][ً-ٟء-ي]+"
_BETWEEN = r"(?:am|an der|ob der|sur|sous|en|de|del|de la|la|les|le|lès|upon)[ -]"
_TOWN = rf"{_NAMED}(?:[ -](?:{_BETWEEN})?{_NAMED}){{0,2}}"
_CODE_AND_TOWN = rf"(?:[A-Z]{{1,2}}-)?\d{{4,5}}[ ]+{_TOWN}"


def places(text: str) -> Iterator[Span]:
    """Every address in `text`, and lines that are a town with its code. Towns alone are nobody's address."""
    for pattern in (_british(), _german(), _spanish(), _french(), _arabic(), _lived_at(), _towns()):
        for match in pattern.finditer(text):
            start, end = match.span("it")
            yield Span(start, start + len(text[start:end].rstrip(" .,،\n")), ADDRESS)


@cache
def _british() -> Pattern[str]:
    """14 Harbour Lane, Bristol BS1 4ST; Flat 9, 41 Canal Walk; 500 Oak Street, Springfield, IL 62704; Ferry Quay 92."""
    before = r"(?:(?:Flat|Apt\.?|Apartment|Unit|Suite|Room)\s\w{1,5},?\s)?"
    street = rf"\d{{1,5}}[A-Za-z]?\s(?:{_CAPITAL}\s){{1,4}}(?i:{any_of(words.STREETS_AFTER)})(?!\w)"
    town = rf"(?:,\s?{_TOWN}(?:,?\s(?:{_POSTCODE}|[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?))?|,?\s{_POSTCODE})?"
    turned = rf"(?:{_CAPITAL}\s){{1,3}}(?:{any_of(words.STREETS_AFTER_SURE.title())})\s\d{{1,4}}[a-z]?(?!\w)"
    return compiled(rf"(?<!\w)(?P<it>(?:{before}{street}|{turned}){town})")


@cache
def _german() -> Pattern[str]:
    """Lindenstraße 14, 10969 Berlin; Am Mühlbach 7a; Berliner Allee 3."""
    ended = rf"[^\W\d_][\w-]{{0,40}}(?i:{any_of(words.STREETS_END)})"
    after = rf"{_CAPITAL}[ -](?i:{any_of('straße|strasse|str.|weg|platz|allee|ring|ufer|damm|chaussee')})"
    led = rf"(?:{any_of(words.STREETS_OF_GERMAN.title())})\s{_CAPITAL}"
    return compiled(rf"(?<![\w-])(?P<it>(?:{ended}|{after}|{led})\s{_NO}(?:,\s?{_CODE_AND_TOWN})?)")


@cache
def _spanish() -> Pattern[str]:
    """calle del Puerto 14, 28013 Madrid; C/ de la Reina, 103, 2.º B, 46011 Valencia."""
    named = rf"(?:{any_of(words.PARTICLES)}\s|{_CAPITAL}\s?){{1,5}}"
    floor = r"(?:,\s\d{1,2}(?:\.?[ºª]|\.o)\s?[A-Za-z]{0,3})?"
    return compiled(
        rf"(?<!\w)(?P<it>(?i:{any_of(words.STREETS_OF_SPANISH)})\s?{named},?\s?(?:n\.?º\s?)?{_NO}{floor}(?:,\s?{_CODE_AND_TOWN})?)"
    )


@cache
def _french() -> Pattern[str]:
    """14 rue du Port, 75004 Paris; 103 bis, boulevard de la Reine."""
    named = rf"(?:{any_of(words.PARTICLES)}\s?|{_CAPITAL}\s?){{1,6}}"
    return compiled(
        rf"(?<!\w)(?P<it>\d{{1,4}}(?:\s?(?:bis|ter|quater))?,?\s(?i:{any_of(words.STREETS_OF_FRENCH)})\s{named}(?:,?\s?{_CODE_AND_TOWN})?)"
    )


@cache
def _arabic() -> Pattern[str]:
    """A street or quarter with a number, parts of a house with theirs, and the town with its code."""
    street = rf"{any_of(words.STREETS_OF_ARABIC)}\s{_ARABIC}(?:\s{_ARABIC}){{0,3}}"
    parts = rf"(?:،\s?{any_of(words.PARTS_OF_ARABIC)}\s(?:رقم\s)?\d+)"
    town = rf"(?:،\s?{_ARABIC}(?:\s{_ARABIC})?(?:\s\d{{4,6}}(?!\w))?)?"
    return compiled(rf"(?<!\w)(?P<it>{street}(?:،?\s?(?:رقم\s)?\d{{1,4}}(?!\d){parts}*|{parts}+){town})")


@cache
def _lived_at() -> Pattern[str]:
    """A house of a street that has no word for it, where the sentence says so: the contract at Ropewalk 86."""
    at = rf"(?:{any_of(words.AT)}\s)"
    said = rf"(?i:{any_of(words.LIVED_AT)}\s{at}?|{any_of(words.SUPPLIED_AT)}\s{at})"
    no_street = rf"(?!(?i:{any_of(words.NO_STREETS)}|{any_of(words.MONTHS)})\s)"
    number = r"(?!(?:19|20)\d\d(?!\d))\d{1,4}\s?(?:[a-z](?!\w))?(?!\w|[.,:]\d|\s?[%€$£°])"
    town = rf"(?:,\s?{_CODE_AND_TOWN})?"
    return compiled(rf"(?<!\w){said}(?P<it>{no_street}{_CAPITAL}\s(?:{_CAPITAL}\s){{0,3}}{number}{town})")


@cache
def _towns() -> Pattern[str]:
    """A town with its code where an address has it: on a line of its own, or a British code with what is before it."""
    line = rf"(?m:^[ \t]*(?P<it>{_CODE_AND_TOWN}|{_TOWN},?\s{_POSTCODE}|{_ARABIC}(?:\s{_ARABIC})?\s\d{{5}})[ \t]*$)"
    return compiled(line)
