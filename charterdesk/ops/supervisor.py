"""Runs the parts of a desk as children: their logs in one stream, restarted when they die, ended with us."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO

from charterdesk.ops.forked import Forked, Work
from charterdesk.ops.logs import Printer

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
LIVED_LONG = 10.0  # a part that lived so long starts again without a pause
STOP_SECONDS = 15.0
HEAD_START = 10.0  # seconds a part may keep those after it waiting
TICK = 0.1

Check = Callable[[], bool]


@dataclass
class Part:
    """One child: what it does, and how to see that it works. Times are monotonic seconds."""

    name: str
    work: Work
    ready: Check = lambda: True
    after: "Part | None" = None  # whose first readiness it waits for, so that pages are there the sooner
    process: Forked | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0
    was_ready: bool = False
    rest_of_line: bytes = field(default=b"", repr=False)

    @property
    def running(self) -> bool:
        """Whether the child lives."""
        return self.process is not None and self.process.exit_code is None


class Supervisor:
    """Keeps `parts` running until a signal asks it to stop. Use it from the main thread."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        printer: Printer,
        on_ready: Callable[[], None] = lambda: None,
        on_tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.parts = parts
        self.printer = printer
        self.on_ready = on_ready
        self.on_tick = on_tick
        self.signals = 0
        self.start_again = False
        self.told_ready = False
        self.selector = selectors.DefaultSelector()

    def run(self) -> bool:
        """Start every part at once and keep them running; returns after a clean stop.

        True when a hang-up (SIGHUP) asked for a new start rather than an end.
        """
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGHUP, self._on_hangup)
        try:
            while not self.signals:
                self.step()
        finally:
            self.stop()
        return self.start_again

    def step(self) -> None:
        """Start what is due, pass on what was said, notice what died. Takes `TICK` seconds at most."""
        for part in self.parts:
            if part.process is None and self._is_due(part):
                self._start(part)
        self._pass_on_output(TICK)
        for part in self.parts:
            if part.process is not None and part.process.exit_code is not None:
                self._has_died(part)
        self.on_tick()
        self._look_for_ready()

    def stop(self) -> None:
        """Ask every part to end, wait, then insist. A second signal insists at once."""
        asked = self.signals
        for part in self.parts:
            if part.running and part.process:
                part.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(part.running for part in self.parts):
            self._pass_on_output(TICK)
            if time.monotonic() > deadline or self.signals > max(asked, 1):
                self._kill_all()
        self._pass_on_output(0)

    def say(self, text: str, **more: object) -> None:
        """Print a line of our own."""
        self.printer.line("desk", text, **more)

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.signals += 1

    def _on_hangup(self, number: int, frame: object) -> None:
        """Stop, for our caller to start the version that is installed now."""
        self.start_again = True
        self._on_signal(number, frame)

    def _is_due(self, part: Part) -> bool:
        """Whether its pause is over, and the part before it works, failed, or has had long enough."""
        first = part.after
        if first and not (first.was_ready or first.failures or time.monotonic() > first.started_at + HEAD_START):
            return False
        return time.monotonic() >= part.start_at

    def _start(self, part: Part) -> None:
        part.process = Forked(part.name, part.work)
        part.started_at, part.was_ready = time.monotonic(), False
        os.set_blocking(part.process.output.fileno(), False)
        self.selector.register(part.process.output, selectors.EVENT_READ, part)

    def _has_died(self, part: Part) -> None:
        """Note how it ended, and when it starts again: at once after a long life, else after a pause."""
        assert part.process is not None and part.process.exit_code is not None
        self._read(part, part.process.output)
        code = part.process.exit_code
        lived = time.monotonic() - part.started_at
        part.failures = 0 if lived > LIVED_LONG else part.failures + 1
        pause = min(FIRST_PAUSE * 2 ** max(part.failures - 1, 0), LONGEST_PAUSE) if part.failures else 0.0
        part.process, part.start_at = None, time.monotonic() + pause
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self.say(f"{part.name} {how}; starting it again in {pause:.1f} s", died=part.name)

    def _look_for_ready(self) -> None:
        for part in self.parts:
            if part.running and not part.was_ready:
                part.was_ready = part.ready()
        if not self.told_ready and all(part.was_ready for part in self.parts):
            self.told_ready = True
            self.on_ready()

    def _pass_on_output(self, patience: float) -> None:
        for key, _events in self.selector.select(patience):
            self._read(key.data, key.fileobj)  # type: ignore[arg-type]  # we registered files and nothing else

    def _read(self, part: Part, pipe: IO[bytes]) -> None:
        """Print the whole lines in the pipe; keep a rest for later; close it at its end."""
        if pipe.closed:
            return
        while chunk := pipe.read(65536):
            *lines, part.rest_of_line = (part.rest_of_line + chunk).split(b"\n")
            for line in lines:
                self.printer.line(part.name, line.decode(errors="replace").rstrip())
        if chunk == b"":
            self.selector.unregister(pipe)
            pipe.close()

    def _kill_all(self) -> None:
        for part in self.parts:
            if part.running and part.process:
                self.say(f"{part.name} does not end; killing it")
                part.process.kill()
