"""Names of people: by the words around them, and by lists of first and last names of many countries."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from re import Pattern

from charterdesk.cleaning import words
from charterdesk.cleaning.spans import NAME, Span, any_of, compiled

# The countries of the lists. Where names are words as well ("Can", "Link", "True"), a first name counts only before a
# last one.
_COUNTRIES = "en_GB de_DE de_AT es_ES es_MX fr_FR fr_CH fr_BE ar_AA ar_DZ it_IT pt_PT nl_NL pl_PL".split()
_MORE_COUNTRIES = "en en_US en_IE en_IN en_NZ en_PK de_CH es_AR es_CO fr_CA fr_DZ".split()
_CAPITAL = r"(?:(?:O|D|L)['’]|Mc|Mac)?[^\W\d_a-zß-öø-ÿœšž؀-ۿ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_PARTICLES = any_of(
    r"de|del|de la|de las|de los|du|des|von|van|von der|van der|van den|zu|y|e|da|dos|di|bin|ibn|al|el|ter"
)
_MORE = rf"(?:\s(?:{_PARTICLES}\s)?{_CAPITAL}|\s[A-Z]\.(?=\s)){{0,3}}"
_FULL = rf"{_CAPITAL}{_MORE}".replace(r"\s", "[ \xa0]")  # a name does not go over the end of a line
_TITLE = rf"(?:(?i:{any_of(words.TITLES)})\.?[ \xa0])"
_ARABIC_WORD = r"[ء-ي][ً-ٟء-ي]+"
_ARABIC_TITLE = rf"(?:{any_of(words.TITLES_OF_ARABIC)}\s)"
_ARABIC_PREFIXES = r"[وبلف]?"
_LEAST_CAPITALS = 3  # "US" is no name; "ANNA" may be one
_LETTERS = dict.fromkeys(range(1611, 1632)) | str.maketrans("أإآىة", "ااايه")


def names(text: str) -> Iterator[Span]:
    """Names in `text`, the surest first; spans may overlap. A title ("Mrs") is not part of a name."""
    for match in _introduced_small().finditer(text):
        if any(_is_first(word) for word in match["it"].split()):
            yield Span(*match.span("it"), NAME)
    for pattern in (_introduced(), _titled()):
        yield from _of(pattern, text, is_sure=True)
    for match in _presented().finditer(text):
        if known := _is_name(match["it"]):
            yield Span(match.start("it"), match.start("it") + known, NAME)
    for pattern in (_greeted(), _signed(), _labelled()):
        yield from _of(pattern, text)
    yield from _listed(text)
    yield from _arabic(text)


def _of(pattern: Pattern[str], text: str, *, is_sure: bool = False) -> Iterator[Span]:
    """What `pattern` takes for names, each up to the first word that is none; `is_sure` of a first word in capitals."""
    for match in pattern.finditer(text):
        start = end = match.start("it")
        for index, word in enumerate(compiled(r"[^\W\d_](?:[\w'’.-]*\w)?\.?").finditer(match["it"])):
            is_told = is_sure and index == 0 and word[0][0].isupper()
            if not is_told and _is_none(word[0]):
                break
            end = start + len(match["it"][: word.end()].rstrip("."))
        if start < end:
            yield Span(start, end, NAME)


def _is_none(word: str) -> bool:
    small = word.lower().rstrip(".")
    is_listed = small in _last_names() or small in _first_names()
    return small in words.NO_NAMES and (word.islower() or not is_listed)


@cache
def _introduced() -> Pattern[str]:
    return compiled(rf"(?<!\w)(?i:{any_of(words.INTRODUCED)})[ ]?:?[ ]+{_TITLE}?(?P<it>{_FULL})")


@cache
def _introduced_small() -> Pattern[str]:
    """Where people write without capitals: two words of which one is a first name."""
    word = r"[a-zß-öø-ÿœšž]+(?:[-'’][a-zß-öø-ÿœšž]+)*"
    return compiled(rf"(?<!\w)(?i:{any_of(words.INTRODUCED)})[ ]?:?[ ]+(?P<it>{word}[ ]{word})(?!\w)")


@cache
def _titled() -> Pattern[str]:
    french = r"|(?<![\w.])M\.[ \xa0]"
    return compiled(rf"(?<!\w)(?:{_TITLE}{{1,2}}{french})(?P<it>{_FULL})")


@cache
def _presented() -> Pattern[str]:
    return compiled(rf"(?<!\w)(?i:{any_of(words.PRESENTED)})[ ,]+{_TITLE}?(?P<it>{_FULL}|[^\W\d_]+(?:[ ][^\W\d_]+)?)")


@cache
def _greeted() -> Pattern[str]:
    return compiled(
        rf"(?m:^)[ \t>]*(?i:{any_of(words.GREETINGS)}),?[ ]{_TITLE}?(?P<it>{_FULL})(?=\s*(?:[,:!.;–-]|$))", 8
    )


@cache
def _signed() -> Pattern[str]:
    """After a goodbye: what is on the next line, or on the same one to its end."""
    goodbye = any_of(words.GOODBYES)
    between = r"[ ]?[,.!]*(?:[ \t]*\n\s*|,[ ]|[.][ ]|[ ])"
    return compiled(rf"(?<!\w)(?i:{goodbye}){between}{_TITLE}*(?P<it>{_FULL})[ \t]*[.,]?[ \t]*(?:\n|$)")


@cache
def _labelled() -> Pattern[str]:
    labels = any_of(words.LABELLED)
    return compiled(rf"(?<!\w)(?i:{labels})[ ]?:[ ]?{_TITLE}?(?P<it>{_FULL})")


def _listed(text: str) -> Iterator[Span]:
    """Runs of capitals that hold a first name of the lists, from it on."""
    for run in compiled(_FULL).finditer(text):
        parts = list(compiled(r"[^\s]+").finditer(run[0]))
        for index, part in enumerate(parts):
            if length := _is_name(run[0][part.start() :], is_alone=index == 0 and len(parts) == 1):
                yield Span(run.start() + part.start(), run.start() + part.start() + length, NAME)
                break


def _is_name(told: str, *, is_alone: bool = False) -> int:
    """How much of `told` is a name that begins with a first name of the lists; 0 for none.

    First names that are words as well count only before a last name.
    """
    parts = list(compiled(r"[^\W\d_](?:[\w'’.-]*\w)?").finditer(told))
    if not parts or (parts[0][0].isupper() and len(parts[0][0]) <= _LEAST_CAPITALS):
        return 0
    first, is_pair = parts[0][0].lower(), len(parts) > 1 and told[0].isupper() and _is_last(parts[1][0])
    is_sure = _is_first(first) and first not in words.NO_NAMES and first not in _months()
    if not is_sure and not (is_pair and (_is_first(first) or first in _more_first_names())):
        return 0
    rest = [part for part in parts[1:] if part[0][0].isupper() and part[0].lower() not in words.NO_NAMES]
    return (rest[-1] if rest and not is_alone else parts[0]).end()


def _is_last(word: str) -> bool:
    return word[0].isupper() and word.lower() in _last_names() and word.lower() not in words.NO_NAMES


def _is_first(word: str) -> bool:
    return all(part in _first_names() for part in word.lower().replace("’", "'").split("-"))


def _arabic(text: str) -> Iterator[Span]:
    """Arabic has no capitals: what stands before tells a name, or a first name of the lists with a last name."""
    for match in _arabic_told().finditer(text):
        ends = match["ends"] is not None
        is_sure = bool(match["sure"] or match["titled"]) or (bool(match["likely"]) and ends)
        if length := _arabic_length(match["it"], is_sure=is_sure, is_whole=ends):
            yield Span(match.start("it"), match.start("it") + length, NAME)
    for match in compiled(rf"(?<!\w)(?P<first>{_ARABIC_WORD})(?: (?P<last>{_ARABIC_WORD}))?(?!\w)").finditer(text):
        is_both = match["last"] and _is_arabic_first(match["first"]) and _is_arabic_last(match["last"])
        if is_both or match["first"] in words.NAMES_OF_ARABIC:
            yield Span(match.start(), match.end() if is_both else match.end("first"), NAME)


@cache
def _arabic_told() -> Pattern[str]:
    sure = any_of(f"{words.INTRODUCED}|{words.TITLES_OF_ARABIC}")
    labelled = any_of(words.LABELLED_OF_ARABIC)
    return compiled(
        rf"(?<!\w){_ARABIC_PREFIXES}(?:(?P<sure>{sure}|{labelled}\s?:)"
        rf"|(?P<likely>{any_of(f'{words.GREETINGS_OF_ARABIC}|{words.GOODBYES_OF_ARABIC}')})"
        rf"|{labelled}|{any_of(words.THANKS_OF_ARABIC)})[،,]?\s+(?P<titled>{_ARABIC_TITLE})*"
        rf"(?!{sure}\s)(?P<it>{_ARABIC_WORD}(?: {_ARABIC_WORD})?)(?!\w)(?P<ends>[ ]?(?:[،,.!:]|\n|$))?"
    )


def _arabic_length(told: str, *, is_sure: bool, is_whole: bool) -> int:
    """How much of one or two words is a name: after a sure word the first always is, and both before a stop."""
    first, _, last = told.partition(" ")
    if first in words.NO_NAMES_OF_ARABIC or not (is_sure or _plain(first) in _first_names() or _is_nisba(last)):
        return 0
    is_likely = is_whole or last.startswith("ال")
    if last and (_is_arabic_last(last) or (is_sure and is_likely and last not in words.NO_NAMES_OF_ARABIC)):
        return len(told)
    return len(first) if is_sure or _is_arabic_first(first) else 0


def _is_arabic_first(word: str) -> bool:
    is_word = word in words.NO_NAMES_OF_ARABIC or word in words.WORDS_OF_ARABIC
    return _plain(word) in _first_names() and not is_word


def _is_arabic_last(word: str) -> bool:
    """In the lists, which also give first names, as fathers' do; or of where somebody's people are from."""
    is_listed = _plain(word) in _last_names() or _is_arabic_first(word)
    return (is_listed and word not in words.NO_NAMES_OF_ARABIC) or _is_nisba(word)


def _is_nisba(word: str) -> bool:
    return word.startswith("ال") and word.endswith("ي") and len(word) > 5


def _plain(word: str) -> str:
    """Without vowel signs, and with one form for the letters that are written either way."""
    return word.translate(_LETTERS)


@cache
def _months() -> frozenset[str]:
    return frozenset(month.strip() for month in words.MONTHS.split("|"))


@cache
def _first_names() -> frozenset[str]:
    return _listed_names("first_names", _COUNTRIES)


@cache
def _more_first_names() -> frozenset[str]:
    return _listed_names("first_names", _MORE_COUNTRIES)


@cache
def _last_names() -> frozenset[str]:
    return _listed_names("last_names", _COUNTRIES + _MORE_COUNTRIES)


def _listed_names(which: str, countries: list[str]) -> frozenset[str]:
    """Names of one kind in small letters, those of two words by their parts; read when first needed, some 0.2 s."""
    found: set[str] = set()
    for country in countries:
        listed: set[str] = set(getattr(import_module(f"faker.providers.person.{country}").Provider, which))
        found.update(_plain(part).lower() for name in listed for part in name.split() if len(part) > 1)
    return frozenset(found)
