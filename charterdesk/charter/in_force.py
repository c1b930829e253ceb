"""Which version of the charter binds a request: known to each process without asking the database each time.

A version takes effect a minute after it is published at the earliest, so that what is known here is never too old.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from charterdesk.charter.content import Charter
from charterdesk.charter.models import CharterVersion

NOTICE = timedelta(minutes=1)
"""So long before it takes effect a version is published at the least."""
FRESH_S = 30.0


@dataclass(frozen=True)
class Binding:
    """A published version, as it binds."""

    id: int
    number: int
    effective_at: datetime
    charter: Charter


_known: tuple[float, list[Binding]] | None = None


def bindings() -> list[Binding]:
    """All published versions, the newest first. One query in half a minute, at most."""
    global _known
    if _known is None or time.monotonic() - _known[0] > FRESH_S:
        found = CharterVersion.objects.filter(state=CharterVersion.PUBLISHED).order_by("-effective_at")
        _known = (time.monotonic(), [_binding(each) for each in found])
    return _known[1]


def _binding(version: CharterVersion) -> Binding:
    assert version.effective_at is not None  # the database sees to it
    return Binding(version.pk, version.number, version.effective_at, version.charter)


def binding_at(moment: datetime) -> Binding | None:
    """What binds a request that comes in at `moment`; None before there was a charter."""
    return next((each for each in bindings() if each.effective_at <= moment), None)


def binding_of(version_id: int) -> Binding | None:
    """A published version by its id."""
    return next((each for each in bindings() if each.id == version_id), None)


def speaks_of_calls() -> bool:
    """Whether any charter ever promised something to those who call."""
    return any(each.is_on_line for binding in bindings() for each in binding.charter.objectives)


def know_none() -> None:
    """Know for a while, without asking, that there is no charter: what a test begins with."""
    global _known
    _known = (time.monotonic(), [])


def forget() -> None:
    """Ask the database again next time."""
    global _known
    _known = None
