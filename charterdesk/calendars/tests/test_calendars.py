"""A calendar is checked when it is written, and every version of it stays."""

from datetime import UTC, datetime

import pytest

from charterdesk.base.refused import Refused
from charterdesk.calendars.actions import change_calendar, create_calendar, default_calendar
from charterdesk.calendars.models import BusinessCalendar, CalendarVersion
from charterdesk.calendars.queries import Opening, current_version, opening
from charterdesk.calendars.testing import ROUND_THE_CLOCK, make_calendar
from charterdesk.events.models import LoggedEvent

pytestmark = pytest.mark.django_db
SATURDAY_TOO = {"sat": [["09:00", "12:00"]]}


def versions(calendar: BusinessCalendar) -> list[tuple[int, dict[str, list[list[str]]]]]:
    return [(v.number, v.spec["hours"]) for v in CalendarVersion.objects.filter(calendar=calendar).order_by("number")]


def test_a_change_of_hours_makes_a_version_and_keeps_the_former():
    calendar = make_calendar(hours=ROUND_THE_CLOCK)
    change_calendar(calendar, by="agent:1", hours=SATURDAY_TOO)

    assert versions(calendar) == [(1, ROUND_THE_CLOCK), (2, SATURDAY_TOO)]
    assert current_version(calendar).spec == calendar.spec
    assert [(e.actor, e.data) for e in LoggedEvent.objects.filter(code="calendar.changed").order_by("id")] == [
        ("system", {"calendar_id": calendar.pk, "version": 1}),
        ("agent:1", {"calendar_id": calendar.pk, "version": 2}),
    ]


def test_a_new_name_or_the_same_hours_make_no_version():
    calendar = make_calendar(hours=SATURDAY_TOO)
    change_calendar(calendar, by="agent:1", name="Saturdays")
    change_calendar(calendar, by="agent:1", hours=SATURDAY_TOO)

    assert versions(calendar) == [(1, SATURDAY_TOO)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Lindental"),
        ("hours", {"mon": [["9", "12"]]}),
        ("hours", {"mon": [["09:00", "09:00"]]}),
        ("hours", {"montag": []}),
        ("holidays", ["25.12.2026"]),
        ("exceptions", [{"date": "2026-12-24", "hours": [["09:00"]]}]),
        ("exceptions", [{"date": "2026-12-24"}, {"date": "2026-12-24"}]),
        ("country", "XX"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_and_nothing_changes(field, value):
    calendar = make_calendar(hours=SATURDAY_TOO)
    with pytest.raises(Refused) as refused:
        change_calendar(calendar, by="agent:1", **{field: value})

    assert refused.value.code == f"calendars.{field}"
    calendar.refresh_from_db()
    assert (calendar.zone, calendar.hours, calendar.version) == ("Europe/Berlin", SATURDAY_TOO, 1)


def test_two_calendars_cannot_share_a_name():
    make_calendar("Office")
    with pytest.raises(Refused) as refused:
        create_calendar(by="agent:1", name="Office")

    assert refused.value.code == "calendars.name_taken"


def test_the_default_calendar_is_made_once():
    assert default_calendar() == default_calendar()
    assert BusinessCalendar.objects.count() == 1


def test_the_next_opening_is_told_while_closed_and_the_closing_while_open():
    calendar = make_calendar().times
    friday_noon, friday_five = datetime(2026, 11, 20, 11, tzinfo=UTC), datetime(2026, 11, 20, 16, tzinfo=UTC)
    monday, evening = datetime(2026, 11, 23, 7, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC)

    assert opening(calendar, friday_noon) == Opening(True, friday_noon, friday_five)
    assert opening(calendar, friday_five) == Opening(False, monday, evening)
