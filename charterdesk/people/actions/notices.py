"""What agents should hear about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from charterdesk.base.keys import Actor
from charterdesk.events.log import BEGINNING, Cause, caused_by, event_row, this_cause, write_events
from charterdesk.people.events import AgentNotified
from charterdesk.people.models import Notice


def notify(agent_ids: Iterable[int], *, code: str, about: str, by: Actor, data: dict[str, Any] | None = None) -> None:
    """Leave a notice about `about` (a key) for each agent; `channels` mails it. Must run inside a transaction."""
    notices = [Notice(agent_id=pk, code=code, about=about, data=data or {}) for pk in sorted(set(agent_ids))]
    leave_notices([(notice, this_cause() or BEGINNING) for notice in notices], by=by)


def leave_notices(caused: Sequence[tuple[Notice, Cause]], *, by: Actor) -> None:
    """Leave new notices, each with what led to it. Two statements, in the caller's transaction."""
    Notice.objects.bulk_create([notice for notice, _cause in caused])
    rows = []
    for notice, cause in caused:
        with caused_by(cause):
            event = AgentNotified(agent_id=notice.agent_id, notice_id=notice.pk)
            rows.append(event_row(event, on=f"agent:{notice.agent_id}", by=by))
    write_events(rows)


def read_notices(agent_id: int, *, about: str, at: datetime) -> None:
    """Mark the notices about `about` as read."""
    Notice.objects.filter(agent_id=agent_id, about=about, read_at=None).update(read_at=at)
