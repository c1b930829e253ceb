"""The promises of a told ticket, reckoned by `sla`'s own rules: clocks, and what the log says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from charterdesk.base.keys import SYSTEM
from charterdesk.ops.demo.story import Step, Story
from charterdesk.sla import course
from charterdesk.sla.course import Standing
from charterdesk.sla.events import (
    PromiseMoved,
    TargetBreached,
    TargetMet,
    TargetNearing,
    TargetsReplaced,
    TicketPromised,
)
from charterdesk.sla.reckoning import FIRST_REPLY, RESOLUTION, RUNNING, STOPPED, Hand, Terms, pass_time
from charterdesk.tickets import events as happened
from charterdesk.tickets.events import TicketEvent

# What `sla.reactions` listens to, beside the opening.
_HEARD: tuple[type[TicketEvent], ...] = (
    happened.TicketPaused, happened.TicketResumed, happened.TicketSolved, happened.TicketReopened,
    happened.TicketClosed, happened.TicketPrioritised, happened.TicketClassified, happened.TicketMoved,
)  # fmt: skip
_SOON = timedelta(milliseconds=8)


@dataclass
class Kept:
    """How a ticket's promises stand in the end; `applied` is the last step they were reckoned with.

    `first` are the times promised at the beginning, by kind: what the acknowledgement says.
    """

    standing: Standing
    applied: Step
    first: dict[str, datetime]

    @property
    def due_at(self) -> datetime | None:
        """The promise to be kept next."""
        return min((h.due_at for h in self.standing.hands.values() if h.state == RUNNING and h.due_at), default=None)

    @property
    def promised_at(self) -> datetime | None:
        """When a solution is or was promised."""
        return _due(self.standing, RESOLUTION, owed=False)

    @property
    def look_at(self) -> datetime | None:
        """When a timer is to look at the clocks again."""
        return min((hand.next_at for hand in self.standing.hands.values() if hand.next_at), default=None)


def keep_promises(story: Story, terms: Mapping[tuple[str, int], Terms], until: datetime) -> Kept:
    """Reckon the clocks of `story` up to `until`, and put what the desk made known of them between its steps."""
    opened = story.steps[0]
    standing = course.begin(terms[opened.team, opened.priority], opened.at)
    first = {kind: hand.due_at for kind, hand in standing.hands.items() if hand.due_at}
    keeper = _Keeper(story, Kept(standing, opened, first), terms)
    keeper.promise(opened)
    for step in list(story.steps):
        if _is_heard(step):
            keeper.hear(step)
    keeper.look_until(until)
    story.steps.sort(key=lambda step: step.at)
    return keeper.kept


def _is_heard(step: Step) -> bool:
    if step.event is happened.MessageQueued:
        return step.fields.get("agent_id") is not None
    return issubclass(step.event, _HEARD)


class _Keeper:
    """Follows one story with its clocks, as `sla.actions` does live."""

    def __init__(self, story: Story, kept: Kept, terms: Mapping[tuple[str, int], Terms]) -> None:
        self.story, self.kept, self.terms = story, kept, terms
        self.step = kept.applied

    def promise(self, opened: Step) -> None:
        """The due times are made known."""
        contact = {"contact_id": self.story.person_at, "channel": self.story.channel}
        self._say(TicketPromised, opened.at + _SOON, of=opened, letter=opened.letter, **contact, **self._chosen())

    def hear(self, step: Step) -> None:
        """`step` does to the clocks what it does."""
        self.look_until(step.at)
        self.step, before = step, self.kept.standing
        event = step.event(**_filled(step))
        self.kept.standing = course.go_on(before, event, step.at, lambda: self.terms[step.team, step.priority])
        self.kept.applied = step
        if self.kept.standing.terms != before.terms:
            self._say(TargetsReplaced, step.at + _SOON, of=step, **self._chosen())
        self._make_known(before, step.at + _SOON)

    def look_until(self, until: datetime) -> None:
        """Let the timers fire that are due before `until`: warn, or call it late."""
        while (look_at := self.kept.look_at) and look_at < until:
            before = self.kept.standing
            self.kept.standing = before.each(partial(self._looked_at, at=look_at))
            self._make_known(before, look_at)

    def _looked_at(self, hand: Hand, *, at: datetime) -> Hand:
        hand = pass_time(hand, at, inclusive=True)
        if hand.next_at is None or hand.warned_at or hand.warn_at is None or hand.warn_at > at:
            return hand
        self._say(TargetNearing, at, kind=hand.kind, due_at=hand.due_at)
        return hand.warn(at)

    def _make_known(self, before: Standing, at: datetime) -> None:
        for kind, hand in self.kept.standing.hands.items():
            former = before.hands.get(kind)
            if hand == former:
                continue
            due_before = former.due_at if former else None
            if hand.state == RUNNING and hand.due_at != due_before:
                self._say(PromiseMoved, at, kind=kind, due_at=hand.due_at, former_due_at=due_before)
            if hand.breached_at and not (former and former.breached_at):
                self._say(TargetBreached, at, kind=kind, due_at=hand.due_at, policy_version_id=hand.policy_version_id)
            if hand.state == STOPPED and not hand.breached_at and hand.stopped_at:
                self._say(TargetMet, at, kind=kind, due_at=hand.due_at, met_at=hand.stopped_at)

    def _say(
        self,
        event: type[TicketEvent],
        at: datetime,
        *,
        of: Step | None = None,
        letter: int | None = None,
        **fields: Any,
    ) -> None:
        as_of = self.step
        self.story.steps.append(
            Step(at, SYSTEM, event, fields, as_of.team, as_of.status, as_of.priority, as_of.assignee, letter, of)
        )

    def _chosen(self) -> dict[str, Any]:
        terms = self.kept.standing.terms
        return {
            "policy_version_id": terms.policy_version_id if terms else None,
            "calendar_version_id": terms.calendar_version_id if terms else None,
            "first_reply_due_at": _due(self.kept.standing, FIRST_REPLY),
            "resolution_due_at": _due(self.kept.standing, RESOLUTION),
        }


def _due(standing: Standing, kind: str, *, owed: bool = True) -> datetime | None:
    hand = standing.hands.get(kind)
    return hand.due_at if hand and (hand.is_owed or not owed) else None


def _filled(step: Step) -> dict[str, Any]:
    """The fields of the event, with numbers that the clocks do not ask for."""
    fields = {"ticket_id": 0, "team_id": 0, **step.fields}
    return fields if step.letter is None else {"message_id": 0, **fields}
