"""Phone numbers: one form to keep (E.164), and the others in which people write them down."""

from charterdesk.base.later import later

phonenumbers = later("phonenumbers")
SHORTEST = len("+6834000")
"""With fewer letters no number is one with its country (Niue's are the shortest): it was not written to its end."""


def international(number: str, *, like: str = "") -> str:
    """`number` as E.164 (+4930123456), read as in the country of `like`; "" for what is none."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(like)) if like.startswith("+") else None
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def written_ways(number: str, *, like: str = "") -> list[str]:
    """How an E.164 `number` may be written: without +, with 00, and, in the country of `like`, as dialled there."""
    digits = number.removeprefix("+")
    ways = [digits, f"00{digits}"]
    if like.startswith("+"):
        ours, theirs = phonenumbers.parse(like), phonenumbers.parse(number)
        if ours.country_code == theirs.country_code:
            national = phonenumbers.format_number(theirs, phonenumbers.PhoneNumberFormat.NATIONAL)
            ways.append("".join(each for each in national if each.isdecimal()))
    return ways


def own_number(text: str) -> str:
    """A number of ours as it is kept: E.164, a short code of digits, or a name of letters; "" for none of these."""
    squeezed = "".join(text.split())
    if squeezed.startswith(("+", "00")):
        found = international("+" + squeezed.removeprefix("+").removeprefix("00"))
        return found if len(found) >= SHORTEST else ""
    return squeezed if squeezed.isalnum() and squeezed.isascii() and 3 <= len(squeezed) <= 11 else ""
