"""What a batch costs is counted by its own processor, and waiting by a part of the clock."""

from typing import ClassVar

import pytest

from charterdesk.events import effort, reactions
from charterdesk.events.reader import read_batch
from charterdesk.events.tests.pumps import PumpFailed, fail_pump


@pytest.fixture
def passing(monkeypatch):
    """Two clocks that a test turns on: by the wall, and of this thread's processor."""

    class Passing:
        wall = used = 0.0

    monkeypatch.setattr("charterdesk.events.effort.monotonic", lambda: Passing.wall)
    monkeypatch.setattr("charterdesk.events.effort.thread_time", lambda: Passing.used)
    return Passing


def test_a_thread_without_a_core_has_not_worked(passing):
    spent = effort.Effort()
    passing.wall, passing.used = 0.4, 0.09

    assert spent.seconds() == 0.09


def test_one_who_waits_for_long_has(passing):
    spent = effort.Effort()
    passing.wall, passing.used = 0.6, 0.01

    assert spent.seconds() == pytest.approx(0.12)


@pytest.fixture
def telling(monkeypatch):
    """A lane without a past, and how many pumps a listener was told of each time; what it does is `telling.takes`."""
    monkeypatch.setattr("charterdesk.events.delivery._pace", {})
    monkeypatch.setattr("charterdesk.events.reader._room", {})

    class Telling:
        told: ClassVar = []
        takes = staticmethod(lambda: None)

    def listener(heard):
        Telling.told.append(len(heard))
        Telling.takes()

    reactions.react_together(PumpFailed)(listener)
    yield Telling
    reactions.forget(f"{reactions._package(listener)}.listener")


@pytest.mark.django_db(transaction=True)
def test_a_wave_does_not_shrink_while_others_have_the_cores(passing, telling):
    def starve():
        passing.wall, passing.used = passing.wall + 0.1, passing.used + 0.01

    telling.takes = starve
    for number in range(60):
        fail_pump(number)

    assert read_batch() == 60  # by the clock it would have ended after twenty
    assert telling.told[0] == 10  # how long one takes is not known yet


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_waits_for_long_ends_its_batch(passing, telling):
    def wait():
        passing.wall += 0.6

    telling.takes = wait
    for number in range(60):
        fail_pump(number)

    assert (read_batch(), telling.told) == (10, [10])
