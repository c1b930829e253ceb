"""The customers: some thousand households, landlords, firms and authorities, drawn from the seed."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from charterdesk.ops.demo.situations import FIRM, HOME, LANDLORD, PUBLIC
from charterdesk.people import cast

LANGUAGE_SHARES = {"en": 52, "de": 18, "es": 11, "fr": 12, "ar": 7}
_KIND_OF_CAST = {"lettings": LANDLORD, "town": PUBLIC, "bakery": FIRM, "brewery": FIRM, "hotel": FIRM}
_LANGUAGE_OF_CAST = {"brewery": "de", "hotel": "fr"}
# Kept free for drama are +353 20 910 0000 to 919 9999; the first thousand belong to the cast.
_FIRST_NUMBER, _NUMBERS = 9_101_000, 98_000
# Names that lists, cards and mails have to bear: very long, one unbroken word, a single letter.
_ODD_NAMES = (
    ("de", "Maximiliane-Hildegund Freifrau von und zu Obertreppendorf-Niederwasserstein auf Alderkoog-Hinterdeichs"
     "graben, geborene Gräfin Quellenbrunn-Tiefenthal", "freifrau"),
    ("en", "Bartholomewfitzgeraldmontgomeryhathersagethistlewoodravenscroftpickersgill", "bartholomew"),
    ("ar", "عبد الرحمن بن محمد بن عبد العزيز بن إبراهيم بن عبد الكريم بن يوسف بن سليمان البستاني الجابري",
     "abdulrahman"),
    ("fr", "Ô", "o"),
)  # fmt: skip
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer that is more than one person; `kind` as in `situations`."""

    name: str
    domain: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. `organisation` is an index into the world's organisations, None for a household."""

    name: str
    email: str
    phone: str
    language: str
    kind: str
    organisation: int | None
    street: str
    district: str
    account: str
    meter: str
    signature: str
    has_login: bool = False


@cache
def names() -> dict[str, Any]:
    """What names are drawn from."""
    return tomllib.loads((files(__package__) / "content" / "names.toml").read_text(encoding="utf-8"))


def ascii_name(text: str) -> str:
    """`text` as it stands in an address: lower case, without accents, words joined by dots."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", ".", plain.replace("'", "")).strip(".")


def make_organisations() -> list[Organisation]:
    """The organisations of the cast and those of the town; the same for every seed."""
    made = [
        Organisation(one.name, one.domain, _KIND_OF_CAST[one.key], _LANGUAGE_OF_CAST.get(one.key, "en"))
        for one in cast.ORGANISATIONS
    ]
    for group in names()["organisations"]:
        for number, name in enumerate(group["names"]):
            label = ascii_name(name).replace(".", "-")[:40].strip("-") or f"{group['kind']}-{number + 1}-ar"
            made.append(Organisation(name, f"{label}.example.com", group["kind"], group["language"]))
    return made


def make_people(count: int, organisations: list[Organisation], dice: Random) -> list[Person]:
    """`count` people: the cast first, then employees of the organisations, then households."""
    made = [_of_cast(one, at, dice) for at, one in enumerate(cast.CONTACTS)]
    made += [_odd(len(made) + at, *odd, dice) for at, odd in enumerate(_ODD_NAMES)]
    taken = {person.email for person in made}
    staffed = min(count // 5, 4 * len(organisations))
    for at in range(max(0, count - len(made))):
        employer = at % len(organisations) if at < staffed else None
        made.append(_somebody(len(made), employer, organisations, taken, dice))
    return made


def _of_cast(one: cast.CastContact, at: int, dice: Random) -> Person:
    keys = [organisation.key for organisation in cast.ORGANISATIONS]
    employer = keys.index(one.organisation) if one.organisation else None
    kind = _KIND_OF_CAST[one.organisation] if one.organisation else HOME
    street, district = _address(dice)
    return Person(
        name=one.name,
        email=one.email,
        phone=one.phone,
        language=one.language,
        kind=kind,
        organisation=employer,
        street=street,
        district=district,
        account=f"AW-{4101 + at}-{dice.randrange(10, 99)}",
        meter=f"M-{20400000 + at}",
        signature="",
        has_login=True,
    )


def _odd(at: int, language: str, name: str, mailbox: str, dice: Random) -> Person:
    street, district = _address(dice)
    return Person(
        name=name,
        email=f"{mailbox}@example.com",
        phone=f"+35320{_FIRST_NUMBER + at}",
        language=language,
        kind=HOME,
        organisation=None,
        street=street,
        district=district,
        account=f"AW-{4101 + at}-00",
        meter=f"M-{20400000 + at}",
        signature="",
    )


def _somebody(
    at: int, employer: int | None, organisations: list[Organisation], taken: set[str], dice: Random
) -> Person:
    organisation = None if employer is None else organisations[employer]
    language = organisation.language if organisation else _language(dice)
    name, mailbox = _name(language, dice)
    email = _free_address(mailbox, organisation.domain if organisation else dice.choice(names()["mail"]), taken)
    street, district = _address(dice)
    phone = f"+35320{_FIRST_NUMBER + at}" if at < _NUMBERS else ""
    return Person(
        name=name,
        email=email,
        phone=phone,
        language=language,
        kind=organisation.kind if organisation else (LANDLORD if dice.random() < 0.06 else HOME),
        organisation=employer,
        street=street,
        district=district,
        account=f"AW-{4101 + at}-{dice.randrange(10, 99)}",
        meter=f"M-{20400000 + at * 7 + dice.randrange(7)}",
        signature=f"{name}\n{organisation.name}\n{phone}" if organisation else "",
        has_login=dice.random() < 0.3,
    )


def _language(dice: Random) -> str:
    return dice.choices(list(LANGUAGE_SHARES), list(LANGUAGE_SHARES.values()))[0]


def _name(language: str, dice: Random) -> tuple[str, str]:
    """A name and what stands before the @ of its address."""
    known = names()[language]
    given, family = dice.randrange(len(known["given"])), dice.randrange(len(known["family"]))
    name = f"{known['given'][given]} {known['family'][family]}"
    if language != "ar":
        return name, ascii_name(name)
    return name, f"{known['latin_given'][given]}.{known['latin_family'][family]}"


def _free_address(mailbox: str, domain: str, taken: set[str]) -> str:
    address, number = f"{mailbox}@{domain}", 1
    while address in taken:
        number += 1
        address = f"{mailbox}{number}@{domain}"
    taken.add(address)
    return address


def _address(dice: Random) -> tuple[str, str]:
    return f"{dice.choice(names()['streets'])} {dice.randrange(1, 140)}", dice.choice(names()["districts"])
