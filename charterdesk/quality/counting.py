"""What the events of one ticket add to which day's figures. Plain reckoning: no database, no clock.

A ticket's state says what was counted of it. Each event makes a new state; the figures change by the difference. So
an event that comes twice changes nothing, and a ticket that is reopened, moved or tagged anew is counted anew, on the
days where it belongs.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from charterdesk.calendars.arithmetic import Calendar, between
from charterdesk.complaints.events import ComplaintEscalated, ComplaintTaken
from charterdesk.quality.models import Daily, Spread
from charterdesk.sla.events import TargetBreached, TargetMet
from charterdesk.sla.models import FIRST_REPLY, RESOLUTION
from charterdesk.tickets.events import (
    MessageCalledBack,
    MessageQueued,
    TicketAssigned,
    TicketClosed,
    TicketEvent,
    TicketFavoured,
    TicketMoved,
    TicketOpened,
    TicketPaused,
    TicketReleased,
    TicketReopened,
    TicketResumed,
    TicketSolved,
    TicketTagged,
)

Key = tuple[str, int, str, str]
"""Day as 2026-11-22, team, by what, of which value."""
Figures = Counter[tuple[Key, str]]
"""Amounts by key and column; a spread's column is such as `reply:12`."""
Calendars = Mapping[int, Calendar]
HEARD: tuple[type[TicketEvent], ...] = (
    TicketOpened, MessageQueued, MessageCalledBack, TicketAssigned, TicketReleased, TicketMoved, TicketTagged,
    TicketPaused, TicketResumed, TicketSolved, TicketReopened, TicketClosed, TargetMet, TargetBreached,
    TicketFavoured, ComplaintTaken, ComplaintEscalated,
)  # fmt: skip
LAST_BUCKET = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What is known of a ticket so far. Days and amounts are kept as they were reckoned when they came about."""

    team_id: int
    channel: str
    opened_at: str
    opened_on: str
    agent_id: int | None = None
    tags: tuple[str, ...] = ()
    is_open: bool = True
    waits_since: str = ""
    waited_s: int = 0
    reply_id: int = 0
    replied_on: str = ""
    replied_by: int | None = None
    reply_s: int = 0
    reply_kept: bool | None = None
    solved_on: str = ""
    solved_by: int | None = None
    solve_s: int = 0
    solve_kept: bool | None = None
    level_id: int | None = None
    tier_id: int | None = None


def is_counted(event: TicketEvent) -> bool:
    """Whether `event` may change the state of its ticket: our automatic texts are no replies."""
    return not isinstance(event, MessageQueued) or event.agent_id is not None


def after(
    state: State | None, event: TicketEvent, at: datetime, facts: Mapping[str, Any], calendars: Calendars
) -> State | None:
    """The state after `event`, which happened `at`; None for a ticket whose opening was never heard of."""
    if isinstance(event, TicketOpened):
        return state or _opened(event, at, facts, calendars)
    if state is None:
        return None
    return _STEPS[type(event)](state, event, at, calendars)


def _opened(event: TicketOpened, at: datetime, facts: Mapping[str, Any], calendars: Calendars) -> State:
    tags = facts.get("tags") or ()
    return State(
        team_id=event.team_id,
        channel=event.channel,
        opened_at=at.isoformat(),
        opened_on=_day(at, event.team_id, calendars),
        tags=tuple(sorted(tags)),
    )


def _day(at: datetime, team_id: int, calendars: Calendars) -> str:
    calendar = calendars.get(team_id)
    return (at.astimezone(calendar.tz) if calendar else at).date().isoformat()


def _open_s(state: State, since: str, until: datetime, calendars: Calendars) -> int:
    """Seconds of the team's open time."""
    begin, calendar = datetime.fromisoformat(since), calendars.get(state.team_id)
    length = between(calendar, begin, until) if calendar else until - begin
    return max(0, int(length.total_seconds()))


