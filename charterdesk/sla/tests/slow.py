"""A slow and obviously right clock: it looks at the wall once a minute and counts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from charterdesk.calendars.tests.oracle import open_at

MINUTE = timedelta(minutes=1)
AFTER = {
    "pending": "pending",
    "on_hold": "on_hold",
    "resume": "open",
    "reopen": "open",
    "solve": "solved",
    "close": "closed",
}
REPLIES = ("first_reply", "next_reply")


@dataclass
class SlowTerms:
    """What a policy asks: minutes by kind, when the solution waits, the calendar, when to warn."""

    minutes: dict[str, int]
    pauses: set[str]
    spec: dict[str, Any]
    warnings: set[int] = field(default_factory=set)


@dataclass
class SlowClock:
    """Minutes used of a target, the warnings given, and whether it was late."""

    target: int
    used: int = 0
    state: str = "running"
    due: datetime | None = None
    late_since: datetime | None = None
    question: int = 0
    told: list[int] = field(default_factory=list)
    level: int = 0

    def run(self, at: datetime, terms: SlowTerms, kind: str) -> None:
        """Go on under these terms; what is used up is due now. A broken promise keeps its due time.

        A warning whose share is not used up any more is given again when it is; whoever was warned at a later step
        is not warned at an earlier one that is behind them.
        """
        self.state, self.target = "running", terms.minutes[kind]
        passed = [step for step in terms.warnings if step <= self.level and step * self.target <= self.used * 100]
        self.level = max(passed, default=0)
        if self.late_since is None:
            self.due = at if self.used >= self.target else None

    def look(self, at: datetime, warnings: set[int]) -> None:
        """Whatever has run out is late, and gets no warning any more."""
        if self.state != "running" or self.late_since:
            return
        if self.due and self.due <= at:
            self.late_since = self.due
            return
        for step in sorted(warnings):
            if step > self.level and step * self.target <= self.used * 100:
                self.level = step
                self.told.append(step)


@dataclass
class SlowTicket:
    """A ticket lived through minute by minute. `clocks` are the latest of each kind, `past` the replies before."""

    terms: SlowTerms | None
    status: str = "open"
    answered: bool = False
    asked: bool = False
    question: int = 0
    clocks: dict[str, SlowClock] = field(default_factory=dict)
    past: list[SlowClock] = field(default_factory=list)

    def owes(self, kind: str) -> bool:
        """Whether somebody waits for this."""
        if self.status in ("solved", "closed"):
            return False
        return {"first_reply": not self.answered, "next_reply": self.asked, "resolution": True}[kind]

    def start_clocks(self, at: datetime) -> None:
        """Run whatever is owed and asked for and does not run yet; what was stopped goes on with the time it had."""
        if self.terms is None:
            return
        for kind, minutes in self.terms.minutes.items():
            clock = self.clocks.get(kind)
            if not self.owes(kind) or (clock and clock.state in ("running", "paused")):
                continue
            if clock and kind == "next_reply" and clock.question != self.question:
                self.past.append(clock)
                clock = None
            if clock:
                clock.run(at, self.terms, kind)
            else:
                self.clocks[kind] = SlowClock(minutes, question=self.question)

    def look(self, at: datetime) -> None:
        """Look at every clock."""
        for clock in self.clocks.values():
            clock.look(at, self.terms.warnings if self.terms else set())

    def tick(self, at: datetime) -> None:
        """Live through the minute that begins at `at`."""
        if self.terms is None or not open_at(self.terms.spec, at):
            return
        for clock in self.clocks.values():
            if clock.state == "running":
                clock.used += 1
                if clock.used >= clock.target and clock.due is None:
                    clock.due = at + MINUTE

    def happen(self, what: str, at: datetime, terms: SlowTerms | None) -> None:
        """Let something happen; `terms` hold from then on if it is a change of them."""
        if what == "ask" and self.answered and not self.asked:
            self.asked, self.question = True, self.question + 1
            self.start_clocks(at)
        if what in ("reply", "solve"):
            self.answered, self.asked = True, False
            self.end("stopped", *REPLIES)
        if what == "solve":
            self.end("stopped", "resolution")
        elif what == "close":
            self.asked = False
            self.end("dropped", *REPLIES, "resolution")
        self.status = AFTER.get(what, self.status)
        if what == "reopen":
            self.start_clocks(at)
        elif what == "change" and terms is not self.terms:
            self.change(at, terms)
        self.stand_or_run(at)

    def change(self, at: datetime, terms: SlowTerms | None) -> None:
        """Other terms hold."""
        self.terms = terms
        for kind, clock in self.clocks.items():
            if clock.state in ("running", "paused") and (terms is None or kind not in terms.minutes):
                clock.state = "dropped"
            elif clock.state == "running" and terms:
                clock.run(at, terms, kind)
        self.start_clocks(at)

    def end(self, state: str, *kinds: str) -> None:
        """These are done, or owed no more."""
        for kind in kinds:
            clock = self.clocks.get(kind)
            if clock and clock.state in ("running", "paused"):
                clock.state = state

    def stand_or_run(self, at: datetime) -> None:
        """The solution waits while the status says so."""
        clock = self.clocks.get("resolution")
        if clock is None or self.terms is None or clock.state not in ("running", "paused"):
            return
        if self.status in self.terms.pauses:
            clock.state = "paused"
        elif clock.state == "paused":
            clock.run(at, self.terms, "resolution")
