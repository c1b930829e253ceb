"""How often one may ask: so many requests a minute, counted by each process for itself."""

import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext as _

from charterdesk.api.problems import Problem

WINDOW = 60
MOST = 10_000


class Limits:
    """Requests of each login in the minute that runs.

    In memory: a count kept in the database would cost every request a write, to hold back the few that are too many.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._used: dict[int, tuple[float, int]] = {}
        self._lock = Lock()

    def take(self, who: int) -> dict[str, str]:
        """Count one request; return the headers that say how many are left. Raises `Problem` (429) for too many."""
        limit, at = settings.API_RATE, self._clock()
        with self._lock:
            ends_at, used = self._used.get(who, (0.0, 0))
            if ends_at <= at:
                ends_at, used = at + WINDOW, 0
                if len(self._used) > MOST:
                    self._used = {login: kept for login, kept in self._used.items() if kept[0] > at}
            self._used[who] = (ends_at, used + 1)
        left, seconds = limit - used - 1, str(max(1, round(ends_at - at)))
        headers = {
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(max(0, left)),
            "RateLimit-Reset": seconds,
        }
        if left < 0:
            detail = _("That was too much in one minute. Go on in %(seconds)s seconds.") % {"seconds": seconds}
            raise Problem(429, "api.too_many", detail, headers={**headers, "Retry-After": seconds})
        return headers

    def forget(self) -> None:
        """Begin anew, for tests."""
        with self._lock:
            self._used.clear()


limits = Limits()
