"""What agents should hear about, and what they choose to hear."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F, JSONField, Value
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.inserting import insert_rows
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import BEGINNING, Cause, caused_by, event_row, key_of, publish, this_cause, write_events
from charterdesk.people.events import AgentNotified, PreferencesChanged
from charterdesk.people.models import Agent, Notice, Preferences
from charterdesk.people.ways import KINDS, WAYS, Hearer, covering, hearers, stand_ins

KIND_CODES = frozenset(kind.code for kind in KINDS)
WAY_CODES = frozenset(way for way, _name in WAYS)
TOLD_WITH = "told_with"
"""In the data of a notice that was told together with others: the number of the one that names their mail."""


def notify(agent_ids: Iterable[int], *, code: str, about: str, by: Actor, data: dict[str, Any] | None = None) -> None:
    """Leave a notice about `about` (a key) for each agent; `channels` mails it. Must run inside a transaction."""
    notices = [Notice(agent_id=pk, code=code, about=about, data=data or {}) for pk in sorted(set(agent_ids))]
    leave_notices([(notice, this_cause() or BEGINNING) for notice in notices], by=by)


def leave_notices(caused: Sequence[tuple[Notice, Cause]], *, by: Actor) -> None:
    """Leave new notices, each with what led to it, as their agents chose; who is away hears through who stands in.

    What nobody wants to hear is not left at all. Three statements, five where somebody stands in; in the caller's
    transaction.
    """
    left = _as_chosen(caused, by)
    if not left:
        return
    insert_rows([notice for notice, _cause in left])
    rows = []
    for notice, cause in left:
        with caused_by(cause):
            event = AgentNotified(agent_id=notice.agent_id, notice_id=notice.pk)
            # A notice is its own subject: what one agent hears of needs no order, and is told many at once.
            rows.append(event_row(event, on=notice, by=by))
    write_events(rows)


def _as_chosen(caused: Sequence[tuple[Notice, Cause]], by: Actor) -> list[tuple[Notice, Cause]]:
    """Those that somebody hears: in whose place, by which ways, and not before when. Each once for a person."""
    if not caused:
        return []
    known = hearers({notice.agent_id for notice, _cause in caused})
    instead = stand_ins(known)
    at, actor = now(), key_of(by)
    seen: set[tuple[int, str, str]] = set()
    left = []
    for notice, cause in caused:
        if (stand_in := instead.get(notice.agent_id)) is not None:
            if actor == f"agent:{stand_in}":
                continue
            notice.data = {**notice.data, "for": notice.agent_id}
            notice.agent_id = stand_in
        hearer = known.get(notice.agent_id)
        if hearer and notice.about in hearer.kept_from:
            continue  # it is about them: they hear nothing of it
        once = (notice.agent_id, notice.code, notice.about)
        if hearer and once not in seen and _choose(notice, hearer, at):
            seen.add(once)
            left.append((notice, cause))
    return left


def _choose(notice: Notice, hearer: Hearer, at: datetime) -> bool:
    """Set how and when `notice` comes; whether it comes at all."""
    notice.ways = hearer.ways_of(notice.code)
    notice.wait_until = hearer.quiet_end(at)
    return bool(notice.ways)


def note_told_together(notices: Iterable[Notice], *, first: Notice) -> None:
    """Note that all of these were told in the mail named by `first`. One statement, in the caller's transaction."""
    named = Value({TOLD_WITH: first.pk}, JSONField())
    told = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    told.update(data=CombinedExpression(F("data"), "||", named, JSONField()))


def read_notices(agent_id: int, *, about: str, at: datetime) -> None:
    """Mark the notices about `about` as read."""
    Notice.objects.filter(agent_id=agent_id, about=about, read_at=None).update(read_at=at)


def withdraw_notices(agent_ids: Iterable[int], *, about: str) -> None:
    """Mark what these agents were told about `about` as read: it is done. One statement."""
    Notice.objects.filter(agent__in=list(agent_ids), about=about, read_at=None).update(read_at=now())


def read_all_notices(agent_id: int, *, at: datetime) -> int:
    """Mark all notices of an agent as read; return how many were not."""
    return Notice.objects.filter(agent_id=agent_id, read_at=None).update(read_at=at)


@transaction.atomic
def set_preferences(
    agent: Agent,
    *,
    by: Actor,
    ways: Mapping[str, Sequence[str]],
    quiet_from: time | None,
    quiet_until: time | None,
    stand_in: Agent | None,
    landing: str,
) -> Preferences:
    """Keep what `agent` chose.

    Raises `Refused`: `people.no_such_way`, `people.half_quiet`, `people.stand_in_self`, `people.stand_in_teams` (who
    stands in must work for the same teams, or could not see the tickets).
    """
    if set(ways) - KIND_CODES or {way for each in ways.values() for way in each} - WAY_CODES:
        raise Refused("people.no_such_way", _("Choose from the list."))
    if (quiet_from is None) != (quiet_until is None):
        raise Refused("people.half_quiet", _("Quiet hours need a beginning and an end."))
    if stand_in and stand_in.pk == agent.pk:
        raise Refused("people.stand_in_self", _("Somebody else has to stand in for you."))
    if stand_in and not covering([(agent.pk, stand_in.pk)]):
        message = _("%(name)s does not work for all your teams and could not see your tickets.")
        raise Refused("people.stand_in_teams", message % {"name": stand_in})
    chosen = {
        "ways": {kind: list(each) for kind, each in ways.items()},
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "stand_in": stand_in,
        "landing": landing,
    }
    kept, _is_new = Preferences.objects.update_or_create(agent=agent, defaults=chosen)
    publish(PreferencesChanged(agent_id=agent.pk, stand_in_id=stand_in.pk if stand_in else None), on=agent, by=by)
    return kept
