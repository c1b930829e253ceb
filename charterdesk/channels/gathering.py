"""Many tickets of one agent that are late at once: gathered for a moment, to be told in one mail, not in dozens."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.events.log import Cause, caused_by
from charterdesk.events.timers import timer_row, write_timers
from charterdesk.people.models import Notice

GATHERED = ("target.breached", "target.nearing")
FEW = 5
"""So many are told one by one: each then has its own words, and can be answered by mail."""
MOMENT = timedelta(minutes=1)
_FLOODED = """
    SELECT asked.agent_id FROM unnest(%s::bigint[]) AS asked (agent_id)
    WHERE (SELECT notice.created_at FROM people_notice AS notice
           WHERE notice.agent_id = asked.agent_id AND notice.read_at IS NULL AND notice.code = ANY (%s)
           ORDER BY notice.id DESC OFFSET %s LIMIT 1) > %s
"""


def gather(caused: Sequence[tuple[Notice, Cause]]) -> set[Notice]:
    """Which of these notices wait for others of their agent, until the minute is over; a timer then tells them.

    One statement where some promise is late or nearly so, three where somebody gets many; none for other notices.
    """
    late = [(notice, cause) for notice, cause in caused if notice.code in GATHERED]
    flooded = _flooded({notice.agent_id for notice, _cause in late}) if late else set()
    waiting = {notice: cause for notice, cause in late if notice.agent_id in flooded}
    if waiting:
        until = now().replace(second=0, microsecond=0) + MOMENT
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(wait_until=until)
        tell_at_once({(notice.agent_id, until): cause for notice, cause in waiting.items()})
    return set(waiting)


def _flooded(agent_ids: set[int]) -> set[int]:
    """Of these agents those with more than a few unread ones of the last moment."""
    with connection.cursor() as cursor:
        cursor.execute(_FLOODED, [list(agent_ids), list(GATHERED), FEW, now() - MOMENT])
        return {agent_id for (agent_id,) in cursor.fetchall()}


def tell_at_once(causes: Mapping[tuple[int, datetime], Cause]) -> None:
    """Have each agent told, at a moment, of all that wait until then: one timer, however many. One statement."""
    rows = []
    for (agent_id, until), cause in causes.items():
        with caused_by(cause):
            at = until.isoformat()
            key, on = f"gathered:{agent_id}:{at}", f"agent:{agent_id}"
            rows.append(timer_row(key, due_at=until, operation="channels.tell_gathered", on=on, by=SYSTEM, until=at))
    write_timers(rows)
