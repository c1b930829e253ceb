"""Whose number it is: ours, a customer's, an agent's."""

from charterdesk.calls.models import Call, Extension, PhoneLine
from charterdesk.channels.sms.phone import international, own_number, written_ways
from charterdesk.people.models import Agent, Contact, Identity

WITHHELD = {"", "anonymous", "unknown", "withheld", "private", "restricted", "unavailable"}
"""How telephone systems write that a number is withheld."""
MOST_PEOPLE = 5


def normal_number(text: str, *, like: str = "") -> str:
    """`text` as E.164, read as dialled in the country of `like`; "" for what is withheld, an extension as it stands.

    A number without its + but with its country, as many systems write it, is understood.
    """
    squeezed = "".join(text.split())[:40]
    if squeezed.lower() in WITHHELD:
        return ""
    digits = squeezed.removeprefix("+").removeprefix("00")
    if squeezed.startswith(("+", "00")):
        return international(f"+{digits}") or squeezed[:20]
    country = like[:3]
    if like.startswith("+") and digits.startswith(country[1:]) and (found := international(f"+{digits}")):
        return found
    return international(squeezed, like=like) or squeezed[:20]


def line_of(text: str) -> PhoneLine | None:
    """The number of ours that `text` means, however it is written; None for what is not ours. One query.

    Lines are few: all are read.
    """
    squeezed = "".join(each for each in text if each.isalnum() or each == "+")
    wanted = {squeezed, own_number(squeezed), f"+{squeezed.removeprefix('+').removeprefix('00')}"}
    for line in PhoneLine.objects.filter(is_active=True).select_related("team").order_by("pk"):
        if line.number in wanted or international(squeezed, like=line.number) == line.number:
            return line
    return None


def caller_of(number: str, *, like: str = "") -> Contact | None:
    """Who is known by `number`; None for a stranger. One query."""
    return next(iter(people_at(number, like=like, with_former=False)), None)


def people_at(number: str, *, like: str = "", with_former: bool = True) -> list[Contact]:
    """Everybody who may be calling from `number`: whose number it is, then those who called from it before.

    A number belongs to one contact, but a household or an office shares it: who said on an earlier call that they were
    somebody else is named here the next time. Two queries, five people at most.
    """
    if not number:
        return []
    wanted = ways_of(number, like=like)
    known = Identity.objects.filter(kind=Identity.PHONE, value__in=wanted).select_related("contact__organisation")
    people = [each.contact for each in sorted(known, key=lambda each: wanted.index(each.value))]
    if with_former:
        former = Call.objects.filter(number=number, contact__isnull=False).values("contact")
        seen = {contact.pk for contact in people}
        people += (
            Contact.objects.filter(pk__in=former).exclude(pk__in=seen).select_related("organisation")[:MOST_PEOPLE]
        )
    return people[:MOST_PEOPLE]


def ways_of(number: str, *, like: str = "") -> list[str]:
    """How `number` may have been written down; `like` is a number of the country in which it is dialled."""
    return [number, *(written_ways(number, like=like) if number.startswith("+") else ())]


def agent_at(text: str) -> Agent | None:
    """The agent `text` means: an extension, or an e-mail address; None for nobody we know. One query."""
    named = text.strip()
    if not named:
        return None
    if "@" in named:
        return Agent.objects.filter(login__email=named.lower(), is_active=True).first()
    found = Extension.objects.select_related("agent").filter(number=named[:40], agent__is_active=True).first()
    return found.agent if found else None
