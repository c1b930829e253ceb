"""When we are here, as customers are told it on every page that offers a way to us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from charterdesk.base.clock import now
from charterdesk.people.models import Team
from charterdesk.sla.queries import openings_of

CHANNEL = "portal"


@dataclass(frozen=True)
class Department:
    """A team, and whether it is there; `opens_at` is when it is next, `closes_at` when it goes (None: it stays)."""

    team: Team
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


def departments_of(teams: Iterable[Team]) -> list[Department]:
    """`teams`, their calendars loaded, those that are open first. One statement."""
    each = list(teams)
    openings = openings_of(each, CHANNEL, at=now())
    found = [
        Department(team, stands.is_open, stands.opens_at, stands.closes_at)
        for team in each
        for stands in [openings[team.pk]]
    ]
    return sorted(found, key=lambda one: not one.is_open)
