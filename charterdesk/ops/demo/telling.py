"""How a ticket goes: who asks, who answers when, where it waits, how it ends, up to the moment the world stops.

Working times are reckoned on the team's calendar, so that nobody answers at night who does not work at night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from random import Random

from charterdesk.base.keys import SYSTEM
from charterdesk.calendars.arithmetic import Calendar, add, is_open
from charterdesk.ops.demo.letters import Words, as_html
from charterdesk.ops.demo.story import IN, NOTE, OUT, SENT, UNDELIVERED, Letter, Step, Story
from charterdesk.people import cast
from charterdesk.tickets import events as happened

SILENCE = timedelta(days=7)
_NO_SUCH_BOX = "550 5.1.1 {address}: there is no mailbox here by this name"


class Stopped(Exception):
    """The story has reached the moment at which the world stops: what would come next has not happened yet."""


@dataclass(frozen=True)
class Stage:
    """What all stories share: the moment the world stops, the calendars by team, and who may take what."""

    until: datetime
    calendars: dict[str, Calendar]
    takers: dict[tuple[str, str], Sequence[int]]

    def taker(self, team: str, language: str, dice: Random) -> int:
        """Somebody of `team` who speaks `language` as well as anybody there; an index into the cast."""
        able = self.takers[team, language]
        return able[int(dice.random() * len(able))]


def make_takers() -> dict[tuple[str, str], list[int]]:
    """Who takes tickets of a team in a language: those with the highest level; where nobody speaks it, anybody."""
    takers: dict[tuple[str, str], list[int]] = {}
    for team in cast.TEAMS:
        members = [at for at, one in enumerate(cast.AGENTS) if team.key in one.teams and one.role in ("agent", "lead")]
        for language in ("en", "de", "es", "fr", "ar"):
            best = max(cast.AGENTS[at].languages.get(language, 0) for at in members)
            takers[team.key, language] = [at for at in members if cast.AGENTS[at].languages.get(language, 0) == best]
    return takers


class Teller:
    """Tells one story. Each method is something that happens; time goes on with each of them."""

    def __init__(self, story: Story, words: Words, stage: Stage, dice: Random) -> None:
        self.story, self.words, self.stage, self.dice = story, words, stage, dice
        self.at = story.opened_at
        self.last_in = self.last_out = 0
        story.subject = words.subject[:300]

    # --- time ---------------------------------------------------------------------------------------------------
    def _go_to(self, at: datetime) -> None:
        if at > self.stage.until:
            raise Stopped
        self.at = at

    def work(self, hours: float) -> None:
        """`hours` of the team's time go by, more or less."""
        spread = exp(self.dice.gauss(0.0, 0.6))
        self._go_to(add(self.stage.calendars[self.story.team], self.at, timedelta(hours=hours * spread)))

    def live(self, hours: float) -> None:
        """`hours` of the customer's time go by, more or less; nobody writes at four in the morning."""
        at = self.at + timedelta(hours=hours * exp(self.dice.gauss(0.0, 0.8)))
        self._go_to(at + timedelta(hours=7) if at.hour < 5 else at)

    # --- what happens -------------------------------------------------------------------------------------------
    def _step(self, event: type[happened.TicketEvent], actor: str, letter: int | None = None, **fields: object) -> Step:
        story = self.story
        step = Step(self.at, actor, event, fields, story.team, story.status, story.priority, story.assignee, letter)
        story.steps.append(step)
        return step

    def _write(self, letter: Letter) -> int:
        self.story.letters.append(letter)
        return len(self.story.letters) - 1

    @property
    def agent(self) -> cast.CastAgent:
        """Whose ticket it is."""
        assert self.story.assignee is not None
        return cast.AGENTS[self.story.assignee]

    @property
    def by_agent(self) -> str:
        """The actor's key of whoever has it, as an index into the cast."""
        return f"agent:{self.story.assignee}"

    def open(self, text: str, quoted: str, files: tuple[str, ...], cc: tuple[str, ...]) -> None:
        """The request comes in."""
        story = self.story
        subject = story.subject if story.channel in ("email", "portal") else ""
        html = as_html(text, story.person.language) if story.channel == "email" and self.dice.random() < 0.15 else ""
        letter = Letter(
            self.at, IN, text, channel=story.channel, subject=subject, quoted=quoted, html=html, cc=cc, files=files
        )
        at = self._write(letter)
        actor = f"contact:{story.person_at}" if story.channel == "portal" else SYSTEM
        self._step(happened.TicketOpened, actor, at, contact_id=story.person_at, channel=story.channel)
        self._step(happened.MessageReceived, actor, at, contact_id=story.person_at, is_first=True)
        story.copied = cc

    def acknowledge(self) -> None:
        """We say at once that we have it."""
        self._go_to(self.at + timedelta(seconds=2 + self.dice.random() * 3))
        self._send_text("acknowledgement", self.story.steps[0])

    def _send_text(self, template: str, cause: Step, files: tuple[str, ...] = ()) -> None:
        """One of our own texts goes out; its words come with the rows, because they name number and promise."""
        letter = Letter(
            self.at, OUT, "", channel=self.story.channel, template=template, automatic=True, delivery=SENT,
            files=files, cause=cause,
        )  # fmt: skip
        at = self._write(letter)
        self._step(happened.MessageQueued, SYSTEM, at, template=template)
        self.at += timedelta(seconds=1)
        self._step(happened.MessageSent, SYSTEM, at)

    def assign(self) -> None:
        """The desk gives it to somebody as soon as somebody of the team works."""
        story = self.story
        begin = self.at + timedelta(seconds=1 + self.dice.random() * 2)
        if not is_open(self.stage.calendars[story.team], begin):
            begin = add(self.stage.calendars[story.team], begin, timedelta(seconds=self.dice.randrange(20, 1500)))
        self._go_to(begin)
        former = story.assignee
        story.assignee = self.stage.taker(story.team, story.person.language, self.dice)
        story.assigned_at = self.at
        self._step(happened.TicketAssigned, SYSTEM, assignee_id=story.assignee, former_id=former, automatic=True)

    def move(self, team: str) -> None:
        """It was not this team's work."""
        by, former = self.by_agent, self.story.team
        self.story.team, self.story.assignee, self.story.assigned_at = team, None, None
        self._step(happened.TicketMoved, by, former_team_id=former)
        self.assign()

    def prioritise(self, priority: int) -> None:
        """Somebody finds it more urgent, or less."""
        former, self.story.priority = self.story.priority, priority
        self._go_to(self.at + timedelta(seconds=30))
        if former != priority:
            self._step(happened.TicketPrioritised, self.by_agent, priority=priority, former=former)

    def send(self, text: str, *, bounces: bool = False, outside: bool = False) -> None:
        """The agent writes to the customer, or to a third party (`outside`)."""
        story, person = self.story, self.story.person
        language = "en" if outside else person.language
        letter = Letter(
            self.at, OUT, text, channel="email" if outside else story.channel, agent=story.assignee,
            html=as_html(text, language), delivery=UNDELIVERED if bounces else SENT,
            delivery_note=_NO_SUCH_BOX.format(address=person.email) if bounces else "",
            cc=() if outside else story.copied, outside=outside,
        )  # fmt: skip
        at = self._write(letter)
        if outside:
            self._step(happened.TicketForwarded, self.by_agent, at)
        self._step(happened.MessageQueued, self.by_agent, at, agent_id=story.assignee)
        if not outside:
            self.last_out, story.first_replied_at = at, story.first_replied_at or self.at
        if story.status == "new" and not outside:
            self._resume("new")
        self.at += timedelta(seconds=3)
        self._step(happened.MessageUndelivered if bounces else happened.MessageSent, SYSTEM, at)

    def _resume(self, former: str, actor: str = "") -> None:
        self.story.status = "open"
        self._step(happened.TicketResumed, actor or self.by_agent, former=former)

    def pause(self, status: str) -> None:
        """It waits: `pending` for the customer, `on_hold` for others."""
        self.at += timedelta(seconds=20)
        former, self.story.status = self.story.status, status
        self._step(happened.TicketPaused, self.by_agent, status=status, former=former)

    def go_on(self) -> None:
        """The agent takes it up again."""
        self._resume(self.story.status)

    def note(self, text: str) -> None:
        """A remark inside the house."""
        letter = Letter(self.at, NOTE, text, channel=self.story.channel, agent=self.story.assignee, html=as_html(text))
        self._step(happened.NoteAdded, self.by_agent, self._write(letter), agent_id=self.story.assignee)

    def receive(
        self, text: str, *, files: tuple[str, ...] = (), automatic: bool = False, outside: bool = False
    ) -> None:
        """The customer writes again, or a third party (`outside`) or a machine (`automatic`) answers."""
        story = self.story
        subject = "" if story.channel == "portal" else self.words.reply_subject()
        letter = Letter(
            self.at, IN, text, channel="email" if outside else story.channel, subject=subject,
            quoted="" if automatic or outside else self._quoted(), automatic=automatic, files=files, outside=outside,
        )  # fmt: skip
        at = self._write(letter)
        actor = f"contact:{story.person_at}" if story.channel == "portal" and not outside else SYSTEM
        self._step(happened.MessageReceived, actor, at, contact_id=story.person_at)
        self.last_in = at
        if automatic or outside:
            return
        if story.status == "pending":
            self._resume("pending", actor)
        elif story.status == "solved":
            self._reopen(actor)

    def _reopen(self, actor: str) -> None:
        self.story.status, self.story.solved_at = "open", None
        self._step(happened.TicketReopened, actor, former="solved")

    def _quoted(self) -> str:
        """What hangs below a mailed answer: our last letter."""
        letter = self.story.letters[self.last_out]
        if self.story.channel != "email" or letter.agent is None:
            return ""
        return self.words.quoted(letter.text, letter.at, f"{cast.AGENTS[letter.agent].name} ({cast.COMPANY})")

    def solve(self, solution: str, files: tuple[str, ...] = ()) -> None:
        """Done; the customer is told how."""
        self.story.solution, self.story.status, self.story.solved_at = solution, "solved", self.at
        solved = self._step(happened.TicketSolved, self.by_agent, assignee_id=self.story.assignee)
        self.at += timedelta(seconds=2)
        self._send_text("solution", solved, files)

    def close(self, reason: str, actor: str = SYSTEM) -> None:
        """It is over."""
        self.story.status, self.story.status_reason, self.story.closed_at = "closed", reason, self.at
        self._step(happened.TicketClosed, actor, reason=reason)

    def fall_silent(self) -> None:
        """Nothing more is heard, and a week later it closes by itself."""
        self._go_to(self.at + SILENCE)
        self.close("silent")

    def merge_into(self, other: Story) -> None:
        """It is the same as `other`, and goes on there."""
        story = self.story
        story.former_status, story.merged_into = story.status, other.number
        other.taken_in += story.letters
        self._step(happened.TicketMerged, self.by_agent, target_id=other.number)
        self.close("merged", self.by_agent)


def make_stage(until: datetime, calendars: dict[str, Calendar]) -> Stage:
    """The stage of a world that stops at `until`; `calendars` by team."""
    return Stage(until, calendars, {key: tuple(able) for key, able in make_takers().items()})
