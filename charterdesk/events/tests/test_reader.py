"""What the reader promises: every event, once, in order per subject, whenever its transaction commits."""

import psycopg
import pytest
from django.db import transaction

from charterdesk.events.log import publish
from charterdesk.events.models import LoggedEvent, Reader
from charterdesk.events.reactions import MAIN
from charterdesk.events.reader import BATCH, read_batch
from charterdesk.events.tests.pumps import PumpFailed, PumpRepaired, fail_pump, fail_pumps, reacting
from charterdesk.events.wake import connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """The numbers of the pumps heard of, in order, while this test runs."""
    numbers = []
    with reacting(PumpFailed, call=lambda event: numbers.append(event.pump_id)):
        yield numbers


@pytest.fixture
def somebody_else():
    """A connection with a transaction of its own."""
    with connect() as own:
        own.autocommit = False
        yield own


def write(own: psycopg.Connection, number: int) -> None:
    own.execute(
        "INSERT INTO events_event (code, subject, actor, data) VALUES ('pump.failed', %s, 'agent:1', %s)",
        (f"pump:{number}", f'{{"pump_id": {number}}}'),
    )


def read_all() -> int:
    return sum(iter(read_batch, 0))


def test_events_are_delivered_once_and_in_order(heard):
    for number in (3, 1, 2):
        fail_pump(number)

    assert read_all() == 3
    assert read_all() == 0
    assert heard == [3, 1, 2]


def test_an_event_committed_after_a_later_one_is_still_delivered(heard, somebody_else):
    write(somebody_else, 1)
    fail_pump(2)
    read_all()
    assert heard == [2]

    somebody_else.commit()
    read_all()
    assert heard == [2, 1]


def test_an_event_of_a_transaction_that_began_long_before_is_still_delivered(heard, somebody_else):
    somebody_else.execute("SELECT pg_current_xact_id()")
    for number in range(5):
        fail_pump(number)
        read_all()
    write(somebody_else, 99)
    fail_pump(5)
    read_all()

    somebody_else.commit()
    read_all()
    assert heard == [0, 1, 2, 3, 4, 5, 99]


def test_what_is_rolled_back_is_never_delivered(heard, somebody_else):
    write(somebody_else, 1)
    fail_pump(2)
    read_all()
    somebody_else.rollback()
    read_all()

    assert heard == [2]


def test_an_event_of_a_savepoint_is_delivered(heard):
    with transaction.atomic():
        with transaction.atomic():
            publish(PumpFailed(pump_id=1), on="pump:1", by="system")
        publish(PumpFailed(pump_id=2), on="pump:2", by="system")

    read_all()
    assert heard == [1, 2]


@pytest.fixture
def no_hurry(monkeypatch):
    """A batch may take as long as it takes: how much is in it does not hang on how busy the machine is."""
    monkeypatch.setattr("charterdesk.events.reader.SECONDS_PER_BATCH", 60.0)
    monkeypatch.setattr("charterdesk.events.reader._room", {})


def test_a_long_gap_is_read_in_pieces_and_in_the_order_of_numbers(heard, somebody_else, no_hurry):
    write(somebody_else, 0)
    fail_pumps(range(1, 2 * BATCH + 2))
    somebody_else.commit()

    assert [read_batch(), read_batch(), read_batch(), read_batch()] == [BATCH, BATCH, 2, 0]
    assert heard == list(range(2 * BATCH + 2))


def test_what_is_committed_while_a_long_gap_is_read_comes_after_it(heard, somebody_else, no_hurry):
    write(somebody_else, 9999)
    fail_pumps(range(BATCH + 1))
    read_batch()
    somebody_else.commit()
    fail_pump(7777)
    read_all()

    assert heard == [*range(BATCH + 1), 9999, 7777]


def test_a_new_gap_begins_where_a_long_one_ended_exactly(heard):
    fail_pumps(range(2 * BATCH))
    read_all()
    fail_pumps(range(2 * BATCH, 4 * BATCH))
    read_all()

    assert heard == list(range(4 * BATCH))


def test_a_crash_before_the_commit_has_everything_delivered_again(heard, monkeypatch):
    fail_pump(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        read_batch()
        raise ZeroDivisionError
    read_all()

    assert heard == [1, 1]


def test_effects_of_reactions_and_the_position_are_one_transaction():
    def repair(event):
        publish(PumpRepaired(pump_id=event.pump_id), on=f"pump:{event.pump_id}", by="system")

    fail_pump(1)
    with reacting(PumpFailed, call=repair):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            read_batch()
            raise ZeroDivisionError
        assert LoggedEvent.objects.filter(code="pump.repaired").count() == 0
        read_all()
        read_all()

    repaired = LoggedEvent.objects.get(code="pump.repaired")
    assert (repaired.cause_id, repaired.depth) == (LoggedEvent.objects.get(code="pump.failed").pk, 1)


def test_what_a_reaction_publishes_is_delivered_though_others_committed_in_between(heard, somebody_else):
    """PostgreSQL leaves the asking transaction out of its own snapshot: as if it were over."""

    def repair(event):
        publish(PumpRepaired(pump_id=event.pump_id), on=f"pump:{event.pump_id}", by="system")

    repaired = []
    with reacting(PumpFailed, call=repair, name="a"), reacting(PumpRepaired, call=repaired.append, name="b"):
        fail_pump(1)
        with transaction.atomic():
            Reader.objects.create(name="has a transaction number now")
            write(somebody_else, 2)
            somebody_else.commit()
            read_batch()
        read_all()

    assert [event.pump_id for event in repaired] == [1, 2]


def test_a_batch_that_takes_too_long_is_committed_in_part(heard, monkeypatch):
    monkeypatch.setattr("charterdesk.events.reader.SECONDS_PER_BATCH", 0.0)
    for number in range(12):
        fail_pump(number)

    assert [read_batch(), read_batch(), read_batch()] == [10, 2, 0]
    assert heard == [*range(12)]


def test_a_second_reader_waits_and_then_delivers_nothing_twice(heard, somebody_else):
    fail_pump(1)
    read_all()
    somebody_else.execute("SELECT 1 FROM events_reader WHERE name = 'reactions' FOR UPDATE")
    fail_pump(2)
    with pytest.raises(Exception, match="lock timeout"), transaction.atomic():
        with transaction.get_connection().cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 50")
        read_batch()
    somebody_else.rollback()
    read_all()

    assert heard == [1, 2]


def test_the_position_is_what_the_database_saw():
    fail_pump(1)
    read_all()

    reader = Reader.objects.get(name=MAIN)
    assert reader.position.count(":") == 2
    assert (reader.target, reader.offset_id, reader.seen_id) == ("", 0, LoggedEvent.objects.get().pk)
