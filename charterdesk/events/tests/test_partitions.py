"""The pieces of the log are there before they are needed, and nothing is lost when they are not."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction

from charterdesk.events.log import publish
from charterdesk.events.models import LoggedEvent
from charterdesk.events.partitions import make_partitions
from charterdesk.events.tests.pumps import PumpFailed, fail_pump
from charterdesk.events.wake import connect

pytestmark = pytest.mark.django_db(transaction=True)
FAR = 90_000_000


@pytest.fixture(autouse=True)
def far_along():
    """The log is at a number whose piece does not exist; afterwards everything is as before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM events_event_id_seq")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT setval('events_event_id_seq', %s)", [FAR])
    yield
    with connection.cursor() as cursor:
        for number in range(9, 13):
            cursor.execute(f"DROP TABLE IF EXISTS events_event_{number}")
        cursor.execute("SELECT setval('events_event_id_seq', %s)", [before])


def pieces():
    """Which piece each event lies in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM events_event ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_the_next_pieces_are_made_once():
    assert make_partitions() == ["events_event_9", "events_event_10", "events_event_11"]
    assert make_partitions() == []
    fail_pump(1)
    assert pieces() == ["events_event_9"]


def test_an_event_without_a_piece_is_kept_and_moves_when_the_piece_is_made():
    number = fail_pump(1)
    assert pieces() == ["events_event_default"]

    make_partitions()
    assert pieces() == ["events_event_9"]
    assert LoggedEvent.objects.get().pk == number


def test_making_a_piece_waits_for_no_open_transaction_and_holds_none_up():
    make_partitions()
    with transaction.atomic():
        publish(PumpFailed(pump_id=1), on="pump:1", by="system")
        with connect() as somebody_else:
            somebody_else.execute("SELECT setval('events_event_id_seq', 105000000)")
            somebody_else.execute("CREATE TABLE events_event_12 (LIKE events_event INCLUDING DEFAULTS)")
            somebody_else.execute("SET lock_timeout = 2000")
            somebody_else.execute(
                "ALTER TABLE events_event ATTACH PARTITION events_event_12 FOR VALUES FROM (120000000) TO (130000000)"
            )
    assert LoggedEvent.objects.count() == 1


def test_every_piece_has_the_indexes_of_the_log():
    make_partitions()
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'events_event_9'")
        columns = sorted(definition.partition(" USING ")[2] for (definition,) in cursor.fetchall())

    audit = next(column for column in columns if "WHERE" in column)
    assert audit.startswith("btree (id) WHERE ((actor <> 'system'::text)")
    assert [column for column in columns if column != audit] == [
        "brin (at) WITH (pages_per_range='32')", "btree (id)", "btree (subject, id)", "btree (txid)",
    ]  # fmt: skip


def test_two_who_make_the_same_pieces_at_once_do_not_disturb_each_other():
    made: list[list[str]] = []

    def make() -> None:
        made.append(make_partitions())
        connection.close()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE events_event_default IN ACCESS EXCLUSIVE MODE")  # so that both have looked already
        threads = [Thread(target=make) for _ in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
    for thread in threads:
        thread.join()

    assert sorted(name for names in made for name in names) == ["events_event_10", "events_event_11", "events_event_9"]
