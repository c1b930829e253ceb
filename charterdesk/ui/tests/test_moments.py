"""Times are said in the reader's zone and language, however often they are asked for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from charterdesk.ui.moments import day_word, full_moment, moment_word

AT = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday 3 March 2026, 23:30"),
        ("de", "Dienstag, 3. März 2026, 23:30"),
        ("es", "martes 3 de marzo de 2026, 23:30"),
    ],
)
def test_a_moment_is_said_in_the_readers_language(language, said):
    with translation.override(language):
        assert full_moment(AT) == said


def test_a_moment_after_midnight_where_its_reader_is_belongs_to_the_next_day():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert full_moment(AT) == "Wednesday 4 March 2026, 00:30"
        assert day_word(AT, at=AT.replace(month=4)) == "Wednesday 4 March"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (AT.replace(hour=8), "23:30"),
        (AT.replace(day=5), "Tue 23:30"),
        (AT.replace(day=28), "3 Mar"),
        (AT.replace(year=2028), "3 Mar 2026"),
    ],
)
def test_a_moment_is_said_as_briefly_as_is_unmistakable(at, said):
    assert moment_word(AT, at=at) == said
