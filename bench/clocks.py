"""Clocks: how fast business time is reckoned, clocks are computed from events, and histories are folded.

    python bench/clocks.py [--seconds 2] [--json FILE]

One core, no database; `bench/breaches.py` measures the rest, storing included.

The limit beside each figure is what the least thing that could do it costs: for business time,
adding the same duration to the same time with no calendar at all (`datetime + timedelta`, in UTC).
"""

import argparse
import itertools
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from desk import arguments, machine, report

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
django.setup()

from charterdesk.calendars.arithmetic import add, between  # noqa: E402
from charterdesk.calendars.spec import read_calendar  # noqa: E402
from charterdesk.events.log import Event  # noqa: E402
from charterdesk.sla import course  # noqa: E402
from charterdesk.sla.reckoning import FIRST_REPLY, NEXT_REPLY, RESOLUTION, Terms, pause, resume, start, stop  # noqa: E402
from charterdesk.tickets.events import MessageQueued, MessageReceived, TicketPaused, TicketResumed, TicketSolved  # noqa: E402

HOURS = {day: [["08:00", "12:30"], ["13:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
OFFICE = {"zone": "Europe/Berlin", "hours": HOURS, "country": "DE", "subdivision": "BY"}
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
PENDING = frozenset({"pending"})
ABOUT: dict[str, Any] = {"ticket_id": 1, "team_id": 1}
# A usual life, in hours after the opening: answered, asked again, answered, waiting, going on, solved. Three clocks.
LIFE: list[tuple[float, Event]] = [
    (1, MessageQueued(**ABOUT, message_id=1, agent_id=1)),
    (20, MessageReceived(**ABOUT, message_id=2, contact_id=1)),
    (22, MessageQueued(**ABOUT, message_id=3, agent_id=1)),
    (22, TicketPaused(**ABOUT, status="pending", former="open")),
    (50, TicketResumed(**ABOUT, former="pending")),
    (70, TicketSolved(**ABOUT)),
]
CLOCKS = 3


def rate(work: Callable[[int], object], seconds: float) -> float:
    """How often a second of CPU `work` is done; called with 0, 1, 2, ..."""
    for number in range(100):
        work(number)
    done, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        for number in range(done, done + 100):
            work(number)
        done += 100
    return done / (time.process_time() - started)


def main() -> None:
    """Measure, and report."""

    def options(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=2.0, help="of CPU for each figure")

    given, about = arguments(__doc__, options), machine()
    chance = random.Random(7)
    moments = [FIRST + timedelta(seconds=chance.randrange(365 * 86_400)) for _ in range(4096)]
    office = read_calendar(OFFICE)
    terms = Terms(1, 1, office, {FIRST_REPLY: 4 * HOUR, RESOLUTION: 27 * HOUR, NEXT_REPLY: 4 * HOUR}, (50, 80), PENDING)
    fresh = itertools.count(1)

    def moment(number: int) -> datetime:
        return moments[number % len(moments)]

    def life(number: int) -> object:
        """One clock started, paused, resumed and stopped."""
        at = moment(number)
        hand = start(RESOLUTION, terms, at)
        assert hand is not None
        hand = resume(pause(hand, office, at + HOUR, "pending"), terms, at + 30 * HOUR)
        return stop(hand, office, at + 60 * HOUR)

    def ticket(number: int) -> object:
        """All clocks of a ticket from its events: what replay and the desk itself do."""
        at = moment(number)
        standing = course.begin(terms, at)
        for hour, event in LIFE:
            standing = course.go_on(standing, event, at + hour * HOUR, lambda: terms)
        assert len(standing.hands) == CLOCKS
        return standing

    def cold(number: int) -> object:
        """A calendar never seen before, and four hours on it: what each line of `charterdesk time` may cost."""
        spec = {**OFFICE, "holidays": [(FIRST + timedelta(days=next(fresh) % 3000)).date().isoformat()]}
        return add(read_calendar({**spec, "exceptions": _one(number)}), moment(number), 4 * HOUR)

    work: dict[str, Callable[[int], object]] = {
        "no calendar at all, + 4 hours": lambda n: moment(n) + 4 * HOUR,
        "add 4 open hours": lambda n: add(office, moment(n), 4 * HOUR),
        "add a year of open hours": lambda n: add(office, moment(n), 2000 * HOUR),
        "measure four months": lambda n: between(office, moment(n), moment(n) + timedelta(days=120)),
        "a calendar never seen, + 4 hours": cold,
        "start a clock": lambda n: start(FIRST_REPLY, terms, moment(n)),
        "start, pause, resume and stop a clock": life,
        "a ticket's three clocks from its seven events": ticket,
    }
    rates = {name: rate(each, given.seconds) for name, each in work.items()}
    rates["clocks recomputed from events"] = CLOCKS * rates["a ticket's three clocks from its seven events"]
    lines = [(name, f"{1e6 / value:8.1f} us  {value:>10,.0f}/s") for name, value in rates.items()]
    report("Business time and clocks, per second of one core", {"machine": about, "per_s": rates}, lines, given.json)


def _one(number: int) -> list[dict[str, object]]:
    """An exception that makes each calendar another one."""
    day = (FIRST + timedelta(days=number % 3000)).date().isoformat()
    return [{"date": day, "hours": [["09:00", f"{10 + number % 8}:{number % 60:02}"]]}]


if __name__ == "__main__":
    main()
