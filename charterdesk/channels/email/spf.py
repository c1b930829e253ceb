"""Whether an SPF record lets a server send (RFC 7208): as much of it as tells whether our way out is named."""

import ipaddress
from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

MOST_LOOKUPS = 10
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Ask = Callable[[str, str], list[str]]


class IncompleteSpf(ValueError):
    """The record can't be followed to its end, so receivers ignore it."""


def allows(record: str, domain: str, addresses: Collection[Address], ask: Ask) -> bool:
    """Whether `record` of `domain` lets any of `addresses` send. Raises `IncompleteSpf` after too many questions."""
    return _Reader(addresses, ask).allows(record, domain)


class _Reader:
    """One walk through a record and those it includes; it counts its questions."""

    def __init__(self, addresses: Collection[Address], ask: Ask) -> None:
        self._addresses, self._ask, self._left = addresses, ask, MOST_LOOKUPS

    def allows(self, record: str, domain: str) -> bool:
        """Whether some term that is not a refusal fits."""
        words = [word for word in record.split()[1:] if word[0] not in "-~?"]
        return any(self._fits(word.lstrip("+"), domain) for word in words)

    def _fits(self, term: str, domain: str) -> bool:
        name, _colon, value = term.partition("=" if term.startswith("redirect=") else ":")
        name, _slash, _length = name.partition("/")
        target = value.partition("/")[0] or domain
        match name.lower():
            case "ip4" | "ip6":
                return self._in_network(value)
            case "a":
                return self._is_at(target)
            case "mx":
                hosts = [mx.split()[-1].rstrip(".") for mx in self._asked(target, "MX")]
                return any(self._is_at(host, counts=False) for host in hosts if host)
            case "include" | "redirect":
                found = [text for text in self._asked(target, "TXT") if text.lower().startswith("v=spf1")]
                return any(self.allows(text, target) for text in found)
            case _:
                return False

    def _in_network(self, text: str) -> bool:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError as error:
            raise IncompleteSpf(_("%(text)s is no network.") % {"text": text}) from error
        return any(address in network for address in self._addresses)

    def _is_at(self, host: str, *, counts: bool = True) -> bool:
        kinds = {"A" if address.version == 4 else "AAAA" for address in self._addresses}
        found = {text for kind in kinds for text in (self._asked(host, kind) if counts else self._ask(host, kind))}
        return any(str(address) in found for address in self._addresses)

    def _asked(self, name: str, kind: str) -> list[str]:
        self._left -= 1
        if self._left < 0:
            raise IncompleteSpf(_("it needs more than %(number)s questions.") % {"number": MOST_LOOKUPS})
        return self._ask(name, kind)
