"""What is personal by its form or by the word before it: e-mail addresses, secrets, banks, births, numbers, phones."""

from collections.abc import Iterator
from functools import cache
from re import IGNORECASE, Match, Pattern

from stdnum import iban, luhn

from charterdesk.base.later import later
from charterdesk.cleaning import words
from charterdesk.cleaning.spans import BANK, BIRTH, EMAIL, NUMBER, PHONE, SECRET, Span, any_of, compiled

phonenumbers = later("phonenumbers")

REGIONS = {
    "en": ("GB", "US", "IE", "AU"),
    "de": ("DE", "AT", "CH"),
    "es": ("ES", "MX", "AR"),
    "fr": ("FR", "BE", "CH", "MA"),
    "ar": ("AE", "SA", "EG", "JO", "MA"),
}

# Every repeat has a bound or a first place it can begin at: what is hostile and long must not take long.
_EMAIL = r"(?<![\w.+%'-])[\w.+%'-]{1,64}(?:@|\s?[\[(](?:at|AT)[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_IN_URL = (
    r"https?://[^\s/?#]*?(?P<login>[^\s/?#@:]+:[^\s/?#@]+)@"
    r"|[?&#](?:[\w.-]*(?:token|secret|passw|signature|session|otp)[\w.-]*|key|sig|code|auth|api_?key|sid|jwt|pass|pwd)"
    r"=(?P<value>[^\s&#\"'<>]+)"
)
# Keys of well-known makers, JSON web tokens, private keys, and what is long and mixed as nothing in a language is.
_KEY = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:.|\n)*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?"
    r"|\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|whsec|AKIA|AIza)[_-]?[\w-]{12,}"
    r"|(?<![\w/.-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])(?=[\w+/-]*\d[\w+/-]*[A-Za-z][\w+/-]*\d)[\w+/-]{24,}={0,2}(?![\w/])"
)
_CARD = r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w-])"
_IBAN = r"(?<!\w)[A-Z]{2}\d{2}(?:[  -]?[A-Z0-9]{2,4}){3,8}(?!\w)"
_LEAST_IBAN = 15
# Numbers of people in the form of their country: Spain's DNI and NIE, Britain's NINO, France's NIR, America's SSN.
_OF_STATES = (
    r"(?<!\w)(?:\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-Z]|[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]"
    r"|[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d\d)?|\d{3}-\d\d-\d{4})(?!\w)"
)
# What a system of ours or of others gives somebody: R-2026-343532, AW-4208-46. Norms and the like are called so, too.
_REFERENCE = (
    r"(?<![\w/.-])(?!(?:ANSI|BS|CVE|DIN|EN|IEC|ISO|NF|RFC|UNE|VDE)-)[A-Z]{1,4}-\d{1,12}(?:-\d{1,12}){0,3}(?![\w/-])"
)
_LEAST_REFERENCE = 6  # digits
_TOKEN = r"#?[A-Z]{0,6}[-/ ]?\d(?:[-/. ]?[\dA-Z])*(?![\w])"
_PHONE = r"(?<![\w.,/-])(?:\+|00)?\(?\d(?:[\s./()-]{0,2}\d){6,14}(?![\w])"
_DATE = (
    r"\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d\d-\d\d"
    r"|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+)?{months}\.?,?\s+(?:del?\s+)?\d{{4}}"
    r"|{months}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
)


def marks(text: str, language: str) -> Iterator[Span]:
    """Everything of this module in `text`, the surest first; spans of different kinds may overlap."""
    yield from emails(text)
    yield from keys(text)
    yield from banks(text)
    yield from births(text)
    yield from told_secrets(text)
    yield from of_states(text)
    yield from references(text)
    yield from numbers(text)
    yield from phones(text, language)


