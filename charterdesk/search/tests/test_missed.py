"""Searches without result are counted without saying who asked, and without words that may be a person's."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.search.missed import as_csv, forget_missed, missed_since, note_missed
from charterdesk.search.models import Missed

pytestmark = pytest.mark.django_db


def missed(words: str, *askers: str, fits: float = 0.0) -> None:
    for asker in askers:
        note_missed(words, fits=fits, side="customers", language="en", asker=asker)


def test_words_are_kept_from_the_third_person_on_however_often_one_asks():
    missed("Rain  barrel!", "mia", "mia", "mia", "omar")
    assert [(row.words, row.times) for row in Missed.objects.all()] == [("", 4)]
    assert not any("mia" in digest or "rain" in digest for digest in Missed.objects.get().askers)
    missed("rain barrel", "ada")

    report = missed_since(now().date(), side="customers")
    assert [(row.words, row.times, row.outcome) for row in report.lines] == [("rain barrel", 5, "nothing")]
    assert (report.times, report.unnamed) == (5, 0)
    assert "rain barrel,customers,en,nothing,5" in as_csv(report)


def test_numbers_and_addresses_are_never_kept_however_many_ask():
    for words in ("meter 4711", "mia@home.example"):
        missed(words, "mia", "omar", "ada", "joe")

    report = missed_since(now().date())
    assert (report.lines, report.times, report.unnamed) == ([], 8, 8)


def test_what_found_enough_is_not_counted_and_what_is_long_ago_is_forgotten():
    missed("tap", "mia", fits=0.5)
    missed("???", "mia")
    assert not Missed.objects.exists()
    missed("tap", "mia", fits=0.4)
    Missed.objects.update(month=now().date() - timedelta(days=400))
    forget_missed()
    assert not Missed.objects.exists()