def _replied(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    if event.agent_id is None or event.side_thread_id is not None or state.reply_id:
        return state
    return replace(
        state,
        reply_id=event.message_id,
        replied_on=_day(at, state.team_id, calendars),
        replied_by=event.agent_id,
        reply_s=_open_s(state, state.opened_at, at, calendars),
    )


def _called_back(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    if event.message_id != state.reply_id:
        return state
    return replace(state, reply_id=0, replied_on="", replied_by=None, reply_s=0)


def _tagged(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    return replace(state, tags=tuple(sorted({*state.tags, *event.added} - set(event.removed))))


def _paused(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    return replace(state, waits_since=state.waits_since or at.isoformat())


def _resumed(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    if not state.waits_since:
        return state
    waited = _open_s(state, state.waits_since, at, calendars)
    return replace(state, waits_since="", waited_s=state.waited_s + waited)


def _solved(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    state = _resumed(state, event, at, calendars)
    return replace(
        state,
        is_open=False,
        solved_on=_day(at, state.team_id, calendars),
        solved_by=event.assignee_id,
        solve_s=max(0, _open_s(state, state.opened_at, at, calendars) - state.waited_s),
    )


def _reopened(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    return replace(state, is_open=True, solved_on="", solved_by=None, solve_s=0)


def _closed(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    return replace(_resumed(state, event, at, calendars), is_open=False)


def _target(state: State, event: Any, at: datetime, calendars: Calendars) -> State:
    name = {FIRST_REPLY: "reply_kept", RESOLUTION: "solve_kept"}.get(event.kind)
    if name is None:
        return state
    kept = isinstance(event, TargetMet) and getattr(state, name) is None
    values: dict[str, Any] = {name: kept}  # late stays late, however it ends
    return replace(state, **values)


_STEPS: dict[type, Callable[[State, Any, datetime, Calendars], State]] = {
    MessageQueued: _replied,
    MessageCalledBack: _called_back,
    TicketAssigned: lambda state, event, at, calendars: replace(state, agent_id=event.assignee_id),
    TicketReleased: lambda state, event, at, calendars: replace(state, agent_id=None),
    TicketMoved: lambda state, event, at, calendars: replace(state, team_id=event.team_id, agent_id=None),
    TicketTagged: _tagged,
    TicketPaused: _paused,
    TicketResumed: _resumed,
    TicketSolved: _solved,
    TicketReopened: _reopened,
    TicketClosed: _closed,
    TargetMet: _target,
    TargetBreached: _target,
    TicketFavoured: lambda state, event, at, calendars: replace(state, tier_id=event.tier_id),
    ComplaintTaken: lambda state, event, at, calendars: replace(state, level_id=event.level_id),
    ComplaintEscalated: lambda state, event, at, calendars: replace(state, level_id=event.level_id),
}


def difference(before: State | None, then: State | None, at: datetime, calendars: Calendars) -> Figures:
    """By how much the figures change from one state to the next."""
    change: Figures = Counter(_facts(then)) if then else Counter()
    if before:
        change.subtract(_facts(before))
    for sign, state in ((-1, before), (1, then)):
        if state and state.is_open:
            day = _day(at, state.team_id, calendars)
            for by, value in _kinds(state, state.agent_id):
                change[(day, state.team_id, by, value), "flow"] += sign
    return Counter({key: amount for key, amount in change.items() if amount})


def _facts(state: State) -> Figures:
    """What a ticket in this state adds to which days."""
    figures: Figures = Counter()

    def add(day: str, agent_id: int | None, **amounts: int) -> None:
        for by, value in _kinds(state, agent_id):
            for column, amount in amounts.items():
                figures[(day, state.team_id, by, value), column.replace("__", ":")] += amount

    add(state.opened_on, state.agent_id, opened=1)
    if state.replied_on:
        promised = {} if state.reply_kept is None else {"reply_kept" if state.reply_kept else "reply_late": 1}
        spread = {f"{Spread.REPLY}__{bucket_of(state.reply_s)}": 1}
        add(state.replied_on, state.replied_by, replied=1, reply_s=state.reply_s, **promised, **spread)
    if state.solved_on:
        promised = {} if state.solve_kept is None else {"solve_kept" if state.solve_kept else "solve_late": 1}
        spread = {f"{Spread.SOLVE}__{bucket_of(state.solve_s)}": 1}
        add(state.solved_on, state.solved_by, solved=1, solve_s=state.solve_s, **promised, **spread)
    return figures


def _kinds(state: State, agent_id: int | None) -> list[tuple[str, str]]:
    """Under what a ticket is counted: all, its channel, its tags, the agent it was at; the level that decides a
    complaint, the tier of a loyal customer."""
    some = ((Daily.AGENT, agent_id), (Daily.LEVEL, state.level_id), (Daily.TIER, state.tier_id))
    named = [(by, str(pk)) for by, pk in some if pk]
    return [(Daily.ALL, ""), (Daily.CHANNEL, state.channel), *named, *((Daily.TAG, tag) for tag in state.tags)]


def bucket_of(seconds: int) -> int:
    """The bucket of a time: quarters of a doubling, from one minute on."""
    return min(LAST_BUCKET, max(0, math.floor(4 * math.log2(max(1.0, seconds / 60)))))


def middle_of(bucket: int) -> float:
    """Seconds in the middle of a bucket, by ratio."""
    return 60 * 2 ** ((bucket + 0.5) / 4)


def day_of(text: str) -> date:
    """A key's day."""
    return date.fromisoformat(text)
