"""The promises of a told ticket, reckoned by `sla`'s own rules: clocks, and what the log says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from charterdesk.sla.reckoning import FIRST_REPLY, RESOLUTION, RUNNING, STOPPED, Terms
from charterdesk.sla.storing import Rounds, rounds_of
from charterdesk.tickets.events import TicketEvent

_SOON = timedelta(milliseconds=8)


@dataclass
class Kept:
    """How a ticket's promises stand in the end; `applied` is the last step they were reckoned with.

    `first` are the times promised at the beginning, by kind: what the acknowledgement says. `rounds` are all clocks.
    """

    standing: Standing
    applied: Step
    first: dict[str, datetime]
    rounds: Rounds

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
    keeper = _Keeper(story, Kept(standing, opened, first, rounds_of(standing.hands)), terms)
    keeper.promise(opened)
    for step in list(story.steps):
        if _is_heard(story, step):
            keeper.hear(step)
    keeper.look_until(until)
    story.steps.sort(key=lambda step: step.at)
    return keeper.kept


def _is_heard(story: Story, step: Step) -> bool:
    """Whether `step` bears on the clocks: talk with third parties does not, nor what machines write."""
    letter = None if step.letter is None else story.letters[step.letter]
    if letter and (letter.outside or (letter.automatic and letter.agent is None)):
        return False
    return issubclass(step.event, course.HEARD) and course.is_heard(step.event(**_filled(step)))


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
            self._stand(course.look(before, look_at), look_at)
            self._make_known(before, look_at)

    def _stand(self, looked: tuple[Standing, list[course.Warned]], at: datetime) -> None:
        self.kept.standing, warned = looked
        for one in warned:
            self._say(TargetNearing, at, kind=one.kind, due_at=one.due_at, percent=one.percent)

    def _make_known(self, before: Standing, at: datetime) -> None:
        for kind, hand in self.kept.standing.hands.items():
            former = before.hands.get(kind)
            if former and former.round != hand.round:
                former = None
            if hand == former:
                continue
            self.kept.rounds[kind, hand.round] = hand
            due_before = former.due_at if former else None
            if hand.state == RUNNING and hand.due_at != due_before:
                self._say(PromiseMoved, at, kind=kind, due_at=hand.due_at, former_due_at=due_before)
            about: dict[str, Any] = {"kind": kind, "due_at": hand.due_at, "round": hand.round}
            if hand.breached_at and not (former and former.breached_at):
                self._say(TargetBreached, at, policy_version_id=hand.policy_version_id, **about)
            is_done = hand.state == STOPPED and not (former and former.state == STOPPED)
            if is_done and not hand.breached_at and hand.stopped_at:
                self._say(TargetMet, at, met_at=hand.stopped_at, **about)

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
