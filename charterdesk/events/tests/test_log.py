"""What the log promises: one row in the caller's transaction, or none."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from charterdesk.events.log import (
    MAX_DEPTH,
    ChainTooLong,
    Entry,
    Event,
    caused_by,
    entry_of,
    event_class,
    publish,
    publish_many,
)
from charterdesk.events.models import LoggedEvent


@dataclass(frozen=True, kw_only=True)
class PumpStarted(Event):
    """A pump was switched on."""

    pump_id: int
    tags: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SidePumpStopped(Event):
    """A pump was switched off."""

    pump_id: int


def an_entry(*, number=1, depth=0, subject="pump:1", event=None):
    at = datetime.now(UTC)
    return Entry(number, at, PumpStarted.code, subject, "agent:1", None, depth, {}, None, event)


def test_the_code_of_an_event_is_its_noun_and_its_participle():
    assert [PumpStarted.code, SidePumpStopped.code] == ["pump.started", "side_pump.stopped"]
    assert event_class("pump.started") is PumpStarted


def test_two_events_cannot_share_a_code():
    with pytest.raises(TypeError, match="are both pump"):
        type("Stolen", (Event,), {"code": "pump.started"})


@pytest.mark.django_db
def test_an_event_is_written_with_subject_actor_and_data():
    number = publish(PumpStarted(pump_id=7, tags=("a", "b")), on="pump:7", by="agent:3")

    row = LoggedEvent.objects.get(pk=number)
    assert (row.code, row.subject, row.actor, row.cause_id, row.depth) == (
        "pump.started", "pump:7", "agent:3", None, 0,
    )  # fmt: skip
    assert row.data == {"pump_id": 7, "tags": ["a", "b"], "since": None}


@pytest.mark.django_db
def test_an_event_comes_back_from_the_log_as_it_was_written():
    event = PumpStarted(pump_id=7, tags=("a",), since=datetime(2026, 3, 1, tzinfo=UTC))
    number = publish(event, on="pump:7", by="system")

    row = LoggedEvent.objects.values_list(
        "id", "at", "code", "subject", "actor", "cause_id", "depth", "data", "facts"
    ).get(pk=number)
    assert entry_of(row).event == event


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused_and_leaves_no_row():
    with pytest.raises(TransactionManagementError):
        publish(PumpStarted(pump_id=7), on="pump:7", by="system")
    assert LoggedEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_the_event_along():
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(PumpStarted(pump_id=7), on="pump:7", by="system")
        raise RuntimeError
    assert LoggedEvent.objects.count() == 0


@pytest.mark.django_db
def test_many_events_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers = publish_many([PumpStarted(pump_id=n) for n in range(5)], on="pump:1", by="system")

    assert numbers == sorted(numbers)
    assert LoggedEvent.objects.filter(pk__in=numbers).count() == 5


@pytest.mark.django_db
def test_what_is_published_in_a_reaction_names_its_cause():
    with caused_by(an_entry(number=99, depth=3)):
        number = publish(PumpStarted(pump_id=1), on="pump:1", by="system")

    row = LoggedEvent.objects.get(pk=number)
    assert (row.cause_id, row.depth) == (99, 4)


@pytest.mark.django_db
def test_a_chain_of_twelve_causes_is_the_longest_there_can_be():
    with caused_by(an_entry(depth=MAX_DEPTH - 1)):
        publish(PumpStarted(pump_id=1), on="pump:1", by="system")
    with caused_by(an_entry(depth=MAX_DEPTH)), pytest.raises(ChainTooLong):
        publish(PumpStarted(pump_id=1), on="pump:1", by="system")
