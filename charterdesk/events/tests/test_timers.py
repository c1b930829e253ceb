"""Timers: fired once, in order, put off and parked like deliveries."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events import queries
from charterdesk.events.actions import drop_timer, retry_timer
from charterdesk.events.delivery import ATTEMPTS
from charterdesk.events.log import publish
from charterdesk.events.models import Dropped, LoggedEvent, Timer
from charterdesk.events.reader import read_batch
from charterdesk.events.skipped import SO_ALREADY
from charterdesk.events.tests.pumps import PumpFailed, PumpRepaired, fail_pump, operating, reacting
from charterdesk.events.timers import cancel_timer, cancel_timers, fire_due, next_due, set_timer
from charterdesk.events.wake import connect

pytestmark = pytest.mark.django_db(transaction=True)
PAST = timedelta(seconds=-5)


@pytest.fixture
def oiled():
    """What the operation `pumps.oil` was performed with; raises for the oil "bad"."""
    performed = []

    def oil(*, by: str, oil: str = "olive") -> None:
        if oil == "bad":
            raise ValueError("bad oil")
        performed.append((by, oil))

    with operating("pumps.oil", oil):
        yield performed


def oil(key, *, at=PAST, **args):
    with transaction.atomic():
        set_timer(key, due_at=now() + at, operation="pumps.oil", by="agent:1", **args)


def let_time_pass():
    Timer.objects.update(try_at=Now() - timedelta(seconds=1))


def test_timers_fire_once_in_the_order_they_are_due(oiled):
    oil("late", at=PAST, oil="second")
    oil("early", at=2 * PAST, oil="first")
    oil("future", at=timedelta(hours=1), oil="third")

    assert fire_due() == 2
    assert fire_due() == 0
    assert oiled == [("agent:1", "first"), ("agent:1", "second")]
    due_at = next_due()
    assert due_at and due_at > now()


def test_setting_a_timer_again_moves_and_replaces_it(oiled):
    oil("one", oil="first")
    oil("one", at=timedelta(hours=1), oil="second")

    assert fire_due() == 0
    assert Timer.objects.get().args == {"oil": "second"}


def test_a_cancelled_timer_never_fires(oiled):
    oil("sla:1:reply")
    oil("sla:1:solution")
    oil("sla:2:reply")

    assert [cancel_timer("sla:1:reply"), cancel_timer("sla:1:reply")] == [True, False]
    assert cancel_timers("sla:1:") == 1
    assert [timer.name for timer in Timer.objects.all()] == ["sla:2:reply"]


def test_an_operation_that_sets_its_own_timer_again_means_the_next_one():
    def again(*, by: str) -> None:
        set_timer("daily", due_at=now() + timedelta(days=1), operation="pumps.again")

    with operating("pumps.again", again), transaction.atomic():
        set_timer("daily", due_at=now() + PAST, operation="pumps.again")
    with operating("pumps.again", again):
        assert [fire_due(), fire_due()] == [1, 0]

    assert Timer.objects.get().due_at > now()


def test_a_timer_that_fails_is_tried_again_later_then_parked_and_announced(oiled):
    oil("bad", oil="bad")
    oil("good", oil="good")
    fire_due()
    assert oiled == [("agent:1", "good")]
    timer = Timer.objects.get()
    assert (timer.attempts, timer.state, timer.try_at > now()) == (1, "running", True)

    for _attempt in range(ATTEMPTS):
        let_time_pass()
        fire_due()
    assert [t.name for t in queries.parked_timers()] == ["bad"]
    assert LoggedEvent.objects.get().data == {"timer_id": timer.pk, "operation": "pumps.oil"}


def test_a_timer_that_gives_way_to_whoever_holds_what_it_needs_is_told_in_a_line_and_tried_again(caplog):
    def repair(*, by: str) -> None:
        publish(PumpRepaired(pump_id=1), on="pump:1", by=by)

    caplog.set_level("INFO", "charterdesk.events")
    with operating("pumps.repair", repair), connect() as somebody_else:
        with transaction.atomic():
            set_timer("repair", due_at=now() + PAST, operation="pumps.repair")
        somebody_else.autocommit = False
        somebody_else.execute("LOCK TABLE events_event IN ACCESS EXCLUSIVE MODE")  # as while its index is made anew
        fire_due()
        somebody_else.rollback()
        assert Timer.objects.get().attempts == 1
        let_time_pass()
        fire_due()

    assert LoggedEvent.objects.get().code == "pump.repaired"
    assert [(each.levelname, each.exc_info) for each in caplog.records] == [("INFO", None)]
    assert caplog.messages == ["timer repair: somebody holds what is needed, tried again later"]


def test_a_timer_that_fails_is_told_with_the_way_it_came(oiled, caplog):
    oil("bad", oil="bad")
    fire_due()

    assert [each.levelname for each in caplog.records] == ["WARNING"]
    assert "ValueError: bad oil" in caplog.text


def test_an_operation_that_did_nothing_says_so_to_its_timer_too(caplog):
    caplog.set_level("DEBUG", "charterdesk.events")
    with operating("pumps.oil", lambda *, by: SO_ALREADY):
        oil("oiled")
        fire_due()

    assert caplog.messages == ["timer oiled: nothing was done (events.so_already)"]
    assert not Timer.objects.exists()


def test_an_operator_has_a_parked_timer_fire_again_or_gives_it_up(oiled):
    oil("bad", oil="bad")
    oil("worse", oil="bad")
    Timer.objects.update(state="parked", error="ValueError: bad oil")
    bad, worse = Timer.objects.order_by("id")

    Timer.objects.filter(pk=bad.pk).update(args={"oil": "good"})
    retry_timer(bad)
    drop_timer(worse, reason="no oil left", by="agent:7")
    fire_due()

    assert oiled == [("agent:1", "good")]
    dropped = Dropped.objects.get()
    assert (dropped.what, dropped.reason, dropped.actor) == ("worse", "no oil left", "agent:7")
    with pytest.raises(Refused):
        drop_timer(worse, reason="twice", by="agent:7")


def test_what_a_timer_does_is_caused_by_the_event_whose_reaction_set_it():
    def set_it(event):
        set_timer("repair", due_at=now(), operation="pumps.repair")

    def repair(*, by: str) -> None:
        publish(PumpRepaired(pump_id=1), on="pump:1", by=by)

    failed = fail_pump(1)
    with reacting(PumpFailed, call=set_it), operating("pumps.repair", repair):
        read_batch()
        fire_due()

    repaired = LoggedEvent.objects.get(code="pump.repaired")
    assert (repaired.cause_id, repaired.depth) == (failed, 1)


def test_a_quick_loop_through_timers_stops_as_a_loop_through_reactions_does():
    def set_it(event):
        set_timer("fail", due_at=now(), operation="pumps.fail")

    def fail(*, by: str) -> None:
        publish(PumpFailed(pump_id=1), on="pump:1", by=by)

    fail_pump(1)
    with reacting(PumpFailed, call=set_it), operating("pumps.fail", fail):
        for _round in range(20):
            read_batch()
            fire_due()

    assert LoggedEvent.objects.filter(code="pump.failed").count() == 13
    assert "ChainTooLong" in Timer.objects.get().error


def test_a_timer_for_an_operation_nobody_has_is_kept_with_its_error():
    with transaction.atomic():
        set_timer("odd", due_at=now() + PAST, operation="pumps.sing")
    fire_due()

    assert Timer.objects.get().error.startswith("LookupError: no operation is called pumps.sing")
