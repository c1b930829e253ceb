"""HTTP to addresses that an administrator gave, by the guard of `base.outside`: for libraries that use requests."""

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from charterdesk.base.outside import OutOfReach, may_reach

SECONDS = 10


def _connected(host: str, port: int, timeout: Any) -> socket.socket:
    """A connection to the very machine that was looked at, whatever its name says a moment later."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(may_reach, found)):
        raise OutOfReach("it lies in a private network")
    return socket.create_connection((found[0], port), timeout=timeout if isinstance(timeout, float | int) else SECONDS)


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self.host, self.port or 80, self.timeout)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self.host, self.port or 443, self.timeout)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class GuardedAdapter(HTTPAdapter):
    """Connects to public machines, and to networks the operator opened (`CHARTERDESK_PRIVATE_NETWORKS`); no others."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Have all connections looked at."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


class GuardedSession(requests.Session):
    """A session that waits `SECONDS` at most for each answer, and goes where it may; proxies of this machine are not
    asked, for they would go anywhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        for scheme in ("http://", "https://"):
            self.mount(scheme, GuardedAdapter())

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """As requests does. Raises `requests.RequestException`, also for an address out of reach."""
        kwargs.setdefault("timeout", SECONDS)
        try:
            return super().request(method, url, *args, **kwargs)
        except OutOfReach as error:
            raise requests.ConnectionError(str(error)) from error
