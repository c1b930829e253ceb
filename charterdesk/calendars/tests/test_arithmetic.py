"""Business time is what a wall clock shows: proved against one that is looked at every minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from charterdesk.calendars.arithmetic import (
    CalendarError,
    add,
    between,
    closes_next,
    counted,
    is_open,
    opens_next,
)
from charterdesk.calendars.spec import read_calendar
from charterdesk.calendars.tests.oracle import DAYS, open_at, slow_add, slow_between

# A zone and a day near which its clocks do something remarkable.
REMARKABLE = [
    ("Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC)),  # an hour skipped
    ("Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC)),  # an hour shown twice
    ("America/New_York", datetime(2026, 11, 1, tzinfo=UTC)),
    ("America/Havana", datetime(2026, 11, 1, tzinfo=UTC)),  # back over midnight's edge
    ("America/Sao_Paulo", datetime(2018, 11, 3, tzinfo=UTC)),  # a day that begins at 01:00
    ("America/Sao_Paulo", datetime(2019, 2, 16, tzinfo=UTC)),  # 23:00 to 24:00 twice
    ("America/St_Johns", datetime(2006, 4, 1, tzinfo=UTC)),  # changes at 00:01
    ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),  # half an hour
    ("Asia/Beirut", datetime(2026, 10, 24, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 14, tzinfo=UTC)),  # Ramadan
    ("Antarctica/Troll", datetime(2026, 3, 28, tzinfo=UTC)),  # two hours
    ("Pacific/Apia", datetime(2011, 12, 29, tzinfo=UTC)),  # a whole day that never was
    ("Pacific/Chatham", datetime(2026, 9, 26, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2026, 5, 30, tzinfo=UTC)),
    ("UTC", datetime(2026, 12, 31, tzinfo=UTC)),
]
SHORT_NIGHT = {"zone": "Europe/Berlin", "hours": {"sun": [["02:30", "02:45"]]}}
LONG_NIGHT = datetime(2026, 10, 24, 22, tzinfo=UTC)
minutes_of_day = st.integers(0, 24 * 60 - 1)


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def intervals(draw: st.DrawFn) -> list[list[str]]:
    """Up to three intervals: some overlap, some run past midnight, some end at 24:00."""
    result = []
    for _ in range(draw(st.integers(0, 3))):
        opens, closes = draw(minutes_of_day), draw(st.integers(0, 24 * 60))
        if opens != closes:
            result.append([_written(opens), _written(closes)])
    return result


@st.composite
def situations(draw: st.DrawFn) -> tuple[dict[str, Any], datetime]:
    """A random calendar and an instant on a whole minute close to a change of its clocks."""
    zone, near = draw(st.sampled_from(REMARKABLE))
    dates = [(near + timedelta(days=n)).strftime("%Y-%m-%d") for n in range(-2, 5)]
    spec = {
        "zone": zone,
        "hours": {day: draw(intervals()) for day in DAYS if draw(st.booleans())},
        "holidays": draw(st.lists(st.sampled_from(dates), max_size=2)),
        "exceptions": [
            {"date": day, "hours": draw(intervals())}
            for day in draw(st.lists(st.sampled_from(dates), max_size=2, unique=True))
        ],
    }
    return spec, near + timedelta(minutes=draw(st.integers(-12 * 60, 48 * 60)))


@given(situations(), st.integers(-300, 2 * 24 * 60))
def test_open_time_between_two_instants_is_what_the_wall_clock_shows(situation, minutes):
    spec, start = situation
    end = start + timedelta(minutes=minutes)

    expected = slow_between(spec, start, end) if end >= start else -slow_between(spec, end, start)
    assert between(read_calendar(spec), start, end) == expected


@given(situations(), st.integers(0, 20 * 60))
@example((SHORT_NIGHT, LONG_NIGHT), 15)
@example((SHORT_NIGHT, LONG_NIGHT), 16)
@example((SHORT_NIGHT, LONG_NIGHT), 0)
def test_a_duration_ends_at_the_first_instant_at_which_it_has_passed(situation, minutes):
    spec, start = situation
    duration = timedelta(minutes=minutes)
    expected = slow_add(spec, start, duration, start + timedelta(days=4))
    assume(expected is not None)

    assert add(read_calendar(spec), start, duration) == expected


@given(situations(), st.integers(0, 10**12))
def test_adding_and_measuring_are_each_others_inverse(situation, microseconds):
    spec, start = situation
    calendar, duration = read_calendar(spec), timedelta(microseconds=microseconds)
    try:
        end = add(calendar, start, duration)
    except CalendarError as error:
        assert error.code == "never_open"
        return

    assert between(calendar, start, end) == duration
    if duration:
        just_before = end - timedelta(microseconds=1)
        assert between(calendar, start, just_before) == duration - timedelta(microseconds=1)


@given(situations(), st.integers(0, 3 * 24 * 60), st.integers(0, 3 * 24 * 60))
def test_open_time_adds_up_whatever_the_middle(situation, first, second):
    spec, start = situation
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    calendar = read_calendar(spec)

    assert between(calendar, start, end) == between(calendar, start, middle) + between(calendar, middle, end)


@given(situations())
def test_open_or_closed_and_the_next_change_agree_with_the_wall_clock(situation):
    spec, instant = situation
    calendar = read_calendar(spec)

    assert is_open(calendar, instant) == open_at(spec, instant)
    opening = opens_next(calendar, instant)
    expected = slow_add(spec, instant, timedelta(0), instant + timedelta(days=3))
    assert expected is None or opening == expected
    if is_open(calendar, instant):
        assert opening == instant
        closing = closes_next(calendar, instant)
        assert closing is None or not open_at(spec, closing)
        assert closing is None or between(calendar, instant, closing) == closing - instant
    else:
        assert closes_next(calendar, instant) == instant


@given(situations(), st.integers(0, 3 * 24 * 60))
def test_the_intervals_counted_add_up_and_never_touch(situation, minutes):
    spec, start = situation
    end = start + timedelta(minutes=minutes)
    calendar = read_calendar(spec)
    spans = counted(calendar, start, end)

    assert sum((b - a for a, b in spans), timedelta(0)) == between(calendar, start, end)
    assert all(start <= a < b <= end for a, b in spans)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(spans))


OFFICE = read_calendar(
    {"zone": "Europe/Berlin", "hours": {d: [["08:00", "12:00"], ["13:00", "17:00"]] for d in DAYS[:5]}}
)


def berlin(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=OFFICE.tz).astimezone(UTC)


def test_a_duration_that_fills_a_day_ends_when_it_closes_not_when_it_next_opens():
    assert add(OFFICE, berlin("2026-11-20", "08:00"), timedelta(hours=8)) == berlin("2026-11-20", "17:00")


def test_no_duration_ends_at_once_when_open_and_at_the_next_opening_when_closed():
    assert add(OFFICE, berlin("2026-11-20", "09:15"), timedelta(0)) == berlin("2026-11-20", "09:15")
    assert add(OFFICE, berlin("2026-11-20", "17:00"), timedelta(0)) == berlin("2026-11-23", "08:00")


def test_a_shift_belongs_to_the_date_it_begins_on():
    spec = {"zone": "UTC", "hours": {d: [["22:00", "06:00"]] for d in DAYS}, "holidays": ["2026-12-25"]}
    christmas = datetime(2026, 12, 25, tzinfo=UTC)

    assert counted(read_calendar(spec), christmas, christmas + timedelta(days=2)) == [
        (christmas, christmas + timedelta(hours=6)),
        (christmas + timedelta(hours=46), christmas + timedelta(hours=48)),
    ]


def test_an_exception_on_a_holiday_wins():
    spec = {
        "zone": "UTC",
        "hours": {"fri": [["08:00", "17:00"]]},
        "holidays": ["2026-12-25"],
        "exceptions": [{"date": "2026-12-25", "hours": [["10:00", "11:00"]]}],
    }

    opening = opens_next(read_calendar(spec), datetime(2026, 12, 24, tzinfo=UTC))
    assert opening == datetime(2026, 12, 25, 10, tzinfo=UTC)


def test_public_holidays_close_a_calendar_that_names_its_country():
    hours = {day: [["08:00", "17:00"]] for day in DAYS}
    bavaria = read_calendar({"zone": "Europe/Berlin", "hours": hours, "country": "DE", "subdivision": "BY"})

    assert not is_open(bavaria, berlin("2026-01-06", "10:00"))
    assert is_open(bavaria, berlin("2026-01-07", "10:00"))


@pytest.mark.parametrize("hours", [{}, {"mon": []}])
def test_an_empty_week_never_opens(hours):
    empty = read_calendar({"zone": "UTC", "hours": hours})
    instant = datetime(2026, 11, 22, tzinfo=UTC)

    assert (opens_next(empty, instant), is_open(empty, instant)) == (None, False)
    assert between(empty, instant, instant + timedelta(days=400)) == timedelta(0)
    for duration in (timedelta(0), timedelta(minutes=1)):
        with pytest.raises(CalendarError) as refusal:
            add(empty, instant, duration)
        assert refusal.value.code == "never_open"


def test_an_empty_week_with_one_exception_opens_that_once():
    labour_day = {"date": "2027-05-01", "hours": [["10:00", "11:00"]]}
    once = read_calendar({"zone": "UTC", "exceptions": [labour_day]})
    instant = datetime(2026, 11, 22, tzinfo=UTC)

    assert add(once, instant, timedelta(hours=1)) == datetime(2027, 5, 1, 11, tzinfo=UTC)
    with pytest.raises(CalendarError, match="does not open for so long"):
        add(once, instant, timedelta(hours=1, microseconds=1))


def test_around_the_clock_is_open_for_good_and_counts_real_time():
    always = read_calendar({"zone": "Europe/Berlin", "hours": {d: [["00:00", "24:00"]] for d in DAYS}})
    instant = berlin("2026-03-28", "12:00")

    assert closes_next(always, instant) is None
    assert add(always, instant, timedelta(days=365)) - instant == timedelta(days=365)


def test_a_negative_duration_is_refused_and_a_backward_span_is_negative():
    with pytest.raises(CalendarError) as refusal:
        add(OFFICE, berlin("2026-11-20", "09:00"), timedelta(seconds=-1))
    assert refusal.value.code == "negative"
    assert between(OFFICE, berlin("2026-11-20", "10:00"), berlin("2026-11-20", "09:00")) == timedelta(hours=-1)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(CalendarError) as refusal:
        is_open(OFFICE, datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001
    assert refusal.value.code == "naive"


@pytest.mark.parametrize("year", [1200, 2400, 9999])
def test_years_far_away_are_refused_instead_of_reckoned_for_hours(year):
    with pytest.raises(CalendarError) as refusal:
        between(OFFICE, datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 1, tzinfo=UTC))
    assert refusal.value.code == "out_of_reach"


@given(situations(), st.integers(0, 400), st.integers(1, 60 * 24 * 300))
@example((SHORT_NIGHT, REMARKABLE[0][1]), 0, 60 * 24 * 60)
def test_long_spans_agree_month_by_month_with_short_ones(situation, days, minutes):
    spec, start = situation
    calendar, first = read_calendar(spec), start + timedelta(days=days)
    last = first + timedelta(minutes=minutes)
    marks = [first + n * (last - first) / 7 for n in range(8)]

    assert between(calendar, first, last) == sum((between(calendar, a, b) for a, b in pairwise(marks)), timedelta(0))
