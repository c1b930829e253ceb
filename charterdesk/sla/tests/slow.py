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


@dataclass
class SlowTerms:
    """What a policy asks: minutes by kind, the statuses in which the solution waits, the calendar's data."""

    minutes: dict[str, int]
    pauses: set[str]
    spec: dict[str, Any]


@dataclass
class SlowClock:
    """Minutes used of a target, and whether it was late."""

    target: int
    used: int = 0
    state: str = "running"
    due: datetime | None = None
    late_since: datetime | None = None

    def run(self, at: datetime, target: int) -> None:
        """Go on under this target; what is used up is due now. A broken promise keeps its due time."""
        self.state, self.target = "running", target
        if self.late_since is None:
            self.due = at if self.used >= target else None


@dataclass
class SlowTicket:
    """A ticket lived through minute by minute."""

    terms: SlowTerms | None
    status: str = "open"
    answered: bool = False
    clocks: dict[str, SlowClock] = field(default_factory=dict)

    def start_clocks(self, at: datetime) -> None:
        """Start what is asked for and has no clock yet."""
        for kind, minutes in (self.terms.minutes if self.terms else {}).items():
            done = self.status in ("solved", "closed") or (kind == "first_reply" and self.answered)
            if kind not in self.clocks and not done:
                self.clocks[kind] = SlowClock(minutes)

    def look(self, at: datetime) -> None:
        """Whatever ran out before this minute is late."""
        for clock in self.clocks.values():
            if clock.state == "running" and clock.due and clock.due < at and clock.late_since is None:
                clock.late_since = clock.due

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
        if what in ("reply", "solve"):
            self.answered = True
            self.end("first_reply", "stopped")
        if what == "solve":
            self.end("resolution", "stopped")
        elif what == "close":
            self.end("first_reply", "dropped")
            self.end("resolution", "dropped")
        self.status = AFTER.get(what, self.status)
        if what == "reopen":
            self.reopen(at)
        elif what == "change" and terms is not self.terms:
            self.change(at, terms)
        self.stand_or_run(at)

    def reopen(self, at: datetime) -> None:
        """A solution is owed again, and an answer if there was none."""
        for kind, clock in self.clocks.items():
            if self.terms and kind in self.terms.minutes and (kind == "resolution" or not self.answered):
                clock.run(at, self.terms.minutes[kind])

    def change(self, at: datetime, terms: SlowTerms | None) -> None:
        """Other terms hold."""
        self.terms = terms
        self.start_clocks(at)
        for kind, clock in self.clocks.items():
            if clock.state in ("running", "paused") and (terms is None or kind not in terms.minutes):
                clock.state = "dropped"
            elif clock.state == "running" and terms:
                clock.run(at, terms.minutes[kind])

    def end(self, kind: str, state: str) -> None:
        """It is done, or owed no more."""
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
            clock.run(at, self.terms.minutes["resolution"])
