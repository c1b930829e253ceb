"""How often a password or a code may be tried, so that guessing is slow and nobody can lock another person out.

Tries from a device on which the person has signed in before are counted for that device alone (device cookies,
after OWASP's "Slow Down Online Guessing Attacks with Device Cookies"). All others are counted by address of mail and
network, by network, and by address of mail over all networks. So whoever hammers locks out themselves first, strangers
second, and the person at their own machine never; on a new machine there are still the passkey, single sign-on and the
code sent by e-mail, whose requests are counted apart.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from charterdesk.access.models import Tries
from charterdesk.base.clock import now


@dataclass(frozen=True)
class Limit:
    """At most `most` tries in `minutes`."""

    most: int
    minutes: int


DEVICE = Limit(10, 15)
HERE = Limit(5, 5)
"""One account from one network."""
NETWORK = Limit(60, 10)
"""All accounts from one network: an office behind one address has many people who mistype."""
STRANGERS = Limit(100, 60)
"""One account from anywhere but its own devices."""
MAILS_HERE, MAILS_STRANGERS = Limit(3, 10), Limit(20, 60)


@dataclass(frozen=True, kw_only=True)
class Place:
    """From where somebody tries: an IP address, and the secret of a device on which this account signed in before."""

    ip: str
    device: str = ""


def network_of(ip: str) -> str:
    """What one household or office has: a /24 of IPv4, a /64 of IPv6; "" for what is no address."""
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False))


class Attempt:
    """One try, counted before it is judged, so that many at once can't slip past; taken back when it was right."""

    def __init__(self, kind: str, account: str, place: Place) -> None:
        who, net = account.strip().lower(), network_of(place.ip)
        mails = kind == "mail"
        counters: list[tuple[tuple[str, ...], Limit]]
        if place.device:
            counters = [((kind, "device", who, place.device), MAILS_HERE if mails else DEVICE)]
        else:
            counters = [
                ((kind, "here", who, net), MAILS_HERE if mails else HERE),
                ((kind, "network", net), NETWORK),
                ((kind, "strangers", who), MAILS_STRANGERS if mails else STRANGERS),
            ]
        self._limits = {_hashed(parts): limit for parts, limit in counters}

    def allowed(self) -> bool:
        """Count the try and say whether it is within the limits. One statement; what is too much is not counted."""
        counts = _count(self._limits)
        if all(counts[key] <= limit.most for key, limit in self._limits.items()):
            return True
        # A refused try weighs nothing, else hammering would hold the door shut for as long as it goes on.
        self.take_back()
        return False

    def take_back(self) -> None:
        """It was right, or was not judged: it does not count. One statement."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE access_tries SET count = greatest(count - 1, 0) WHERE key = ANY(%s)", [sorted(self._limits)]
            )


def is_first(kind: str, about: str, *, minutes: int) -> bool:
    """Whether `kind` happens to `about` for the first time in so many minutes. One statement."""
    key = _hashed((kind, "first", about))
    return _count({key: Limit(1, minutes)})[key] == 1


def first_sql(kind: str, about: str, *, minutes: int) -> tuple[str, list[Any]]:
    """The statement of `is_first` and its arguments, to be part of another: its column `count` is 1 the first time."""
    return _counting({_hashed((kind, "first", about)): Limit(1, minutes)})


def _hashed(parts: Sequence[str]) -> str:
    """A name for a counter that tells nobody whose it is."""
    return hmac.new(settings.SECRET_KEY.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _count(limits: dict[str, Limit]) -> dict[str, int]:
    """Count one more of each. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(*_counting(limits))
        return dict(cursor.fetchall())


def _counting(limits: dict[str, Limit]) -> tuple[str, list[Any]]:
    """How each is counted: in the order of their keys, so that two at once wait instead of blocking each other."""
    at = now()
    rows = [(key, at, at + timedelta(minutes=limits[key].minutes)) for key in sorted(limits)]
    values = ", ".join(["(%s, 1, %s)"] * len(rows))
    sql = (
        f"INSERT INTO access_tries AS old (key, count, until) VALUES {values} ON CONFLICT (key) DO UPDATE SET "
        "count = CASE WHEN old.until < %s THEN 1 ELSE old.count + 1 END, "
        "until = CASE WHEN old.until < %s THEN excluded.until ELSE old.until END RETURNING key, count"
    )
    arguments = [value for key, _at, until in rows for value in (key, until)]
    return sql, [*arguments, at, at]


def forget_old_tries() -> int:
    """Drop counters whose window is over; return how many. One statement."""
    gone, _by_model = Tries.objects.filter(until__lt=now()).delete()
    return gone
