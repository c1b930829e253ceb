"""Connecting to an address that somebody gave: to the public internet, and to the very machine that was looked at.

Whoever names an address (a mail its pictures, an administrator a webhook) could name one of our own networks, or a
name that means another machine at the next question. So every address behind the name is looked at first, and the
connection goes to one of those looked at.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable

from django.conf import settings

# They lead into IPv4, private addresses included, through a translator we know nothing of.
_TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class OutOfReach(OSError):
    """The address lies in a network that nobody may send us to."""


def is_public(address: str) -> bool:
    """Whether an IP address lies on the public internet: not in this machine, nor in any network around it."""
    found = _read(address)
    if isinstance(found, ipaddress.IPv6Address) and any(found in net for net in _TRANSLATED):
        return False
    return found.is_global and not found.is_multicast


def may_reach(address: str) -> bool:
    """Whether an IP address is public, or lies in a network that this desk's operator opened to its administrators."""
    return is_public(address) or any(_read(address) in network for network in settings.PRIVATE_NETWORKS)


def connect(
    host: str, port: int, *, tls: bool, until: float, may_reach: Callable[[str], bool] = is_public
) -> socket.socket:
    """A connection to `host`, all of whose addresses `may_reach` allows, made before `until` (of `time.monotonic`).

    Raises `OutOfReach`, other `OSError`s where nobody answers or the certificate is wrong, and `TimeoutError`.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(may_reach, found)):
        raise OutOfReach("it lies in a private network")
    plain = socket.create_connection((found[0], port), timeout=seconds_until(until))
    if not tls:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def seconds_until(until: float) -> float:
    """Seconds left before `until` (of `time.monotonic`). Raises `TimeoutError` when none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


def _read(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address, as the IPv4 one it stands for if it does; without the interface it was seen from."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found
