"""Clocks under random histories agree with one that is looked at every minute."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from charterdesk.calendars.spec import DAYS, read_calendar
from charterdesk.events.log import Event
from charterdesk.sla import course
from charterdesk.sla.reckoning import Terms, pass_time
from charterdesk.sla.tests.slow import MINUTE, SlowTerms, SlowTicket
from charterdesk.tickets.events import (
    MessageQueued,
    TicketClosed,
    TicketPaused,
    TicketPrioritised,
    TicketReopened,
    TicketResumed,
    TicketSolved,
)

START = datetime(2026, 10, 24, 5, tzinfo=UTC)  # the night after it, an hour is shown twice in Berlin
OFFICE = {"zone": "Europe/Berlin", "hours": {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in DAYS}}
ALWAYS = {"zone": "Europe/Berlin", "hours": {day: [["00:00", "24:00"]] for day in DAYS}}
NIGHTS = {"zone": "Europe/Berlin", "hours": {day: [["22:00", "06:00"]] for day in DAYS}}
EVENTS: dict[str, Event] = {
    "reply": MessageQueued(ticket_id=1, team_id=1, message_id=1, agent_id=1),
    "pending": TicketPaused(ticket_id=1, team_id=1, status="pending", former="open"),
    "on_hold": TicketPaused(ticket_id=1, team_id=1, status="on_hold", former="open"),
    "resume": TicketResumed(ticket_id=1, team_id=1, former="pending"),
    "solve": TicketSolved(ticket_id=1, team_id=1),
    "close": TicketClosed(ticket_id=1, team_id=1, reason="customer"),
    "reopen": TicketReopened(ticket_id=1, team_id=1, former="solved"),
    "change": TicketPrioritised(ticket_id=1, team_id=1, priority=1, former=2),
}
POSSIBLE = {
    "open": ["reply", "pending", "on_hold", "solve", "close", "change"],
    "pending": ["reply", "on_hold", "resume", "solve", "close", "change"],
    "on_hold": ["reply", "pending", "resume", "solve", "close", "change"],
    "solved": ["reply", "close", "reopen", "change"],
    "closed": ["reply", "reopen", "change"],
}
BECOMES = {"pending": "pending", "on_hold": "on_hold", "resume": "open", "solve": "solved", "close": "closed"}

terms = st.one_of(
    st.none(),
    st.builds(
        SlowTerms,
        minutes=st.dictionaries(st.sampled_from(["first_reply", "resolution"]), st.integers(1, 600)),
        pauses=st.sets(st.sampled_from(["pending", "on_hold"])),
        spec=st.sampled_from([OFFICE, ALWAYS, NIGHTS]),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[int, str, SlowTerms | None]]:
    """What happens to a ticket: after how many minutes, what, and the terms a change brings."""
    status, minute, history = "open", 0, []
    for _ in range(draw(st.integers(0, 8))):
        what = draw(st.sampled_from(POSSIBLE[status]))
        status = "open" if what == "reopen" else BECOMES.get(what, status)
        minute += draw(st.integers(0, 500))
        history.append((minute, what, draw(terms)))
    return history


def quick(slow: SlowTerms | None) -> Terms | None:
    """The same terms for the clock under test; versions are told apart by identity."""
    if slow is None:
        return None
    return Terms(
        policy_version_id=id(slow),
        calendar_version_id=id(slow),
        calendar=read_calendar(slow.spec),
        targets={kind: timedelta(minutes=m) for kind, m in slow.minutes.items()},
        warn_percent=75,
        pauses=frozenset(slow.pauses),
    )


@given(terms, histories(), st.integers(0, 800))
def test_every_history_gives_the_same_clocks_as_looking_at_the_wall_each_minute(first, history, rest):
    end = (history[-1][0] if history else 0) + rest
    slow = SlowTicket(first)
    slow.start_clocks(START)
    for minute in range(end + 1):
        at = START + minute * MINUTE
        slow.look(at)
        for _, what, changed in [happening for happening in history if happening[0] == minute]:
            slow.happen(what, at, changed)
        if minute < end:
            slow.tick(at)
    slow.look(START + end * MINUTE)

    standing = course.begin(quick(first), START)
    for minute, what, changed in history:
        standing = course.go_on(standing, EVENTS[what], START + minute * MINUTE, partial(quick, changed))
    finish = START + end * MINUTE
    standing = standing.each(lambda hand: pass_time(hand, finish))

    def seen(kind: str) -> dict[str, Any]:
        hand = standing.hands[kind]
        return {"state": hand.state, "late_since": hand.breached_at}

    assert {kind: seen(kind) for kind in standing.hands} == {
        kind: {"state": clock.state, "late_since": clock.late_since} for kind, clock in slow.clocks.items()
    }
    for kind, clock in slow.clocks.items():
        hand = standing.hands[kind]
        if hand.state in ("paused", "stopped", "dropped"):
            assert hand.used == clock.used * MINUTE
        if clock.due and clock.state == "running":
            assert hand.due_at == clock.due


@given(terms, histories())
def test_stretches_cover_the_whole_time_without_gap_or_overlap(first, history):
    standing = course.begin(quick(first), START)
    for minute, what, changed in history:
        standing = course.go_on(standing, EVENTS[what], START + minute * MINUTE, partial(quick, changed))

    for hand in standing.hands.values():
        assert hand.stretches[0].since == hand.started_at
        joints = zip(hand.stretches, hand.stretches[1:], strict=False)
        assert [one.until for one, _ in joints] == [other.since for other in hand.stretches[1:]]
        assert hand.stretches[-1].until == hand.stopped_at
