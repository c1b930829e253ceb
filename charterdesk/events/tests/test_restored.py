"""A dump restored into another cluster: transaction numbers begin anew, and still nothing is skipped.

What a restore does is done here to the test's own log: its events get transaction numbers far ahead of this cluster's,
and the reader's row names another cluster. `charterdesk/ops` restores a real dump.
"""

from threading import Thread

import pytest
from django.db import connection

from charterdesk.events.delivery import deliver_due
from charterdesk.events.models import Delivery, LoggedEvent, Reader
from charterdesk.events.queries import read_place
from charterdesk.events.reactions import MAIL
from charterdesk.events.reader import read_batch
from charterdesk.events.restored import mend_index
from charterdesk.events.tests.pumps import PumpFailed, fail_pump, reacting
from charterdesk.events.wake import connect
from charterdesk.events.worker import look_after_the_log

pytestmark = pytest.mark.django_db(transaction=True)
AHEAD = 1_000_000_000


@pytest.fixture
def heard():
    numbers = []
    with reacting(PumpFailed, call=lambda event: numbers.append(event.pump_id)):
        yield numbers


@pytest.fixture(autouse=True)
def the_index_is_whole_again():
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX events_event_txid")
        cursor.execute("CREATE INDEX events_event_txid ON events_event (txid)")


def read_all():
    return sum(iter(read_batch, 0))


def deliver_all():
    read_all()
    while deliver_due():
        pass


def restore_elsewhere():
    """Make the log look as if it had been dumped in another cluster and restored in this one."""
    reader = Reader.objects.get()
    xmin, xmax, running = reader.position.split(":")
    ahead = [str(int(xid) + AHEAD) for xid in running.split(",") if xid]
    reader.position = f"{int(xmin) + AHEAD}:{int(xmax) + AHEAD}:{','.join(ahead)}"
    if reader.target:
        xmin, xmax, running = reader.target.split(":")
        reader.target = f"{int(xmin) + AHEAD}:{int(xmax) + AHEAD}:{running}"
    reader.system_identifier = "another cluster"
    reader.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET txid = (txid::text::bigint + %s)::text::xid8", [AHEAD])


def test_what_was_delivered_before_the_dump_is_not_delivered_again(heard):
    fail_pump(1)
    read_all()
    restore_elsewhere()
    deliver_all()
    deliver_all()

    assert heard == [1]
    assert Reader.objects.get().system_identifier.isdigit()


def test_what_was_undelivered_at_the_dump_is_delivered_and_what_comes_after_too(heard):
    fail_pump(1)
    read_all()
    fail_pump(2)
    restore_elsewhere()
    fail_pump(3)
    deliver_all()
    fail_pump(4)
    deliver_all()

    assert sorted(heard) == [1, 2, 3, 4]
    assert heard[-1] == 4
    assert Delivery.objects.count() == 0


def test_what_was_committed_late_before_the_dump_is_delivered(heard):
    with connect() as somebody_else:
        somebody_else.autocommit = False
        somebody_else.execute(
            "INSERT INTO events_event (code, subject, actor, data) "
            "VALUES ('pump.failed', 'pump:1', 'agent:1', '{\"pump_id\": 1}')"
        )
        fail_pump(2)
        read_all()
        somebody_else.commit()
    restore_elsewhere()
    deliver_all()

    assert heard == [2, 1]


def test_what_this_cluster_commits_late_is_delivered_too(heard):
    fail_pump(1)
    read_all()
    restore_elsewhere()
    with connect() as somebody_else:
        somebody_else.autocommit = False
        somebody_else.execute(
            "INSERT INTO events_event (code, subject, actor, data) "
            "VALUES ('pump.failed', 'pump:2', 'agent:1', '{\"pump_id\": 2}')"
        )
        deliver_all()
        fail_pump(3)
        deliver_all()
        somebody_else.commit()
    deliver_all()

    assert heard == [1, 3, 2]


def test_a_gap_that_was_half_read_at_the_dump_is_delivered_to_its_end_once(heard, monkeypatch):
    monkeypatch.setattr("charterdesk.events.reader.SECONDS_PER_BATCH", 0.0)
    monkeypatch.setattr("charterdesk.events.delivery.FIRST_PIECE", 1)
    for number in range(4):
        fail_pump(number)
    read_batch()
    assert Reader.objects.get().target
    restore_elsewhere()
    deliver_all()

    assert heard == [0, 1, 2, 3]


def test_later_events_of_a_subject_wait_behind_those_handed_over(heard):
    fail_pump(9)
    read_all()
    fail_pump(1, pressure=1)
    restore_elsewhere()
    read_batch()
    fail_pump(1, pressure=2)
    read_all()
    assert heard == [9]

    deliver_all()
    assert heard == [9, 1, 1]


def test_on_a_new_desk_the_mail_room_may_read_before_the_main_lane(heard):
    """Its place was taken for one of another cluster, and what it had not read was handed over to everybody."""
    fail_pump(1)
    read_batch(MAIL)
    fail_pump(2)
    deliver_all()

    assert heard == [1, 2]
    assert Reader.objects.get(name=MAIL).floor_id == 0  # it was not begun anew


def test_looking_for_new_events_does_not_pass_the_old_ones():
    fail_pump(1)
    read_all()
    restore_elsewhere()
    read_all()
    floor = read_place().floor_id
    assert [mend_index(floor), mend_index(floor)] == [True, False]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'events_event_txid'")
        (definition,) = cursor.fetchone()

    assert definition.endswith(f"WHERE (id > {LoggedEvent.objects.get().pk})")


def test_while_somebody_writes_for_long_the_index_is_left_as_it_is_and_that_is_told_in_a_line(caplog):
    fail_pump(1)
    read_all()
    restore_elsewhere()
    read_all()
    caplog.clear()
    caplog.set_level("INFO", "charterdesk.events")
    with connect() as somebody_else:
        somebody_else.autocommit = False
        somebody_else.execute("LOCK TABLE events_event IN ROW EXCLUSIVE MODE")
        look_after_the_log()
        somebody_else.rollback()

    assert caplog.messages == ["the log is looked after in ten minutes: somebody writes to it just now"]
    assert [(each.levelname, each.exc_info) for each in caplog.records] == [("INFO", None)]
    look_after_the_log()
    assert mend_index(read_place().floor_id) is False


def test_two_who_mend_the_index_at_once_do_not_disturb_each_other():
    done: list[bool] = []

    def mend() -> None:
        done.append(mend_index(5))
        connection.close()

    threads = [Thread(target=mend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False, False, False, True]
