"""What operators see and do: lag, history, what is parked, who is stuck."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events import queries, vital_signs
from charterdesk.events.actions import drop_delivery, retry_delivery
from charterdesk.events.delivery import deliver_due
from charterdesk.events.models import Delivery, Dropped, Heartbeat
from charterdesk.events.reader import read_batches
from charterdesk.events.tests.pumps import PumpFailed, fail_pump, reacting
from charterdesk.events.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_lag_is_what_the_reader_has_not_delivered(monkeypatch):
    assert queries.lag() == queries.Lag(0, 0.0)
    fail_pump(1)
    fail_pump(2)
    lag = queries.lag()
    assert (lag.events, lag.seconds > 0) == (2, True)

    monkeypatch.setattr("charterdesk.events.reader.SECONDS_PER_BATCH", 0.0)
    monkeypatch.setattr("charterdesk.events.delivery.FIRST_PIECE", 1)
    read_batches()
    assert queries.lag().events == 1
    read_batches()
    assert queries.lag() == queries.Lag(0, 0.0)


def test_history_is_what_happened_to_one_subject_in_order(django_assert_num_queries):
    first = fail_pump(1, pressure=3)
    fail_pump(2)
    second = fail_pump(1)
    with django_assert_num_queries(1):
        entries = queries.history("pump:1")

    assert [(entry.id, entry.event) for entry in entries] == [
        (first, PumpFailed(pump_id=1, pressure=3)), (second, PumpFailed(pump_id=1)),
    ]  # fmt: skip
    assert [entry.id for entry in queries.history("pump:1", after=first)] == [second]


def park(event_id, handler):
    return Delivery.objects.create(
        event_id=event_id, subject="pump:1", handler=handler, state="parked", attempts=6, next_try_at=Now(), error="E"
    )


def test_an_operator_has_a_parked_delivery_tried_again():
    heard = []
    with reacting(PumpFailed, call=heard.append) as handler:
        number = fail_pump(1)
        read_batches()
        parked = park(number, handler)
        assert list(queries.parked_deliveries()) == [parked]
        retry_delivery(parked)
        assert list(queries.waiting_deliveries()) == [parked]
        deliver_due()

    assert [event.pump_id for event in heard] == [1, 1]
    assert not Delivery.objects.exists()


def test_an_operator_gives_a_parked_delivery_up_with_a_reason():
    parked = park(fail_pump(1), "pumps")
    with pytest.raises(Refused, match="why"):
        drop_delivery(parked, reason="", by="agent:1")
    assert queries.count_trouble()["deliveries"] == 1

    drop_delivery(parked, reason="the pump was sold", by="agent:1")
    dropped = Dropped.objects.get()
    assert (dropped.what, dropped.error, dropped.reason) == (
        f"pumps pump:1 {parked.event_id}",
        "E",
        "the pump was sold",
    )
    with pytest.raises(Refused, match="not waiting"):
        retry_delivery(parked)


def test_a_worker_that_has_gone_quiet_is_missed():
    state = {**dict.fromkeys(vital_signs.PARTS, "active"), "timers": "stand_by"}
    with transaction.atomic():
        vital_signs.say_that_we_live("a:1", part="worker", started_at=now(), state=state)
    assert vital_signs.what_is_missing() == ["timers"]

    Heartbeat.objects.update(at=Now() - timedelta(minutes=1))
    assert vital_signs.what_is_missing() == [*vital_signs.PARTS]


def test_a_part_that_has_not_moved_for_a_minute_is_stuck():
    worker = Worker(threading.Event())
    worker._moves("reactions", "active")
    worker._moves("timers", "stand_by")
    assert worker._seen() == {"reactions": "active", "timers": "stand_by"}

    worker._moved = {"reactions": time.monotonic() - 61, "timers": time.monotonic() - 61}
    assert worker._seen() == {"reactions": "stuck", "timers": "stand_by"}
