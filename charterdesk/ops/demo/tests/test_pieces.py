"""A world loaded in pieces, by several processes and without its indexes, is as whole as one loaded at once."""

import pytest
from django.db import connection
from django.test import override_settings

from charterdesk.base.files import file_store
from charterdesk.events.partitions import make_partitions
from charterdesk.ops.demo import load as loading
from charterdesk.sla.replay import compare_all
from charterdesk.tickets.models import Message, StatusCount, Ticket

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

ORPHANS = """
    SELECT (SELECT count(*) FROM tickets_message m LEFT JOIN tickets_ticket t ON t.id = m.ticket_id WHERE t.id IS NULL)
         + (SELECT count(*) FROM tickets_ticket t LEFT JOIN people_contact c ON c.id = t.contact_id WHERE c.id IS NULL)
         + (SELECT count(*) FROM sla_clock c LEFT JOIN sla_promise p ON p.ticket_id = c.promise_id
             WHERE p.ticket_id IS NULL)
"""
# by name; those of the log by what they index: made anew they get other names, and one leaves the past out
INDEXES = r"""
    SELECT tablename, CASE WHEN tablename LIKE 'events\_event%'
                           THEN regexp_replace(indexdef, 'INDEX \S+ ON| WHERE \(id > \d+\)', '', 'g') ELSE indexname END
      FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2
"""


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.fixture
def small_pieces(monkeypatch, tmp_path):
    monkeypatch.setattr(loading, "AT_ONCE", 100)
    file_store.cache_clear()
    with override_settings(MEDIA_ROOT=tmp_path):
        yield
    file_store.cache_clear()


def test_a_world_in_pieces_has_all_rows_indexes_and_counts(small_pieces):
    make_partitions()
    before = rows(INDEXES)
    loaded = loading.load(tickets=600, say=lambda _line: None)

    assert (Ticket.objects.count(), Message.objects.count()) == (600, loaded.messages)
    assert rows(INDEXES) == before
    assert rows("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == [(0,)]
    assert rows(ORPHANS) == [(0,)]
    assert sum(count.tickets for count in StatusCount.objects.all()) == 600
    assert list(compare_all()) == []
