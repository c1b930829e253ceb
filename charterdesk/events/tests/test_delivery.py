"""What happens to an event that a handler could not take: tried again, in order, then shown to operators."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from charterdesk.events.delivery import ATTEMPTS, deliver_due
from charterdesk.events.log import publish
from charterdesk.events.models import Delivery, LoggedEvent, Reader
from charterdesk.events.reader import read_batch
from charterdesk.events.tests.pumps import PumpFailed, PumpRepaired, fail_pump, reacting
from charterdesk.events.wake import connect

pytestmark = pytest.mark.django_db(transaction=True)


class Handler:
    """Notes the pumps it hears of; fails for those in `broken`."""

    def __init__(self):
        self.heard = []
        self.broken = set()

    def __call__(self, event):
        if event.pump_id in self.broken:
            raise ValueError(f"pump {event.pump_id} is on fire")
        self.heard.append((event.pump_id, event.pressure))


@pytest.fixture
def handler():
    handler = Handler()
    with reacting(PumpFailed, call=handler):
        yield handler


def read_all():
    return sum(iter(read_batch, 0))


def let_time_pass():
    Delivery.objects.filter(state="waiting").update(next_try_at=Now() - timedelta(seconds=1))


def test_a_failing_handler_holds_up_neither_others_nor_other_subjects(handler):
    handler.broken = {1}
    others = []
    with reacting(PumpFailed, call=lambda event: others.append(event.pump_id), name="others"):
        for number in (1, 2, 3):
            fail_pump(number)
        read_all()

    assert [pump for pump, _ in handler.heard[-2:]] == [2, 3]
    assert others[-3:] == [1, 2, 3]
    assert [(d.state, d.attempts) for d in Delivery.objects.all()] == [("waiting", 1)]


def test_what_failed_keeps_its_error_and_the_place_it_came_from(handler):
    handler.broken = {1}
    fail_pump(1)
    read_all()

    assert Delivery.objects.get().error.startswith("ValueError: pump 1 is on fire (__call__, line ")


def test_later_events_of_the_same_subject_wait_behind_one_that_failed(handler):
    handler.broken = {1}
    for pressure in (1, 2, 3):
        fail_pump(1, pressure=pressure)
    read_all()
    assert handler.heard == []

    handler.broken = set()
    fail_pump(1, pressure=4)
    read_all()
    assert handler.heard == []

    let_time_pass()
    deliver_due()
    fail_pump(1, pressure=5)
    read_all()
    assert handler.heard == [(1, pressure) for pressure in (1, 2, 3, 4, 5)]
    assert Delivery.objects.count() == 0


def test_a_failed_delivery_is_not_tried_before_its_time(handler):
    handler.broken = {1}
    fail_pump(1)
    read_all()
    handler.broken = set()

    assert deliver_due() == 0
    let_time_pass()
    assert deliver_due() == 1
    assert handler.heard == [(1, 0)]


def test_after_some_attempts_it_is_parked_announced_and_the_queue_moves_on(handler):
    handler.broken = {1}
    fail_pump(1, pressure=1)
    read_all()
    for _attempt in range(ATTEMPTS):
        let_time_pass()
        deliver_due()
    parked = Delivery.objects.get()
    assert (parked.state, parked.attempts) == ("parked", ATTEMPTS)
    announced = LoggedEvent.objects.get(code="delivery.parked")
    assert announced.data == {"event_id": parked.event_id, "handler": parked.handler, "reason": "failed"}

    handler.broken = set()
    fail_pump(1, pressure=2)
    read_all()
    assert handler.heard == [(1, 2)]


def test_what_a_failing_handler_wrote_is_undone(handler):
    def write_and_fail(event):
        publish(PumpRepaired(pump_id=event.pump_id), on="pump:1", by="system")
        raise ValueError

    with reacting(PumpFailed, call=write_and_fail, name="writer"):
        fail_pump(1)
        read_all()

    assert not LoggedEvent.objects.filter(code="pump.repaired").exists()
    assert handler.heard[-1] == (1, 0)


def test_a_handler_that_breaks_its_transaction_breaks_no_other(handler):
    def break_it(event):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with reacting(PumpFailed, call=break_it, name="breaker"):
        fail_pump(1)
        read_all()

    assert handler.heard[-1] == (1, 0)
    assert "division by zero" in Delivery.objects.get().error


def test_an_error_that_a_handler_catches_costs_nothing_but_a_second_delivery(handler):
    """The first delivery spares savepoints, so that a caught error breaks it; the second has them."""

    def catch_it(event):
        publish(PumpRepaired(pump_id=event.pump_id), on="pump:1", by="system")
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with reacting(PumpFailed, call=catch_it, name="catcher"):
        fail_pump(1)
        read_all()

    assert LoggedEvent.objects.filter(code="pump.repaired").count() == 1
    assert handler.heard == [(1, 0), (1, 0)]
    assert not Delivery.objects.exists()


def test_actions_called_by_reactions_cost_no_savepoints():
    def act(event):
        with transaction.atomic(), transaction.atomic():
            publish(PumpRepaired(pump_id=event.pump_id), on="pump:1", by="system")

    with reacting(PumpFailed, call=act, name="actor"):
        fail_pump(1)
        with CaptureQueriesContext(connection) as captured:
            read_batch()

    assert [q["sql"] for q in captured if "SAVEPOINT" in q["sql"]] == []
    assert LoggedEvent.objects.filter(code="pump.repaired").count() == 1


def test_a_chain_of_causes_that_feeds_itself_stops_and_is_parked_at_once():
    def fail_again(event):
        publish(PumpFailed(pump_id=event.pump_id), on=f"pump:{event.pump_id}", by="system")

    with reacting(PumpFailed, call=fail_again, name="loop"):
        fail_pump(1)
        read_all()

    assert LoggedEvent.objects.filter(code="pump.failed").count() == 13
    assert LoggedEvent.objects.get(code="delivery.parked").data["reason"] == "chain_too_long"
    assert Delivery.objects.get().state == "parked"


def test_a_row_a_person_holds_for_long_does_not_hold_up_the_reader(handler):
    def lock_it(event):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM events_reader WHERE name = 'held' FOR UPDATE")

    Reader.objects.create(name="held")
    with reacting(PumpFailed, call=lock_it, name="locker"), connect() as person:
        person.autocommit = False
        person.execute("SELECT 1 FROM events_reader WHERE name = 'held' FOR UPDATE")
        fail_pump(1)
        read_all()
        assert "lock timeout" in Delivery.objects.get().error
        person.rollback()
        let_time_pass()
        deliver_due()

    assert Delivery.objects.count() == 0


def test_a_handler_that_is_gone_parks_what_it_had_still_to_hear(handler):
    fail_pump(1)
    read_all()
    event = LoggedEvent.objects.get()
    with transaction.atomic():
        Delivery.objects.create(event_id=event.pk, subject="pump:1", handler="gone", next_try_at=Now())
    for _attempt in range(ATTEMPTS):
        let_time_pass()
        deliver_due()

    assert (Delivery.objects.get().state, "nobody called gone" in Delivery.objects.get().error) == ("parked", True)
