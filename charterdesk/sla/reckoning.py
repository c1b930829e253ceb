"""How a clock runs: pure functions from a clock and what happened to the clock after it.

Nothing here knows tables or today's time; the same facts in the same order always give the same clocks, which is
what lets `replay` compare them with the log. `docs/developers/promises.md` says the same in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from charterdesk.calendars.arithmetic import Calendar, CalendarError, add, between

RUNNING, PAUSED, STOPPED, DROPPED = "running", "paused", "stopped", "dropped"
FIRST_REPLY, NEXT_REPLY, RESOLUTION = "first_reply", "next_reply", "resolution"
NO_TIME = timedelta(0)
SOLVED, NOT_PROMISED = "solved", "not_promised"


@dataclass(frozen=True)
class Terms:
    """What a policy's version asks, on a calendar's version. `warnings` are shares in percent, ascending."""

    policy_version_id: int
    calendar_version_id: int
    calendar: Calendar
    targets: Mapping[str, timedelta]
    warnings: tuple[int, ...]
    pauses: frozenset[str]


class Stretch(msgspec.Struct, frozen=True):
    """From `since` to `until` (None: still) a clock ran, or stood because the ticket was `why` ("": it ran)."""

    since: datetime
    until: datetime | None
    why: str
    calendar_version_id: int


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one clock; `models.Clock` says what its fields mean.

    A struct rather than a dataclass: each step makes a changed copy, and msgspec copies in C.
    """

    kind: str
    round: int = 1
    policy_version_id: int
    calendar_version_id: int
    target: timedelta
    started_at: datetime
    state: str = RUNNING
    used: timedelta = NO_TIME
    running_since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    warned_percent: int = 0
    stopped_at: datetime | None = None
    breached_at: datetime | None = None
    stretches: tuple[Stretch, ...] = ()

    @property
    def is_owed(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (RUNNING, PAUSED)

    @property
    def next_at(self) -> datetime | None:
        """When somebody should look at it: to warn, then to call it late. None when there is nothing to wait for."""
        if self.state != RUNNING or self.breached_at:
            return None
        return self.warn_at or self.due_at


def reached(calendar: Calendar, since: datetime, duration: timedelta) -> datetime | None:
    """When `duration` of open time has passed since `since`; None on a calendar that does not open for so long."""
    try:
        return add(calendar, since, max(duration, NO_TIME))
    except CalendarError:
        return None


def start(kind: str, terms: Terms, at: datetime, *, round: int = 1) -> Hand | None:
    """A clock that starts at `at`; None where no such target is set, or its calendar never opens for so long."""
    target = terms.targets.get(kind)
    if target is None:
        return None
    hand = Hand(
        kind=kind,
        round=round,
        policy_version_id=terms.policy_version_id,
        calendar_version_id=terms.calendar_version_id,
        target=target,
        started_at=at,
    )
    hand = _run(hand, terms, at)
    return hand if hand.due_at else None


def _run(hand: Hand, terms: Terms, at: datetime) -> Hand:
    """Let it run from `at` under `terms`. A due time that has passed unkept stays: a promise broken is not unbroken."""
    target = terms.targets.get(hand.kind, hand.target)
    hand = replace(
        hand,
        state=RUNNING,
        policy_version_id=terms.policy_version_id,
        calendar_version_id=terms.calendar_version_id,
        target=target,
        running_since=at,
        stopped_at=None,
        stretches=(*hand.stretches, Stretch(at, None, "", terms.calendar_version_id)),
    )
    if hand.breached_at:
        return hand
    due_at = reached(terms.calendar, at, target - hand.used) if target > hand.used else at
    given = [step for step in terms.warnings if step <= hand.warned_percent and _share(target, step) <= hand.used]
    return _wind(replace(hand, due_at=due_at, warned_percent=max(given, default=0)), terms)


def _share(target: timedelta, percent: int) -> timedelta:
    return target * percent / 100


def _wind(hand: Hand, terms: Terms) -> Hand:
    """Set when the next warning is to be given, if there is one."""
    step = _next_warning(hand, terms)
    since = hand.running_since
    if step is None or since is None:
        return replace(hand, warn_at=None)
    left = _share(hand.target, step) - hand.used
    return replace(hand, warn_at=reached(terms.calendar, since, left) if left > NO_TIME else since)


def _next_warning(hand: Hand, terms: Terms) -> int | None:
    """The first step of the warnings, in percent, that was not given yet."""
    return next((step for step in terms.warnings if step > hand.warned_percent), None)


def warn(hand: Hand, terms: Terms, at: datetime) -> tuple[Hand, list[int]]:
    """The same with every warning given that is due by `at`, and which these are, in percent."""
    given: list[int] = []
    while hand.state == RUNNING and not hand.breached_at and hand.warn_at and hand.warn_at <= at:
        step = _next_warning(hand, terms)
        assert step is not None, "a clock that is to warn has a step to warn at"
        hand = _wind(replace(hand, warned_at=at, warned_percent=step), terms)
        given.append(step)
    return hand, given


def _halt(hand: Hand, calendar: Calendar, at: datetime) -> Hand:
    """Count what ran until `at`, and close the last stretch."""
    used = hand.used + between(calendar, hand.running_since, at) if hand.running_since else hand.used
    last = replace(hand.stretches[-1], until=at)
    return replace(hand, used=used, running_since=None, stretches=(*hand.stretches[:-1], last))


def pass_time(hand: Hand, at: datetime, *, inclusive: bool = False) -> Hand:
    """Call it late if it was due before `at`; with `inclusive`, also if it is due just then and was not done."""
    if hand.state != RUNNING or hand.due_at is None or hand.breached_at:
        return hand
    if hand.due_at < at or (inclusive and hand.due_at == at):
        return replace(hand, breached_at=hand.due_at)
    return hand


def pause(hand: Hand, calendar: Calendar, at: datetime, why: str) -> Hand:
    """Let it stand from `at`, because the ticket is `why`. One that does not run stays as it is."""
    if hand.state != RUNNING:
        return hand
    hand = _halt(hand, calendar, at)
    return replace(hand, state=PAUSED, stretches=(*hand.stretches, Stretch(at, None, why, hand.calendar_version_id)))


def resume(hand: Hand, terms: Terms, at: datetime, why: str = SOLVED) -> Hand:
    """Let it run again from `at`, with the time already used: after a pause, or when what was done was not enough.

    `why` says what lay between its end and `at`.
    """
    if hand.state == RUNNING:
        return hand
    if hand.state == PAUSED:
        return _run(_halt(hand, terms.calendar, at), terms, at)
    gap = Stretch(hand.stopped_at or at, at, why, hand.calendar_version_id)
    return _run(replace(hand, stretches=(*hand.stretches, gap)), terms, at)


def stop(hand: Hand, calendar: Calendar, at: datetime) -> Hand:
    """It was done at `at`. One that stood keeps the time it had left: its due time moves behind `at`."""
    return _end(hand, calendar, at, STOPPED)


def drop(hand: Hand, calendar: Calendar, at: datetime) -> Hand:
    """It is owed no more from `at` on: the ticket was closed undone, or other targets hold."""
    return _end(hand, calendar, at, DROPPED)


def _end(hand: Hand, calendar: Calendar, at: datetime, state: str) -> Hand:
    if not hand.is_owed:
        return hand
    due_at = hand.due_at
    if hand.state == PAUSED and not hand.breached_at:
        due_at = reached(calendar, at, hand.target - hand.used)
    return replace(_halt(hand, calendar, at), state=state, stopped_at=at, due_at=due_at)


def retarget(hand: Hand, calendar: Calendar, terms: Terms | None, at: datetime) -> Hand:
    """Other `terms` hold from `at` on for a clock that is owed; the time already used counts.

    `calendar` is the one it ran on. What is used up already is due at `at`: never before anybody could know.
    """
    if terms is None or hand.kind not in terms.targets:
        return drop(hand, calendar, at)
    if hand.state == RUNNING:
        return _run(_halt(hand, calendar, at), terms, at)
    return replace(
        hand,
        policy_version_id=terms.policy_version_id,
        calendar_version_id=terms.calendar_version_id,
        target=terms.targets[hand.kind],
    )
