"""Clocks under random histories agree with one that is looked at every minute."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from charterdesk.calendars.spec import DAYS, read_calendar
from charterdesk.events.log import Event
from charterdesk.sla import course
from charterdesk.sla.course import Standing
from charterdesk.sla.reckoning import Hand, Terms
from charterdesk.sla.tests.slow import MINUTE, SlowClock, SlowTerms, SlowTicket
from charterdesk.tickets.events import (
    MessageQueued,
    MessageReceived,
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
    "ask": MessageReceived(ticket_id=1, team_id=1, message_id=1, contact_id=1),
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
    "open": ["ask", "reply", "pending", "on_hold", "solve", "close", "change"],
    "pending": ["ask", "reply", "on_hold", "resume", "solve", "close", "change"],
    "on_hold": ["ask", "reply", "pending", "resume", "solve", "close", "change"],
    "solved": ["ask", "reply", "close", "reopen", "change"],
    "closed": ["reply", "reopen", "change"],
}
BECOMES = {"pending": "pending", "on_hold": "on_hold", "resume": "open", "solve": "solved", "close": "closed"}

terms = st.one_of(
    st.none(),
    st.builds(
        SlowTerms,
        minutes=st.dictionaries(
            st.sampled_from(["first_reply", "next_reply", "resolution"]), st.integers(1, 30).map(lambda n: n * 20)
        ),
        pauses=st.sets(st.sampled_from(["pending", "on_hold"])),
        spec=st.sampled_from([OFFICE, ALWAYS, NIGHTS]),
        warnings=st.sets(st.sampled_from([5, 25, 50, 80, 95]), max_size=3),
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
        warnings=tuple(sorted(slow.warnings)),
        pauses=frozenset(slow.pauses),
    )


Told = dict[tuple[str, int], list[int]]


def look_until(standing: Standing, end: datetime, told: Told, *, inclusive: bool) -> Standing:
    """Let the timers fire that are due before `end` (`inclusive`: or just then), as the worker does."""
    while times := [hand.next_at for hand in standing.hands.values() if hand.next_at]:
        at = min(times)
        if at > end or (at == end and not inclusive):
            break
        standing, warned = course.look(standing, at)
        for one in warned:
            told.setdefault((one.kind, standing.hands[one.kind].round), []).append(one.percent)
    return standing


@given(terms, histories(), st.integers(0, 800))
def test_every_history_gives_the_same_clocks_as_looking_at_the_wall_each_minute(first, history, rest):
    end = (history[-1][0] if history else 0) + rest
    slow = SlowTicket(first)
    slow.start_clocks(START)
    for minute in range(end + 1):
        at = START + minute * MINUTE
        for _, what, changed in [happening for happening in history if happening[0] == minute]:
            slow.happen(what, at, changed)
        slow.look(at)
        if minute < end:
            slow.tick(at)

    told: Told = {}
    standing = course.begin(quick(first), START)
    rounds = {(hand.kind, hand.round): hand for hand in standing.hands.values()}
    for minute, what, changed in history:
        at = START + minute * MINUTE
        standing = look_until(standing, at, told, inclusive=False)
        rounds |= {(hand.kind, hand.round): hand for hand in standing.hands.values()}
        standing = course.go_on(standing, EVENTS[what], at, partial(quick, changed))
        rounds |= {(hand.kind, hand.round): hand for hand in standing.hands.values()}
    standing = look_until(standing, START + end * MINUTE, told, inclusive=True)
    rounds |= {(hand.kind, hand.round): hand for hand in standing.hands.values()}

    def seen(hand: Hand) -> dict[str, Any]:
        given = told.get((hand.kind, hand.round), [])
        return {"state": hand.state, "late_since": hand.breached_at, "warned": given}

    def lived(clock: SlowClock) -> dict[str, Any]:
        return {"state": clock.state, "late_since": clock.late_since, "warned": clock.told}

    expected = {(kind, 1): clock for kind, clock in slow.clocks.items() if kind != "next_reply"}
    replies = [*slow.past, *([slow.clocks["next_reply"]] if "next_reply" in slow.clocks else [])]
    expected |= {("next_reply", number): clock for number, clock in enumerate(replies, start=1)}
    assert {name: seen(hand) for name, hand in rounds.items()} == {
        name: lived(clock) for name, clock in expected.items()
    }
    for name, clock in expected.items():
        hand = rounds[name]
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