def references(text: str) -> Iterator[Span]:
    """Numbers of customers, contracts, invoices and meters by their form: capitals, a hyphen, six digits or more."""
    for match in compiled(_REFERENCE).finditer(text):
        if sum(each.isdigit() for each in match[0]) >= _LEAST_REFERENCE:
            yield Span(*match.span(), NUMBER)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also those written `name (at) example.com`."""
    yield from _all(compiled(_EMAIL), text, EMAIL)


def keys(text: str) -> Iterator[Span]:
    """Secrets by their form: in addresses of the web, keys of programs, long mixed strings."""
    for match in compiled(_IN_URL, IGNORECASE).finditer(text):
        yield Span(*match.span("login" if match["login"] else "value"), SECRET)
    yield from _all(compiled(_KEY), text, SECRET)


def banks(text: str) -> Iterator[Span]:
    """IBANs and cards that are right by their check digits, and accounts by the word before them."""
    for match in compiled(_IBAN).finditer(text):
        if end := _end_of_iban(match):
            yield Span(match.start(), end, BANK)
    for match in compiled(_CARD).finditer(text):
        if luhn.is_valid("".join(each for each in match[0] if each.isdigit())):
            yield Span(*match.span(), BANK)
    yield from _told(_after(words.BANKED, _TOKEN), text, BANK, least=5)
    yield from _told(_after(words.CARDS, _TOKEN), text, BANK, least=12)


def _end_of_iban(match: Match[str]) -> int:
    """Where the longest right IBAN at `match` ends, as a capital word may follow; mistyped ones count whole."""
    groups = match[0].split(" ")
    for length in range(len(groups), 0, -1):
        candidate = " ".join(groups[:length])
        if iban.is_valid(candidate, check_country=False):
            return match.start() + len(candidate)
    digits = sum(each.isdigit() for each in match[0])
    return match.end() if len(match[0]) >= _LEAST_IBAN and digits * 2 > len(match[0]) else 0


def births(text: str) -> Iterator[Span]:
    """Days of birth: dates after a word that says so."""
    for match in _births().finditer(text):
        yield Span(*match.span("it"), BIRTH)


@cache
def _births() -> Pattern[str]:
    date = _DATE.format(months=any_of(words.MONTHS))
    return compiled(rf"(?<!\w)(?:ال)?{any_of(words.BIRTHS)}(?!\w)(?:\W+\w{{1,4}}){{0,3}}?\W+(?P<it>{date})", IGNORECASE)


def told_secrets(text: str) -> Iterator[Span]:
    """Passwords, PINs and names to log in with, by the word before them."""
    for match in _paired().finditer(text):
        if match["it"].lower() not in words.NO_NAMES | words.NO_SECRET:
            yield Span(*match.span("it"), SECRET)
    for match in _secrets().finditer(text):
        told = match["it"].rstrip(".,;:!?،؛)»”\"'")
        is_named = match["sign"] or _looks_secret(told)
        is_said = match["copula"] and match["login"] and len(told) > 3 and told.lower() not in words.NO_SECRET
        if told and (is_named or is_said):
            yield Span(match.start("it"), match.start("it") + len(told), SECRET)


@cache
def _secrets() -> Pattern[str]:
    cue = rf"(?:(?P<login>{any_of(words.LOGINS)})|{any_of(f'{words.SECRETS}|{words.KEYS}')})"
    copula = r"is|ist|lautet|es|est|هو|هي"
    return compiled(
        rf"(?<!\w){cue}(?!\w)(?:(?:[ \t]+[^\W\d]+){{0,5}}?[ \t]+(?P<copula>{copula})(?!\w))?"
        rf"[ \t]*(?P<sign>[:=])?[ \t]*[«“\"']?(?P<it>[^\s«»“”„\"'(`\[][^\s«»“”\"]*)",
        IGNORECASE,
    )


@cache
def _paired() -> Pattern[str]:
    """A name to log in with that stands before its password: `user anna / password ...`."""
    return compiled(
        rf"(?<!\w){any_of(words.LOGINS)}(?!\w)\s?[:=]?\s?(?P<it>[^\s/|,;]+)\s?[/|,;]?\s+{any_of(words.SECRETS)}(?!\w)",
        IGNORECASE,
    )


def _looks_secret(told: str) -> bool:
    """Whether it has digits, signs or capitals where words have none."""
    inner = told[1:]
    has_digit = any(each.isdigit() for each in told)
    has_capital = any(each.isupper() for each in inner) and not told.isupper()
    has_sign = any(each in "!$%&*+=_^~?@#" for each in inner)
    return len(told) > 3 and (has_digit or has_capital or has_sign)


def of_states(text: str) -> Iterator[Span]:
    """Numbers that states give to people, by their form."""
    yield from _all(compiled(_OF_STATES), text, NUMBER)


def numbers(text: str) -> Iterator[Span]:
    """Numbers of customers, contracts, invoices, meters and such, by the word before them."""
    pattern = _numbered()
    for match in pattern.finditer(text):
        told, has_word = match["it"].rstrip(" .-/"), bool(match["number"] or match["number_before"])
        digits = sum(each.isdigit() for each in told)
        is_mixed = digits >= 3 and not told[0].isdigit()
        if digits >= 5 or is_mixed or (has_word and digits >= 3):
            yield Span(match.start("it"), match.start("it") + len(told), NUMBER)


@cache
def _numbered() -> Pattern[str]:
    number, between = any_of(words.NUMBER_WORDS), any_of(words.BETWEEN)
    # The token itself is in capitals even where the rest is not looked at for case.
    return compiled(
        rf"(?<!\w)(?i:(?P<number_before>{number}\s*)?(?:(?:de\s+la|del|de|du|d'|l')\s*)?{any_of(words.NUMBERED)}"
        rf"(?:[ -]?(?P<number>{number}))?)(?!\w)(?i:[\s:=]+{between}(?!\w)){{0,3}}\s?[:=]?\s*(?P<it>{_TOKEN})"
    )


def phones(text: str, language: str) -> Iterator[Span]:
    """Phone numbers: international ones, those after a word for it, and those valid where `language` is spoken."""
    for match in compiled(_PHONE).finditer(text):
        number = match[0]
        digits = sum(each.isdigit() for each in number)
        if digits >= 8 and _is_phone(number, language):
            yield Span(*match.span(), PHONE)
    yield from _told(_after(words.PHONES, r"[+(]?\d(?:[\s./()-]{0,2}\d){3,}"), text, PHONE, least=5)


def _is_phone(number: str, language: str) -> bool:
    if compiled(r"\d{4}-\d\d-\d\d(?!\d)|0\.").match(number):  # a day, or a number of versions
        return False
    is_parted = any(each in " -/.()" for each in number)
    if compiled(r"\+|00\d").match(number) or (compiled(r"\(?0\d").match(number) and is_parted):
        return True
    return is_parted and any(_is_valid(number, region) for region in REGIONS.get(language, REGIONS["en"]))


def _is_valid(number: str, region: str) -> bool:
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, region)))
    except phonenumbers.NumberParseException:
        return False


@cache
def _after(cues: str, told: str) -> Pattern[str]:
    number, between = any_of(words.NUMBER_WORDS), any_of(words.BETWEEN)
    return compiled(
        rf"(?<!\w)(?i:{any_of(cues)})(?!\w)(?i:[\s:=.]*(?<!\w){number}(?!\w))?(?i:[\s:=,]+{between}(?!\w)){{0,3}}"
        rf"[\s:=.]*(?P<it>{told})"
    )


def _told(pattern: Pattern[str], text: str, kind: str, *, least: int) -> Iterator[Span]:
    for match in pattern.finditer(text):
        told = match["it"].rstrip(" .-/")
        if sum(each.isdigit() for each in told) >= least:
            yield Span(match.start("it"), match.start("it") + len(told), kind)


def _all(pattern: Pattern[str], text: str, kind: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        end = match.start() + len(match[0].rstrip(".'-"))
        yield Span(match.start(), end, kind)
