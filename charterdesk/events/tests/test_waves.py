"""Many events told at once: in waves, each with at most one of a subject."""

from contextlib import contextmanager
from functools import partial

import pytest
from django.db import transaction

from charterdesk.events import delivery, operations, reactions
from charterdesk.events.log import caused_by, publish
from charterdesk.events.models import Delivery, LoggedEvent, RuleRun
from charterdesk.events.reader import read_batch, read_batches
from charterdesk.events.tests.pumps import PumpFailed, PumpRepaired, fail_pump, operating, reacting, rule

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def together(call, *, lane=reactions.MAIN):
    """Have `call` react to what happens to pumps, to many at once, in a lane, for as long as this lasts."""

    def listener(heard):
        call(heard)

    reactions.react_together(PumpFailed, PumpRepaired, lane=lane)(listener)
    try:
        yield
    finally:
        reactions.forget(f"{reactions._package(listener)}.listener")


def fail_pumps(*pairs):
    """Publish in one transaction that pumps failed: (number, pressure)."""
    with transaction.atomic():
        for number, pressure in pairs:
            publish(PumpFailed(pump_id=number, pressure=pressure), on=f"pump:{number}", by="agent:1")


def read_all():
    return sum(iter(read_batch, 0))


def test_a_wave_holds_each_subject_once_and_keeps_its_order():
    calls = []
    with together(lambda heard: calls.append([(e.pump_id, e.pressure) for e, _entry in heard])):
        fail_pumps((1, 1), (1, 2), (2, 1), (3, 1), (2, 2), (1, 3))
        read_all()

    assert calls == [[(1, 1), (2, 1), (3, 1)], [(1, 2), (2, 2)], [(1, 3)]]


def test_as_many_are_told_at_once_as_the_time_is_enough_for(monkeypatch):
    sizes = []
    monkeypatch.setattr(delivery, "_pace", {("reactions", "pump.failed"): 0.001, ("reactions", "pump.repaired"): 50.0})
    monkeypatch.setattr("charterdesk.events.reader.SECONDS_PER_BATCH", 100.0)
    with together(lambda heard: sizes.append(len(heard))):
        fail_pumps(*((number, 1) for number in range(40)))
        read_all()
        with transaction.atomic():
            for number in range(40):
                publish(PumpRepaired(pump_id=number), on=f"pump:{number}", by="agent:1")
        read_all()

    assert sizes == [40, 10, 30]  # the slow ones turned out to be quick


def test_events_of_different_kinds_about_one_subject_stay_in_order():
    calls = []
    with together(lambda heard: calls.extend((type(e).__name__, e.pump_id) for e, _entry in heard)):
        with transaction.atomic():
            for number in (1, 2):
                publish(PumpFailed(pump_id=number), on=f"pump:{number}", by="agent:1")
                publish(PumpRepaired(pump_id=number), on=f"pump:{number}", by="agent:1")
        read_all()

    assert calls == [("PumpFailed", 1), ("PumpFailed", 2), ("PumpRepaired", 1), ("PumpRepaired", 2)]


def test_when_one_of_a_wave_fails_the_others_are_told_all_the_same():
    heard_well = []

    def react(heard):
        for event, _entry in heard:
            if event.pump_id == 2:
                raise ValueError("pump 2 is on fire")
        heard_well.extend(event.pump_id for event, _entry in heard)

    with together(react):
        fail_pumps((1, 0), (2, 0), (3, 0))
        read_all()

        assert heard_well == [1, 3]
        assert [d.subject for d in Delivery.objects.all()] == ["pump:2"]

        fail_pumps((1, 1), (2, 1), (4, 1))
        read_all()
        assert heard_well == [1, 3, 1, 4]
        assert [d.subject for d in Delivery.objects.order_by("event_id")] == ["pump:2", "pump:2"]


def test_what_is_published_in_a_wave_knows_its_own_cause():
    def repair(heard):
        for event, entry in heard:
            if isinstance(event, PumpFailed):
                with caused_by(entry):
                    publish(PumpRepaired(pump_id=event.pump_id), on=entry.subject, by="system")

    with together(repair):
        fail_pumps((1, 0), (2, 0))
        read_all()

    failed = dict(LoggedEvent.objects.filter(code="pump.failed").values_list("subject", "pk"))
    repaired = LoggedEvent.objects.filter(code="pump.repaired").order_by("pk")
    assert [(r.subject, r.cause_id, r.depth) for r in repaired] == [
        ("pump:1", failed["pump:1"], 1),
        ("pump:2", failed["pump:2"], 1),
    ]


def test_a_rule_performs_an_operation_for_all_it_matches_in_one_call():
    calls, one_by_one = [], []
    with operating("test.mend", lambda pump, *, by, speed: one_by_one.append((pump, speed))):
        operations.operation_together("test.mend")(
            lambda given: calls.append([(c.on, c.args, c.by, c.cause.event_id) for c in given])
        )
        version = rule(
            ["pump.failed"],
            condition={"field": "event.pressure", "op": "is", "value": 1},
            then=[{"operation": "test.mend", "args": {"speed": "{event.pump_id}"}}],
        )
        fail_pumps((1, 1), (2, 0), (3, 1))
        read_all()
        fail_pump(4, pressure=1)
        read_all()

    by = f"rule:{version.rule_id}"
    ids = dict(LoggedEvent.objects.filter(code="pump.failed").values_list("subject", "pk"))
    assert calls == [[("pump:1", {"speed": 1}, by, ids["pump:1"]), ("pump:3", {"speed": 3}, by, ids["pump:3"])]]
    assert one_by_one == [("pump:4", 4)]
    assert RuleRun.objects.filter(matched=True).count() == 3


def test_each_lane_hears_everything_once_at_its_own_pace():
    said, mailed = [], []
    with reacting(PumpFailed, call=lambda event: said.append(event.pump_id)):
        with together(lambda heard: mailed.extend(event.pump_id for event, _entry in heard), lane=reactions.MAIL):
            fail_pump(1)
            read_all()
            assert (said, mailed) == ([1], [])
            fail_pump(2)
            assert sum(iter(partial(read_batch, reactions.MAIL), 0)) == 2
            assert (said, mailed) == ([1], [1, 2])
            while read_batches():
                pass

    assert (said, mailed) == ([1, 2], [1, 2])


def test_what_fails_in_a_lane_waits_for_that_listener_alone():
    said = []

    def post(heard):
        raise OSError("no stamps")

    with reacting(PumpFailed, call=lambda event: said.append(event.pump_id)), together(post, lane=reactions.MAIL):
        fail_pump(1)
        while read_batches():
            pass
        assert Delivery.objects.get().handler.endswith(".listener")

    assert said == [1]
