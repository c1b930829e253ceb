"""Nobody finds what they may not see: each search here would leak if its filter were missing."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from charterdesk.search.audience import Reader, customer, everybody, staff
from charterdesk.search.index import Document, put, refresh
from charterdesk.search.queries import search

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
READERS = {
    "visitor": everybody(),
    "customer 7": customer(7),
    "customer 8 of organisation 5": customer(8, [5]),
    "agent of team 1": staff([1]),
    "agent of team 2": staff([2]),
    "agent of teams 1 and 2": staff([1, 2]),
    "manager": Reader(everything=True),
    "nobody": Reader(),
}
DOCUMENTS = {
    "article:1": ("public",),
    "article:2": ("signed-in",),
    "article:3": ("staff",),
    "article:4": ("o:5",),
    "message:1": ("t:1", "c:7"),
    "message:2": ("t:1",),
    "message:3": ("t:2", "c:8"),
    "message:4": ("t:12",),
    "message:5": (),
}
EXPECTED = {
    "visitor": {"article:1"},
    "customer 7": {"article:1", "article:2", "message:1"},
    "customer 8 of organisation 5": {"article:1", "article:2", "article:4", "message:3"},
    "agent of team 1": {"article:1", "article:2", "article:3", "message:1", "message:2"},
    "agent of team 2": {"article:1", "article:2", "article:3", "message:3"},
    "agent of teams 1 and 2": {"article:1", "article:2", "article:3", "message:1", "message:2", "message:3"},
    "manager": set(DOCUMENTS),
    "nobody": set(),
}


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("how", ["leak", '"the leak"', "#4711", "leack", "lea", "cellar leak 4711"])
def test_everybody_finds_theirs_and_nothing_else(who, how, monkeypatch):
    monkeypatch.setattr("charterdesk.search.queries.all_kinds", list)  # the index alone must keep it
    put(
        Document(
            source=source,
            title="The leak",
            body="in the cellar",
            audience=tags,
            created_at=AT,
            language="en",
            reference=("4711",),
        )
        for source, tags in DOCUMENTS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_word VALUES ('leak', 9, true)")
        cursor.execute("INSERT INTO search_counted VALUES (1, 9, 9)")

    hits = search(how, reader=READERS[who], is_typing=True).hits

    assert {hit.source for hit in hits} == EXPECTED[who]


def test_the_kind_has_the_last_word_when_the_index_is_behind(pages, hidden):
    kept, gone = pages("leak"), pages("leak")
    refresh("page", [kept, gone])
    hidden.add(gone)

    hits = search("leak", reader=everybody()).hits

    assert [hit.source for hit in hits] == [f"page:{kept}"]
