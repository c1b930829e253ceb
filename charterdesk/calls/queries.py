"""What pages ask of calls: who is on the line now, what is known of them, and how soon calls are answered."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from charterdesk.calls.models import Call, PhoneLine
from charterdesk.calls.numbers import people_at
from charterdesk.people.models import Contact
from charterdesk.people.permissions import READ_REPORTS
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket

KNOWN_S = 60.0
MOST_TICKETS = 3
SHOWN = ("contact__organisation", "agent", "team", "line", "ticket", "call_back__ticket")


@dataclass
class Lines:
    """Whether customers can call at all: asked now and then only, and never again once there is a number."""

    looked_at: float | None = None
    are_there: bool = False

    def is_set_up(self) -> bool:
        """Whether there is a number. One query a minute, until there is one."""
        stale = self.looked_at is None or time.monotonic() - self.looked_at > KNOWN_S
        if stale and not self.are_there:
            self.are_there, self.looked_at = PhoneLine.objects.exists(), time.monotonic()
        return self.are_there

    def forget(self) -> None:
        """Look again whether there is any."""
        self.looked_at, self.are_there = None, False


LINES = Lines()


@dataclass(frozen=True, kw_only=True)
class OnLine:
    """A call going on, with what helps to answer it: who else it may be, and what they have open with us."""

    call: Call
    others: Sequence[Contact]
    tickets: Sequence[Ticket]


def on_line(viewer: Viewer) -> list[OnLine]:
    """What rings at the viewer's own teams, and whom they talk with. Two statements, four more for each such call."""
    going_on = Call.objects.visible_to(viewer).filter(
        Q(state=Call.RINGING, direction=Call.IN, team__in=viewer.own_team_ids)
        | Q(state=Call.TALKING, agent=viewer.agent_id or 0)
    )
    return [_with_file(call, viewer) for call in going_on.select_related(*SHOWN).order_by("begun_at")[:5]]


def _with_file(call: Call, viewer: Viewer) -> OnLine:
    people = people_at(call.number, like=call.line.number if call.line else "")
    others = [contact for contact in people if contact.pk != call.contact_id]
    return OnLine(call=call, others=others, tickets=open_tickets(call, viewer))


def open_tickets(call: Call, viewer: Viewer) -> list[Ticket]:
    """What the caller has open, the latest first: the likely reason of the call. One statement."""
    if call.contact_id is None:
        return []
    mine = Ticket.objects.visible_to(viewer).filter(contact=call.contact_id, merged_into=None)
    over = (Ticket.SOLVED, Ticket.CLOSED)
    return list(mine.exclude(status__in=over).order_by("-last_message_at")[:MOST_TICKETS])


def shown_calls(viewer: Viewer) -> QuerySet[Call]:
    """Calls with all that a list shows, the latest first. One statement."""
    return Call.objects.visible_to(viewer).select_related(*SHOWN).order_by("-begun_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How incoming calls were answered. `promised` are those with a promise that ended, `kept` those of them answered
    in time; who hung up before it was due counts in neither. `waited` is the middle wait of those answered."""

    label: str
    calls: int
    answered: int
    missed: int
    promised: int
    kept: int
    waited: timedelta | None

    @property
    def share(self) -> float | None:
        """The share answered in time, in percent; None where nothing was promised."""
        return 100 * self.kept / self.promised if self.promised else None


BY = {
    "team": "team.name",
    "line": "coalesce(line.name, '')",
    "hour": "to_char(call.begun_at AT TIME ZONE %(zone)s, 'HH24')",
}
_FIGURES = """
SELECT {label}, count(*), count(*) FILTER (WHERE call.cause = 'answered'),
       count(*) FILTER (WHERE call.cause <> 'answered'),
       count(*) FILTER (WHERE wait.due_at IS NOT NULL AND (wait.is_answered OR wait.breached_at IS NOT NULL)),
       count(*) FILTER (WHERE wait.is_answered AND wait.due_at IS NOT NULL AND wait.breached_at IS NULL),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY call.answered_at - call.rang_at)
         FILTER (WHERE call.answered_at IS NOT NULL AND call.rang_at IS NOT NULL)
FROM calls_call call
JOIN people_team team ON team.id = call.team_id
LEFT JOIN calls_phoneline line ON line.id = call.line_id
LEFT JOIN sla_wait wait ON wait.about = 'call:' || call.id
WHERE call.direction = 'in' AND call.state = 'ended' AND call.team_id = ANY (%(teams)s)
  AND call.begun_at >= %(since)s AND call.begun_at < %(until)s
GROUP BY 1 ORDER BY 1
"""


def answered_by(by: str, viewer: Viewer, *, since: datetime, until: datetime) -> list[Answered]:
    """How calls between two times were answered, `by` team, line or hour ("" is all as one), of the teams whose reports
    the viewer reads.

    Hours are those of the viewer's clock. One statement, reading the calls of that time.
    """
    label = BY.get(by, "''")
    given: dict[str, Any] = {
        "teams": [pk for pk in viewer.team_ids if viewer.may(READ_REPORTS, pk)],
        "since": since,
        "until": until,
        "zone": viewer.time_zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.replace("{label}", label), given)
        names = ("label", "calls", "answered", "missed", "promised", "kept", "waited")
        return [Answered(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
